import type { Outcome, Report } from "../types.ts";
import type { BrowseEnd } from "./browse.ts";
import { deliverAnswer } from "./citations.ts";
import type { Draft } from "./drafts.ts";
import type { RunContext } from "./run-context.ts";

/** The run's end as data. An answer of which no statement rests on a source is not given at all. */
export function composeReport(context: RunContext, { stopReason, gate }: BrowseEnd, draft: Draft): Report {
  const delivered = deliverAnswer(
    draft.delivery.text,
    draft.delivery.statements,
    draft.delivery.sources,
    context.readerNumbers,
  );
  const isFounded = delivered.citations.some(({ verdict }) => verdict !== "unsupported");
  const outcome: Outcome = !isFounded
    ? "nothing-found"
    : stopReason === "finished" && gate.isPassed
      ? "answered"
      : "partial";
  return {
    runId: context.runId,
    question: context.request.question,
    material: context.parts.talk === undefined ? "pages" : "talk",
    outcome,
    stopReason,
    answer: isFounded ? delivered.answer : nothingFound(context),
    citations: isFounded ? delivered.citations : [],
    uncited: isFounded ? delivered.uncited : [],
    removed: delivered.removed,
    sources: isFounded ? delivered.sources : [],
    gate,
    gaps: gate.gaps,
    contradictions: context.contradictions,
    plan: context.plan,
    queries: context.queries,
    models: context.budget.models(),
    usage: context.budget.usage(),
    finishedAt: new Date().toISOString(),
  };
}

/** The honest end: what was tried, and what the asker can do. */
function nothingFound({ queries, sources, parts }: RunContext): string {
  if (parts.talk !== undefined) return "Nothing was said that belongs into a digest.";
  const tried = queries.map((query) => `- ${query}`).join("\n");
  const opened = sources.sources.length;
  return [
    "I found nothing reliable on this.",
    queries.length === 0 ? "No search could be made." : `Searches tried:\n${tried}`,
    opened === 0
      ? "No page was worth opening."
      : `${opened} ${opened === 1 ? "page was" : "pages were"} read; none of them answers the question.`,
    "What may help: name the thing in other words, add a place, a year or a product, or ask a narrower question.",
  ].join("\n\n");
}
