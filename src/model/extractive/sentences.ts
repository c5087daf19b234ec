import { wordsOf } from "../../words.ts";
import type { ReadSentence } from "./reading.ts";
import { isStated, type Relation } from "./relations.ts";
import { meaningsOf, type ReadPage, type Scene } from "./scene.ts";
import { coverage, weightsOf } from "./weighing.ts";
import { QUOTE_WEIGHTS, scoreOf, WAY_WEIGHTS } from "./weights.ts";

export interface Quote {
  page: ReadPage;
  sentence: ReadSentence;
  features: QuoteFeatures;
  score: number;
}

export type QuoteFeatures = { [Name in keyof typeof QUOTE_WEIGHTS]: number };

/** What a sentence loses for each that its page has already; chosen on the training questions, 0.5 to 1 is alike. */
const SAME_PAGE_PENALTY = 0.75;
/** What the question's words count that no quote has yet: five quotes shall cover the question, not repeat it. */
const COVERED = 2;
/** Names what is said below it, and says nothing itself. */
const HEADING = /^#{1,6}\s/;

/** The sentences to quote, best first. */
export function chooseQuotes(scene: Scene, limit: number): Quote[] {
  const quotes = quotesOf(scene).filter(({ sentence }) => !HEADING.test(sentence.text));
  const picked: Quote[] = [];
  let open = scene.weights;
  while (picked.length < limit && quotes.length > 0) {
    const value = (quote: Quote) =>
      quote.score +
      COVERED * coverage(open, quote.sentence.terms) -
      SAME_PAGE_PENALTY * picked.filter(({ page }) => page === quote.page).length;
    const best = quotes.reduce((a, b) => (value(b) > value(a) ? b : a));
    picked.push(best);
    open = new Map(
      Array.from(scene.weights, ([term, weight]) => [
        term,
        picked.some(({ sentence }) => sentence.terms.has(term)) ? 0 : weight,
      ]),
    );
    quotes.splice(quotes.indexOf(best), 1);
  }
  return picked;
}

