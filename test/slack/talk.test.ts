import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import { collectTalk } from "../../src/jobs/collect-talk.ts";
import type { ThreadRef } from "../../src/types.ts";
import { addChannel, addUser, type SlackChannel } from "../helpers/fake-slack-world.ts";
import { openStage, type SlackStage, type StageOptions } from "../helpers/slack-platform.ts";

const HISTORY = /^conversations\.(?:history|replies)$/;

/** Slack with a clock of its own, since the pace of history is one of minutes. */
async function openTalk(test: TestContext, options: StageOptions = {}) {
  const clock = { now: Date.parse("2026-11-24T09:00:00.000Z") };
  const fake = { now: () => clock.now, ...options.fake };
  const platform = { now: () => clock.now, ...options.platform };
  const stage = await openStage(test, { ...options, fake, platform });
  const advance = async (milliseconds: number) => {
    clock.now += milliseconds;
  };
  const since = new Date(clock.now - 1_000).toISOString();
  const signal = new AbortController().signal;
  const collect = (channel = stage.policy) =>
    collectTalk(stage.platform, placeOf(channel), since, { signal, pause: advance });
  return { ...stage, clock, since, advance, collect };
}

function placeOf({ id }: SlackChannel): ThreadRef {
  return { platform: "slack", workspaceId: "T0FAKE", channelId: id, threadId: null };
}

function talkAbout(stage: Pick<SlackStage, "fake" | "at" | "policy">, count: number, advance: () => void): void {
  for (let index = 0; index < count; index += 1) {
    advance();
    const { message } = stage.fake.say(stage.at(stage.policy), `Topic ${index}`);
    advance();
    stage.fake.say(stage.at(stage.policy), `Answer ${index}`, { threadTs: message.ts });
  }
}

function refusedIn(pattern: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof RuminateError);
    assert.equal(error.code, "HISTORY_UNAVAILABLE");
    assert.match(error.message, pattern);
    return true;
  };
}

describe("what is said in a Slack channel", () => {
  it("is read with its threads, by names, with permalinks, and without bots and what is old", async (test) => {
    const stage = await openTalk(test);
    const { fake, at, policy, clock } = stage;
    const ben = addUser(fake.workspace, "ben", { displayName: "Ben Okafor" });
    policy.members.add(ben.id);
    clock.now -= 3_600_000;
    fake.say(at(policy), "Old words");
    const root = fake.say(at(policy), "Old question?").message;
    clock.now += 3_660_000;
    const first = fake.say(at(policy, ben), `<@${stage.ana.id}> we go &amp; decide`).message;
    const reply = fake.say(at(policy, ben), "A late answer", { threadTs: root.ts }).message;
    await stage.platform.postNote(placeOf(policy), "I am a bot.", "run:note");
    fake.say(at(policy), `<@${fake.workspace.botUserId}> summarise this channel`);
    const { messages, isComplete } = await stage.collect();
    assert.equal(isComplete, true);
    assert.deepEqual(
      messages.map(({ author, text, permalink }) => [author, text, permalink]),
      [
        [
          "Ben Okafor",
          "ana we go & decide",
          `https://fake.slack.test/archives/${policy.id}/p${first.ts.replace(".", "")}`,
        ],
        [
          "Ben Okafor",
          "A late answer",
          `https://fake.slack.test/archives/${policy.id}/p${reply.ts.replace(".", "")}?thread_ts=${root.ts}&cid=${policy.id}`,
        ],
      ],
    );
    assert.equal(messages[1]?.threadId, root.ts);
    assert.equal(fake.calls.filter(({ method }) => method === "users.info").length, 2);
  });

  it("is read at 15 messages a minute by a distributed app, and Slack never has to ask it to wait", async (test) => {
    const stage = await openTalk(test, { fake: { isDistributed: true }, platform: { historyPace: "slow" } });
    const start = stage.clock.now;
    talkAbout(stage, 20, () => {
      stage.clock.now += 1_000;
    });
    const { messages, isComplete } = await stage.collect();
    assert.equal(isComplete, true);
    assert.equal(messages.length, 40);
    const calls = stage.fake.calls.filter(({ method }) => HISTORY.test(method));
    assert.equal(calls.length, 22);
    assert.ok(calls.every(({ reply, args }) => reply.ok && Number(args.limit) === 15));
    assert.ok(stage.clock.now - start >= 21 * 60_000);
  });

  it("goes on at the place that it was told, which holds no words", async (test) => {
    const stage = await openTalk(test, { fake: { isDistributed: true }, platform: { historyPace: "slow" } });
    for (let index = 0; index < 20; index += 1) stage.fake.say(stage.at(stage.policy), `Word ${index}`);
    const read = (cursor: string | null) => stage.platform.history(placeOf(stage.policy), stage.since, cursor);
    const first = await read(null);
    assert.equal(first.messages.length, 15);
    assert.equal(first.pauseMs, 60_000);
    assert.doesNotMatch(first.next ?? "", /Word/);
    await assert.rejects(read(first.next), (error: unknown) => {
      assert.ok(error instanceof RuminateError && error.isRetryable);
      assert.equal(error.retryAfterMs, 60_000);
      return true;
    });
    await stage.advance(60_000);
    const second = await read(first.next);
    assert.equal(second.next, null);
    assert.equal(new Set([...first.messages, ...second.messages].map(({ id }) => id)).size, 20);
  });

  it("waits as long as Slack asks and then goes on", async (test) => {
    const stage = await openTalk(test);
    stage.fake.say(stage.at(stage.policy), "Hello there");
    stage.fake.failNext("conversations.history", { retryAfter: 40 });
    const before = stage.clock.now;
    const { messages, isComplete } = await stage.collect();
    assert.equal(isComplete, true);
    assert.equal(messages[0]?.text, "Hello there");
    assert.ok(stage.clock.now - before >= 40_000);
  });

  it("is not told where the app may not read, in words that say what to do", async (test) => {
    const scopes = ["chat:write", "channels:read", "groups:read", "users:read"];
    const poor = await openTalk(test, { fake: { scopes } });
    await assert.rejects(poor.collect(), refusedIn(/lacks the permission channels:history/));
    const stage = await openTalk(test);
    const closed = addChannel(stage.fake.workspace, "closed", { kind: "private", hasBot: false });
    await assert.rejects(stage.collect(closed), refusedIn(/Invite me/));
    const off = await openTalk(test, { platform: { historyPace: "off" } });
    await assert.rejects(off.collect(), refusedIn(/switched off/));
  });

  it("is told by ids when the app may not look people up", async (test) => {
    const scopes = ["chat:write", "channels:read", "channels:history"];
    const stage = await openTalk(test, { fake: { scopes } });
    stage.fake.say(stage.at(stage.policy), "Hello there");
    const { messages } = await stage.collect();
    assert.equal(messages[0]?.author, stage.ana.id);
  });

  it("stops at a limit and says so", async (test) => {
    const stage = await openTalk(test, { fake: { isDistributed: true }, platform: { historyPace: "slow" } });
    for (let index = 0; index < 50; index += 1) stage.fake.say(stage.at(stage.policy), `Word ${index}`);
    const signal = new AbortController().signal;
    const options = { signal, pause: stage.advance, mostMs: 90_000 };
    const { messages, isComplete } = await collectTalk(stage.platform, placeOf(stage.policy), stage.since, options);
    assert.equal(isComplete, false);
    assert.equal(messages.length, 30);
    assert.ok(messages.some(({ text }) => text === "Word 49"));
  });
});
