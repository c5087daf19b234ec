import { fold, stem } from "../../words.ts";
import { conceptsOf } from "./concepts.ts";
import { isFunctionWord } from "./function-words.ts";
import { shareStart } from "./matching.ts";
import type { Unit } from "./page-units.ts";
import { PREFIX_CHARS } from "./reading.ts";
import { createWordTable, hashOn, NO_HASH, type WordPlace, type WordTable, wholeOf } from "./word-table.ts";

/** Indices of units: as a list, and as marks by index. */
export interface UnitList {
  list: readonly number[];
  marks: Uint8Array;
}

interface Words {
  units: Map<string, number[]>;
  byStem: Map<string, string[]>;
  byPrefix: Map<string, { word: string; stemmed: string }[]>;
  byConcept: Map<number, string[]>;
  names: Set<string>;
}

export function scanWords(text: string, units: Unit[], language: string): Words {
  const scan = createScan(language === "de");
  for (const unit of units) scanUnit(text, unit, scan);
  const { table } = scan;
  const names = new Set<string>();
  scan.isName.forEach((isName, number) => {
    if (isName) names.add(fold(table.words[number] ?? ""));
  });
  // Never small and often first: a name, though no sentence has it inside.
  scan.initials.forEach((count, number) => {
    const written = table.words[number] ?? "";
    if (
      count >= MIN_INITIALS &&
      language !== "de" &&
      !table.has(written.toLowerCase()) &&
      isUncommon(written, language)
    )
      names.add(fold(written));
  });
  return indexWords(table.words, scan.places, names);
}

function indexWords(written: readonly string[], places: readonly number[][], names: Set<string>): Words {
  const words: Words = { units: new Map(), byStem: new Map(), byPrefix: new Map(), byConcept: new Map(), names };
  places.forEach((list, number) => {
    const word = fold(written[number] ?? "");
    const known = words.units.get(word);
    words.units.set(word, known === undefined ? list : [...known, ...list]);
    if (known !== undefined) return;
    const stemmed = stem(word);
    append(words.byStem, stemmed, word);
    if (stemmed.length >= PREFIX_CHARS) append(words.byPrefix, stemmed.slice(0, PREFIX_CHARS), { word, stemmed });
    for (const concept of conceptsOf(stemmed)) append(words.byConcept, concept, word);
  });
  return words;
}

const MIN_INITIALS = 2;

function isUncommon(written: string, language: string): boolean {
  const word = fold(written);
  return !isFunctionWord(word, language) && conceptsOf(stem(word)).length === 0;
}

/** What was seen so far; the lists go by the words' numbers in the table. */
interface Scan {
  table: WordTable;
  /** Units in which the word stands. */
  places: number[][];
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
  return { table: createWordTable(), places: [], pieces: [], isCapital: [], initials: [], isName: [], isGerman };
}

const NONE = -1;

/** Character by character: on long pages an expression with Unicode classes takes several times as long. */
function scanUnit(text: string, unit: Unit, scan: Scan): void {
  let isInner = false;
  let before = NONE;
  let at = unit.start;
  while (at < unit.end) {
    let code = text.charCodeAt(at);
    if (!isWordCode(code)) {
      at += 1;
      continue;
    }
    const start = at;
    let hash = NO_HASH;
    do {
      hash = hashOn(hash, code);
      at += 1;
      code = at < text.length ? text.charCodeAt(at) : BLANK;
    } while (at < unit.end && isWordCode(code));
    const word = isTiny(text, start, at) ? NONE : noteWord(text, { start, end: at, hash }, unit.index, scan);
    const isCapital = word !== NONE && scan.isCapital[word] === true;
    if (isCapital && unit.kind !== "heading")
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
function noteWord(text: string, place: WordPlace, unit: number, scan: Scan): number {
  const word = scan.table.numberOf(text, place);
  if (scan.pieces[word] === undefined) {
    const written = scan.table.words[word] ?? "";
    scan.isCapital[word] = CAPITAL.test(written);
    scan.pieces[word] = piecesOf(written).map((piece) => scan.table.numberOf(piece, wholeOf(piece)));
  }
  note(scan.places, word, unit);
  const pieces = scan.pieces[word] ?? NO_PIECES;
  if (pieces.length > 0) for (const piece of pieces) note(scan.places, piece, unit);
  return word;
}

const NO_PIECES: readonly number[] = [];

function piecesOf(written: string): string[] {
  const isUnspaced = written.length > 2 && UNSPACED.test(written);
  const pairs = isUnspaced ? Array.from({ length: written.length - 1 }, (_, at) => written.slice(at, at + 2)) : [];
  if (!INNER_CAPITAL.test(written)) return pairs;
  return [...pairs, ...written.split(/(?<=\p{Ll})(?=\p{Lu})/u).map((part) => part.toLowerCase())];
}

function note(places: number[][], word: number, unit: number): void {
  const list = places[word];
  if (list === undefined) places[word] = [unit];
  else if (list[list.length - 1] !== unit) list.push(unit);
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

export function collect(words: Words, count: number, stemmed: string, concepts: readonly number[]): UnitList {
  // Identifiers were listed by their parts: retry.wrap stands where both "retry" and "wrap" stand.
  const parts = stemmed.split(/[._]+/).filter((part) => part !== "");
  if (parts.length > 1)
    return intersect(
      parts.map((part) => collect(words, count, stem(part), [])),
      count,
    );
  const list: number[] = [];
  const marks = new Uint8Array(count);
  const add = (word: string): void => {
    for (const unit of words.units.get(word) ?? []) {
      if (marks[unit] === 1) continue;
      marks[unit] = 1;
      list.push(unit);
    }
  };
  for (const word of words.byStem.get(stemmed) ?? []) add(word);
  for (const concept of concepts) for (const word of words.byConcept.get(concept) ?? []) add(word);
  for (const one of words.byPrefix.get(stemmed.slice(0, PREFIX_CHARS)) ?? [])
    if (shareStart(one.stemmed, stemmed)) add(one.word);
  return { list, marks };
}

function intersect(lists: readonly UnitList[], count: number): UnitList {
  const list = lists[0]?.list.filter((unit) => lists.every(({ marks }) => marks[unit] === 1)) ?? [];
  const marks = new Uint8Array(count);
  for (const unit of list) marks[unit] = 1;
  return { list, marks };
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
