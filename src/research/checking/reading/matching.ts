import { areCognate, cognateOf } from "./cognates.ts";
import { datesAgree } from "./dates.ts";
import { figuresAgree } from "./figures.ts";
import { PREFIX_CHARS } from "./prefixes.ts";
import { placesOf, type Reading, type Token } from "./reading.ts";

/** A token of a statement found in a reading. */
export interface TokenMatch {
  token: Token;
  /** Index of the token in the reading. */
  index: number;
  /** 1 for the same word, less for synonyms and other forms. */
  strength: number;
}

/** The best match of a statement's token in a reading, or null. */
export function matchIn(token: Token, reading: Reading): TokenMatch | null {
  let best: TokenMatch | null = null;
  for (const match of allMatches(token, reading)) if (best === null || match.strength > best.strength) best = match;
  return best;
}

/** All matches of a statement's token in a reading. */
export function allMatches(token: Token, reading: Reading): readonly TokenMatch[] {
  if (!token.isContent) return NONE;
  const known = reading.found.get(token);
  if (known !== undefined) return known;
  const matches = token.kind === "word" ? wordsIn(token, reading) : quantitiesIn(token, reading);
  reading.found.set(token, matches);
  return matches;
}

/** Do two figures or dates say the same? */
export function agree(stated: Token, found: Token): boolean {
  if (stated.date !== null && found.date !== null) return datesAgree(stated.date, found.date);
  // "Third" may be read as a place in a row on one side and as a share on the other.
  if (stated.figure !== null && found.figure !== null)
    // Of digits the word leaves out what stands before them: "€25,000" is not "£25,000".
    return (stated.figure.isSpelled && stated.word === found.word) || figuresAgree(stated.figure, found.figure);
  // "2011" may be read as a year on one side and as a figure on the other.
  const year = stated.date ?? found.date;
  const figure = stated.figure ?? found.figure;
  if (year === null || figure === null) return false;
  return year.month === null && figure.unit === null && figure.readings[0] === year.year;
}

/** Two forms of one word: the same beginning for most of the longer one. */
export function shareStart(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  let common = 0;
  while (common < longer && a[common] === b[common]) common += 1;
  return common >= PREFIX_CHARS && common >= longer * 0.65;
}

/** Derived from one root: "instalación" and "instalarlo", "administer" and "administration". */
function shareRoot(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  let common = 0;
  while (common < longer && a[common] === b[common]) common += 1;
  return common > PREFIX_CHARS && common >= longer * 0.5;
}

/** "Unpublished" speaks of publishing; that it denies it is looked at elsewhere. */
function withoutDenial(stemmed: string): string {
  return stemmed.length > MIN_DENIED_CHARS && DENYING.test(stemmed) ? stemmed.replace(DENYING, "") : "";
}

const MIN_DENIED_CHARS = 6;
const DENYING = /^(?:un|non|dis|in)/;
// Speaks of the same, but does not say the same: enough to be on the matter, too little to be compared word by word.
const RELATED = 0.6;

const NONE: readonly TokenMatch[] = [];

function wordsIn(token: Token, reading: Reading): readonly TokenMatch[] {
  let matches: TokenMatch[] | null = null;
  const add = (indices: readonly number[] | undefined, strength: number): void => {
    if (indices === undefined) return;
    matches ??= [];
    for (const index of indices) {
      const known = matches.find((match) => match.index === index);
      if (known === undefined) matches.push({ token: reading.tokens[index] as Token, index, strength });
      else known.strength = Math.max(known.strength, strength);
    }
  };
  add(reading.byStem.get(token.stem), 1);
  for (const concept of token.concepts) add(placesOf(reading, concept), 0.9);
  if (token.prefix !== 0)
    for (let index = 0; index < reading.tokens.length; index += 1) {
      const other = reading.tokens[index];
      if (other?.prefix !== token.prefix || !other.isContent || other.kind !== "word") continue;
      if (areLookalikes(token, other)) continue;
      if (shareStart(other.stem, token.stem)) add([index], token.isName ? 0.85 : 0.8);
      else if (!token.isName && shareRoot(other.stem, token.stem)) add([index], RELATED);
    }
  if (!token.isName) add(reading.byStem.get(withoutDenial(token.stem)), RELATED);
  if (token.isName || COMPOUNDING.has(reading.language)) addParts(token, reading, add);
  if (token.cognate !== null) addCognates(token, token.cognate, reading, add);
  return matches ?? NONE;
}

// Languages that write compounds in one word.
const COMPOUNDING: ReadonlySet<string> = new Set(["de", "nl", "sv", "da", "no", "fi", "hu"]);

/** "Montclair" and "Montclar": two names that begin alike and do not end as forms of one name do. */
function areLookalikes(token: Token, other: Token | undefined): boolean {
  if (other === undefined || !token.isName || !other.isName) return false;
  let common = 0;
  while (common < token.stem.length && token.stem[common] === other.stem[common]) common += 1;
  return ![token.stem.slice(common), other.stem.slice(common)].every((ending) => ending === "" || DERIVED.test(ending));
}

/** "Brandursache" speaks of the "Ursache"; "Burmese" of "Burma". */
function addParts(
  token: Token,
  reading: Reading,
  add: (indices: readonly number[] | undefined, strength: number) => void,
): void {
  if (token.stem.length < MIN_PART_CHARS) return;
  for (const stemmed of reading.byStem.keys()) {
    const [short, long] = stemmed.length < token.stem.length ? [stemmed, token.stem] : [token.stem, stemmed];
    if (short.length < MIN_PART_CHARS || short.length === long.length) continue;
    if (short[0] !== long[0] && short.at(-1) !== long.at(-1)) continue;
    const isStart = long.startsWith(short);
    const indices = reading.byStem.get(stemmed);
    if (token.isName && isStart && DERIVED.test(long.slice(short.length))) add(indices, 0.9);
    else if ((isStart && short.length > MIN_PART_CHARS) || (long.endsWith(short) && canEndWith(long, short, reading)))
      add(indices, 0.7);
  }
}

function addCognates(
  token: Token,
  cognate: string,
  reading: Reading,
  add: (indices: readonly number[] | undefined, strength: number) => void,
): void {
  for (const [stemmed, indices] of reading.byStem) {
    const other = reading.tokens[indices[0] ?? -1];
    const there = cognateOf(stemmed);
    if (!areCognate(cognate, there)) continue;
    if (!areLookalikes({ ...token, stem: cognate }, other && { ...other, stem: there })) add(indices, COGNATE);
  }
}

const COGNATE = 0.8;

/** "Schulhaus" is a "Haus" and "options.retries" are the "retries", but "removeHook" is no "hook". */
function canEndWith(long: string, short: string, { language }: Reading): boolean {
  return COMPOUNDING.has(language) || /[._]$/.test(long.slice(0, -short.length));
}

const MIN_PART_CHARS = 4;
const DERIVED =
  /^(?:n|an|ian|ean|ese|ish|i|s|er|ern|isch\p{L}{0,2}|ens?|o|a|os|as|e|y|um|us|aner|ia|ien|land|nais|ais|ois|ique)$/u;

function quantitiesIn(token: Token, reading: Reading): readonly TokenMatch[] {
  let found: TokenMatch[] | null = null;
  for (const index of reading.quantities) {
    const other = reading.tokens[index];
    if (other === undefined || !agree(token, other)) continue;
    found ??= [];
    found.push({ token: other, index, strength: 1 });
  }
  return found ?? NONE;
}
