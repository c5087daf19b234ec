import { fold, stem, wordsOf } from "../../words.ts";
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
  /** The hop of the question that needs this name; null where none is known. */
  next: Hop | null;
  /** The relations of the question that the sentence seems to state of it. */
  relations: Relation[];
}

export type BridgeFeatures = { [Name in keyof typeof BRIDGE_WEIGHTS]: number };

/** The bridges of a page, best first. */
export function bridgesOf(page: ReadPage, scene: Scene): Bridge[] {
  const known = ` ${wordsOf(scene.question.text).join(" ")} `;
  const best = new Map<string, Bridge>();
  const bridges = [
    ...bridgesIn(page.titleSentence, [], page, scene),
    ...page.sentences.flatMap(({ sentence, links }) => bridgesIn(sentence, links, page, scene)),
  ];
  for (const bridge of bridges) {
    if (bridge.key === "" || known.includes(` ${bridge.key} `)) continue;
    const before = best.get(bridge.key);
    if (before === undefined || before.score < bridge.score) best.set(bridge.key, bridge);
  }
  return Array.from(best.values()).sort((a, b) => b.score - a.score);
}

interface Span {
  text: string;
  /** Where it begins in the sentence, in characters, and how long it is there. */
  start: number;
  length: number;
  link: number | null;
}

function spansOf(sentence: ReadSentence, links: LinkView[], scene: Scene): Span[] {
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
  if (scene.question.bridgeKinds.intersection(COUNTRY_KINDS).size === 0) return spans;
  return spans.map((span) => {
    const country = span.link === null ? scene.countryOf(span.text) : null;
    return country === null ? span : { ...span, text: country };
  });
}

function bridgesIn(sentence: ReadSentence, links: LinkView[], page: ReadPage, scene: Scene): Bridge[] {
  const { question, weights } = scene;
  const cues = question.relations.flatMap((relation) =>
    relation.cues.flatMap((phrase) =>
      placesOf(phrase, sentence.stems).map((place) => ({ relation, from: place, to: place + phrase.length })),
    ),
  );
  const asked = sentence.stems.flatMap((term, place) =>
    weights.has(term) && !page.titleStems.has(term) ? [place] : [],
  );
  const sentenceCoverage = coverage(weights, sentence.terms);
  const isTitle = sentence === page.titleSentence;
  const hop = page.hop;
  const hopCues = cues.filter(({ relation }) => hop?.relations.includes(relation));
  const hopWords = sentence.stems.flatMap((term, place) =>
    hop?.stems.has(term) && weights.has(term) && !page.titleStems.has(term) ? [place] : [],
  );
  return spansOf(sentence, links, scene).map(({ text, start, length, link }): Bridge => {
    const place = wordsOf(sentence.text.slice(0, start)).length;
    const end = place + wordsOf(sentence.text.slice(start, start + length)).length;
    const words = wordsOf(text);
    const gapOf = ({ from, to }: { from: number; to: number }) =>
      to <= place ? place - to : from >= end ? (from - end) * 1.5 + 1 : 0;
    const nearestGap = Math.min(25, ...cues.map(gapOf));
    const stated = cues.filter((cue) => gapOf(cue) <= Math.min(nearestGap + 1, 6)).map(({ relation }) => relation);
    const wordGap = (at: number) => (at < place ? place - at - 1 : at >= end ? at - end : 0);
    const askedGap = Math.min(25, ...asked.map(wordGap));
    const before = sentence.words[place - 1] ?? "";
    const stems = new Set(words.map(stem));
    const wantsCountry = question.bridgeKinds.intersection(COUNTRY_KINDS).size > 0;
    const isCountry = wantsCountry && scene.countryOf(text) !== null;
    const features: BridgeFeatures = {
      cue: 1 / (1 + nearestGap / 3),
      asked: 1 / (1 + askedGap / 3),
      link: link === null ? 0 : 1,
      first: sentence.index === 0 ? 1 : 0,
      early: isTitle ? 0 : 1 / (1 + sentence.index),
      sentence: sentenceCoverage,
      country: wantsCountry ? (isCountry ? 1 : -1) : 0,
      typed: question.bridgeKinds.intersection(stems).size > 0 ? 1 : 0,
      last: /^,/.test(sentence.text.slice(start + length)) ? 0 : 1,
      by: before === "by" ? 1 : 0,
      place: /^(?:in|at|of|from|near)$/.test(before) ? 1 : 0,
      title: isTitle ? 1 : 0,
      hopCue: 1 / (1 + Math.min(25, ...hopCues.map(gapOf)) / 3),
      hopAsked: 1 / (1 + Math.min(25, ...hopWords.map(wordGap)) / 3),
      fits: hop === null ? 0 : howItFits(hop.head, { text, before, isCountry: scene.countryOf(text) !== null }),
      self: nameKey(fold(text)) === page.key ? 1 : 0,
    };
    const explained = explainedBy(page, sentence, stated, stems, scene);
    const next = nextHop(hop, explained);
    const residual = without(weights, explained);
    const rest =
      next === null
        ? nearestWords(question.words, explained, residual)
        : next.words.map((word) => word.text).slice(0, MAX_OPEN_WORDS);
    return {
      text,
      key: nameKey(fold(text)),
      stems,
      link,
      page,
      sentence,
      features,
      score: scoreOf(BRIDGE_WEIGHTS, features),
      explained,
      residual,
      query: [text, ...rest].join(" ").slice(0, MAX_QUERY_CHARS),
      next,
      relations: stated,
    };
  });
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
  page: ReadPage,
  sentence: ReadSentence,
  stated: Relation[],
  own: ReadonlySet<string>,
  { question, weights }: Scene,
): ReadonlySet<string> {
  const read = new Set([...page.explained, ...page.titleStems, ...sentence.terms, ...own]);
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
