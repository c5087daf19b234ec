import type { Citation, Contradiction, Outcome, Report, ReportSource } from "../types.ts";
import { termsOf } from "../words.ts";
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
    answer: isFounded ? delivered.answer : nothingFound(context, delivered.removed),
    citations: isFounded ? delivered.citations : [],
    uncited: isFounded ? delivered.uncited : [],
    removed: delivered.removed,
    sources: isFounded ? delivered.sources.map((source) => withChange(source, context)) : [],
    gate,
    gaps: context.parts.talk === undefined ? openGaps(gate.gaps, isFounded ? delivered.citations : []) : gate.gaps,
    contradictions: context.contradictions.map((each) => forReaders(each, isFounded ? delivered.sources : [], context)),
    plan: context.plan,
    queries: context.queries,
    models: context.budget.models(),
    usage: context.budget.usage(),
    finishedAt: new Date().toISOString(),
  };
}

/** A page that was read twice and differed: said, since the statements rest on what was read first. */
function withChange(source: ReportSource, { sources }: RunContext): ReportSource {
  const number = sources.openedAs(source.url);
  const changedAt = number === null ? null : sources.changedAt(number);
  return changedAt === null ? source : { ...source, changedAt };
}

/** Who says what: with the reader's number where the source is cited, with its address in any case. */
function forReaders(
  { about, claims }: Contradiction,
  cited: readonly ReportSource[],
  { sources }: RunContext,
): Contradiction {
  return {
    about,
    claims: claims.map(({ number, value, passage }) => {
      const url = number === null ? undefined : sources.source(number)?.page.url;
      const known = cited.find((source) => source.url === url);
      return { number: known?.number ?? null, value, passage, ...(url === undefined ? {} : { url }) };
    }),
  };
}

/** The pages may be in another language than the question: then what the answer says of it counts. */
function openGaps(gaps: readonly string[], citations: readonly Citation[]): string[] {
  return gaps.filter((gap) => !isAnswered(gap, citations));
}

function isAnswered(question: string, citations: readonly Citation[]): boolean {
  const wanted = new Set(termsOf(question));
  if (wanted.size === 0) return false;
  return citations.some(({ verdict, statement }) => {
    const said = wanted.intersection(new Set(termsOf(statement))).size;
    return verdict !== "unsupported" && said / wanted.size >= ANSWERED_SHARE;
  });
}

// Of the question's terms; its interrogatives and the words that only ask are never in an answer.
const ANSWERED_SHARE = 0.6;

/** The honest end: what was tried, and what the asker can do. */
function nothingFound({ queries, sources, parts }: RunContext, removed: number): string {
  if (parts.talk !== undefined) return "Nothing was said that belongs into a digest.";
  const tried = queries.map((query) => `- ${query}`).join("\n");
  const opened = sources.sources.length;
  const pages = `${opened} ${opened === 1 ? "page was" : "pages were"} read`;
  return [
    "I found nothing reliable on this.",
    queries.length === 0 ? "No search could be made." : `Searches tried:\n${tried}`,
    opened === 0
      ? "No page was worth opening."
      : removed === 0
        ? `${pages}; none of them answers the question.`
        : `${pages}. The model wrote an answer, but nothing in it could be confirmed in them, so it is left out.`,
    "What may help: name the thing in other words, add a place, a year or a product, or ask a narrower question.",
  ].join("\n\n");
}
