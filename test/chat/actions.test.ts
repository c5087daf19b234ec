import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createActions } from "../../src/chat/actions.ts";
import type { Admission } from "../../src/chat/intake.ts";
import type { ActionSource, ChatAction } from "../../src/ports.ts";
import type { ResearchRequest, ThreadRef } from "../../src/types.ts";
import { makeReport, makeRun } from "../helpers/runs.ts";

const EVERYBODY = { workspaces: [], channels: [], people: [] };
const HERE: ThreadRef = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" };

function openActions() {
  const run = { ...makeRun({ id: "run-1", thread: HERE, depth: "standard" }), report: makeReport("run-1") };
  const requests: ResearchRequest[] = [];
  const opinions: unknown[] = [];
  const act = createActions({
    allowed: EVERYBODY,
    accept: async (_message, request): Promise<Admission> => {
      requests.push(request);
      return { kind: "accepted", runId: "run-2" };
    },
    runs: { find: async (id) => (id === "run-1" ? run : null) },
    feedback: { keep: async (opinion) => void opinions.push(opinion) },
  });
  const press = (action: ChatAction, source: Partial<ActionSource> = {}) =>
    act(action, { eventId: "press-1", person: "test:ada", thread: HERE, ...source });
  return { press, requests, opinions };
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
  it("asks again, deeper, or further, in the thread of the answer", async () => {
    const { press, requests } = openActions();
    for (const action of ACTIONS.slice(0, 2)) assert.equal((await press(action)).kind, "done");
    assert.deepEqual(
      requests.map(({ depth, thread }) => [depth, thread.threadId]),
      [
        ["standard", "T1"],
        ["deep", "T1"],
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
