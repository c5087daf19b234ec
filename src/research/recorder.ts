import { RuminateError } from "../errors.ts";
import type { Journal } from "../ports.ts";
import type { Step, StepKind } from "../types.ts";

/** Runs each effect of a run once: what the journal already holds is returned from there. */
export interface Recorder {
  /**
   * The stored result of the next step, or the result of `work`, stored before it is returned. Steps are numbered in
   * the order of the calls, so parallel steps must be started in a fixed order. A `work` that rejects leaves no entry.
   *
   * @throws {RuminateError} JOURNAL_UNREADABLE when the journal holds another step at this place
   */
  record<Result>(kind: StepKind, label: string, work: () => Promise<Result>): Promise<Result>;
  readonly replayedSteps: number;
  /** Active time of the run: the time of replayed steps and the time since this process took the run up. */
  elapsedMs(): number;
}

/**
 * The whole journal is looked through before anything is done, so that nothing is paid for on top of steps that cannot
 * be read.
 *
 * @throws {RuminateError} JOURNAL_UNREADABLE when another version of Ruminate stored it
 */
export async function createRecorder(
  runId: string,
  journal: Journal,
  isReadable: (step: Step) => boolean = () => true,
): Promise<Recorder> {
  const steps = await journal.load(runId);
  const strange = steps.find((step) => !isReadable(step));
  if (strange !== undefined) throw unreadable(`Step ${strange.index} of run ${runId} has a shape of another version.`);
  const stored = new Map(steps.map((step) => [step.index, step]));
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
  throw unreadable(
    `Expected step ${step.index} to be ${kind} "${label}", the journal holds ${step.kind} "${step.label}".`,
  );
}

function unreadable(message: string): RuminateError {
  return new RuminateError("JOURNAL_UNREADABLE", message);
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
