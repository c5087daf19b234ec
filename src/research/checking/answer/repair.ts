import type { Source } from "../../../types.ts";
import type { CheckedStatement } from "../../citations.ts";
import { languageOf } from "../reading/language.ts";
import { type Cut, cutsOf, type Fate, fatesOf } from "./cuts.ts";
import { findMarks, type Mark } from "./marks.ts";
import { renumberedItems } from "./renumber.ts";
import { sourceListOf } from "./source-list.ts";
import { tidyMarkdown } from "./tidy.ts";

export interface RepairedAnswer {
  answer: string;
  /** Statements that are still there, each with the sources it now names. */
  kept: { statement: CheckedStatement; cited: { number: number; reader: number }[] }[];
  /** The run's numbers in the order of the reader's: the first is the reader's 1. */
  order: number[];
  removed: number;
}

/**
 * Cuts the statements that failed, marks those whose cutting would tear the answer, and puts the reader's numbers in
 * place of the run's marks. A table loses a cell, never its shape.
 */
export function repairAnswer(
  answer: string,
  statements: readonly CheckedStatement[],
  sources: readonly Source[],
  known: ReadonlySet<number> = new Set(),
): RepairedAnswer {
  const opened = new Set(sources.map(({ number }) => number));
  const fates = fatesOf(answer, statements);
  const cited = new Map(statements.map((statement) => [statement, citedBy(statement, fates.get(statement), opened)]));
  const cuts = cutsOf(answer, statements, fates);
  const words = WORDS[languageOf(answer)] ?? ENGLISH;
  // Sources that readers know already keep their numbers; a number without a source holds its place.
  const order = Array.from({ length: Math.max(0, ...known) }, (_, index) =>
    known.has(index + 1) ? index + 1 : NOBODY,
  );
  const steps = [
    ...[...cuts, ...renumberedItems(answer, cuts)].map((cut): Step => ({ ...cut, numbers: [], text: cut.replacement })),
    ...markSteps(answer, findMarks(answer, sources), { statements, cited, cuts }),
    ...noteSteps(statements, fates, words.unconfirmed),
  ].toSorted((a, b) => a.start - b.start || a.end - b.end);
  const removed = statements.filter((statement) => fates.get(statement) === "cut").length;
  const text = tidyMarkdown(write(answer, steps, order), removed > 0);
  const kept = statements.filter((statement) => fates.get(statement) !== "cut");
  return {
    answer: text === "" && removed > 0 ? words.nothingLeft : text,
    kept: kept.map((statement) => ({ statement, cited: readerNumbers(cited.get(statement) ?? [], order) })),
    order,
    removed,
  };
}

/** A piece of the answer that is replaced by text and, after it, by the reader's numbers of sources. */
interface Step {
  start: number;
  end: number;
  text: string;
  numbers: number[];
}

const NOBODY = -1;
const ENGLISH = {
  unconfirmed: "(unconfirmed)",
  nothingLeft: "Nothing in this answer could be confirmed in the sources, so it is left out.",
};
const WORDS: Readonly<Record<string, typeof ENGLISH>> = {
  de: {
    unconfirmed: "(nicht bestätigt)",
    nothingLeft: "Nichts an dieser Antwort ließ sich in den Quellen bestätigen; sie entfällt deshalb.",
  },
  es: {
    unconfirmed: "(sin confirmar)",
    nothingLeft: "Nada de esta respuesta pudo confirmarse en las fuentes, por lo que se omite.",
  },
  fr: {
    unconfirmed: "(non confirmé)",
    nothingLeft: "Rien dans cette réponse n’a pu être confirmé dans les sources ; elle est donc omise.",
  },
  zh: { unconfirmed: "（未证实）", nothingLeft: "此回答的内容均无法在来源中得到证实，故予以省略。" },
  ja: { unconfirmed: "（未確認）", nothingLeft: "この回答の内容は出典で確認できなかったため、省略しました。" },
};

/** The opened sources that a statement still names: those that bear it out, or all of them when it is only marked. */
function citedBy(statement: CheckedStatement, fate: Fate | undefined, opened: ReadonlySet<number>): number[] {
  const numbers = statement.numbers.filter((number) => opened.has(number));
  if (fate === "marked") return numbers;
  if (fate === "cut" || statement.verdict === "unsupported") return [];
  const failed = new Set(
    statement.evidence.filter(({ verdict }) => verdict === "unsupported").map(({ number }) => number),
  );
  const seen = new Set(statement.evidence.map(({ number }) => number));
  return numbers.filter((number) => seen.has(number) && !failed.has(number));
}

interface Settled {
  statements: readonly CheckedStatement[];
  cited: ReadonlyMap<CheckedStatement, number[]>;
  cuts: readonly Cut[];
}

