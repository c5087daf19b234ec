import { fold, stem, wordsOf } from "../../words.ts";
import type { CountryOf } from "./countries.ts";
import { howItFits } from "./hop-words.ts";
import type { Hop } from "./hops.ts";
import { COUNTRY_KINDS, type QuestionView } from "./question.ts";
import { nameKey, type ReadSentence } from "./reading.ts";
import { placesOf, type Relation } from "./relations.ts";
import type { ReadPage, Scene } from "./scene.ts";
import type { LinkView } from "./view.ts";
import { coverage, without } from "./weighing.ts";
import { BRIDGE_WEIGHTS, scoreOf } from "./weights.ts";

/** A name that an opened page mentions near what the question asks for: the next hop may lead over it. */
export interface Bridge {
  text: string;
  /** Words of the name, folded, joined by spaces. */
  key: string;
  stems: Set<string>;
  /** Number of the link in the page, or null. */
  link: number | null;
  page: ReadPage;
  sentence: ReadSentence;
  features: BridgeFeatures;
  score: number;
  /** Terms of the question that are dealt with once this bridge is crossed. */
  explained: ReadonlySet<string>;
  /** What of the question is still open behind this bridge. */
  residual: Map<string, number>;
  query: string;
  /** The query was sent. */
  isSearched: boolean;
  /** Its share among the bridges of its page, the better ones having more: 0 to 1. */
  share: number;
  isAdjective: boolean;
  /** The hop of the question that needs this name; null where none is known. */
  next: Hop | null;
  /** The relations of the question that the sentence seems to state of it. */
  relations: Relation[];
}

export type BridgeFeatures = { [Name in keyof typeof BRIDGE_WEIGHTS]: number };

/** What a name in a sentence says to a question, whatever else was read. */
interface Mention {
  text: string;
  key: string;
  stems: Set<string>;
  link: number | null;
  /** Words before it in its sentence, and behind its last one. */
  from: number;
  to: number;
  /** The word before it. */
  before: string;
  isCountry: boolean;
  /** Says a country by its adjective: "American". */
  isAdjective: boolean;
  stated: Relation[];
  signs: Omit<BridgeFeatures, "sentence" | "hopCue" | "hopAsked" | "fits">;
}

/** A sentence with names that may lead on, and where it speaks of what the question asks for. */
export interface MentioningSentence {
  sentence: ReadSentence;
  mentions: Mention[];
  cues: Cue[];
  /** Places of words of the question. */
  asked: { term: string; place: number }[];
}

/** A phrase that states one of the question's relations. */
interface Cue {
  relation: Relation;
  from: number;
  to: number;
}

type NamedPage = Pick<ReadPage, "key" | "titleStems" | "titleSentence" | "sentences">;

/** The names in a page's title and sentences that the question lacks. */
export function mentionsOf(page: NamedPage, question: QuestionView, countryOf: CountryOf): MentioningSentence[] {
  const known = ` ${wordsOf(question.text).join(" ")} `;
  const all = [{ sentence: page.titleSentence, links: [] }, ...page.sentences];
  return all.map(({ sentence, links }) => {
    const cues = question.relations.flatMap((relation) =>
      relation.cues.flatMap((phrase) =>
        placesOf(phrase, sentence.stems).map((place) => ({ relation, from: place, to: place + phrase.length })),
      ),
    );
    const asked = sentence.stems.flatMap((term, place) =>
      question.weights.has(term) && !page.titleStems.has(term) ? [{ term, place }] : [],
    );
    const spans = spansOf(sentence, links, question, countryOf).filter(({ text }) => {
      const key = nameKey(fold(text));
      return key.length > 1 && !known.includes(` ${key} `);
    });
    const read = (span: Span) => mentionAt(span, { sentence, cues, asked, page, question, countryOf });
    return { sentence, mentions: spans.map(read), cues, asked };
  });
}

/** The bridges of a page, best first. */
export function bridgesOf(page: ReadPage, scene: Scene): Bridge[] {
  const best = new Map<string, Bridge>();
  for (const told of page.mentions) {
    for (const bridge of bridgesIn(told, page, scene)) {
      const before = best.get(bridge.key);
      if (before === undefined || before.score < bridge.score) best.set(bridge.key, bridge);
    }
  }
  return withShares(Array.from(best.values()).sort((a, b) => b.score - a.score));
}

