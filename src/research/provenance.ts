import { countConfirmed } from "../confirmed.ts";
import type { Citation, Contradiction, Report, ReportSource } from "../types.ts";
import { textFragmentLink } from "./text-fragment.ts";

/**
 * A report as a Markdown file: question, answer, where sources disagree and what was not found, then every statement
 * with the words of the page it rests on, the page's address and the day it was read, and a link that jumps to them.
 */
export function renderMarkdownReport(report: Report): string {
  const sections = [
    `# ${oneLine(report.question)}`,
    report.answer.trim(),
    disagreements(report.contradictions),
    notFound(report.gaps),
    evidence(report),
    sources(report.sources),
    footer(report),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function disagreements(contradictions: readonly Contradiction[]): string {
  if (contradictions.length === 0) return "";
  const lines = contradictions.flatMap(({ about, claims }) => [
    `- ${escaped(about)}`,
    ...claims.map(({ number, value, passage, url = "" }) => {
      const source = [
        number === null ? "" : `[${number}]`,
        url === "" ? "" : link(textFragmentLink(url, { text: passage })),
      ];
      return `  - ${escaped(value)}: ${[`“${escaped(passage)}”`, ...source].filter((part) => part !== "").join(" ")}`;
    }),
  ]);
  return `## Sources disagree\n\n${lines.join("\n")}`;
}

function notFound(gaps: readonly string[]): string {
  return gaps.length === 0 ? "" : `## Not found\n\n${gaps.map((gap) => `- ${escaped(gap)}`).join("\n")}`;
}

function evidence({ citations, sources: cited, uncited }: Report): string {
  if (citations.length === 0 && uncited.length === 0) return "";
  const byNumber = new Map(cited.map((source) => [source.number, source]));
  const entries = citations.map((citation) => describe(citation, byNumber.get(citation.number)));
  const open = uncited.map((statement) => `- ${escaped(statement)}\n  - **No source is named for this.**`);
  return `## Evidence\n\n${[...entries, ...open].join("\n")}`;
}

const VERDICTS: Readonly<Record<Citation["verdict"], string>> = {
  supported: "Confirmed in the page's own text",
  weak: "Not quite what the page says",
  unsupported: "Not confirmed",
};

const SECOND_OPINION = "Confirmed by a second opinion of the model, with these words of the page";

function describe(
  { number, statement, passage, url, verdict, reason, isSecondOpinion = false }: Citation,
  source: ReportSource | undefined,
): string {
  const lines = [`- [${number}] ${escaped(statement)}`];
  if (passage !== null) lines.push(`  > ${escaped(passage.text)}`, "");
  const title = escaped([source?.title.trim() || url, passage?.anchor ?? ""].filter((part) => part !== "").join(", "));
  const address = passage === null ? url : textFragmentLink(url, passage);
  const readAt = source === undefined ? "" : `, read ${source.readAt.slice(0, 10)}`;
  lines.push(`  - ${title}: ${link(address)}${readAt}`);
  lines.push(
    `  - ${isSecondOpinion ? SECOND_OPINION : VERDICTS[verdict]}${reason === "" ? "" : `: ${escaped(reason)}`}`,
  );
  return lines.join("\n");
}

function sources(cited: readonly ReportSource[]): string {
  if (cited.length === 0) return "";
  const lines = cited.map(({ number, title, url, publishedAt, readAt, changedAt }) => {
    const dates = [publishedAt === null ? "" : `published ${publishedAt.slice(0, 10)}`, `read ${readAt.slice(0, 10)}`];
    const line = `- [${number}] ${escaped(title.trim() || url)}: ${link(url)} (${dates.filter((date) => date !== "").join(", ")})`;
    return changedAt === undefined
      ? line
      : `${line}\n  - Read again ${changedAt.slice(0, 16).replace("T", " ")} UTC, its text was another. What is said here rests on the first reading.`;
  });
  return `## Sources\n\n${lines.join("\n")}`;
}

function footer(report: Report): string {
  const { removed, gate, queries, models, finishedAt } = report;
  const { total, confirmed, byOpinion } = countConfirmed(report);
  const rules = gate.rules.map(({ name, held, reason }) =>
    `- ${held ? "Held" : "Not held"}: ${escaped(name)}. ${escaped(reason)}`.trimEnd(),
  );
  return [
    "## How this was checked",
    `${confirmed - byOpinion} of ${total} statements were confirmed by code in the stored text of the pages${byOpinion === 0 ? "" : `, ${byOpinion} more by a second opinion of the model`}${removed === 0 ? "" : `; ${removed} that failed were removed`}.`,
    `Evidence score ${Math.round(gate.score * 100)}%:\n\n${rules.join("\n")}`.trimEnd(),
    queries.length === 0 ? "" : `Searches: ${queries.map((query) => `“${escaped(query)}”`).join(", ")}.`,
    models.length === 0
      ? ""
      : `Models: ${models.map(({ model, calls }) => `${escaped(model)} (${calls})`).join(", ")}.`,
    `Finished ${finishedAt}.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function link(address: string): string {
  return /^https?:\/\//i.test(address)
    ? `<${address.replace(/[<>\s]/g, (sign) => encodeURIComponent(sign))}>`
    : `\`${address.replaceAll("`", "")}\``;
}

/** Foreign text on one line, with nothing in it that Markdown would act on. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
