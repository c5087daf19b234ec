import type { Citation, Passage, ReportSource, Source, Verdict } from "../types.ts";
import { isFactual } from "./checking/answer/factual.ts";
import { findMarks } from "./checking/answer/marks.ts";
import { repairAnswer } from "./checking/answer/repair.ts";
import { type RawStatement, type StatementKind, statementsOf } from "./checking/answer/statements.ts";
import { type Checker, createChecker, type SourceJudgement } from "./checking/checker.ts";
import { guessLanguage } from "./checking/reading/language.ts";
import { locatable } from "./text-fragment.ts";

/** A statement of an answer with what the check found in the pages it names. */
export interface CheckedStatement {
  /** Plain text, marks and emphasis removed; a table cell is preceded by its row's and column's heads. */
  statement: string;
  /** Place in the answer as given: Markdown with the model's marks. */
  start: number;
  end: number;
  /** The run's numbers that its marks name, opened or not, in order; empty = no mark. */
  numbers: number[];
  /** A statement of fact, which ought to carry a mark. */
  isFactual: boolean;
  /** The best over the named sources; `unsupported` when none of them was opened. */
  verdict: Verdict;
  /** In words, for the model and the reader; empty when supported. */
  reason: string;
  /** For each named source in which something bears on the statement: the best passage there. */
  evidence: { number: number; passage: Passage; verdict: Verdict }[];
  kind: StatementKind;
  /** Number of its paragraph, list item or table row in the answer. */
  block: number;
  /** Its marks stand behind a later sentence of the block. */
  isCovered: boolean;
  /** Nobody who reads may see it otherwise: it stands there word for word, was worked out of a table, or is misquoted. */
  isSettled?: true;
  /** A model confirmed it with words that stand in the page; the code alone did not. */
  isSecondOpinion?: boolean;
  /** Where its marks stand. */
  marks: { start: number; end: number }[];
}

/**
 * Compares every statement of an answer with the stored text of the pages it names. Works without a model: numbers,
 * dates, names, quotations, negation, modality, order and superlatives are compared exactly, wording by stems and
 * synonyms. Never throws, whatever the answer.
 *
 * @param options.language of the answer; guessed when left out
 */
export function checkAnswer(
  answer: string,
  sources: Source[],
  options: { language?: string } = {},
): CheckedStatement[] {
  const language = options.language ?? guessLanguage(answer);
  const marks = findMarks(answer, sources);
  const checker = createChecker(sources, language);
  return statementsOf(answer, marks, language ?? "en").map((raw) => checkStatement(raw, checker));
}

function checkStatement(raw: RawStatement, checker: Checker): CheckedStatement {
  const numbers = Array.from(new Set(raw.marks.flatMap(({ references }) => references.map(({ number }) => number))));
  const shared = {
    statement: raw.text,
    start: raw.start,
    end: raw.end,
    numbers,
    isFactual: isFactual(raw),
    kind: raw.kind,
    block: raw.block,
    isCovered: raw.isCovered,
    marks: raw.marks.map(({ start, end }) => ({ start, end })),
  };
  if (numbers.length === 0) return { ...shared, verdict: "unsupported", reason: "It names no source.", evidence: [] };
  const { verdict, reason, isSettled, bySource } = checker.check(raw);
  const judged = { ...shared, verdict, reason, evidence: bySource.flatMap(evidenceOf) };
  return isSettled ? { ...judged, isSettled } : judged;
}

function evidenceOf({ number, passage, verdict }: SourceJudgement): CheckedStatement["evidence"] {
  return passage === null ? [] : [{ number, passage, verdict }];
}

/** What the reader gets: the answer with the reader's numbers, and each statement with its source. */
export interface DeliveredAnswer {
  /** Markdown with `[1]` … `[k]` in order of appearance; what failed is cut or marked. */
  answer: string;
  citations: Citation[];
  /** The cited sources only, in the order of their numbers. */
  sources: ReportSource[];
  /** Statements of fact without a source. */
  uncited: string[];
  /** How many statements were cut. */
  removed: number;
}

