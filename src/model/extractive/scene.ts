import { remember } from "../../remember.ts";
import { stem, wordsOf } from "../../words.ts";
import { type Bridge, bridgesOf, type MentioningSentence, mentionsOf } from "./bridges.ts";
import type { CountryOf } from "./countries.ts";
import type { Hop } from "./hops.ts";
import type { QuestionView } from "./question.ts";
import { nameKey, type Readings, type ReadSentence, readSentence } from "./reading.ts";
import { isStated } from "./relations.ts";
import type { Hit, LinkView, PageView, PartView, View } from "./view.ts";
import { pathTo, type Way } from "./ways.ts";
import { hopToldBy, weightsOf, without } from "./weighing.ts";

/** The question, what was read and what leads on: all that a decision is made from. */
export interface Scene {
  question: QuestionView;
  view: View;
  /** The question's terms with their weight, rare ones counting more. */
  weights: Map<string, number>;
  /** The queries that were sent. */
  searched: ReadonlySet<string>;
  pages: ReadPage[];
  hits: Map<number, SeenHit>;
  /** The weights as far as a term stands near what is asked for. */
  focus: Map<string, number>;
  /** The part of them that stands in the question's names. */
  nameWeights: Map<string, number>;
  /** Those of the question's terms that no opened page has. */
  missing: Map<string, number>;
  /** The weights that stand in each hop. */
  hopWeights: Map<string, number>[];
  /** Those of the hops that need no other one: their pages have the question's names. */
  leafWeights: Map<string, number>[];
  bridges: Bridge[];
  /** How each opened page was reached, as far as one can tell. */
  paths: Map<ReadPage, Way>;
  /** Numbers of the hits that hold a name. */
  holders(key: string): ReadonlySet<number>;
  /** Share of all hits that hold a name: 0 = rare. */
  commonness(key: string): number;
  firstQueries: { query: string; kind: "question" | "name" | "clause" }[];
}

export interface ReadPage {
  number: number;
  title: string;
  key: string;
  titleStems: Set<string>;
  /** The title as if it were a sentence. */
  titleSentence: ReadSentence;
  terms: Set<string>;
  sentences: { sentence: ReadSentence; links: LinkView[] }[];
  /** The names in its title and in each of its sentences that may lead on. */
  mentions: MentioningSentence[];
  /** How many bridges lead here from the question: 0 = found by the question itself. */
  depth: number;
  /** Terms of the question that the pages on the way here have dealt with. */
  explained: ReadonlySet<string>;
  /** What of the question it is expected to tell. */
  hop: Hop | null;
  view: PageView;
}

/** What a page says to a question, whatever else was read. */
export type SeenPage = Omit<ReadPage, "depth" | "explained" | "hop" | "view">;

export interface SeenHit extends Hit {
  key: string;
  titleStems: string[];
  /** Words of title and snippets, joined by spaces, with a space at both ends. */
  flat: string;
  words: Set<string>;
  terms: Set<string>;
  /** The terms, and the question's words for what the text states in other words. */
  meanings: Set<string>;
}

/** What is prepared once and used by many calls; holds nothing that a run depends on. */
export interface Prepared {
  seePage: SeePage;
  seeHit: SeeHit;
}

export function createScene(view: View, question: QuestionView, { seePage, seeHit }: Prepared): Scene {
  const pages = Array.from(view.pages.values(), (page) => readPage(page, seePage(page, question)));
  const hits = new Map(Array.from(view.hits, ([number, hit]) => [number, seeHit(hit, question)]));
  const weights = weigh(question, pages, hits);
  const held = new Map<string, Set<number>>();
  function holders(key: string): ReadonlySet<number> {
    let numbers = held.get(key);
    if (numbers === undefined) {
      numbers = new Set(
        Array.from(hits.values())
          .filter((hit) => isHeldBy(hit, key))
          .map(({ number }) => number),
      );
      held.set(key, numbers);
    }
    return numbers;
  }
  const hops = question.hops.length < 2 ? [] : question.hops;
  const commonness = (key: string) => holders(key).size / Math.max(1, hits.size);
  const scene: Scene = {
    holders,
    commonness,
    question,
    view,
    weights,
    searched: new Set(view.queries),
    focus: new Map(Array.from(weights, ([term, weight]) => [term, weight * (question.focus.get(term) ?? 0)])),
    nameWeights: new Map(
      Array.from(weights).filter(([term]) => question.words.some((word) => word.isName && word.stem === term)),
    ),
    pages,
    hits,
    missing: without(weights, ...pages.map(({ terms }) => terms)),
    hopWeights: hops.map((hop) => weightsOf(hop, weights)),
    leafWeights: hops.filter(isLeaf).map((hop) => weightsOf(hop, weights)),
    bridges: [],
    paths: new Map(),
    firstQueries: firstQueries(question),
  };
  for (const page of pages) {
    const path = pathTo(page, scene);
    scene.paths.set(page, path);
    page.depth = path.bridge === null ? 0 : path.bridge.page.depth + 1;
    page.explained = path.bridge === null ? new Set() : path.bridge.explained;
    page.hop = path.bridge === null ? hopToldBy(page.terms, question.hops, weights) : path.bridge.next;
    scene.bridges.push(...bridgesOf(page, scene));
  }
  return scene;
}

function isLeaf({ inner, names }: Hop): boolean {
  return inner.length === 0 && names.length > 0;
}

function isHeldBy({ words, flat }: SeenHit, key: string): boolean {
  const space = key.indexOf(" ");
  if (space === -1) return words.has(key);
  return words.has(key.slice(0, space)) && flat.includes(` ${key} `);
}

