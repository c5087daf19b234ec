import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readDigestCommand } from "../../src/chat/digest-command.ts";
import { type DigestDesk, manageDigests } from "../../src/chat/digest-desk.ts";
import type { Note } from "../../src/chat-ports.ts";
import type { Digest, ThreadRef } from "../../src/types.ts";

const NOW = new Date("2026-11-27T12:00:00Z");
const HERE = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" };

/** Digests that are kept in a list. */
function openDesk() {
  const kept = new Map<string, Digest>();
  const told: string[] = [];
  const change = (id: string, fields: Partial<Digest>): void => {
    const digest = kept.get(id);
    if (digest !== undefined) kept.set(id, { ...digest, ...fields });
  };
  const desk: DigestDesk = {
    listOf: async ({ channelId }) => Array.from(kept.values()).filter(({ place }) => place.channelId === channelId),
    find: async (id) => kept.get(id) ?? null,
    add: async (wish) => {
      const digest = { ...wish, id: `dig${kept.size}x`, createdAt: NOW.toISOString() };
      kept.set(digest.id, digest);
      return digest;
    },
    activate: async (id, nextDueAt) => change(id, { state: "active", pausedBecause: null, nextDueAt }),
    pause: async (id, pausedBecause) => change(id, { state: "paused", pausedBecause, nextDueAt: null }),
    edit: async (id, fields) => change(id, fields),
    remove: async (id) => void kept.delete(id),
    runNow: async ({ id, topic }) => {
      if (topic === "the dear") return "Its budget of $1 a month is used up.";
      told.push(id);
      return null;
    },
    preview: async ({ id }, person) => {
      told.push(`${id} to ${person}`);
      return null;
    },
    limits: { perRun: null, perMonth: null },
    spentThisMonth: async () => 0.31,
    keepDraft: async () => assert.fail("words are no form"),
    draft: async () => null,
    issues: async () => [{ dueAt: "2026-11-26T08:00:00.000Z", state: "posted", runId: null, costUsd: 0.04 }],
  };
  const announced: Note[] = [];
  const say = async (words: string, place = HERE): Promise<string> => {
    const command = readDigestCommand(words, NOW);
    if (command === null) return assert.fail(`not about digests: ${words}`);
    const announce = (_place: ThreadRef, words: Note): void => void announced.push(words);
    const parts = { desk, timeZone: "Europe/Berlin", now: () => NOW, announce };
    return manageDigests(command, { place, person: "test:ada", event: words }, parts);
  };
  return { kept, told, announced, say };
}

