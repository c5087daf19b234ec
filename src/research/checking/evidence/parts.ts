import { isFormOfBe } from "../reading/function-words.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { type Frame, framesOf, type Slot } from "../reading/relations.ts";
import { isAdverb, isSureVerb, isVerb, voiceOf } from "../reading/verbs.ts";
import {
  isFiniteVerb,
  isObjectRelative,
  isPreposition,
  namesAt,
  phraseFrom,
  pronounAt,
  subjectOf,
  wordsFrom,
} from "./phrases.ts";

/** Who or what has which part in what a word tells: "Orr" is the later one in "Orr succeeded Tait". */
export interface Part {
  /** Index of the word that tells it. */
  at: number;
  /** Null for a verb of no known relation, whose parts are "agent" and "patient". */
  relation: string | null;
  role: string;
  /** The name, or the noun; empty for a "he" or "its" whose name stands in a sentence before. */
  filler: readonly Token[];
}

/** The parts of all that a text tells. */
export function partsOf(reading: Reading): readonly Part[] {
  return KNOWN.getOrInsertComputed(reading, findParts);
}

const KNOWN = new WeakMap<Reading, readonly Part[]>();

function findParts(reading: Reading): Part[] {
  return reading.tokens.flatMap((token, at) => {
    if (token.kind !== "word" || token.isName) return [];
    const frames = framesOf(token.stem).filter((frame) => isFrame(reading, at, frame));
    if (frames.length > 0) return fittingOf(reading, at, frames).flatMap((frame) => partsBy(reading, at, frame));
    return token.isContent && !isAdverb(token) && (isVerb(reading, at) || isSureVerb(reading, at))
      ? partsBy(reading, at, ANY_VERB)
      : [];
  });
}

/** "Rents it to the club" or "rents it from the county": of one relation's frames, the one that more prepositions fill. */
function fittingOf(reading: Reading, at: number, frames: readonly Frame[]): readonly Frame[] {
  if (frames.length === 1) return frames;
  const filled = frames.map(({ roles }) => joined(reading, at, roles).length);
  return frames.filter(({ relation }, index) =>
    frames.every((other, one) => {
      if (other.relation !== relation || one === index) return true;
      const [own, theirs] = [filled[index] ?? 0, filled[one] ?? 0];
      return own > theirs || (own === theirs && index < one);
    }),
  );
}

/** "Took over", "löste … ab". */
function isFrame({ tokens, language }: Reading, at: number, { next, roles }: Frame): boolean {
  // "Its own class" tells of no owner.
  if (roles.label === undefined && POSSESSIVE.test(tokens[at - 1]?.word ?? "") && language === "en") return false;
  if (next === null || tokens[at + 1]?.word === next) return true;
  return language === "de" && tokens.some(({ word }, index) => index > at && word === next);
}

const ANY_VERB: Frame = {
  relation: "",
  next: null,
  roles: { subject: "agent", object: "patient", by: "agent", through: "means" },
};

function partsBy(reading: Reading, at: number, { relation, roles }: Frame): Part[] {
  const parts = slotsOf(reading, at, roles).flatMap(([slot, filler]): Part[] => {
    const role = roles[slot];
    return role === undefined ? [] : [{ at, relation: relation === "" ? null : relation, role, filler }];
  });
  // "Orr made the arrangement": done by Orr is what the noun tells, too.
  const [agent, object] = ["agent", "patient"].map((role) => parts.find((part) => part.role === role));
  const noun = object?.filler.length === 1 ? object.filler[0] : undefined;
  if (agent === undefined || noun === undefined || noun.isName) return parts;
  return [...parts, { ...agent, at: reading.tokens.indexOf(noun) }];
}

type Filled = [Slot, readonly Token[]];

function slotsOf(reading: Reading, at: number, roles: Frame["roles"]): Filled[] {
  const filled = joined(reading, at, roles);
  if (roles.label !== undefined) {
    const label = labelled(reading, at);
    const whose = possessorOf(reading, at);
    if (label !== null) filled.push(["label", label]);
    if (whose !== null) filled.push(["whose", whose]);
  }
  if (roles.subject === undefined || filled.some(([slot]) => slot === "label")) return filled;
  const isActive = roles.by === undefined || reading.tokens[at - 1]?.word === "to";
  const isPassive = filled.some(([slot]) => slot === "by") || (!isActive && voiceOf(reading, at) !== "active");
  const subject = subjectOf(reading, at);
  const object = isPassive ? null : phraseFrom(reading, at + 1);
  const isTurned = isPassive || isObjectRelative(reading, at);
  const [front, back]: [Slot, Slot] = isTurned ? ["object", "subject"] : ["subject", "object"];
  if (subject !== null) filled.push([front, subject]);
  if (object !== null && !filled.some(([slot]) => slot === back)) filled.push([back, object]);
  return filled;
}

