import type { Citation, Report } from "../types.ts";
import { cleanLine } from "../untrusted.ts";

/**
 * The report as a Markdown file that can be checked by hand: the answer, what sources disagree on, what was not found,
 * and for each citation the passage with the page's title, address, date of reading and a link that jumps to it.
 */
export function renderMarkdownReport(report: Report): string {
  const sections = [
    `# ${cleanLine(report.question, 300)}`,
    report.answer,
    list("## Sources disagree", disagreements(report)),
    list("## Not found", report.gaps),
    list("## Without a source", report.uncited),
    report.sources.length === 0
      ? ""
      : `## Sources\n\n${report.sources.map((source) => renderSource(source, report)).join("\n\n")}`,
    list("## How it was found", process(report)),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function disagreements({ contradictions }: Report): string[] {
  return contradictions.map(({ about, claims }) => {
    const values = claims.map(({ value, passage }) => `${value} ("${cleanLine(passage, 200)}")`);
    return `${about}: ${values.join(" against ")}`;
  });
}

function renderSource({ number, title, url, publishedAt, readAt }: Report["sources"][number], report: Report): string {
  const published = publishedAt === null ? "" : `published ${publishedAt.slice(0, 10)}, `;
  const head = `### [${number}] ${title}\n\n<${url}> (${published}read ${readAt.slice(0, 16).replace("T", " ")} UTC)`;
  const citations = report.citations.filter((citation) => citation.number === number);
  return [head, ...citations.map(renderCitation)].join("\n\n");
}

function renderCitation({ statement, passage, url, verdict, reason }: Citation): string {
  const judged = verdict === "supported" ? "confirmed" : `${verdict}: ${reason}`;
  const lines = [`- ${cleanLine(statement, 500)} (${judged})`];
  if (passage === null) return lines.join("\n");
  const link = fragmentLink(url, passage.text);
  lines.push(`  > ${passage.text.replace(/\s*\n\s*/g, "\n  > ")}`);
  if (link !== null) lines.push(`  [jump to the passage](${link})`);
  return lines.join("\n\n");
}

// Browsers match the first and the last words of the text; more of them only makes a changed page miss.
const FRAGMENT_WORDS = 6;

/** A text-fragment link for web addresses, else null. https://wicg.github.io/scroll-to-text-fragment/ */
function fragmentLink(url: string, passage: string): string | null {
  if (!/^https?:/.test(url)) return null;
  const words = passage
    .replace(/[*_`#|>]+/g, " ")
    .trim()
    .split(/\s+/);
  const encode = (part: string[]) => encodeURIComponent(part.join(" ")).replaceAll("-", "%2D");
  const directive =
    words.length <= FRAGMENT_WORDS * 2
      ? encode(words)
      : `${encode(words.slice(0, FRAGMENT_WORDS))},${encode(words.slice(-FRAGMENT_WORDS))}`;
  return `${url.replace(/#.*$/, "")}#:~:text=${directive.replaceAll("(", "%28").replaceAll(")", "%29")}`;
}

function process({ gate, queries, plan, models, removed, usage, finishedAt }: Report): string[] {
  const rules = gate.rules.map(({ name, held, reason }) => (held ? `${name}: held` : `${name}: not met. ${reason}`));
  return [
    `Asked in parts: ${plan.subQuestions.map(({ text }) => text).join(" / ")}`,
    `Searched: ${queries.join(" / ") || "nothing"}`,
    `Evidence score ${Math.round(gate.score * 100)}% (${rules.join("; ")})`,
    `${removed} statements were removed by the check`,
    `Models: ${models.map(({ model, calls }) => `${model} (${calls} calls)`).join(", ")}`,
    `${usage.searches} searches, ${usage.pages} pages, ${Math.round(usage.durationMs / 1000)} s, finished ${finishedAt}`,
  ];
}

function list(heading: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${heading}\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}
