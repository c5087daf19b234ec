import { STOP_WORDS, stem } from "../../words.ts";
import { isHead, isOne, isTold, type Token, tokensOf, wordsIn } from "./hop-tokens.ts";
import { SAME_THING } from "./hop-words.ts";
import { type Relation, relationsIn } from "./relations.ts";

/**
 * One thing that a question has to be told on the way to its answer: "the country in which … is a citizen". What it is
 * said of is a name of the question or another hop.
 */
export interface Hop {
  /** Stem of the noun that says what is looked for; "" for the question itself. */
  head: string;
  /** Its own words that carry meaning, names among them, in order; those of the hops inside it are not. */
  words: { text: string; stem: string }[];
  stems: ReadonlySet<string>;
  names: string[];
  /** The relations that its words ask for. */
  relations: Relation[];
  inner: Hop[];
  /** The hop that needs this one's answer; null for the question itself. */
  outer: Hop | null;
}

/** A question taken apart from the inside: each hop in it, the question itself last. Only that when nothing is nested. */
export function hopsOf(text: string, names: readonly string[], lexicon: readonly Relation[]): Hop[] {
  const hopFrom = (stretch: readonly Token[], head: string) => hopIn(stretch, head, lexicon);
  const tokens = tokensOf(text, names);
  const hops: Hop[] = [];
  for (let round = 0; round < MAX_HOPS; round++) {
    const found = possessive(tokens) ?? phraseOf(tokens) ?? clause(tokens) ?? reduced(tokens);
    if (found === null) break;
    const hop = hopFrom(tokens.slice(found.from, found.to), found.head);
    const isBare = hop.words.length === hop.names.length && hop.inner.length === 0;
    tokens.splice(found.from, found.to - found.from, { kind: "hop", text: "", folded: "", hop });
    if (!isBare) hops.push(hop);
  }
  const whole = hopFrom(tokens, "");
  const [only] = whole.inner;
  if (whole.words.length === 0 && only !== undefined && whole.inner.length === 1) only.outer = null;
  else hops.push(whole);
  return hops;
}

const MAX_HOPS = 6;

/** A stretch of tokens that is a hop. */
interface Found {
  from: number;
  to: number;
  head: string;
}

function hopIn(tokens: readonly Token[], head: string, lexicon: readonly Relation[]): Hop {
  const inner = tokens.flatMap((token) => (token.kind === "hop" ? [token.hop] : []));
  const words = tokens.flatMap((token) => {
    if (token.kind === "name") return wordsIn(token.text);
    return token.kind === "word" && !STOP_WORDS.has(token.folded) ? wordsIn(token.text) : [];
  });
  const names = tokens.flatMap((token) => (token.kind === "name" ? [token.text] : []));
  const stems = words.map((word) => word.stem);
  const hop: Hop = {
    head: stem(head),
    words,
    stems: new Set(stems),
    names,
    relations: relationsIn(stems, lexicon),
    inner,
    outer: null,
  };
  for (const one of inner) one.outer = hop;
  return hop;
}