type Joints = ReadonlyMap<string, readonly Slot[]>;

const JOINTS: Readonly<Record<string, Joints>> = {
  en: joints({
    by: "by",
    to: "to",
    into: "to",
    from: "from",
    of: "of",
    under: "under",
    with: "under",
    through: "through",
    via: "through",
  }),
  de: joints({
    durch: "by",
    von: "by from of",
    an: "to",
    auf: "to",
    in: "to",
    der: "of",
    des: "of",
    dem: "of",
    bei: "under",
    uber: "through",
  }),
  es: joints({
    por: "by",
    a: "to object from",
    al: "to object from",
    en: "to",
    de: "from of",
    del: "from of",
    con: "under",
  }),
  fr: joints({ par: "by", a: "to object from", au: "to object from", de: "from of", du: "from of", des: "of" }),
};

function joints(slots: Readonly<Record<string, string>>): Joints {
  return new Map(Object.entries(slots).map(([word, names]) => [word, names.split(" ") as Slot[]]));
}

/** What prepositions join to the word, in its clause or where a clause behind it opens with one: "sold in 1929, by the state". */
function joined(reading: Reading, at: number, roles: Frame["roles"]): Filled[] {
  const { tokens, language } = reading;
  const own = tokens[at]?.clause;
  const filled: Filled[] = [];
  // A German verb may stand at the end.
  const from = language === "de" ? tokens.findIndex(({ clause }) => clause === own) : at + 1;
  for (let index = from; index < Math.min(tokens.length, at + REACH); index += 1) {
    if (index > at + 1 && isSureVerb(reading, index)) break;
    if (tokens[index]?.clause !== own && tokens[index - 1]?.clause === tokens[index]?.clause) continue;
    const joint = JOINTS[language]?.get(tokens[index]?.word ?? "");
    if (joint === undefined) continue;
    const isMeans = language === "en" && /^by (?:way|means) of$/.test(wordsFrom(tokens, index, 3));
    const slots: readonly Slot[] = isMeans ? ["through"] : joint;
    const slot = slots.find((one) => roles[one] !== undefined && !filled.some(([taken]) => taken === one));
    const phrase = slot === undefined ? null : phraseFrom(reading, index + (isMeans ? 3 : 1));
    if (slot !== undefined && phrase !== null) filled.push([slot, phrase]);
  }
  return filled;
}

const REACH = 14;

/** The name that a label stands beside: "uncle was the painter Orr", "Orr, uncle of Tait", "Orr was her uncle". */
function labelled(reading: Reading, at: number): readonly Token[] | null {
  const { tokens, language } = reading;
  const own = tokens[at]?.clause ?? 0;
  const first = tokens.findIndex(({ clause }) => clause === own);
  const be = tokens.findLastIndex(({ word }, index) => index >= first && index < at && isFormOfBe(word, language));
  if (be !== -1) return subjectOf(reading, be) ?? [];
  const next = tokens[at + 1];
  if (next !== undefined && (isFormOfBe(next.word, language) || next.isContent)) {
    const phrase = phraseFrom(reading, isFormOfBe(next.word, language) ? at + 2 : at + 1);
    if (phrase?.[0]?.isName === true) return phrase;
  }
  const before = tokens.findLastIndex((token, index) => index < first && token.isContent);
  const isSaid = tokens.some((_, index) => index >= first && index < at && isFiniteVerb(reading, index));
  if (isSaid || tokens[before]?.isName !== true || tokens[before]?.clause !== own - 1) return null;
  return namesAt(reading, before);
}

/** "Orr's uncle", "his uncle". */
function possessorOf(reading: Reading, at: number): readonly Token[] | null {
  const { tokens, text } = reading;
  for (let index = at - 1; index >= Math.max(0, at - 4); index -= 1) {
    const token = tokens[index];
    if (token === undefined || token.clause !== tokens[at]?.clause) return null;
    if (POSSESSIVE.test(token.word)) return pronounAt(reading, index, true);
    if (token.isName && /['’]s?\s*$/.test(text.slice(token.start, token.end + 2))) return namesAt(reading, index);
    if (isPreposition(reading, index)) return null;
  }
  return null;
}

const POSSESSIVE = /^(?:his|her|its|their|sein\w*|ihr\w*|su|sus|son|sa|ses)$/;