describe("the desk for digests", () => {
  it("shows a new one with its next three times, and begins it only when told to", async () => {
    const { say, kept } = openDesk();
    const words = await say("digest every weekday at 9: news about pg-boss");
    assert.match(
      words,
      /every weekday at 09:00 \(Europe\/Berlin\): next Mon 30 Nov 2026 09:00, Tue 1 Dec .*, Wed 2 Dec/,
    );
    assert.match(words, /digest start dig0x/);
    assert.deepEqual([kept.get("dig0x")?.state, kept.get("dig0x")?.nextDueAt], ["paused", null]);
    assert.match(await say("digest start dig0x"), /next on Mon 30 Nov 2026 09:00/);
    assert.deepEqual([kept.get("dig0x")?.state, kept.get("dig0x")?.nextDueAt], ["active", "2026-11-30T08:00:00.000Z"]);
  });

  it("lists those of the channel with next time, last time and cost", async () => {
    const { say } = openDesk();
    assert.match(await say("digests"), /no digests in this channel/);
    await say("digest Fridays 16:00: summarise this channel");
    await say("digest start dig0x");
    assert.match(
      await say("digests"),
      /`dig0x` Digest of this channel: every Friday at 16:00.*next on .*; last: Thu 26 Nov 2026 09:00 told, \$0\.04; \$0\.31 this month; yours/,
    );
    assert.match(await say("digests", { ...HERE, channelId: "C2" }), /no digests in this channel/);
  });

  it("does with one what is asked, in its own channel only", async () => {
    const { say, kept, told } = openDesk();
    await say("digest daily at 7: the ECB");
    for (const words of ["digest start dig0x", "digest run dig0x", "digest delete dig0x", "digest pause dig0x"])
      assert.match(await say(words, { ...HERE, channelId: "C2" }), /no digest dig0x in this channel/);
    assert.deepEqual(told, []);
    await say("digest run dig0x");
    assert.deepEqual(told, ["dig0x"]);
    await say("digest start dig0x");
    assert.match(
      await say("digest edit dig0x Mondays 08:30 in UTC: the Fed"),
      /Changed\. Digest about the Fed\n.*next Mon 30 Nov 2026 08:30/,
    );
    assert.equal(kept.get("dig0x")?.nextDueAt, "2026-11-30T08:30:00.000Z");
    assert.match(await say("digest pause dig0x"), /resume dig0x/);
    assert.match(await say("digests"), /paused \(paused in this channel\)/);
    await say("digest delete dig0x");
    assert.equal(kept.size, 0);
  });

  it("keeps what an edit does not name, and says what it is like now", async () => {
    const { say, kept } = openDesk();
    const feed = "https://www.federalreserve.gov/feeds/press_all.xml";
    await say(`digest daily at 7: the Fed feed ${feed} --brief --say-nothing-new --run-cap 0.20 --month-cap 5`);
    const before = kept.get("dig0x") ?? assert.fail("nothing kept");
    const words = await say("digest edit dig0x Mondays 08:30");
    const { options, topic, timetable, timeZone } = kept.get("dig0x") ?? assert.fail("nothing kept");
    assert.deepEqual([options, topic, timeZone], [before.options, "the Fed", "Europe/Berlin"]);
    assert.equal(timetable, "30 8 * * 1");
    assert.match(words, /At most 3 points; a line when .*; at most \$0\.20 each time and \$5\.00 a month\.\nFeed: /);
    await say("digest edit dig0x about the ECB --month-cap none");
    const after = kept.get("dig0x");
    assert.deepEqual([after?.topic, after?.timetable, after?.options.feeds], ["the ECB", "30 8 * * 1", [feed]]);
    assert.deepEqual([after?.options.maxRunUsd, after?.options.maxMonthUsd], [0.2, null]);
    await say("digest edit dig0x summarise this channel");
    assert.deepEqual([kept.get("dig0x")?.topic, kept.get("dig0x")?.options.feeds], [null, []]);
  });

  it("tells the channel who set up what and when it comes, and what changed, once; no confirmation", async () => {
    const { say, announced } = openDesk();
    await say("digest daily at 7: the ECB");
    assert.equal(announced.length, 0, "not begun yet");
    await say("digest start dig0x");
    assert.equal(announced[0]?.by, "test:ada");
    assert.match(
      announced[0]?.text ?? "",
      /^set up .*: Digest about the ECB: every day at 07:00 \(Europe\/Berlin\), next on Sat 28 Nov 2026 07:00\. `digests`/,
    );
    await say("digest pause dig0x");
    await say("digest resume dig0x");
    for (const _twice of [1, 2]) await say("digest edit dig0x Mondays 08:30");
    assert.equal(announced.length, 2, "what changes nothing is no news");
    assert.match(announced[1]?.text ?? "", /^changed .*every Monday at 08:30 .*next on Mon 30 Nov 2026 08:30/);
  });

  it("says why one is not told now", async () => {
    const { say, told } = openDesk();
    await say("digest daily at 7: the dear");
    assert.match(await say("digest run dig0x"), /is not told now\. Its budget of \$1 a month is used up/);
    assert.deepEqual(told, []);
  });

  it("lets no topic ping anybody", async () => {
    const { say } = openDesk();
    assert.doesNotMatch(await say("digest daily at 7: <!channel> and @everyone"), /<!channel>|@everyone/);
  });
});
