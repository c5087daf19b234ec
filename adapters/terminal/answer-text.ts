import { stripVTControlCharacters, styleText } from "node:util";
import { placeOf } from "../../src/canonical-url.ts";
import { WORD_JOINER } from "../../src/chat/defuse.ts";
import type { AnswerView } from "../../src/chat-ports.ts";

/** An answer for a terminal or a pipe: the Markdown as it is, its sources, the lines below. */
export function renderAnswerText(
  answer: AnswerView,
  { isTerminal, columns = 80 }: { isTerminal: boolean; columns?: number },
): string {
  const dim = (text: string) => (isTerminal ? styleText("gray", text) : text);
  const bold = (text: string) => (isTerminal ? styleText("bold", text) : text);
  const bolded = answer.body.replace(/\*\*([^*\n]+)\*\*/g, (_, words: string) => bold(words));
  const body = isTerminal ? wrapProse(bolded, columns) : answer.body;
  const sources = answer.sources.map(({ number, title, url, date }) => {
    const when = date?.slice(0, 10) ?? "";
    // "name: what it is" already begins with the package it is from.
    const place = placeOf(url);
    const about = [title.replaceAll(WORD_JOINER, "").startsWith(`${place}:`) ? "" : place, when]
      .filter((part) => part !== "")
      .join(", ");
    return `[${number}] ${title}${about === "" ? "" : ` (${about})`}\n    ${dim(url)}`;
  });
  const sections = [body, ...(sources.length === 0 ? [] : [`${bold("Sources")}\n${sources.join("\n")}`])];
  // Nothing comes alive in a terminal, and what is copied from it must be what it says.
  return `${sections.join("\n\n")}\n\n${answer.footer.map(dim).join("\n")}\n`.replaceAll(WORD_JOINER, "");
}

/** Lines of prose broken between words; code and tables stay as they are. */
function wrapProse(text: string, columns: number): string {
  let isCode = false;
  return text
    .split("\n")
    .map((line) => {
      if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
      return isCode || /^\s*(?:\||```|~~~)/.test(line) ? line : wrapLine(line, columns);
    })
    .join("\n");
}

/** What goes on below a list item stands under its first word. */
function wrapLine(line: string, columns: number): string {
  const indent = " ".repeat(/^\s*(?:[-*+]\s+|\d+[.)]\s+)?/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(/(?<=\S) +/)) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current === "" || stripVTControlCharacters(longer).length <= columns) current = longer;
    else {
      lines.push(current);
      current = `${indent}${word}`;
    }
  }
  return [...lines, current].join("\n");
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
