import { placeOf } from "../canonical-url.ts";
import type { AnswerView } from "../chat-ports.ts";
import { countConfirmed } from "../confirmed.ts";
import type { Contradiction, Report, ReportForm } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { defuse } from "./defuse.ts";
import { count, describeUsage, opinionPart } from "./progress-card.ts";
import { makeSafe } from "./safe-markdown.ts";

/**
 * A report as people get it, platform-independent: the body as Markdown, the sources, and the lines below.
 *
 * @param notice what the reader must know about the model that wrote it, or null
 * @param heading a line of Markdown above it
 */
export function createAnswerView(report: Report, form: ReportForm, notice: string | null, heading = ""): AnswerView {
  const body = [heading, lead(report), report.answer, disagreements(report.contradictions), notFound(report)]
    .filter((section) => section !== "")
    .join("\n\n");
  return {
    runId: report.runId,
    question: report.question,
    outcome: report.outcome,
    form,
    body: makeSafe(
      body,
      report.sources.map(({ url }) => url),
    ),
    sources: report.sources.map(({ number, title, url, publishedAt }) => {
      return { number, title: defuse(title), url, date: publishedAt };
    }),
    footer: [
      checkLine(report),
      oneSourceLine(report),
      gateLine(report),
      describeUsage(report.usage),
      notice ?? "",
    ].filter((line) => line !== ""),
    report,
  };
}

/** Why an answer is not a complete one, said first. */
function lead({ outcome, stopReason }: Report): string {
  if (outcome !== "partial") return "";
  switch (stopReason) {
    case "cancelled":
      return "**Stopped. These are partial findings, not a complete answer.**";
    case "model-failed":
      return "**The model failed. These are partial findings, not a complete answer.**";
    case "budget":
      return "**The limit for this research was reached. The answer is written from what was found until then.**";
    case "repetition":
    case "malformed":
      return "**The research ended early. The answer is written from what was found until then.**";
    case "finished":
      return "";
  }
}

/** "14 of 15 statements confirmed in the sources' own text, 2 of them only by a model's second opinion, 1 could not be confirmed". */
function checkLine(report: Report): string {
  const { removed, outcome, material } = report;
  if (outcome === "nothing-found") return "";
  const { total, confirmed, byOpinion } = countConfirmed(report);
  const open = total - confirmed;
  return [
    `${confirmed} of ${count(total, "statement")} confirmed in the ${material === "talk" ? "messages" : "sources"}' own text`,
    opinionPart(byOpinion),
    open === 0 ? "" : `${open} could not be confirmed`,
    removed === 0 ? "" : `${removed} removed`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** An answer that rests on one place says so. */
function oneSourceLine({ sources, material }: Report): string {
  if (material === "talk") return "";
  const places = new Set(sources.map(({ url }) => (url.startsWith("http") ? placeOf(url) : url)));
  return places.size === 1 ? "Everything here rests on one source" : "";
}

function gateLine({ gate }: Report): string {
  const broken = gate.rules.filter(({ held }) => !held).map(({ name }) => name);
  const score = `Evidence score ${Math.round(gate.score * 100)}%`;
  return broken.length === 0 ? score : `${score} (not met: ${broken.join(", ")})`;
}

function disagreements(contradictions: readonly Contradiction[]): string {
  if (contradictions.length === 0) return "";
  const lines = contradictions.map(
    ({ about, claims }) => `- ${about}: ${claims.map(({ value }) => value).join(" / ")}`,
  );
  return `**Sources disagree**\n${lines.join("\n")}`;
}

function notFound({ gaps, outcome, material }: Report): string {
  if (gaps.length === 0 || outcome === "nothing-found") return "";
  return `**${material === "talk" ? "Not read" : "Not found"}**\n${gaps.map((gap) => `- ${cleanLine(gap, 200)}`).join("\n")}`;
}
