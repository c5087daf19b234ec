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
      gateLine(report),
      oneSourceLine(report),
      changeLine(report),
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

/** "Evidence score 92%: 6 of 7 rules held (not met: recency)" */
function gateLine({ gate }: Report): string {
  const broken = gate.rules.filter(({ held }) => !held).map(({ name }) => name);
  const score = `Evidence score ${Math.round(gate.score * 100)}%`;
  const held = `${gate.rules.length - broken.length} of ${count(gate.rules.length, "rule")} held`;
  if (gate.rules.length === 0) return score;
  return broken.length === 0 ? `${score}: ${held}` : `${score}: ${held} (not met: ${broken.join(", ")})`;
}

/** What is said rests on the first reading; who opens the page now may find another text. */
function changeLine({ sources }: Report): string {
  const changed = sources.filter(({ changedAt }) => changedAt !== undefined).map(({ number }) => `[${number}]`);
  if (changed.length === 0) return "";
  return `${changed.join(", ")} had changed when read once more: what is said rests on the first reading`;
}

function disagreements(contradictions: readonly Contradiction[]): string {
  if (contradictions.length === 0) return "";
  const lines = contradictions.map(
    ({ about, claims }) => `- ${cleanLine(about, 200)}: ${claims.map(claimOf).join(" / ")}`,
  );
  return `**Sources disagree**\n${lines.join("\n")}`;
}

/** "142 metres [1]", or with the place that a source is from when the answer does not cite it. */
function claimOf({ number, value, url = "" }: Contradiction["claims"][number]): string {
  if (number !== null) return `${value} [${number}]`;
  return url === "" ? value : `${value} (${placeOf(url)})`;
}

function notFound({ gaps, outcome, material }: Report): string {
  if (gaps.length === 0 || outcome === "nothing-found") return "";
  return `**${material === "talk" ? "Not read" : "Not found"}**\n${gaps.map((gap) => `- ${cleanLine(gap, 200)}`).join("\n")}`;
}
