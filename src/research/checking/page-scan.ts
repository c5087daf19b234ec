import { fold, stem } from "../../words.ts";
import { conceptsOf } from "./concepts.ts";
import { isFunctionWord } from "./function-words.ts";
import type { Unit } from "./page-units.ts";
import { createPostings, type Postings, type SortedPostings } from "./postings.ts";
import { createWordTable, type WordTable } from "./word-table.ts";

/** The different words of a page as they are written, by number. */
export interface ScannedWords {
  written: readonly string[];
  postings: SortedPostings;
  /** Folded words that are names on this page. */
  names: Set<string>;
}

export function scanPage(text: string, units: Unit[], language: string): ScannedWords {
  const scan = createScan(language === "de");
  scanUnits(text, units, scan);
  const written = scan.table.words;
  return { written, postings: scan.postings.sort(written.length), names: namesOf(scan, language) };
}

/** A row of a table is found by the heads of its columns too. */
function scanUnits(text: string, units: readonly Unit[], scan: Scan): void {
  let [lead, heads]: [string | null, readonly number[]] = [null, []];
  let above: { unit: Unit; words: number[] } | null = null;
  for (const unit of units) {
    const words: number[] | null = unit.kind === "row" ? [] : null;
    scanUnit(text, unit, scan, words);
    if (words === null) continue;
    if (unit.lead !== lead) {
      lead = unit.lead;
      heads = above !== null && text.slice(above.unit.start, above.unit.end) === lead ? above.words : [];
    }
    for (const word of heads) {
      scan.postings.note(word, unit.index);
      for (const piece of scan.pieces[word] ?? []) scan.postings.note(piece, unit.index);
    }
    above = { unit, words };
  }
}

function namesOf({ table, isName, initials }: Scan, language: string): Set<string> {
  const names = new Set<string>();
  isName.forEach((is, number) => {
    if (is) names.add(fold(table.words[number] ?? ""));
  });
  // Never small and often first: a name, though no sentence has it inside.
  initials.forEach((count, number) => {
    const written = table.words[number] ?? "";
    if (
      count >= MIN_INITIALS &&
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

/** What was seen so far; the lists go by the words' numbers in the table. */
interface Scan {
  table: WordTable;
  /** Units in which the word stands. */
  postings: Postings;
  /** Numbers of the pieces under which the word is listed too. */
  pieces: (readonly number[])[];
  isCapital: boolean[];
  /** How often a capitalised word begins a sentence. */
  initials: number[];
  /** It stands where only a name has a capital. */
  isName: boolean[];
  isGerman: boolean;
}

function createScan(isGerman: boolean): Scan {
  return {
    table: createWordTable(),
    postings: createPostings(),
    pieces: [],
    isCapital: [],
    initials: [],
    isName: [],
    isGerman,
  };
}

const NONE = -1;

/** Character by character: on long pages an expression with Unicode classes takes several times as long. */
function scanUnit(text: string, unit: Unit, scan: Scan, words: number[] | null): void {
  const { index, end, kind } = unit;
  let isInner = false;
  let before = NONE;
  let at = unit.start;
  while (at < end) {
    let code = text.charCodeAt(at);
    if (!isWordCode(code)) {
      at += 1;
      continue;
    }
    const start = at;
    do {
      at += 1;
      code = at < text.length ? text.charCodeAt(at) : BLANK;
    } while (at < end && isWordCode(code));
    const word = isTiny(text, start, at) ? NONE : noteWord(text, start, at, index, scan);
    if (word !== NONE) words?.push(word);
    const isCapital = word !== NONE && scan.isCapital[word] === true;
    if (isCapital && kind !== "heading")
      noteName(scan, word, { isInner, before, isAfterDot: text.charCodeAt(start - 1) === DOT });
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
function isTiny(text: string, start: number, end: number): boolean {
  return end - start <= 2 && isSmallCode(text.charCodeAt(start)) && isSmallCode(text.charCodeAt(end - 1));
}

/** What can be told of a word is told once, not at each of its places. */
function noteWord(text: string, start: number, end: number, unit: number, scan: Scan): number {
  const word = scan.table.numberOf(text, start, end);
  const pieces = scan.pieces[word] ?? readWord(scan, word);
  scan.postings.note(word, unit);
  for (let at = 0; at < pieces.length; at += 1) scan.postings.note(pieces[at] ?? word, unit);
  return word;
}

function readWord({ table, isCapital, pieces }: Scan, word: number): readonly number[] {
  const written = table.words[word] ?? "";
  isCapital[word] = CAPITAL.test(written);
  const own = piecesOf(written).map((piece) => table.numberOf(piece, 0, piece.length));
  pieces[word] = own;
  return own;
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
  else if (!isGerman) isName[word] = true;
  else if (before !== NONE && !isAfterDot) {
    isName[before] = true;
    isName[word] = true;
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
