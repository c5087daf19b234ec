import type { Source } from "../../types.ts";
import { fold, sentencesOf, stem } from "../../words.ts";
import { conceptsOf } from "./concepts.ts";
import { isFunctionWord } from "./function-words.ts";
import { languageOf } from "./language.ts";
import { shareStart } from "./matching.ts";
import { PREFIX_CHARS, type Reading, readText } from "./reading.ts";

/** A sentence, heading or table row of a page. */
export interface Unit {
  index: number;
  start: number;
  end: number;
  kind: "sentence" | "heading" | "row" | "code";
  /** Number of the section; the heading that opens it is in `headings`. */
  section: number;
  /** Column heads above a row; the sentence that ends in a colon above a list item; else null. */
  lead: string | null;
}

/** Indices of units: as a list, and as marks by index. */
export interface UnitList {
  list: readonly number[];
  marks: Uint8Array;
}

/** A page prepared for checking many statements: its units, where each word stands, and what was read already. */
export interface PageIndex {
  source: Source;
  language: string;
  units: Unit[];
  /** Heading of each section, empty where there is none; section 0 is what stands before the first heading. */
  headings: string[];
  /** Words that are names on this page. */
  names: ReadonlySet<string>;
  /** Units in which a word stands that agrees with the stem, directly or by its first letters or synonyms. */
  unitsWith(stemmed: string, concepts: readonly number[]): UnitList;
  /** Index of the unit that is the heading of the unit's section, or −1. */
  headingOf(unit: Unit): number;
  read(unit: Unit): Reading;
  /** Title and heading of a section. */
  readContext(section: number): Reading;
  /** The unit's `lead`. */
  readLead(unit: Unit): Reading;
}

export function indexPage(source: Source): PageIndex {
  const { text, title } = source.page;
  const language = languageOf(text);
  const { units, headings } = unitsOf(text, language);
  const headingUnits: number[] = [];
  for (const { index, kind, section } of units) if (kind === "heading") headingUnits[section] = index;
  const words = scanWords(text, units, language);
  const readings = new Map<number, Reading>();
  const contexts = new Map<number, Reading>();
  const leads = new Map<string, Reading>();
  const found = new Map<string, UnitList>();
  return {
    source,
    language,
    units,
    headings,
    names: words.names,
    unitsWith(stemmed, concepts) {
      const known = found.get(stemmed);
      if (known !== undefined) return known;
      const result = collect(words, units.length, stemmed, concepts);
      found.set(stemmed, result);
      return result;
    },
    headingOf: ({ section }) => headingUnits[section] ?? -1,
    read(unit) {
      const known = readings.get(unit.index);
      if (known !== undefined) return known;
      const written = text.slice(unit.start, unit.end).replaceAll("\n", " ");
      const reading = readText(unit.kind === "row" ? withColumns(written, unit.lead) : written, language, words.names);
      readings.set(unit.index, reading);
      return reading;
    },
    readContext(section) {
      const known = contexts.get(section);
      if (known !== undefined) return known;
      const reading = readText(`${title}\n${headings[section] ?? ""}`, language, words.names);
      contexts.set(section, reading);
      return reading;
    },
    readLead(unit) {
      const lead = unit.lead ?? "";
      const known = leads.get(lead);
      if (known !== undefined) return known;
      const reading = readText(lead, language, words.names);
      leads.set(lead, reading);
      return reading;
    },
  };
}

/** A row as it is read aloud: each cell after the head of its column. */
function withColumns(row: string, heads: string | null): string {
  const columns = heads === null ? [] : cellsOfRow(heads);
  return cellsOfRow(row)
    .map((cell, column) => (column === 0 || (columns[column] ?? "") === "" ? cell : `${columns[column]} ${cell}`))
    .join(" | ");
}