function readPage(view: PageView, seen: SeenPage): ReadPage {
  return { ...seen, depth: 0, explained: new Set(), hop: null, view };
}

/** Takes a page apart once for each question, as far as its parts are the same: every call of a run shows it again. */
export type SeePage = (view: PageView, question: QuestionView) => SeenPage;

export function createSeePage(readings: Readings, countryOf: CountryOf): SeePage {
  const known = new WeakMap<QuestionView, WeakMap<PartView, { parts: PartView[]; page: SeenPage }>>();
  return (view, question) => {
    const parts = Array.from(view.parts.values());
    const [first] = parts;
    const pages = known.get(question) ?? new WeakMap();
    known.set(question, pages);
    const before = first === undefined ? undefined : pages.get(first);
    if (before?.parts.length === parts.length && parts.every((part, index) => part === before.parts[index]))
      return before.page;
    const page = seePage(view, question, { readings, countryOf });
    if (first !== undefined) pages.set(first, { parts, page });
    return page;
  };
}

function seePage(
  view: PageView,
  question: QuestionView,
  { readings, countryOf }: { readings: Readings; countryOf: CountryOf },
): SeenPage {
  const sentences = Array.from(view.parts.values()).flatMap((part) =>
    readings(part.text).map((sentence) => ({
      sentence,
      links: part.links.filter(({ start, end }) => start >= sentence.start && end <= sentence.end),
    })),
  );
  const titleStems = new Set(wordsOf(view.title).map(stem));
  const terms = new Set(titleStems);
  for (const { sentence } of sentences) for (const term of sentence.terms) terms.add(term);
  const page = {
    number: view.number,
    title: view.title,
    key: nameKey(view.title),
    titleStems,
    titleSentence: readSentence({ text: view.title, start: 0, end: view.title.length }, 0),
    terms,
    sentences,
  };
  return { ...page, mentions: mentionsOf(page, question, countryOf) };
}

type SeenText = Pick<SeenHit, "key" | "titleStems" | "flat" | "words" | "terms" | "meanings">;

/** What a search result says, prepared once for each question: every call of a run shows all results again. */
export type SeeHit = (hit: Hit, question: QuestionView) => SeenHit;

const MAX_SEEN = 1_000;

export function createSeeHit(): SeeHit {
  const known = new WeakMap<QuestionView, (line: string) => SeenText>();
  return (hit, question) => {
    const see = known.get(question) ?? remember((lines) => seeText(lines, question), MAX_SEEN);
    known.set(question, see);
    return { ...hit, ...see([hit.title, ...hit.snippets].join("\n")) };
  };
}

/** @param lines the title, then a snippet on each line */
function seeText(lines: string, question: QuestionView): SeenText {
  const [title = "", ...snippets] = lines.split("\n");
  const text = [title, ...snippets].join(" . ");
  const words = wordsOf(text);
  const stems = words.map(stem);
  const terms = new Set(stems);
  return {
    key: nameKey(title),
    titleStems: wordsOf(title).map(stem),
    flat: ` ${words.join(" ")} `,
    words: new Set(words),
    terms,
    meanings: meaningsOf(terms, stems, text, question),
  };
}

/** The reader knows no document frequencies: what it has seen so far stands for the whole. */
function weigh(question: QuestionView, pages: ReadPage[], hits: Map<number, SeenHit>): Map<string, number> {
  const seen = [...hits.values(), ...pages];
  return new Map(
    Array.from(question.weights, ([term, weight]) => {
      const holding = seen.filter(({ terms }) => terms.has(term)).length;
      return [term, weight * Math.log(1 + (seen.length + 1) / (holding + 0.5))];
    }),
  );
}

function firstQueries(question: QuestionView): Scene["firstQueries"] {
  const queries = [
    { query: question.text, kind: "question" as const },
    // "I" and the figure of a version find nothing by themselves.
    ...question.names
      .filter((name) => name.length > 1)
      .slice(0, 4)
      .map((query) => ({ query, kind: "name" as const })),
    ...workQueries(question),
    ...question.clauses.slice(0, 3).map((query) => ({ query, kind: "clause" as const })),
  ].map(({ query, kind }) => ({ query: query.slice(0, 400), kind }));
  return queries.filter(({ query }, index) => queries.findIndex((other) => other.query === query) === index);
}

/** A short name is found more surely together with what it may be the name of: "Brother song album". */
function workQueries({ names, relations }: QuestionView): Scene["firstQueries"] {
  const kinds = Array.from(new Set(relations.map(({ ofKinds }) => ofKinds).filter((kind) => kind !== ""))).slice(0, 2);
  const short = names.filter((name) => wordsOf(name).length <= 2).slice(0, 2);
  return short
    .flatMap((name) => kinds.map((kind) => ({ query: `${name} ${kind}`, kind: "name" as const })))
    .slice(0, 2);
}

/** Does the text hold the words of the key, side by side? */
export function isKeyIn(text: string, key: string): boolean {
  return key !== "" && ` ${wordsOf(text).join(" ")} `.includes(` ${key} `);
}

/** The terms of a text, and the question's words for what it states in other words. */
export function meaningsOf(
  terms: ReadonlySet<string>,
  stems: readonly string[],
  text: string,
  question: QuestionView,
): Set<string> {
  const meanings = new Set(terms);
  for (const relation of question.relations)
    if (isStated(relation, stems, text)) for (const term of relation.asks.flat()) meanings.add(term);
  return meanings;
}
