import { fold, stem } from "../../words.ts";
import { conceptsOf } from "./concepts.ts";
import { isFunctionWord } from "./function-words.ts";
import { shareStart } from "./matching.ts";
import type { Unit } from "./page-units.ts";
import { PREFIX_CHARS } from "./reading.ts";

/** Indices of units: as a list, and as marks by index. */
export interface UnitList {
  list: readonly number[];
  marks: Uint8Array;
}

interface Words {
  units: Map<string, number[]>;
  byStem: Map<string, string[]>;
  byPrefix: Map<string, string[]>;
  byConcept: Map<number, string[]>;
  names: Set<string>;
}

export function scanWords(text: string, units: Unit[], language: string): Words {
  const places = new Map<string, number[]>();
  const names = new Set<string>();
  const initial = new Map<string, number>();
  for (const unit of units) scanUnit(text, unit, { places, names, initial, isGerman: language === "de" });
  // Never small and often first: a name, though no sentence has it inside.
  for (const [written, count] of initial)
    if (
      count >= MIN_INITIALS &&
      language !== "de" &&
      !places.has(written.toLowerCase()) &&
      isUncommon(written, language)
    )
      names.add(fold(written));
  const words: Words = { units: new Map(), byStem: new Map(), byPrefix: new Map(), byConcept: new Map(), names };
  for (const [written, list] of places) {
    const word = fold(written);
    const known = words.units.get(word);
    words.units.set(word, known === undefined ? list : [...known, ...list]);
    if (known !== undefined) continue;
    const stemmed = stem(word);
    append(words.byStem, stemmed, word);
    if (stemmed.length >= PREFIX_CHARS) append(words.byPrefix, stemmed.slice(0, PREFIX_CHARS), word);
    for (const concept of conceptsOf(stemmed)) append(words.byConcept, concept, word);
  }
  return words;
}

const MIN_INITIALS = 2;

function isUncommon(written: string, language: string): boolean {
  const word = fold(written);
  return !isFunctionWord(word, language) && conceptsOf(stem(word)).length === 0;
}

interface Scan {
  places: Map<string, number[]>;
  names: Set<string>;
  /** How often a capitalised word begins a sentence. */
  initial: Map<string, number>;
  isGerman: boolean;
}

/** Character by character: on long pages an expression with Unicode classes takes several times as long. */
function scanUnit(text: string, unit: Unit, scan: Scan): void {
  let isInner = false;
  let before = "";
  for (let start = unit.start; start < unit.end; ) {
    if (!isWordCode(text.charCodeAt(start))) {
      start += 1;
      continue;
    }
    let end = start + 1;
    while (end < unit.end && isWordCode(text.charCodeAt(end))) end += 1;
    const written = text.slice(start, end);
    // Two small letters are never looked for.
    const isTiny = end - start <= 2 && text.charCodeAt(start) >= 97 && text.charCodeAt(start) <= 122;
    if (!isTiny) note(scan.places, written, unit.index);
    if (written.length > 2 && text.charCodeAt(start) > FIRST_UNSPACED && UNSPACED.test(written))
      for (let at = 0; at < written.length - 1; at += 1) note(scan.places, written.slice(at, at + 2), unit.index);
    if (INNER_CAPITAL.test(written))
      for (const part of written.split(/(?<=\p{Ll})(?=\p{Lu})/u)) note(scan.places, part.toLowerCase(), unit.index);
    const isCapital = isCapitalCode(text.charCodeAt(start)) && CAPITAL.test(written);
    if (isCapital && unit.kind !== "heading")
      noteName(scan, written, { isInner, before, isAfterDot: text[start - 1] === "." });
    before = isCapital && isInner && text[end] === " " ? written : "";
    isInner = !/[.!?:|"“„(*]/.test(text[end] ?? "");
    start = end;
  }
}

function note(places: Map<string, number[]>, written: string, unit: number): void {
  const list = places.get(written);
  if (list === undefined) places.set(written, [unit]);
  else if (list[list.length - 1] !== unit) list.push(unit);
}

function noteName(
  { names, initial, isGerman }: Scan,
  written: string,
  { isInner, before, isAfterDot }: { isInner: boolean; before: string; isAfterDot: boolean },
): void {
  if (!isInner) initial.set(written, (initial.get(written) ?? 0) + 1);
  else if (!isGerman) names.add(fold(written));
  else if (before !== "" && !isAfterDot) names.add(fold(before)).add(fold(written));
}

/** Letters and digits; beyond ASCII everything but the blocks of punctuation and symbols. */
function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code === 0xd7 || code === 0xf7) return false;
  if (code >= 0x2000 && code <= 0x2bff) return false;
  return !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff20) && code !== 0xfeff;
}

function isCapitalCode(code: number): boolean {
  return code < 128 ? code >= 65 && code <= 90 : true;
}

const CAPITAL = /^\p{Lu}/u;

const INNER_CAPITAL = /[a-z][A-Z]/;

const FIRST_UNSPACED = 0xe00;

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
  for (const word of words.byPrefix.get(stemmed.slice(0, PREFIX_CHARS)) ?? [])
    if (shareStart(stem(word), stemmed)) add(word);
  return { list, marks };
}

function intersect(lists: readonly UnitList[], count: number): UnitList {
  const list = lists[0]?.list.filter((unit) => lists.every(({ marks }) => marks[unit] === 1)) ?? [];
  const marks = new Uint8Array(count);
  for (const unit of list) marks[unit] = 1;
  return { list, marks };
}

function append<Key>(map: Map<Key, string[]>, key: Key, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