/** "X's main director", "X's city of birth". */
function possessive(tokens: readonly Token[]): Found | null {
  for (const [at, token] of tokens.entries()) {
    if (!isTold(token)) continue;
    const isMarked = /^['’]s$/.test(tokens[at + 1]?.text ?? "");
    const first = isMarked ? at + 2 : at + 1;
    const reach = isMarked ? 3 : 1;
    for (let last = first; last < first + reach; last++) {
      if (tokens[last]?.kind !== "word") break;
      if (!isHead(tokens[last])) continue;
      const isLonger = tokens[last + 1]?.folded === "of" && isOne(tokens[last + 2], EVENTS);
      return { from: at, to: last + (isLonger ? 3 : 1), head: tokens[last]?.folded ?? "" };
    }
  }
  return null;
}

/** "the author of X", "the village of X". */
function phraseOf(tokens: readonly Token[]): Found | null {
  for (const [at, token] of tokens.entries()) {
    if (!isTold(token)) continue;
    const start = SAME_THING.has(stem(tokens[at - 1]?.folded ?? "")) ? at - 1 : at;
    const linked = isOne(tokens[start - 1], ARTICLES) ? start - 2 : start - 1;
    if (!isOne(tokens[linked], LINKS)) continue;
    const head = isOne(tokens[linked - 1], EVENTS) && tokens[linked - 2]?.folded === "of" ? linked - 3 : linked - 1;
    if (!isHead(tokens[head])) continue;
    const from = articleBefore(tokens, head);
    if (from === null) continue;
    return { from, to: at + 1, head: tokens[head]?.folded ?? "" };
  }
  return null;
}

/** "the country in which X is a citizen": the innermost clause of that kind. */
function clause(tokens: readonly Token[]): Found | null {
  for (let at = tokens.length - 1; at > 1; at--) {
    if (!isOne(tokens[at], PRONOUNS)) continue;
    let head = at - 1;
    if (isOne(tokens[head], PREPOSITIONS)) head--;
    if (tokens[head]?.text === ",") head--;
    if (tokens[head]?.kind !== "word" || STOP_WORDS.has(tokens[head]?.folded ?? "")) continue;
    const from = articleBefore(tokens, head);
    const to = endOfClause(tokens, at + 1);
    if (from !== null && to > at + 1) return { from, to, head: tokens[head]?.folded ?? "" };
  }
  return null;
}

/** "the city X was born in", "the country containing X". */
function reduced(tokens: readonly Token[]): Found | null {
  for (let at = tokens.length - 2; at > 0; at--) {
    if (!isHead(tokens[at]) || !isOne(tokens[at - 1], ARTICLES)) continue;
    if (isTold(tokens[at + 1]))
      return { from: at - 1, to: endOfClause(tokens, at + 1), head: tokens[at]?.folded ?? "" };
    if (!/(?:ing|ed|with)$/.test(tokens[at + 1]?.folded ?? "")) continue;
    const told = tokens.findIndex((token, index) => index > at && isTold(token));
    if (told !== -1 && told - at < 6) return { from: at - 1, to: told + 1, head: tokens[at]?.folded ?? "" };
  }
  return null;
}

/** Where the article of a noun stands, at most four words before it, or null. */
function articleBefore(tokens: readonly Token[], noun: number): number | null {
  for (let at = noun - 1; at >= Math.max(0, noun - 4); at--) {
    if (isOne(tokens[at], ARTICLES)) return at;
    if (tokens[at]?.kind !== "word" || isOne(tokens[at], PREPOSITIONS)) break;
  }
  return SAME_THING.has(stem(tokens[noun]?.folded ?? "")) || isHead(tokens[noun]) ? noun : null;
}

/** A clause goes on to a comma, to a second verb, or to a word that closes it: "… is located". */
function endOfClause(tokens: readonly Token[], start: number): number {
  let verbs = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === "mark" && !/^['’]/.test(token.text)) return at;
    if (isOne(token, AUXILIARIES)) verbs++;
    if (verbs > 1 && isOne(token, AUXILIARIES)) return at;
    if (!isOne(token, CLOSERS) || at === start) continue;
    const isStranded = isOne(tokens[at + 1], PREPOSITIONS);
    if (!isStranded) return at + 1;
    if (!goesOn(tokens[at + 2])) return at + 2;
  }
  return tokens.length;
}

/** Behind a preposition: does its noun follow? */
function goesOn(token: Token | undefined): boolean {
  if (token === undefined || token.kind === "mark") return false;
  return isTold(token) || isOne(token, ARTICLES) || /^\d|^same$/.test(token.folded) || isHead(token);
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const ARTICLES = setOf("the a an this that");
const LINKS = setOf("of by for from in to at");
const PREPOSITIONS = setOf("in of by for on to from at with under near");
const PRONOUNS = setOf("which where that who whom whose when");
const AUXILIARIES = setOf("is are was were does did has had");
const EVENTS = setOf("birth death origin citizenship formation residence");
const CLOSERS = setOf(
  "located situated found born died from citizen held fought set formed based founded lived killed buried filmed part originated belongs educated in",
);
