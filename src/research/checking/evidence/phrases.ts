import { isFormOfBe } from "../reading/function-words.ts";
import { namesOf, nameWith } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isAdverb, isAuxiliary, isPresent, isSureVerb } from "../reading/verbs.ts";

/** The name or noun that begins here, behind its article and what says more of it; empty for a pronoun. */
export function phraseFrom(reading: Reading, start: number): readonly Token[] | null {
  const { tokens, text } = reading;
  // "Followed in 1931 his aunt".
  const isDated = isPreposition(reading, start) && (tokens[start + 1]?.kind ?? "word") !== "word";
  const from = isDated ? start + 2 : start;
  const own = tokens[from]?.clause;
  let head: number | null = null;
  for (let index = from; index < tokens.length && index < from + MAX_PHRASE; index += 1) {
    const token = tokens[index];
    if (token === undefined || token.clause !== own) break;
    if (head === null && isPronoun(reading, index)) return pronounAt(reading, index, false);
    if (head === null && (token.kind !== "word" || isCounting(reading, index))) continue;
    const isOpening = DETERMINER.test(token.word) || /\p{Lu}/u.test(text[token.start] ?? "");
    if (head === null && !token.isContent && isOpening) continue;
    if (!token.isContent || token.kind !== "word" || (head !== null && isToldBy(reading, index))) break;
    if (head === null || token.isName || tokens[head]?.isName === false) head = index;
  }
  return head === null ? null : namesAt(reading, head);
}

/** A verb; "fellow actors Burns and Gross" has none. */
function isToldBy(reading: Reading, index: number): boolean {
  return isSureVerb(reading, index) && !isPresent(reading, index);
}

/** The "of" of "two of the authors". */
function isCounting({ tokens }: Reading, index: number): boolean {
  return /^(?:of|der|de)$/.test(tokens[index]?.word ?? "") && tokens[index - 1]?.kind === "figure";
}

const MAX_PHRASE = 8;
const PERSONAL = /^(?:he|him|she|it|they|them|er|ihn|ihm|sie|es|lo|le|il|elle|lui)$/;
const DETERMINER =
  /^(?:the|an?|her|his|its|their|this|that|der|die|das|den|dem|des|ein\w*|sein\w*|ihr\w*|el|la|los|las|un|una|su|sus|le|les|une|son|sa)$/;

function isPronoun({ tokens, language }: Reading, index: number): boolean {
  const [word, next] = [tokens[index]?.word ?? "", tokens[index + 1]];
  if (word === "her") return next?.isContent !== true || next.kind !== "word";
  return PERSONAL.test(word) && !(language === "es" && /^l[oe]$/.test(word) && next?.isContent === true);
}

/** The name at the place and those that an "and" joins to it, or the noun with its "of": "the island of Ruden", "the founder, Orr". */
export function namesAt(reading: Reading, index: number): readonly Token[] {
  const { tokens } = reading;
  const name = nameWith(reading, index);
  const end = name?.at(-1) ?? index;
  const own = (name ?? [index]).flatMap((one) => tokens[one] ?? []);
  const next = tokens.findIndex((token, at) => at > end && token.isContent);
  const isJoined = (name === undefined ? OF : AND).test(between(reading, end, next));
  // "Orr bought it, and Tait sold it": the next name does something of its own.
  const after = (nameWith(reading, next)?.at(-1) ?? next) + 1;
  if (!isJoined || tokens[next]?.isName !== true || isFiniteVerb(reading, after)) return own;
  return [...own, ...(name === undefined ? nameTokens(reading, next) : namesAt(reading, next))];
}

function nameTokens(reading: Reading, index: number): Token[] {
  return (nameWith(reading, index) ?? [index]).flatMap((one) => reading.tokens[one] ?? []);
}

export function isFiniteVerb(reading: Reading, index: number): boolean {
  return isSureVerb(reading, index) || isAuxiliary(reading, index);
}

function between({ tokens, text }: Reading, from: number, to: number): string {
  return to === -1 ? "" : text.slice(tokens[from]?.end, tokens[to]?.start);
}

const AND = /^(?:,|,? (?:and|und|y|e|et|&))\s$/;
const OF = /^(?: (?:of|von|de|del)|,)\s$/;

/** Who is meant by "he": the sentence's first name before it; by "him": the last one that is not the first. */
export function pronounAt(reading: Reading, index: number, isSubject: boolean): readonly Token[] {
  const names = namesOf(reading).filter((name) => (name.at(-1) ?? 0) < index);
  // "She wrote Still Life with her pupil": no name of the sentence is hers.
  const opening = reading.tokens.findIndex((token) => PERSONAL.test(token.word));
  if (opening !== -1 && opening < (names[0]?.[0] ?? index)) return [];
  // Of several, any may be "him".
  const name = isSubject ? names[0] : names.length > MAX_MEANT ? undefined : names[1];
  return (name ?? []).flatMap((one) => reading.tokens[one] ?? []);
}

const MAX_MEANT = 2;

/** "Whom", "al que", "den": what is done to stands before, who does it behind. */
export function isObjectRelative({ tokens }: Reading, at: number): boolean {
  const first = tokens.findIndex(({ clause }) => clause === tokens[at]?.clause);
  return /^(?:whom|den|dem|al que|a quien)\b/.test(wordsFrom(tokens, first, 2));
}