/**
 * Cuts or marks what failed and gives the sources that are left the reader's numbers.
 *
 * @param readerNumbers those of the sources' numbers that readers know from an earlier answer: they stay, and new ones
 *   go on after the highest
 */
export function deliverAnswer(
  answer: string,
  statements: CheckedStatement[],
  sources: Source[],
  readerNumbers: ReadonlySet<number> = new Set(),
): DeliveredAnswer {
  const repaired = repairAnswer(answer, statements, sources, readerNumbers);
  const byNumber = new Map(sources.map((source) => [source.number, source.page]));
  const lastKnown = Math.max(0, ...readerNumbers);
  const citations = repaired.kept.flatMap(({ statement, cited }) =>
    cited.flatMap(({ number, reader }): Citation[] => {
      const page = byNumber.get(number);
      if (page === undefined) return [];
      const found = statement.evidence.find((evidence) => evidence.number === number);
      const verdict = found?.verdict ?? statement.verdict;
      return [
        {
          number: reader,
          statement: statement.statement,
          passage: found === undefined ? null : locatable(found.passage, page),
          url: page.url,
          verdict,
          reason: verdict === "supported" ? "" : statement.reason,
          ...(verdict === "supported" && statement.isSecondOpinion === true ? { isSecondOpinion: true } : {}),
        },
      ];
    }),
  );
  const uncited = repaired.kept.filter(({ statement, cited }) => statement.isFactual && cited.length === 0);
  return {
    answer: repaired.answer,
    citations,
    sources: repaired.order.flatMap((number, index) => {
      const page = byNumber.get(number);
      const isCited =
        index >= lastKnown || repaired.kept.some(({ cited }) => cited.some((one) => one.number === number));
      if (page === undefined || !isCited) return [];
      const { title, url, publishedAt, readAt } = page;
      return [{ number: index + 1, title, url, publishedAt, readAt }];
    }),
    uncited: uncited.map(({ statement }) => statement.statement),
    removed: repaired.removed,
  };
}

/**
 * What failed, why, and the passages that are there: for the model's one turn to revise. Empty when nothing failed;
 * statements that were only put otherwise than in the page are added for a turn that is taken anyway.
 */
export function revisionNotes(statements: CheckedStatement[], sources: Source[]): string {
  const factual = statements.filter(({ isFactual: isFact, numbers }) => isFact || numbers.length > 0);
  const failed = factual.filter(({ verdict }) => verdict === "unsupported");
  if (failed.length === 0) return "";
  const opened = new Set(sources.map(({ number }) => number));
  const weak = factual.filter(({ verdict }) => verdict === "weak");
  return [...failed, ...weak].map((statement) => noteOn(statement, opened)).join("\n");
}

const MAX_STATEMENT_CHARS = 300;
const MAX_PASSAGE_CHARS = 400;

function noteOn(
  { statement, numbers, reason, verdict, evidence }: CheckedStatement,
  opened: ReadonlySet<number>,
): string {
  const named = numbers.map((number) => `【${number}】`).join("");
  const grade = verdict === "weak" ? "Not quite what the page says" : "Not confirmed";
  const passages = evidence.map(
    ({ number, passage }) => `  Page ${number} says: "${clip(passage.text, MAX_PASSAGE_CHARS)}"`,
  );
  const unopened = numbers.filter((number) => !opened.has(number)).map((number) => `  ${number} was never opened.`);
  return [
    `- ${grade}: "${clip(statement, MAX_STATEMENT_CHARS)}" ${named}`.trimEnd(),
    `  ${reason}`,
    ...passages,
    ...unopened,
  ].join("\n");
}

function clip(text: string, maxChars: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= maxChars ? line : `${line.slice(0, maxChars - 1).toWellFormed()}…`;
}
