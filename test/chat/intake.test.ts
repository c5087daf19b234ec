import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AskParts, createAsk } from "../../src/chat/ask.ts";
import type { OfferDesk } from "../../src/chat/busy-thread.ts";
import { createIntake, type IntakeParts, type RunDesk } from "../../src/chat/intake.ts";
import { UNLIMITED } from "../../src/chat/quotas.ts";
import { resolveSettings, type StoredSetting } from "../../src/chat/settings.ts";
import { RuminateError } from "../../src/errors.ts";
import type { AskedRequest, Run } from "../../src/types.ts";
import { silentLog } from "../helpers/databases.ts";
import { DEAF } from "../helpers/handlers.ts";
import { makeMessage } from "../helpers/messages.ts";
import { createRecordingPlatform } from "../helpers/recording-platform.ts";
import { makeRun } from "../helpers/runs.ts";
import { until } from "../helpers/until.ts";

const NO_DIGESTS = {
  timeZone: "UTC",
  now: () => new Date(),
  announce: () => {},
  desk: {
    limits: { perRun: null, perMonth: null },
    spentThisMonth: async () => 0,
    keepDraft: async () => assert.fail("no form is wanted"),
    draft: async () => null,
    listOf: async () => [],
    find: async () => null,
    add: async () => assert.fail("no digest is wanted"),
    activate: async () => {},
    pause: async () => {},
    edit: async () => {},
    remove: async () => {},
    runNow: async () => null,
    preview: async () => null,
    issues: async () => [],
  },
};
const EVERYBODY = { workspaces: [], channels: [], people: [] };

async function openIntake(
  parts: Partial<IntakeParts> &
    Partial<Pick<AskParts, "accept">> & { desk?: Partial<RunDesk>; busy?: Run; stored?: StoredSetting[] } = {},
) {
  const platform = createRecordingPlatform();
  const requests: AskedRequest[] = [];
  const stopped: string[] = [];
  const runs: RunDesk = {
    openRun: async () => makeRun({ id: "run-1", asker: "test:ada" }),
    stop: async (runId) => stopped.push(runId) > 0,
    runOf: ({ messageId }) => `run of ${messageId}`,
    latestOpen: async () => "run-1",
    repeatAnswer: async () => false,
    usage: async () => "You, today: 3 of 20 questions.",
    history: async () => ({ text: "- Which port? · answered · Sun 22 Nov 2026 09:00", links: [] }),
    describe: async () => "Your questions: 1 at work, none waits.",
    ...parts.desk,
  };
  const { busy, desk: _desk, stored: _stored, accept: given, ...rest } = parts;
  const held: AskedRequest[] = [];
  const accept: AskParts["accept"] = async (_message, request, { mayBeHeld }) => {
    if (!mayBeHeld || busy === undefined) return { kind: "accepted", runId: `run-${requests.push(request)}` };
    held.push(request);
    return { kind: "held", runId: "run-2", busy };
  };
  const decisions: string[] = [];
  const offers: OfferDesk = {
    atWorkIn: async () => busy ?? null,
    release: async (runId, after) => decisions.push(`release ${runId} after ${after}`) > 0,
    note: async (runId, { target }) => decisions.push(`note ${runId} to ${target}`) > 0,
    stop: async (runId) => decisions.push(`stop ${runId}`) > 0,
    drop: async () => false,
    asked: async () => {},
  };
  const isAdmin = async (person: string) => person === "test:admin";
  const intake = createIntake({
    platform,
    allowed: EVERYBODY,
    ask: createAsk({ platform, accept: given ?? accept, offers, isAdmin, log: silentLog }),
    refuse: async () => false,
    runs,
    offers,
    isAdmin,
    digests: NO_DIGESTS,
    settings: {
      of: async () => resolveSettings(parts.stored ?? [], UNLIMITED),
      describe: async () => ({ text: "- depth: standard", links: [] }),
      change: async (_who, { scope, name, value }) => ({ text: `Saved. ${scope} ${name}: ${value}.`, links: [] }),
    },
    log: silentLog,
    ...rest,
  });
  await platform.listen({
    ...DEAF,
    ...intake,
  });
  return { platform, requests, stopped, held, decisions };
}

