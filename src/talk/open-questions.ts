import type { Report } from "../types.ts";
import { joinReports } from "./join-reports.ts";

/** The questions of a digest that nobody answered, as they can be looked up; the digest's own label and author are off. */
export function openQuestionsIn({ citations }: Pick<Report, "citations">): string[] {
  const open = citations.flatMap(({ statement }) => {
    const words = /^Open(?: question)?:\s*(.+)$/is.exec(statement.trim())?.[1];
    if (words === undefined) return [];
    return [/["“]([^"”]{8,})["”]/.exec(words)?.[1] ?? words];
  });
  return Array.from(new Set(open));
}

/** The digest with what was found on its open questions below it. */
export function withFindings(digest: Report, findings: readonly { question: string; report: Report }[]): Report {
  return findings.reduce((whole, { question, report }) => {
    const isFound = report.outcome !== "nothing-found";
    const found = isFound
      ? report
      : { ...report, answer: "Nothing reliable was found on this.", sources: [], citations: [] };
    return joinReports(whole, found, { between: `\n\n**Looked up: ${question}**\n\n` });
  }, digest);
}