function markSteps(answer: string, marks: readonly Mark[], { statements, cited, cuts }: Settled): Step[] {
  const owners = new Map<number, CheckedStatement[]>();
  for (const statement of statements)
    for (const { start } of statement.marks) owners.set(start, [...(owners.get(start) ?? []), statement]);
  const list = sourceListOf(answer);
  const steps: Step[] = list === null ? [] : [{ ...list, text: "", numbers: [] }];
  for (const mark of marks) {
    if (list !== null && mark.start >= list.start) continue;
    const own = owners.get(mark.start) ?? [];
    const named = new Set(mark.references.map(({ number }) => number));
    const numbers = Array.from(new Set(own.flatMap((statement) => cited.get(statement) ?? []))).filter((number) =>
      named.has(number),
    );
    const cut = cuts.find(({ start, end }) => start <= mark.start && mark.start < end);
    if (cut === undefined) steps.push(placeOf(answer, mark, numbers));
    else if (numbers.length > 0)
      steps.push(
        insertionAfter(
          own.findLast((statement) => cited.get(statement)?.length),
          numbers,
        ),
      );
  }
  return steps;
}

/** A mark that names nothing any more goes together with the blank before it. */
function placeOf(answer: string, { start, end, words }: Mark, numbers: number[]): Step {
  if (words !== "" || numbers.length > 0) return { start, end, text: words, numbers };
  const before = answer.slice(Math.max(0, start - 80), start);
  const blanks = /^(?:[\s.,;:!?)\]。，、]|$)/u.test(answer[end] ?? "")
    ? (before.match(/[ \t\u00a0]+$/)?.[0].length ?? 0)
    : 0;
  // Brackets that held nothing but marks are seen by the blank in them, and go with them; those of "main()" stay.
  const text = /[(（]\s*$/.test(before) ? " " : "";
  return { start: start - blanks, end, text, numbers: [] };
}

/** The marked sentence is gone, but sentences before it that its mark also covers are still there. */
function insertionAfter(statement: CheckedStatement | undefined, numbers: number[]): Step {
  const at = statement?.end ?? 0;
  return { start: at, end: at, text: "", numbers };
}

function noteSteps(
  statements: readonly CheckedStatement[],
  fates: ReadonlyMap<CheckedStatement, Fate>,
  note: string,
): Step[] {
  return statements.flatMap((statement) => {
    if (fates.get(statement) !== "marked") return [];
    const own = statement.isCovered ? [] : statement.marks.map(({ end }) => end);
    const at = Math.max(statement.end, ...own);
    return { start: at, end: at, text: ` ${note}`, numbers: [] };
  });
}

/** Carries out the steps; `order` gets a new number at each source's first appearance. */
function write(answer: string, steps: readonly Step[], order: number[]): string {
  const out = createOutput();
  let at = 0;
  let last: Printed = { end: -1, numbers: [] };
  for (const [index, { start, end, text, numbers }] of steps.entries()) {
    if (start < at) continue;
    const between = answer.slice(at, start);
    const isNextTo = last.end === at && /^[ \t]*$/.test(between) && text === "";
    const known = isNextTo ? last.numbers : [];
    const fresh = numbers.filter((number) => !known.includes(number));
    if (!isNextTo || fresh.length > 0) out.push(between + text);
    for (const number of fresh) if (!order.includes(number)) order.push(number);
    if (fresh.length > 0 && needsBlank(out.lastChar())) out.push(" ");
    for (const number of fresh) out.pushMark(order.indexOf(number) + 1);
    // "[1](…" would be a link, "[1][…" a reference.
    if (fresh.length > 0 && /[([]/.test(answer[end] ?? "") && steps[index + 1]?.start !== end) out.push(" ");
    at = end;
    // A mark that names nothing any more does not part its neighbours.
    if (isNextTo || numbers.length > 0) last = { end, numbers: [...known, ...fresh] };
  }
  out.push(answer.slice(at));
  return out.finish();
}

/** The numbers that stand at the end of what was written, and how far the answer was read. */
interface Printed {
  end: number;
  numbers: readonly number[];
}

interface Output {
  push(piece: string): void;
  pushMark(number: number): void;
  lastChar(): string;
  /** The text; what only looks like a mark in it is escaped. */
  finish(): string;
}

/** Text with the places of the marks that were put in on purpose. */
function createOutput(): Output {
  const pieces: string[] = [];
  const marks = new Set<number>();
  let length = 0;
  const push = (piece: string): void => {
    if (piece === "") return;
    pieces.push(piece);
    length += piece.length;
  };
  return {
    push,
    pushMark(number) {
      marks.add(length);
      push(`[${number}]`);
    },
    lastChar: () => pieces.at(-1)?.at(-1) ?? "",
    finish: () => escapeStrays(pieces.join(""), marks),
  };
}

/** Where something was taken out between brackets, what is left must not pass for a mark. */
function escapeStrays(text: string, marks: ReadonlySet<number>): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, references } of findMarks(text, [])) {
    if (marks.has(start) || (references.length === 0 && !/[【】]/.test(text[start] ?? ""))) continue;
    const stray = text
      .slice(start, end)
      .replace(/[【[]/g, "\\[")
      .replace(/[】\]]/g, "\\]");
    pieces.push(text.slice(at, start), stray);
    at = end;
  }
  return [...pieces, text.slice(at)].join("");
}

function needsBlank(before: string): boolean {
  return /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\d.,;:!?)%"'”’»*_`]/u.test(
    before,
  );
}

function readerNumbers(numbers: readonly number[], order: readonly number[]): { number: number; reader: number }[] {
  return numbers.flatMap((number) => {
    const reader = order.indexOf(number) + 1;
    return reader === 0 ? [] : [{ number, reader }];
  });
}
