import { fold, stem } from "../../../words.ts";
import { conceptsOf } from "../reading/concepts.ts";
import { isFunctionWord } from "../reading/function-words.ts";
import type { Unit } from "./page-units.ts";
import { createPostings, type Postings, type SortedPostings } from "./postings.ts";
import { codesOf, createWordTable, type WordTable } from "./word-table.ts";

/** The different words of a page by number. */
export interface ScannedWords {
  /** As they are written: "The" is not "the". */
  table: WordTable;
  postings: SortedPostings;
  /** Folded words that are names on this page. */
  names: Set<string>;
}

export function scanPage(text: string, units: Unit[], language: string): ScannedWords {
  const codes = codesOf(text);
  const scan = createScan(createWordTable(text, codes), language === "de");
  scanUnits(text, codes, units, scan);
  const { table, postings } = scan;
  return { table, postings: postings.sort(table.words.length), names: namesOf(scan, language) };
}

/** A row of a table is found by the heads of its columns too. */
function scanUnits(text: string, codes: Uint16Array, units: readonly Unit[], scan: Scan): void {
  let [lead, heads]: [string | null, readonly number[]] = [null, []];
  let above: { unit: Unit; words: number[] } | null = null;
  for (const unit of units) {
    const words: number[] | null = unit.kind === "row" ? [] : null;
    scanUnit(codes, unit, scan, words);
    if (words === null) continue;
    if (unit.lead !== lead) {
      lead = unit.lead;
      heads = above !== null && text.slice(above.unit.start, above.unit.end) === lead ? above.words : [];
    }
    for (const word of heads) {
      scan.postings.note(word, unit.index);
      for (const piece of scan.pieces.get(word) ?? []) scan.postings.note(piece, unit.index);
    }
    above = { unit, words };
  }
}

function namesOf({ table, isName, initials }: Scan, language: string): Set<string> {
  const names = new Set<string>();
  table.words.forEach((written, number) => {
    if (isName[number] === 1) names.add(fold(written));
  });
  // Never small and often first: a name, though no sentence has it inside.
  table.words.forEach((written, number) => {
    if (
      (initials[number] ?? 0) >= MIN_INITIALS &&
      language !== "de" &&
      !table.has(written.toLowerCase()) &&
      isUncommon(written, language)
    )
      names.add(fold(written));
  });
  return names;
}

const MIN_INITIALS = 2;

function isUncommon(written: string, language: string): boolean {
  const word = fold(written);
  return !isFunctionWord(word, language) && conceptsOf(stem(word), language).length === 0;
}

/** What was seen so far; the rows go by the words' numbers in the table and are longer than it. */
interface Scan {
  table: WordTable;
  /** Units in which the word stands. */
  postings: Postings;
  /** What can be told of the word by itself was told. */
  isRead: Uint8Array;
  isCapital: Uint8Array;
  /** Numbers of the pieces under which the word is listed too, where it has any. */
  pieces: Map<number, readonly number[]>;
  /** How often a capitalised word begins a sentence. */
  initials: Uint16Array;
  /** It stands where only a name has a capital. */
  isName: Uint8Array;
  isGerman: boolean;
}

function createScan(table: WordTable, isGerman: boolean): Scan {
  return { table, postings: createPostings(), pieces: new Map(), isGerman, ...rowsOf(FIRST_WORDS) };
}

const FIRST_WORDS = 4_096;

function rowsOf(count: number): Pick<Scan, "isRead" | "isCapital" | "initials" | "isName"> {
  return {
    isRead: new Uint8Array(count),
    isCapital: new Uint8Array(count),
    initials: new Uint16Array(count),
    isName: new Uint8Array(count),
  };
}

function lengthen(scan: Scan): void {
  const { isRead, isCapital, initials, isName } = scan;
  Object.assign(scan, rowsOf(scan.table.words.length * 2));
  scan.isRead.set(isRead);
  scan.isCapital.set(isCapital);
  scan.initials.set(initials);
  scan.isName.set(isName);
}

const NONE = -1;