/** Every sentence of the opened pages with its score. */
export function quotesOf(scene: Scene): Quote[] {
  const { question, weights, pages, paths } = scene;
  const ownOf = (page: ReadPage) => {
    const way = paths.get(page);
    return way === undefined ? 0 : way.score - way.features.parent * WAY_WEIGHTS.parent;
  };
  const bestOwn = Math.max(...pages.map(ownOf));
  const bestPath = Math.max(...pages.map((page) => paths.get(page)?.score ?? 0));
  const carrying = new Set(
    Array.from(paths.values()).flatMap(({ bridge }) => (bridge === null ? [] : [bridge.sentence])),
  );
  const parents = new Set(Array.from(paths.values()).flatMap(({ bridge }) => (bridge === null ? [] : [bridge.page])));
  const known = ` ${wordsOf(question.text).join(" ")} `;
  return pages.flatMap((page, order) => {
    const path = paths.get(page);
    const consumed = new Set<Relation>();
    for (let way = path; way?.bridge; way = paths.get(way.bridge.page))
      for (const relation of way.bridge.relations) consumed.add(relation);
    const open = question.relations.filter((relation) => !consumed.has(relation));
    const meanings = page.sentences.map(({ sentence }) =>
      meaningsOf(sentence.terms, sentence.stems, sentence.text, question),
    );
    const hopWeights = page.hop === null ? null : weightsOf(page.hop, weights);
    const root = question.hops.at(-1);
    const rootWeights = root === undefined || question.hops.length < 2 ? null : weightsOf(root, weights);
    const isRoot = page.hop !== null && page.hop === root;
    const all = new Set([...page.titleStems, ...meanings.flatMap((terms) => Array.from(terms))]);
    return page.sentences.map(({ sentence }, index): Quote => {
      const flat = ` ${sentence.words.join(" ")} `;
      const kind = kindIn(sentence, scene, known);
      const terms = meanings[index] ?? sentence.terms;
      const features: QuoteFeatures = {
        coverage: coverage(weights, sentence.terms),
        residual: path?.bridge ? coverage(path.bridge.residual, terms) : 0,
        focus: coverage(scene.focus, terms),
        focusPlain: coverage(scene.focus, sentence.terms),
        cue: hasCue(question.relations, sentence) ? 1 : 0,
        openCue: hasCue(open, sentence) ? 1 : 0,
        kind: kind > 0 ? 1 : 0,
        exact: kind > 1 ? 1 : 0,
        hop: hopWeights === null ? 0 : coverage(hopWeights, terms),
        root: rootWeights === null ? 0 : coverage(rootWeights, terms),
        rootHere: rootWeights === null || !isRoot ? 0 : coverage(rootWeights, terms),
        isRoot: isRoot ? 1 : 0,
        nextHere: path?.bridge?.next ? coverage(weightsOf(path.bridge.next, weights), terms) : 0,
        withBridge: path?.bridge && isOn(path.bridge.key, page, flat) ? 1 : 0,
        first: index === 0 ? 1 : 0,
        early: 1 / (1 + index),
        linked: pages.some((other) => other !== page && other.key !== "" && flat.includes(` ${other.key} `)) ? 1 : 0,
        path: (path?.score ?? 0) - bestPath,
        own: ownOf(page) - bestOwn,
        order: 1 / (1 + order),
        pageFocus: coverage(scene.focus, all),
        pageCoverage: coverage(weights, all),
        bridged: path?.bridge ? 1 : 0,
        leaf: parents.has(page) ? 0 : 1,
        carries: carrying.has(sentence) ? 1 : 0,
        newName: sentence.names.some(({ text }) => !known.includes(` ${wordsOf(text).join(" ")} `)) ? 1 : 0,
        before: coverage(scene.focus, meanings[index - 1] ?? new Set()),
        after: coverage(scene.focus, meanings[index + 1] ?? new Set()),
      };
      return { page, sentence, features, score: scoreOf(QUOTE_WEIGHTS, features) };
    });
  });
}

/** Does the sentence, or the title of its page, have the name? */
function isOn(key: string, page: ReadPage, flat: string): boolean {
  return page.key === key || flat.includes(` ${key} `);
}

function hasCue(relations: Relation[], { stems, text }: ReadSentence): boolean {
  return relations.some((relation) => isStated(relation, stems, text));
}

/** 0 = nothing of the kind that is asked for, 1 = something of it, 2 = exactly that. */
function kindIn(sentence: ReadSentence, { question: { wants } }: Scene, known: string): number {
  const { text } = sentence;
  if (wants === "date") return FULL_DATE.test(text) ? 2 : YEAR.test(text) ? 1 : 0;
  if (wants === "number")
    return /\d/.test(text) ? (/\d[\d,.]*\s*(?:%|percent|million|billion|\p{Ll})/u.test(text) ? 2 : 1) : 0;
  const fresh = sentence.names.filter(({ text: name }) => !known.includes(` ${wordsOf(name).join(" ")} `));
  if (wants === "person")
    return fresh.some(({ text: name }) => /^\p{Lu}[\p{L}.'’-]+ (?:.* )?\p{Lu}[\p{L}'’-]+$/u.test(name))
      ? 2
      : fresh.length > 0
        ? 1
        : 0;
  if (wants === "place")
    return fresh.some(({ start }) => /\b(?:in|at|near|from|of|to)\s$/.test(text.slice(0, start)))
      ? 2
      : fresh.length > 0
        ? 1
        : 0;
  return fresh.length > 0 ? 1 : 0;
}

const YEAR = /\b1\d{3}\b|\b20\d\d\b/;
const MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
const FULL_DATE = new RegExp(String.raw`\b${MONTH} \d{1,2}\b|\b\d{1,2} ${MONTH}\b`);
