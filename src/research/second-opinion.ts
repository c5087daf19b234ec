import { RuminateError } from "../errors.ts";
import type { ModelReply } from "../ports.ts";
import { estimateTokens } from "../words.ts";
import type { CheckedStatement } from "./citations.ts";
import { type Draft, withVerdictsAtDelivery } from "./drafts.ts";
import { type BatchLimits, batchesOn, limitsFor, type OpinionBatch } from "./opinion-batches.ts";
import { createJudge, type Opinion, parseOpinions } from "./opinion-verdicts.ts";
import { createPageIndexes } from "./passages.ts";
import { callModel, type RunContext } from "./run-context.ts";

/** What the journal keeps: null = the model could not be asked, and is not asked again. */
export interface OpinionStep {
  reply: ModelReply | null;
}

/**
 * Asks a model about statements of a draft, one call a batch, and takes its word as far as code can see (`createJudge`).
 * Of a second draft only what the first did not say is asked about. Whatever goes wrong, code's verdicts stay.
 */
export function createSecondOpinion(context: RunContext): (draft: Draft) => Promise<Draft> {
  const known = new Map<string, Opinion | null>();
  const textIndexOf = createPageIndexes();
  return async (draft) => {
    const { statements, sources } = draft.delivery;
    const wish = context.parts.secondOpinion;
    const asked = wish === undefined ? [] : statements.filter((one) => isAskedAbout(one, wish.about));
    if (wish === undefined || asked.length === 0) return draft;
    const fresh = asked.filter((one) => !known.has(keyOf(one)));
    const batches = batchesOn(fresh, sources, { ...roomIn(context), textIndexOf });
    // One for the whole draft: an answer that is written waits no longer for opinions that it can do without.
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(wish.timeoutMs)]);
    for (const batch of batches) {
      const opinions = await opinionsOn(batch, context, signal);
      for (const [index, one] of batch.statements.entries())
        known.set(keyOf(one), opinions.find(({ statement }) => statement === index + 1) ?? null);
    }
    const judge = createJudge(sources, textIndexOf);
    const judged = statements.map((one) => {
      const given = asked.includes(one) ? known.get(keyOf(one)) : null;
      return given == null ? one : judge(given, one);
    });
    return withVerdictsAtDelivery(draft, judged);
  };
}

/** What stands in the page word for word, or was worked out of its tables, needs no reader. */
export function isAskedAbout({ numbers, isSettled, verdict }: CheckedStatement, about: "weak" | "all"): boolean {
  return numbers.length > 0 && isSettled !== true && (about === "all" || verdict === "weak");
}

function keyOf({ statement, numbers }: CheckedStatement): string {
  return JSON.stringify([statement, numbers]);
}

function roomIn({ parts, toolDescriptions }: RunContext): BatchLimits {
  return limitsFor(parts.model.contextTokens, estimateTokens(JSON.stringify(toolDescriptions)));
}

async function opinionsOn(batch: OpinionBatch, context: RunContext, signal: AbortSignal): Promise<Opinion[]> {
  // The look at the ceilings is part of the step: a run that is taken up again must not see it otherwise.
  const step = await context.recorder.record("check", "second-opinion", async (): Promise<OpinionStep> => {
    if (context.budget.reached(1) !== null) return { reply: null };
    return { reply: await ask(batch, context, signal) };
  });
  if (step.reply === null) return [];
  context.budget.countReply(step.reply);
  return parseOpinions(step.reply.text);
}

async function ask({ messages }: OpinionBatch, context: RunContext, signal: AbortSignal): Promise<ModelReply | null> {
  try {
    signal.throwIfAborted();
    return await callModel({ ...context, signal }, "check", messages, "none");
  } catch (error) {
    context.signal.throwIfAborted();
    const isExpected = signal.aborted || (error instanceof RuminateError && error.code.startsWith("MODEL_"));
    if (!isExpected) throw error;
    context.parts.log.warn({ err: error, runId: context.runId }, "second opinion not given");
    return null;
  }
}