/** Who or what the word is said of: the nearest phrase of its clause that no preposition joins, or else of one before it. */
export function subjectOf(reading: Reading, at: number): readonly Token[] | null {
  const { tokens } = reading;
  const own = tokens[at]?.clause ?? 0;
  const first = tokens.findIndex(({ clause }) => clause === own);
  const isRelative = RELATIVE.test(tokens[first]?.word ?? "") || isObjectRelative(reading, at);
  const here = lastPhrase(reading, first, at);
  if (here !== null && !(isRelative && here[0]?.isName !== true)) return here;
  if (isRelative) {
    const isNear = ({ isContent, kind, clause }: Token): boolean => isContent && kind === "word" && clause >= own - 3;
    const antecedent = tokens.findLastIndex((token, index) => index < first && isNear(token));
    return antecedent === -1 ? null : namesAt(reading, antecedent);
  }
  let listed: readonly Token[] | null = null;
  for (let clause = own - 1; clause >= Math.max(0, own - 3); clause -= 1) {
    const start = tokens.findIndex((token) => token.clause === clause);
    const end = tokens.findLastIndex((token) => token.clause === clause) + 1;
    if (INSERTED.test(wordsFrom(tokens, start, 2))) continue;
    const verb = tokens.findIndex((_, index) => index >= start && index < end && isFiniteVerb(reading, index));
    const before = lastPhrase(reading, start, verb === -1 ? end : verb);
    // "Set up by Orr and Tait and owned by Reed": an "and" without a verb goes on with an enumeration.
    const isListed = verb === -1 && [first, start].every((opening) => AND_WORD.test(tokens[opening]?.word ?? ""));
    if (before !== null && !isListed) return before;
    listed ??= before;
  }
  return listed;
}

const AND_WORD = /^(?:and|or|und|oder|y|et)$/;
const RELATIVE = /^(?:who|which|that|der|die|das|que|qui)$/;
// "Orr, with whom …, was", "Orr, detained in 1977, was".
const INSERTED =
  /(?:^|\s)(?:who|whom|whose|which)(?:\s|$)|^(?:that|der|die|das|que|qui|al que|a quien|\w+(?:ed|[ai]d[oa]s?))(?:\s|$)/;

/** The last name or noun of a stretch that no preposition joins; a name before a noun. */
function lastPhrase(reading: Reading, from: number, to: number): readonly Token[] | null {
  const { tokens, language } = reading;
  let phrase: readonly Token[] | null = null;
  let [isJoined, isSaid] = [false, false];
  for (let index = from; index < to; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (isPronoun(reading, index)) phrase = pronounAt(reading, index, true);
    else if (isFormOfBe(token.word, language)) [isJoined, isSaid] = [false, phrase !== null];
    else if (token.kind !== "word") isJoined = false;
    else if (isPreposition(reading, index)) isJoined = !isCounting(reading, index);
    else if (ARTICLE.test(token.word) && tokens[index - 1]?.isContent === true) isJoined = false;
    else if (
      token.isContent &&
      !isJoined &&
      !isAdverb(token) &&
      (token.isName || (!isSaid && phrase?.[0]?.isName !== true))
    )
      phrase = withNext(reading, phrase ?? [], index);
  }
  return phrase;
}

/** The name that follows, in the place of what stood before or, behind an "and", beside it. */
function withNext(reading: Reading, phrase: readonly Token[], index: number): readonly Token[] {
  const token = reading.tokens[index];
  if (token === undefined || phrase.includes(token)) return phrase;
  const last = phrase.at(-1);
  const isListed = last?.isName === true && AND.test(reading.text.slice(last.end, token.start));
  return [...(isListed ? phrase : []), ...nameTokens(reading, index)];
}

const ARTICLE = /^(?:the|der|die|das|el|la|le)$/;

export function isPreposition({ tokens, language }: Reading, index: number): boolean {
  const token = tokens[index];
  if (token === undefined || token.isName || (language === "en" && token.word === "a")) return false;
  return PREPOSITION.test(token.word);
}

const PREPOSITION =
  /^(?:of|in|on|at|by|for|from|to|with|under|among|after|before|since|until|during|von|vom|im|am|an|auf|bei|beim|mit|nach|seit|vor|zu|zum|zur|fur|durch|de|del|en|por|para|con|desde|a|al|du|des|par|pour|dans|chez)$/;

export function wordsFrom(tokens: readonly Token[], from: number, count: number): string {
  return tokens
    .slice(from, from + count)
    .map(({ word }) => word)
    .join(" ");
}

/** "…, stationed at Lund, …", "…, with Orr on the cover, …": put in between commas, it says something of its own. */
export function isAside({ tokens, text }: Reading, clause: number): boolean {
  const first = tokens.findIndex((token) => token.clause === clause);
  const last = tokens.findLastIndex((token) => token.clause === clause);
  const [opening, end, next] = [tokens[first], tokens[last], tokens[last + 1]];
  if (opening === undefined || end === undefined || next === undefined || first === 0) return false;
  const [before, after] = [text.slice(tokens[first - 1]?.end, opening.start), text.slice(end.end, next.start)];
  return /^,\s$/.test(before) && /^,\s$/.test(after) && ASIDE.test(opening.word);
}

const ASIDE = /^(?:with|an?|the|its|his|her|their|\w+(?:ed|ing))$/;
