import { RuminateError } from "../errors.ts";
import type { Journal } from "../ports.ts";
import type { Step, StepKind } from "../types.ts";

/** Runs each effect of a run once: what the journal already holds is returned from there. */
export interface Recorder {
  /**
   * The stored result of the next step, or the result of `work`, stored before it is returned. Steps are numbered in
   * the order of the calls, so parallel steps must be started in a fixed order. A `work` that rejects leaves no entry.
   *
   * @throws {RuminateError} JOURNAL_MISMATCH when the journal holds another step at this place
   */
  record<Result>(kind: StepKind, label: string, work: () => Promise<Result>): Promise<Result>;
  readonly replayedSteps: number;
  /** Active time of the run: the time of replayed steps and the time since this process took the run up. */
  elapsedMs(): number;
}

export async function createRecorder(runId: string, journal: Journal): Promise<Recorder> {
  const stored = new Map((await journal.load(runId)).map((step) => [step.index, step]));
  const replayedMs = Array.from(stored.values()).reduce((total, step) => total + step.durationMs, 0);
  const startedAt = performance.now();
  let nextIndex = 0;

  async function record<Result>(kind: StepKind, label: string, work: () => Promise<Result>): Promise<Result> {
    const index = nextIndex++;
    const step = stored.get(index);
    if (step !== undefined) return replay<Result>(step, kind, label);
    const workStartedAt = performance.now();
    const result = await work();
    const durationMs = Math.round(performance.now() - workStartedAt);
    await journal.append(runId, { index, kind, label, result, durationMs, recordedAt: new Date().toISOString() });
    return result;
  }

  return {
    record,
    replayedSteps: stored.size,
    elapsedMs: () => Math.round(replayedMs + performance.now() - startedAt),
  };
}

function replay<Result>(step: Step, kind: StepKind, label: string): Result {
  if (step.kind === kind && step.label === label) return step.result as Result;
  throw new RuminateError(
    "JOURNAL_MISMATCH",
    `Expected step ${step.index} to be ${kind} "${label}", the journal holds ${step.kind} "${step.label}".`,
  );
}

/** A journal in memory: for a run that is not kept. */
export function createMemoryJournal(): Journal {
  const runs = new Map<string, Step[]>();
  return {
    load: async (runId) => runs.get(runId) ?? [],
    append: async (runId, step) => {
      runs.set(runId, [...(runs.get(runId) ?? []), step]);
    },
  };
}