export function cellsOfRow(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

interface Line {
  text: string;
  start: number;
}

/** The page cut into sentences, headings and rows. Lines that were only wrapped are one paragraph. */
function unitsOf(text: string, language: string): { units: Unit[]; headings: string[] } {
  const units: Unit[] = [];
  const headings = [""];
  let lead: string | null = null;
  let columns: string | null = null;
  const push = (kind: Unit["kind"], start: number, end: number, above: string | null): void => {
    units.push({ index: units.length, start, end, kind, section: headings.length - 1, lead: above });
  };
  let isCode = false;
  for (const block of blocksOf(text)) {
    if (FENCE.test(block.text)) {
      isCode = !isCode;
      continue;
    }
    if (isCode) {
      push("code", block.start, block.start + block.text.length, null);
      continue;
    }
    if (ROW.test(block.text)) {
      if (RULE.test(block.text)) columns = lead;
      else push("row", block.start, block.start + block.text.length, columns);
      lead = block.text;
      continue;
    }
    columns = null;
    if (isHeading(block, text)) {
      headings.push(block.text.replace(/^[\s#]+|[\s#*]+$/g, ""));
      push("heading", block.start, block.start + block.text.length, null);
      lead = null;
      continue;
    }
    const isItem = ITEM.test(block.text);
    const above: string | null = isItem && lead?.trimEnd().endsWith(":") === true ? lead : null;
    const sentences = sentencesOf(block.text, language);
    for (const { start, end } of sentences) push("sentence", block.start + start, block.start + end, above);
    if (!isItem) lead = sentences.at(-1)?.text ?? null;
  }
  return { units, headings };
}

const FENCE = /^\s*(?:`{3,}|~{3,})/;
const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^[\s|:-]+$/;
const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s/;
const HASHES = /^\s{0,3}#{1,6}\s/;

function isHeading({ text, start }: Line, page: string): boolean {
  if (HASHES.test(text)) return true;
  if (text.length > MAX_HEADING_CHARS || ITEM.test(text) || /[.!?:;,。！？…]["”)]?\s*$/.test(text)) return false;
  // A short line without a full stop that stands directly above or apart from prose.
  const after = page.slice(start + text.length, start + text.length + 200);
  return /^\n+[^\n]{80,}/.test(after) || (/^\n\n[^\n]*\S/.test(after) && (start === 0 || page[start - 2] === "\n"));
}

const MAX_HEADING_CHARS = 100;

/** Lines of the text; wrapped prose lines are joined (a line break becomes a space, so places stay). */
function* blocksOf(text: string): Generator<Line> {
  let block: Line | null = null;
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    if (block !== null && continues(block.text, line)) block.text += ` ${line}`;
    else {
      if (block !== null && block.text.trim() !== "") yield block;
      block = { text: line, start };
    }
    start = end + 1;
  }
  if (block !== null && block.text.trim() !== "") yield block;
}

function continues(block: string, line: string): boolean {
  if (FENCE.test(line) || FENCE.test(block)) return false;
  if (block.length < MIN_WRAPPED_CHARS || line.trim() === "") return false;
  if (ROW.test(line) || ROW.test(block) || ITEM.test(line) || HASHES.test(line) || HASHES.test(block)) return false;
  return !/[.!?:。！？]["”)]?\s*$/.test(block) && block.length < MAX_BLOCK_CHARS;
}

// Text is wrapped at 60 to 100 characters; a shorter line that ends without a stop is a heading or an entry.
const MIN_WRAPPED_CHARS = 45;
const MAX_BLOCK_CHARS = 5_000;

interface Words {
  units: Map<string, number[]>;
  byStem: Map<string, string[]>;
  byPrefix: Map<string, string[]>;
  byConcept: Map<number, string[]>;
  names: Set<string>;
}

function scanWords(text: string, units: Unit[], language: string): Words {
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
    note(scan.places, written, unit.index);
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

function collect(words: Words, count: number, stemmed: string, concepts: readonly number[]): UnitList {
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
