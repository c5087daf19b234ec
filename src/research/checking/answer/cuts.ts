import type { CheckedStatement } from "../../citations.ts";

/** `marked`: it failed, but cutting it would tear the answer. */
export type Fate = "kept" | "cut" | "marked";

export interface Cut {
  start: number;
  end: number;
  /** What stands there instead: a dash in a table cell, else nothing. */
  replacement: string;
}

/** What becomes of each statement. Only statements that name sources can fail; the others are listed as uncited. */
export function fatesOf(answer: string, statements: readonly CheckedStatement[]): Map<CheckedStatement, Fate> {
  const fates = new Map<CheckedStatement, Fate>();
  const blocks = Map.groupBy(statements, ({ block }) => block);
  const failing = new Set(Array.from(blocks).flatMap(([block, all]) => (all.every(hasFailed) ? [block] : [])));
  statements.forEach((statement, index) => {
    if (!hasFailed(statement)) fates.set(statement, "kept");
    else if (!failing.has(statement.block) && isHalf(answer, statement)) fates.set(statement, "marked");
    else fates.set(statement, fateOf(answer, statement, statements[index + 1]));
  });
  return fates;
}

function hasFailed({ numbers, verdict, kind }: CheckedStatement): boolean {
  return numbers.length > 0 && verdict === "unsupported" && kind !== "heading";
}

/** It opens or closes emphasis, brackets or quotation marks that the sentences beside it close or open. */
function isHalf(answer: string, statement: CheckedStatement): boolean {
  if (statement.kind === "cell") return false;
  const text = statement.marks.reduce(
    (rest, { start, end }) =>
      rest.slice(0, start - statement.start) + " ".repeat(end - start) + rest.slice(end - statement.start),
    answer.slice(statement.start, statement.end),
  );
  const count = (signs: RegExp): number => text.match(signs)?.length ?? 0;
  const pairs = text.includes("„") ? [...PAIRS, GERMAN_QUOTES] : [...PAIRS, QUOTES];
  return (
    pairs.some(([opening, closing]) => count(opening) !== count(closing)) || SIGNS.some((sign) => count(sign) % 2 === 1)
  );
}

type Pair = readonly [RegExp, RegExp];
const PAIRS: readonly Pair[] = [
  [/[(（]/g, /[)）]/g],
  [/«/g, /»/g],
  [/「/g, /」/g],
];
const QUOTES: Pair = [/“/g, /”/g];
const GERMAN_QUOTES: Pair = [/„/g, /[“”]/g];
// A single star between figures multiplies; a mark of inches stands behind a figure.
const SIGNS: readonly RegExp[] = [/\*\*/g, /(?<![*\d\s])\*(?!\*)|(?<!\*)\*(?![*\s])/g, /__/g, /~~/g, /(?<!\d)"/g, /`/g];

function fateOf(answer: string, statement: CheckedStatement, next: CheckedStatement | undefined): Fate {
  if (statement.kind === "cell") return "cut";
  if (/[:：]$/u.test(statement.statement)) return "marked";
  if (next !== undefined && next.block === statement.block)
    return leansBack(next) && !hasFailed(next) ? "marked" : "cut";
  return statement.kind === "item" && hasChildren(answer, statement) ? "marked" : "cut";
}

/** The sentence begins with a word that points back to the one before it. */
function leansBack({ statement }: CheckedStatement): boolean {
  return LEANING.test(statement);
}

const LEANING =
  /^(?:it|its|this|that|these|those|they|their|he|his|she|her|both|such|however|therefore|thus|hence|consequently|as a result|in contrast|instead|nevertheless|also|moreover|furthermore|but|and|so|then|er|sie|es|dies\p{L}*|jedoch|daher|deshalb|dadurch|außerdem|dennoch|aber|ella?|ellos|ellas|esto|est[ae]s?|ese|esa|sin embargo|por (?:eso|ello|tanto)|además|pero|il|elle|cela|ce|cette|cependant|donc)(?![\p{L}])|^(?:这|那|它|他|她|因此|但|然而|此外|これ|それ|その|しかし)/iu;

/** A list item with items below it would leave them without their head. */
function hasChildren(answer: string, { start, end }: CheckedStatement): boolean {
  const lineStart = answer.lastIndexOf("\n", start - 1) + 1;
  const indent = answer.slice(lineStart).match(/^[ \t>]*/)?.[0].length ?? 0;
  const lineEnd = answer.indexOf("\n", end);
  if (lineEnd === -1) return false;
  const following = answer.slice(lineEnd + 1).match(/^([ \t>]*)(?:[-*+•]|\d{1,4}[.)])[ \t]/);
  return following !== null && (following[1]?.length ?? 0) > indent;
}

/** The pieces of the answer that go, in order and without overlaps. */
export function cutsOf(
  answer: string,
  statements: readonly CheckedStatement[],
  fates: ReadonlyMap<CheckedStatement, Fate>,
): Cut[] {
  const blocks = Map.groupBy(statements, ({ block }) => block);
  return Array.from(blocks.values()).flatMap((block) => {
    const isGone = block.every((statement) => fates.get(statement) === "cut" && statement.kind !== "cell");
    if (isGone) return [wholeBlock(answer, block)];
    return block.flatMap((statement) => (fates.get(statement) === "cut" ? [pieceOf(answer, statement)] : []));
  });
}

/** The lines of a paragraph or list item, with its marker and its line break. */
function wholeBlock(answer: string, block: readonly CheckedStatement[]): Cut {
  const start = Math.min(...block.map((statement) => reachOf(statement)[0]));
  const end = Math.max(...block.map((statement) => reachOf(statement)[1]));
  const lineEnd = answer.indexOf("\n", end);
  return {
    start: answer.lastIndexOf("\n", start - 1) + 1,
    end: lineEnd === -1 ? answer.length : lineEnd + 1,
    replacement: "",
  };
}

function pieceOf(answer: string, statement: CheckedStatement): Cut {
  const [start, end] = reachOf(statement);
  if (statement.kind === "cell") return { start, end, replacement: "—" };
  const line = wholeLine(answer, start, end);
  if (line !== null) return line;
  const blanks = answer.slice(end, end + 200).match(/^[ \t\u00a0]+/)?.[0].length ?? 0;
  return { start, end: end + blanks, replacement: "" };
}

/** It fills a line between others of its paragraph: the line goes, and no empty one is left. */
function wholeLine(answer: string, start: number, end: number): Cut | null {
  const from = answer.lastIndexOf("\n", start - 1) + 1;
  const newline = answer.indexOf("\n", end);
  const to = newline === -1 ? answer.length : newline;
  const isWhole = /^[ \t>]*$/.test(answer.slice(from, start)) && answer.slice(end, to).trim() === "";
  return isWhole ? { start: from, end: to + 1, replacement: "" } : null;
}

/** A statement with the marks that stand before or behind it. */
function reachOf(statement: CheckedStatement): [number, number] {
  const marks = statement.isCovered ? [] : statement.marks;
  return [
    Math.min(statement.start, ...marks.map(({ start }) => start)),
    Math.max(statement.end, ...marks.map(({ end }) => end)),
  ];
}
