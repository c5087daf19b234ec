import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Admission, createIntake, type IntakeParts, type RunDesk } from "../../src/chat/intake.ts";
import { RuminateError } from "../../src/errors.ts";
import type { ResearchRequest } from "../../src/types.ts";
import { silentLog } from "../helpers/databases.ts";
import { makeMessage } from "../helpers/messages.ts";
import { createRecordingPlatform } from "../helpers/recording-platform.ts";

const NO_DIGESTS = {
  timeZone: "UTC",
  desk: {
    listOf: async () => [],
    find: async () => null,
    add: async () => assert.fail("no digest is wanted"),
    activate: async () => {},
    pause: async () => {},
    edit: async () => {},
    remove: async () => {},
    runNow: async () => {},
    issues: async () => [],
  },
};
const EVERYBODY = { workspaces: [], channels: [], people: [] };

async function openIntake(parts: Partial<IntakeParts> & { desk?: Partial<RunDesk> } = {}) {
  const platform = createRecordingPlatform();
  const requests: ResearchRequest[] = [];
  const stopped: string[] = [];
  const runs: RunDesk = {
    askerOf: async () => "test:ada",
    stop: async (runId) => stopped.push(runId) > 0,
    runOf: ({ messageId }) => `run of ${messageId}`,
    latestOpen: async () => "run-1",
    repeatAnswer: async () => false,
    usage: async () => "You, today: 3 of 20 questions.",
    history: async () => "- 2026-11-22: Which port? (answered)",
    describe: async () => "Your questions: 1 at work, none waits.",
    ...parts.desk,
  };
  const accept = async (_message: unknown, request: ResearchRequest): Promise<Admission> => {
    requests.push(request);
    return { kind: "accepted", runId: "run-1" };
  };
  const intake = createIntake({
    platform,
    allowed: EVERYBODY,
    accept,
    runs,
    digests: NO_DIGESTS,
    log: silentLog,
    ...parts,
  });
  await platform.listen({
    ...intake,
    onHome: async () => ({ usage: [], questions: [], digests: [] }),
    onRemoved: async () => {},
    onAction: async () => ({ kind: "done" }),
  });
  return { platform, requests, stopped };
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
    assert.match(platform.notices[0]?.text ?? "", /may not be used here/);
  });

  it("stops the asker's research of the thread at a word, and says when there is none", async () => {
    const { platform, stopped } = await openIntake();
    await platform.say(makeMessage({ text: "stop" }));
    assert.deepEqual(stopped, ["run-1"]);
    const idle = await openIntake({ desk: { latestOpen: async () => null } });
    await idle.platform.say(makeMessage({ text: "stop" }));
    assert.match(idle.platform.notices[0]?.text ?? "", /None of your questions/);
  });

  it("lets only the asker stop a research with the button", async () => {
    const { platform, stopped } = await openIntake();
    await platform.cancel("run-1", "test:grace");
    assert.deepEqual(stopped, []);
    assert.match(platform.notices[0]?.text ?? "", /Only the person who asked/);
    await platform.cancel("run-1", "test:ada");
    assert.deepEqual(stopped, ["run-1"]);
  });

  it("stops what came of a message that is deleted", async () => {
    const { platform, stopped } = await openIntake();
    await platform.withdraw(makeMessage({ messageId: "M7" }));
    assert.deepEqual(stopped, ["run of M7"]);
  });
});