/** Character by character: on long pages an expression with Unicode classes takes several times as long. */
function scanUnit(text: Uint16Array, unit: Unit, scan: Scan, words: number[] | null): void {
  const { index, end, kind } = unit;
  let isInner = false;
  let before = NONE;
  let at = unit.start;
  while (at < end) {
    let code = text[at] ?? BLANK;
    if (!isWordCode(code)) {
      at += 1;
      continue;
    }
    const start = at;
    do {
      at += 1;
      code = at < text.length ? (text[at] ?? BLANK) : BLANK;
    } while (at < end && isWordCode(code));
    const word = isTiny(text, start, at) ? NONE : noteWord(start, at, index, scan);
    if (word !== NONE) words?.push(word);
    const isCapital = word !== NONE && scan.isCapital[word] === 1;
    if (isCapital && kind !== "heading") noteName(scan, word, { isInner, before, isAfterDot: text[start - 1] === DOT });
    before = isCapital && isInner && code === BLANK ? word : NONE;
    isInner = !isBorderCode(code);
  }
}

const BLANK = 32;
const DOT = 46;

function isBorderCode(code: number): boolean {
  return code < 128 ? ASCII_BORDER[code] === 1 : code === 0x201c || code === 0x201e;
}

// Behind these a sentence begins, or words that are set apart; so do the quotation marks “ and „.
const ASCII_BORDER = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('.!?:|"(*'.includes(String.fromCharCode(code))),
);

/** Two small letters are never looked for. */
function isTiny(text: Uint16Array, start: number, end: number): boolean {
  return end - start <= 2 && isSmallCode(text[start] ?? BLANK) && isSmallCode(text[end - 1] ?? BLANK);
}

/** What can be told of a word is told once, not at each of its places. */
function noteWord(start: number, end: number, unit: number, scan: Scan): number {
  const word = scan.table.numberAt(start, end);
  if (word >= scan.isRead.length) lengthen(scan);
  if (scan.isRead[word] === 0) readWord(scan, word);
  scan.postings.note(word, unit);
  const pieces = scan.pieces.size === 0 ? undefined : scan.pieces.get(word);
  if (pieces !== undefined) for (const piece of pieces) scan.postings.note(piece, unit);
  return word;
}

function readWord({ table, isRead, isCapital, pieces }: Scan, word: number): void {
  const written = table.words[word] ?? "";
  isRead[word] = 1;
  isCapital[word] = Number(CAPITAL.test(written));
  const own = piecesOf(written);
  if (own.length > 0)
    pieces.set(
      word,
      own.map((piece) => table.numberOf(piece)),
    );
}

function piecesOf(written: string): readonly string[] {
  const isUnspaced = written.length > 2 && UNSPACED.test(written);
  const pairs = isUnspaced ? Array.from({ length: written.length - 1 }, (_, at) => written.slice(at, at + 2)) : [];
  if (!INNER_CAPITAL.test(written)) return pairs;
  return [...pairs, ...written.split(/(?<=\p{Ll})(?=\p{Lu})/u).map((part) => part.toLowerCase())];
}

function noteName(
  { isName, initials, isGerman }: Scan,
  word: number,
  { isInner, before, isAfterDot }: { isInner: boolean; before: number; isAfterDot: boolean },
): void {
  if (!isInner) initials[word] = (initials[word] ?? 0) + 1;
  else if (!isGerman) isName[word] = 1;
  else if (before !== NONE && !isAfterDot) {
    isName[before] = 1;
    isName[word] = 1;
  }
}

/** Letters and digits; beyond ASCII everything but the blocks of punctuation and symbols. */
function isWordCode(code: number): boolean {
  if (code < 128) return ASCII_WORD[code] === 1;
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code === 0xd7 || code === 0xf7) return false;
  if (code >= 0x2000 && code <= 0x2bff) return false;
  return !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff20) && code !== 0xfeff;
}

const ASCII_WORD = Uint8Array.from({ length: 128 }, (_, code) => Number(/[a-z\d]/i.test(String.fromCharCode(code))));

function isSmallCode(code: number): boolean {
  return code >= 97 && code <= 122;
}

const CAPITAL = /^\p{Lu}/u;

const INNER_CAPITAL = /[a-z][A-Z]/;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
