import { styleText } from "node:util";
import { placeOf } from "../../src/canonical-url.ts";
import { WORD_JOINER } from "../../src/chat/defuse.ts";
import type { AnswerView } from "../../src/ports.ts";

/** An answer for a terminal or a pipe: the Markdown as it is, its sources, the lines below. */
export function renderAnswerText(answer: AnswerView, { isTerminal }: { isTerminal: boolean }): string {
  const dim = (text: string) => (isTerminal ? styleText("gray", text) : text);
  const bold = (text: string) => (isTerminal ? styleText("bold", text) : text);
  const body = isTerminal ? answer.body.replace(/\*\*([^*\n]+)\*\*/g, (_, words: string) => bold(words)) : answer.body;
  const sources = answer.sources.map(({ number, title, url, date }) => {
    const when = date === null ? "" : `, ${date.slice(0, 10)}`;
    return `[${number}] ${title} (${placeOf(url)}${when})\n    ${dim(url)}`;
  });
  const sections = [body, ...(sources.length === 0 ? [] : [`${bold("Sources")}\n${sources.join("\n")}`])];
  // Nothing comes alive in a terminal, and what is copied from it must be what it says.
  return `${sections.join("\n\n")}\n\n${answer.footer.map(dim).join("\n")}\n`.replaceAll(WORD_JOINER, "");
}

/** The report as one JSON object, for programs. */
export function renderAnswerJson({ report }: AnswerView): string {
  const { question, outcome, stopReason, answer, citations, sources, gate, gaps, contradictions } = report;
  const { runId, plan, queries, uncited, removed, models, usage, finishedAt } = report;
  const plainCitations = citations.map(({ passage, ...citation }) => ({
    ...citation,
    passage: passage?.text ?? null,
    position: passage === null ? null : { start: passage.start, end: passage.end },
  }));
  return `${JSON.stringify(
    {
      ...{ question, outcome, answer, citations: plainCitations, sources, gate, gaps, contradictions, models, usage },
      ...{ runId, stopReason, plan, queries, uncited, removed, finishedAt },
    },
    null,
    2,
  )}\n`;
}