function withShares(ranked: Bridge[]): Bridge[] {
  const odds = ranked.map(({ score }) => Math.exp(score - (ranked[0]?.score ?? 0)));
  const total = odds.reduce((sum, value) => sum + value, 0);
  return ranked.map((bridge, index) => ({ ...bridge, share: (odds[index] ?? 0) / total }));
}

interface Span {
  text: string;
  /** Where it begins in the sentence, in characters, and how long it is there. */
  start: number;
  length: number;
  link: number | null;
}

function spansOf(
  sentence: ReadSentence,
  links: readonly LinkView[],
  question: QuestionView,
  countryOf: CountryOf,
): Span[] {
  const spans: Span[] = links.map(({ words, start, number }) => ({
    text: words,
    start: start - sentence.start,
    length: words.length,
    link: number,
  }));
  for (const { text, start, end } of sentence.names) {
    if (spans.some((span) => span.start <= start && span.start + span.length >= end)) continue;
    spans.push({ text, start, length: text.length, link: null });
    const inner = / of (?:the )?(\p{Lu}.*)$/u.exec(text);
    if (inner?.[1] !== undefined)
      spans.push({ text: inner[1], start: end - inner[1].length, length: inner[1].length, link: null });
  }
  if (!wantsCountry(question)) return spans;
  return spans.map((span) => {
    const country = span.link === null ? countryOf(span.text) : null;
    return country === null ? span : { ...span, text: country };
  });
}

function wantsCountry({ bridgeKinds }: QuestionView): boolean {
  return bridgeKinds.intersection(COUNTRY_KINDS).size > 0;
}

interface MentionPlace extends Pick<MentioningSentence, "sentence" | "cues" | "asked"> {
  page: NamedPage;
  question: QuestionView;
  countryOf: CountryOf;
}

function mentionAt(
  { text, start, length, link }: Span,
  { sentence, cues, asked, page, question, countryOf }: MentionPlace,
): Mention {
  const from = wordsOf(sentence.text.slice(0, start)).length;
  const to = from + wordsOf(sentence.text.slice(start, start + length)).length;
  const place = { from, to };
  const nearestGap = Math.min(25, ...cues.map((cue) => gapTo(cue, place)));
  const askedGap = Math.min(25, ...asked.map((word) => gapAt(word.place, place)));
  const before = sentence.words[from - 1] ?? "";
  const stems = new Set(wordsOf(text).map(stem));
  const country = countryOf(text);
  const isCountry = country !== null;
  const isTitle = sentence === page.titleSentence;
  const key = nameKey(fold(text));
  return {
    text,
    key,
    stems,
    link,
    from,
    to,
    before,
    isCountry,
    isAdjective: country !== null && nameKey(country) !== key,
    stated: cues.filter((cue) => gapTo(cue, place) <= Math.min(nearestGap + 1, 6)).map(({ relation }) => relation),
    signs: {
      cue: 1 / (1 + nearestGap / 3),
      asked: 1 / (1 + askedGap / 3),
      link: link === null ? 0 : 1,
      first: sentence.index === 0 ? 1 : 0,
      early: isTitle ? 0 : 1 / (1 + sentence.index),
      country: wantsCountry(question) ? (isCountry ? 1 : -1) : 0,
      typed: question.bridgeKinds.intersection(stems).size > 0 ? 1 : 0,
      last: /^,/.test(sentence.text.slice(start + length)) ? 0 : 1,
      by: before === "by" ? 1 : 0,
      place: /^(?:in|at|of|from|near)$/.test(before) ? 1 : 0,
      title: isTitle ? 1 : 0,
      self: key === page.key ? 1 : 0,
    },
  };
}

/** Words between a name and a phrase; one that follows is further away. */
function gapTo(cue: { from: number; to: number }, name: { from: number; to: number }): number {
  return cue.to <= name.from ? name.from - cue.to : cue.from >= name.to ? (cue.from - name.to) * 1.5 + 1 : 0;
}

function gapAt(place: number, name: { from: number; to: number }): number {
  return place < name.from ? name.from - place - 1 : place >= name.to ? place - name.to : 0;
}