describe("the intake", () => {
  it("makes a request of a question, with the depth and the form that were asked for", async () => {
    const { platform, requests } = await openIntake();
    await platform.say(makeMessage({ text: "deep table: compare pg-boss and Graphile Worker" }));
    const [request] = requests;
    assert.equal(request?.question, "compare pg-boss and Graphile Worker");
    assert.deepEqual([request?.depth, request?.form, request?.asker], ["deep", "table", "test:ada"]);
    assert.deepEqual(platform.notices, []);
  });

  it("makes a digest of the talk of the channel where it is asked for, and of no other", async () => {
    const { platform, requests } = await openIntake();
    const message = makeMessage({ text: "summarise this channel", sentAt: "2026-11-25T10:00:00.000Z" });
    await platform.say(message);
    const [request] = requests;
    assert.deepEqual(request?.talk, { since: "2026-11-18T10:00:00.000Z", researchesOpenQuestions: false });
    assert.deepEqual(request?.thread, message.thread);
    assert.equal(request?.form, "digest");
  });

  it("answers a question that cannot be read in words, and takes the message as received", async () => {
    const { platform, requests } = await openIntake();
    await platform.say(makeMessage({ text: "🤷 …" }));
    await platform.say(makeMessage({ text: "x".repeat(5_000) }));
    assert.equal(requests.length, 0);
    assert.match(platform.notices[0]?.text ?? "", /There was no question/);
    assert.match(platform.notices[1]?.text ?? "", /5000 characters/);
  });

  it("passes on to the asker alone why a question was refused", async () => {
    const reason = "You have used 20 of 20 questions today.";
    const { platform } = await openIntake({ accept: async () => ({ kind: "refused", reason }) });
    await platform.say(makeMessage());
    assert.deepEqual(platform.notices, [{ person: "test:ada", text: reason }]);
  });

  it("leaves a message unacknowledged that could not be stored", async () => {
    const { platform } = await openIntake({
      accept: async () => {
        throw new RuminateError("DATABASE_UNAVAILABLE", "gone", { isRetryable: true });
      },
    });
    await assert.rejects(platform.say(makeMessage()), { code: "DATABASE_UNAVAILABLE" });
  });

  it("keeps out who is on no list, and says so", async () => {
    const allowed = { workspaces: ["test:W1"], channels: [], people: ["test:grace"] };
    const { platform, requests } = await openIntake({ allowed });
    await platform.say(makeMessage());
    await platform.say(makeMessage({ asker: "test:grace" }));
    assert.equal(requests.length, 1);
    assert.match(platform.notices[0]?.text ?? "", /did not allow me to answer you here\. Ask them/);
  });

  it("stops the asker's research of the thread at a word, and says when there is none", async () => {
    const { platform, stopped } = await openIntake();
    await platform.say(makeMessage({ text: "stop" }));
    assert.deepEqual(stopped, ["run-1"]);
    const idle = await openIntake({ desk: { latestOpen: async () => null } });
    await idle.platform.say(makeMessage({ text: "stop" }));
    assert.match(idle.platform.notices[0]?.text ?? "", /Nothing is at work here/);
  });

  it("lets only the asker stop a research with the button", async () => {
    const { platform, stopped } = await openIntake();
    await platform.cancel("run-1", "test:grace");
    assert.deepEqual(stopped, []);
    assert.match(platform.notices[0]?.text ?? "", /Only the person who asked, or an admin/);
    await platform.cancel("run-1", "test:ada");
    assert.deepEqual(stopped, ["run-1"]);
  });

  it("stops nothing by a button from another channel, and says when there is nothing to stop", async () => {
    const { platform, stopped } = await openIntake();
    for (const person of ["test:ada", "test:admin"]) await platform.cancel("run-1", person, "C2");
    const ended = await openIntake({ desk: { openRun: async () => null } });
    await ended.platform.cancel("run-1", "test:ada");
    const late = await openIntake({ desk: { stop: async () => false } });
    await late.platform.cancel("run-1", "test:ada");
    assert.deepEqual(stopped, []);
    for (const { platform: each } of [{ platform }, ended, late])
      assert.match(each.notices[0]?.text ?? "", /has ended already.*nothing to stop/);
  });

  it("lets an admin stop anybody's research, with the button and by word; others not even by word", async () => {
    const ofAnother = {
      latestOpen: async (_thread: unknown, asker: string | null) => (asker === null ? "run-1" : null),
    };
    const { platform, stopped } = await openIntake({ desk: ofAnother });
    await platform.cancel("run-1", "test:admin");
    await platform.say(makeMessage({ text: "stop", asker: "test:admin" }));
    assert.deepEqual(stopped, ["run-1", "run-1"]);
    await platform.say(makeMessage({ text: "cancel", asker: "test:grace" }));
    assert.deepEqual(stopped, ["run-1", "run-1"]);
    assert.match(platform.notices[0]?.text ?? "", /Only the person who asked, or an admin/);
  });

  it("understands a reply by its thread, and a question that begins one by itself", async () => {
    const { platform, requests } = await openIntake();
    await platform.say(makeMessage());
    await platform.say(makeMessage({ isReply: true }));
    assert.deepEqual(
      requests.map(({ follows }) => follows),
      [undefined, { kind: "thread" }],
    );
  });

  it("holds a question that comes while another is at work in its thread, and offers what can be done", async () => {
    const busy = makeRun({ id: "run-1", asker: "test:grace", question: "What is a <!channel> heron?" });
    const { platform, requests, held } = await openIntake({ busy });
    await platform.say(makeMessage({ isReply: true, text: "And a stork?" }));
    await platform.posted(({ key }) => key === "run-2:offer");
    assert.deepEqual([requests.length, held.length], [0, 1]);
    const [offer] = platform.offers;
    assert.deepEqual(
      offer?.choices.map(({ type }) => type),
      ["note", "queue"],
    );
    assert.match(offer?.text ?? "", /And a stork/);
    assert.doesNotMatch(offer?.text ?? "", /<!channel>/);
    await platform.say(makeMessage({ isReply: true, asker: "test:grace" }));
    await platform.posted(() => platform.offers.length === 2);
    assert.deepEqual(
      platform.offers[1]?.choices.map(({ type }) => type),
      ["note", "queue", "replace"],
    );
  });

  it("lets a question wait its turn when what can be done cannot be offered", async () => {
    const { platform, decisions } = await openIntake({ busy: makeRun({ id: "run-1" }) });
    platform.onPost = () => {
      throw new RuminateError("POST_FAILED", "archived");
    };
    await platform.say(makeMessage({ isReply: true }));
    await until(async () => decisions.length > 0 || null, { what: "it is released" });
    assert.deepEqual(decisions, ["release run-2 after run-1"]);
  });

  it("stops what came of a message that is deleted", async () => {
    const { platform, stopped } = await openIntake();
    await platform.withdraw(makeMessage({ messageId: "M7" }));
    assert.deepEqual(stopped, ["run of M7"]);
  });

  it("tells and changes what is set", async () => {
    const { platform, requests } = await openIntake();
    await platform.say(makeMessage({ text: "settings" }));
    await platform.say(makeMessage({ text: "settings language German" }));
    assert.deepEqual(
      platform.notices.map(({ text }) => text),
      ["- depth: standard", "Saved. person language: German."],
    );
    assert.deepEqual(requests, []);
  });

  it("lets those change digests whom the settings allow, and everybody look", async () => {
    const { platform } = await openIntake({ stored: [{ scope: "channel", name: "digests", value: "admins" }] });
    await platform.say(makeMessage({ text: "digest every weekday at 9: news about tea" }));
    await platform.say(makeMessage({ text: "digests" }));
    assert.match(platform.notices[0]?.text ?? "", /Only admins may make and change digests/);
    assert.match(platform.notices[1]?.text ?? "", /There are no digests/);
  });

  it("leaves open what nobody said, for the settings to fill in", async () => {
    const { platform, requests } = await openIntake();
    await platform.say(makeMessage({ text: "Which port does it listen on?" }));
    assert.deepEqual([requests[0]?.depth, requests[0]?.form], [null, null]);
  });
});
