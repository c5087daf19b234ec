import type { Report } from "../types.ts";

/** The report of a talk as it may be stored: derived text and permalinks, but none of the messages' own text. */
export function withoutCopies(report: Report): Report {
  const citations = report.citations.map((citation) => ({ ...citation, passage: null }));
  return { ...report, citations, contradictions: [] };
}
