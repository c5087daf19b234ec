import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createActions } from "../../src/chat/actions.ts";
import type { Admission } from "../../src/chat/ask.ts";
import type { ActionSource, ChatAction, IncomingMessage } from "../../src/chat-ports.ts";
import type { AskedRequest, Run, ThreadRef } from "../../src/types.ts";
import { makeReport, makeRun } from "../helpers/runs.ts";

const EVERYBODY = { workspaces: [], channels: [], people: [] };
const HERE: ThreadRef = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" };

function openActions({
  busy = makeRun({ id: "run-7", thread: HERE, asker: "test:ada" }),
  asker = "test:ada",
}: {
  busy?: Run | null;
  asker?: string;
} = {}) {
  const held = makeRun({ id: "run-2", thread: HERE, state: "offered", asker, question: "And a stork?" });
  const offered = { ...held, report: null };
  const decisions: string[] = [];
  const run = { ...makeRun({ id: "run-1", thread: HERE, depth: "standard" }), report: makeReport("run-1") };
  const requests: AskedRequest[] = [];
  const messages: IncomingMessage[] = [];
  const opinions: unknown[] = [];
  const act = createActions({
    allowed: EVERYBODY,
    ask: async (message, request): Promise<Admission> => {
      messages.push(message);
      requests.push(request);
      return { kind: "accepted", runId: "run-2" };
    },
    runs: { find: async (id) => (id === "run-1" ? run : id === "run-2" ? offered : null) },
    offers: {
      atWorkIn: async () => busy,
      release: async (runId, after) => decisions.push(`release ${runId} after ${after}`) > 0,
      note: async (runId, { target, text }) => decisions.push(`note ${runId} to ${target}: ${text}`) > 0,
      stop: async (runId) => decisions.push(`stop ${runId}`) > 0,
      drop: async () => false,
      asked: async () => {},
    },
    isAdmin: async (person) => person === "test:admin",
    feedback: { keep: async (opinion) => void opinions.push(opinion) },
  });
  const press = (action: ChatAction, source: Partial<ActionSource> = {}) =>
    act(action, { eventId: "press-1", person: "test:ada", thread: HERE, ...source });
  return { press, messages, requests, opinions, decisions };
}

const ACTIONS: readonly ChatAction[] = [
  { type: "redo", runId: "run-1" },
  { type: "deeper", runId: "run-1" },
  { type: "download", runId: "run-1" },
  { type: "remove", runId: "run-1" },
  { type: "follow-up", runId: "run-1", text: "And in winter?" },
  { type: "feedback", runId: "run-1", rating: 1, reason: null },
];

describe("a button under an answer", () => {
  it("asks within the conversation, so that it may have to wait for what is at work there", async () => {
    const { press, messages } = openActions();
    for (const action of [...ACTIONS.slice(0, 2), ...ACTIONS.slice(4, 5)]) await press(action);
    assert.deepEqual(
      messages.map(({ isReply, messageId }) => [isReply, messageId]),
      Array.from({ length: 3 }, () => [true, "press-1"]),
    );
  });

  it("asks again, deeper, or further, in the thread of the answer", async () => {
    const { press, requests } = openActions();
    for (const action of [...ACTIONS.slice(0, 2), ...ACTIONS.slice(4, 5)])
      assert.equal((await press(action)).kind, "done");
    assert.deepEqual(
      requests.map(({ follows, question }) => [follows?.kind, question]),
      [
        ["anew", "Which port does the collector listen on?"],
        ["again", "Which port does the collector listen on?"],
        ["answer", "And in winter?"],
      ],
    );
    assert.deepEqual(
      requests.map(({ depth, thread }) => [depth, thread.threadId]),
      [
        ["standard", "T1"],
        ["deep", "T1"],
        ["standard", "T1"],
      ],
    );
  });

  it("gives the report where it was asked for", async () => {
    const { press } = openActions();
    assert.equal((await press({ type: "download", runId: "run-1" })).kind, "file");
  });

  const elsewhere: Record<string, Partial<ThreadRef>> = {
    "another channel": { channelId: "C2" },
    "another workspace": { workspaceId: "W2" },
    "another platform": { platform: "other" },
  };
  for (const [name, place] of Object.entries(elsewhere)) {
    it(`does nothing when its value was carried to ${name}`, async () => {
      const { press, requests, opinions } = openActions();
      for (const action of ACTIONS) {
        const reply = await press(action, { thread: { ...HERE, ...place } });
        assert.equal(reply.kind, "words", action.type);
        assert.match(reply.kind === "words" ? reply.text : "", /not kept any more/);
      }
      assert.deepEqual([requests, opinions], [[], []]);
    });
  }

  it("does nothing when its value was made up", async () => {
    const { press, requests } = openActions();
    for (const action of ACTIONS) assert.equal((await press({ ...action, runId: "run-9" })).kind, "words");
    assert.deepEqual(requests, []);
  });

  it("removes the answer for the person who asked, and for nobody else", async () => {
    const { press } = openActions();
    const remove: ChatAction = { type: "remove", runId: "run-1" };
    assert.equal((await press(remove, { person: "test:bob" })).kind, "words");
    assert.equal((await press(remove)).kind, "done");
  });
});

describe("a button that says what to do with a question in a busy thread", () => {
  it("adds it as a note, lets it wait its turn, or puts it in place of the other one", async () => {
    const { press, decisions } = openActions();
    for (const type of ["note", "queue", "replace"] as const)
      assert.equal((await press({ type, runId: "run-2" })).kind, "settled", type);
    assert.deepEqual(decisions, [
      "note run-2 to run-7: And a stork?",
      "release run-2 after run-7",
      "release run-2 after run-7",
      "stop run-7",
    ]);
  });

  it("begins it at once when the other one has ended meanwhile", async () => {
    const { press, decisions } = openActions({ busy: null });
    const reply = await press({ type: "note", runId: "run-2" });
    assert.match(reply.kind === "settled" ? reply.text : "", /has ended; this one begins/);
    assert.deepEqual(decisions, ["release run-2 after null"]);
  });

  it("does nothing for somebody else, from elsewhere, with a made up value, or when it was decided", async () => {
    const { press, decisions } = openActions();
    for (const type of ["note", "queue", "replace"] as const) {
      assert.equal((await press({ type, runId: "run-2" }, { person: "test:bob" })).kind, "words");
      assert.equal((await press({ type, runId: "run-2" }, { thread: { ...HERE, channelId: "C2" } })).kind, "words");
      assert.equal((await press({ type, runId: "run-9" })).kind, "words");
      const decided = await press({ type, runId: "run-1" });
      assert.match(decided.kind === "settled" ? decided.text : "", /decided already/);
    }
    assert.deepEqual(decisions, []);
  });

  it("stops another person's research for an admin alone", async () => {
    const busy = makeRun({ id: "run-7", thread: HERE, asker: "test:grace" });
    const { press, decisions } = openActions({ busy });
    const reply = await press({ type: "replace", runId: "run-2" });
    assert.match(reply.kind === "words" ? reply.text : "", /or an admin/);
    assert.deepEqual(decisions, []);
    const admins = openActions({ busy, asker: "test:admin" });
    assert.equal((await admins.press({ type: "replace", runId: "run-2" }, { person: "test:admin" })).kind, "settled");
    assert.deepEqual(admins.decisions, ["release run-2 after run-7", "stop run-7"]);
  });

  it("of an answer does nothing for a question that was never worked on", async () => {
    const { press, requests } = openActions();
    for (const action of ACTIONS) assert.equal((await press({ ...action, runId: "run-2" })).kind, "words");
    assert.deepEqual(requests, []);
  });
});