function bridgesIn({ sentence, mentions, cues, asked }: MentioningSentence, page: ReadPage, scene: Scene): Bridge[] {
  if (mentions.length === 0) return [];
  const { weights } = scene;
  const { hop } = page;
  const covered = coverage(weights, sentence.terms);
  const hopCues = cues.filter(({ relation }) => hop?.relations.includes(relation));
  const hopWords = asked.filter(({ term }) => hop?.stems.has(term));
  const behind = createBehind(page, sentence, scene);
  return mentions.map((mention): Bridge => {
    const { text, key, stems, link, before, isCountry, isAdjective, stated, signs } = mention;
    const features: BridgeFeatures = {
      ...signs,
      sentence: covered,
      hopCue: 1 / (1 + Math.min(25, ...hopCues.map((cue) => gapTo(cue, mention))) / 3),
      hopAsked: 1 / (1 + Math.min(25, ...hopWords.map((word) => gapAt(word.place, mention))) / 3),
      fits: hop === null ? 0 : howItFits(hop.head, { text, before, isCountry }),
    };
    const { explained, residual, next, words } = behind(mention);
    const query = [text, ...words].join(" ").slice(0, MAX_QUERY_CHARS);
    return {
      text,
      key,
      stems,
      link,
      page,
      sentence,
      features,
      score: scoreOf(BRIDGE_WEIGHTS, features),
      explained,
      residual,
      query,
      share: 0,
      isAdjective,
      isSearched: scene.searched.has(query),
      next,
      relations: stated,
    };
  });
}

/** What is left of the question once a name is crossed, and the words to search for with it. */
interface Behind extends Pick<Bridge, "explained" | "residual" | "next"> {
  words: string[];
}

/** Worked out once for all names of a sentence of which it says the same. */
function createBehind(page: ReadPage, sentence: ReadSentence, scene: Scene): (mention: Mention) => Behind {
  const { question, weights } = scene;
  const read = new Set<string>();
  for (const term of question.terms)
    if (page.explained.has(term) || page.titleStems.has(term) || sentence.terms.has(term)) read.add(term);
  const known = new Map<string, Behind>();
  return ({ stated, stems }) => {
    const own = Array.from(stems).filter((term) => question.terms.has(term) && !read.has(term));
    const key = [...stated.map(({ name }) => name), "", ...own].join("|");
    const before = known.get(key);
    if (before !== undefined) return before;
    const explained = explainedBy(new Set([...read, ...own]), stated, scene);
    const next = nextHop(page.hop, explained);
    const residual = without(weights, explained);
    const words =
      next === null
        ? nearestWords(question.words, explained, residual)
        : next.words.map((word) => word.text).slice(0, MAX_OPEN_WORDS);
    const behind = { explained, residual, next, words };
    known.set(key, behind);
    return behind;
  };
}

/** The hop that comes next: one that this page tells as well is passed over. */
function nextHop(hop: Hop | null, explained: ReadonlySet<string>): Hop | null {
  let next = hop?.outer ?? null;
  while (next?.outer && next.words.every((word) => explained.has(word.stem))) next = next.outer;
  return next;
}

const MAX_QUERY_CHARS = 400;

/** A name of the question counts as dealt with only as a whole. */
function explainedBy(
  read: ReadonlySet<string>,
  stated: readonly Relation[],
  { question, weights }: Scene,
): ReadonlySet<string> {
  const asked = new Set(
    stated.filter(({ leadsTo }) => leadsTo !== "date" && leadsTo !== "number").flatMap(({ asks }) => asks.flat()),
  );
  const open = new Set(question.nameStems.filter((name) => name.some((term) => !read.has(term))).flat());
  return new Set(Array.from(weights.keys()).filter((term) => (read.has(term) && !open.has(term)) || asked.has(term)));
}

/** The words that are still open, those next to what is dealt with first, in the order of the question. */
function nearestWords(
  words: QuestionView["words"],
  explained: ReadonlySet<string>,
  residual: ReadonlyMap<string, number>,
): string[] {
  const done = words.flatMap(({ stem: term }, index) => (explained.has(term) ? [index] : []));
  const open = words.flatMap(({ stem: term, text }, index) => (residual.has(term) ? [{ index, text }] : []));
  const gap = (index: number) => Math.min(words.length, ...done.map((at) => Math.abs(at - index)));
  const kept = open.toSorted((a, b) => gap(a.index) - gap(b.index)).slice(0, MAX_OPEN_WORDS);
  return kept.sort((a, b) => a.index - b.index).map(({ text }) => text);
}

const MAX_OPEN_WORDS = 8;
