import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createRunStore } from "../../src/storage/runs.ts";
import {
  type CancelStage,
  type Gate,
  openCancelStage,
  type Question,
  WAYS,
  type Way,
} from "../helpers/cancel-stage.ts";
import { faults } from "../helpers/fake-model-server.ts";
import { until } from "../helpers/until.ts";

/** A question that stands somewhere between being asked and being told. */
interface State {
  name: string;
  gate?: Gate;
  environment?: Record<string, string>;
  /** What its card shows by then. */
  shows: RegExp;
  /** What is left of a question that was stopped; null where there is nothing to stop any more. */
  stopped: { words: RegExp; paidCalls: number } | null;
  /** The messages that stand in the thread at the end. */
  left: string[];
}

const NOTHING_FOUND = /Stopped before anything was found/;
const PARTIAL = /Stopped\. These are partial findings/;
const STATES: readonly State[] = [
  {
    name: "queued",
    gate: { at: "queue" },
    environment: { RUNS_PER_WORKER: "1" },
    shows: /Waiting · /,
    stopped: { words: NOTHING_FOUND, paidCalls: 0 },
    left: [":card"],
  },
  {
    name: "starting",
    gate: { at: "model", purpose: "plan", nth: 1 },
    shows: /Researching/,
    stopped: { words: NOTHING_FOUND, paidCalls: 0 },
    left: [":card"],
  },
  {
    name: "at work",
    gate: { at: "model", purpose: "browse", nth: 3 },
    shows: /Researching/,
    stopped: { words: PARTIAL, paidCalls: 3 },
    left: [":card", ":answer:0"],
  },
  {
    name: "waiting for a model",
    gate: { at: "model", purpose: "browse", nth: 1, reply: faults.rateLimited(3_600) },
    shows: /Trying again in \d+ s/,
    stopped: { words: NOTHING_FOUND, paidCalls: 1 },
    left: [":card"],
  },
  {
    name: "writing",
    gate: { at: "model", purpose: "write", nth: 1 },
    shows: /Researching/,
    stopped: { words: PARTIAL, paidCalls: 5 },
    left: [":card", ":answer:0"],
  },
  {
    name: "delivering",
    gate: { at: "answer" },
    shows: /Done after/,
    stopped: null,
    left: [":card", ":answer:0"],
  },
  { name: "done", shows: /Done after/, stopped: null, left: [":card", ":answer:0"] },
  {
    name: "failed",
    gate: { at: "model", purpose: "plan", nth: 1, reply: faults.wrongKey() },
    shows: /whoever runs Ruminate/,
    stopped: null,
    left: [":card", ":failure"],
  },
];

/** Slack does not say who deleted a message; it lets nobody do it but the author and admins. */
const MAY: readonly { who: "ana" | "cleo"; way: Way }[] = [
  ...WAYS.map((way) => ({ who: "ana" as const, way })),
  ...WAYS.filter((way) => way !== "deletion").map((way) => ({ who: "cleo" as const, way })),
];
const COST_USD = 0.01;
const NOTHING = /nothing to stop|Nothing is at work here/;
const NOT_YOURS = /Only the person who asked, or an admin/;

describe("a research in Slack", () => {
  for (const state of STATES)
    it(`that is ${state.name} is ${state.stopped === null ? "left as it is by everybody" : "stopped by its asker and by admins"}, in each way, and others are told why not`, async (test) => {
      const { gate = null, environment = {}, stopped, shows } = state;
      const stage = await openCancelStage(test, { gate, environment, costUsd: COST_USD });
      const asked = await Promise.all(MAY.map((_each, index) => stage.ask(index)));
      for (const question of asked)
        await stage.reached(question, { shows, state: stopped === null ? state.name : null });
      await refuseOthers(stage, asked[0] ?? assert.fail("no question"), state);
      for (const [index, question] of asked.entries()) {
        const { who, way } = MAY[index] ?? assert.fail("nobody");
        await stage.stop(question, { who: stage.people[who], way, where: question.channel });
        if (stopped === null && way !== "deletion") await stage.hears(stage.people[who], question.channel, NOTHING);
      }
      if (stopped === null) stage.openGate();
      for (const question of asked) await assertEnd(stage, question, state);
    });
});

/** Another member, and anybody from another channel: each is told so, and nothing happens. */
async function refuseOthers(stage: CancelStage, question: Question, { stopped }: State): Promise<void> {
  const { people, elsewhere } = stage;
  const before = await stage.stateOf(question);
  for (const way of WAYS.filter((each) => each !== "deletion")) {
    await stage.stop(question, { who: people.ben, way, where: question.channel });
    await stage.hears(people.ben, question.channel, stopped === null ? NOTHING : NOT_YOURS);
    for (const who of [people.ana, people.cleo]) {
      await stage.stop(question, { who, way, where: elsewhere });
      await stage.hears(who, elsewhere, NOTHING);
    }
  }
  // A message with the same id, which another channel may have.
  await stage.stop(question, { who: people.ana, way: "deletion", where: elsewhere });
  assert.deepEqual(await stage.stateOf(question), before);
}

/** How it ended, what it left in the thread, and what it cost. */
async function assertEnd(stage: CancelStage, question: Question, { stopped, left }: State): Promise<void> {
  const ended = async () => {
    const run = await createRunStore(stage.database()).find(question.runId);
    return run?.state === "done" || run?.state === "failed" ? run : null;
  };
  const { report, failure } = await until(ended, { what: `${question.text} ends` });
  assert.deepEqual(stage.endings(question), left, JSON.stringify(question.channel.messages.at(-1)));
  const messages = JSON.stringify(question.channel.messages.map(({ blocks }) => blocks));
  assert.doesNotMatch(messages, /ruminate_cancel/);
  const { calls, recorded, counted, questions } = await stage.spent(question);
  assert.ok(
    Math.abs(recorded - calls * COST_USD) < 1e-9 && Math.abs(counted - recorded) < 1e-9,
    `$${recorded}, $${counted}`,
  );
  assert.equal(questions, 1);
  if (stopped === null) return;
  assert.match(messages, stopped.words);
  assert.equal(left.length > 1 ? report?.stopReason === "cancelled" : failure?.code === "CANCELLED", true);
  assert.equal(calls, stopped.paidCalls);
}
