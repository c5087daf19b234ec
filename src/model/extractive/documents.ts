import { stem, termsOf, wordsOf } from "../../words.ts";
import type { Step } from "./next-step.ts";
import type { ReadSentence } from "./reading.ts";
import type { ReadPage, Scene } from "./scene.ts";

/**
 * Looking things up in documents: pages with headings, parts and code, such as documentation. The answer stands in one
 * of their sections, not behind another page, so what counts is the right part and the words above a sentence.
 */
export function isDocument(page: ReadPage): boolean {
  const texts = Array.from(page.view.parts.values(), ({ text }) => text);
  return page.view.partCount > 1 || texts.some((text) => /^#{1,6} |^```/m.test(text.slice(1)));
}

/** What to do next among documents: read the parts that match, then the next document that fits, then finish. */
export function documentSteps(scene: Scene): Step[] {
  const { view } = scene;
  const room = Math.min(MAX_DOCUMENTS, view.ceilings.pages) - view.pages.size;
  const queries = view.subQuestions.filter((question) => !view.queries.includes(question));
  if (queries.length > 0 && view.gateNotes.length === 0) return queries.map((query) => ({ name: "search", query }));
  if (view.gateNotes.length > 1 || view.isBudgetLow) return [{ name: "finish" }];
  const parts = partsToRead(scene, MAX_CLICKS);
  const next = parts.length > 0 ? parts : documentsToOpen(scene, Math.min(room, MAX_CLICKS));
  return next.length > 0 ? next.map((number) => ({ name: "click", number })) : [{ name: "finish" }];
}

const MAX_DOCUMENTS = 5;
const MAX_CLICKS = 3;

/** Numbers of the parts that are worth reading next: those that match the question, of the pages that do. */
function partsToRead(scene: Scene, limit: number): number[] {
  const ranked = rankPages(scene).slice(0, PAGES_WITH_PARTS);
  return ranked
    .flatMap(({ page }) => {
      const { parts, partLinks, partCount } = page.view;
      const open = partLinks.filter(
        ({ isBest, part, number }) =>
          (isBest || partCount === 2) && !parts.has(part) && !scene.view.clicked.has(number),
      );
      return open.slice(0, Math.max(0, PARTS_OF_PAGE - parts.size)).map(({ number }) => number);
    })
    .slice(0, limit);
}

const PAGES_WITH_PARTS = 2;
const PARTS_OF_PAGE = 4;

/** A hit that is named by the question or stands first for one of its parts, and is not opened yet. */
function documentsToOpen(scene: Scene, limit: number): number[] {
  const { view, hits } = scene;
  const fresh = Array.from(hits.values()).filter(({ number }) => !view.pages.has(number) && !view.clicked.has(number));
  const subject = subjectOf(scene);
  const scored = fresh.map((hit) => {
    const rank = hit.found.reduce((sum, found) => sum + 1 / (1 + found.rank), 0) / Math.max(1, view.queries.length);
    return { number: hit.number, score: rank + shareOf(subject, new Set(hit.titleStems)) };
  });
  return scored
    .filter(({ score }) => score >= MIN_HIT_SCORE)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ number }) => number);
}

// About: listed first by a third of the searches, or half of the question's names in the title.
const MIN_HIT_SCORE = 0.33;

export interface DocumentQuote {
  page: number;
  text: string;
  score: number;
}

/**
 * Sentences that answer the parts of a question, best first. The heading above and the page's title speak for a
 * sentence too, but something of the question must stand in the sentence itself. Nothing below a floor is quoted: "not
 * found" is an answer.
 */
export function quoteDocuments(scene: Scene, questions: readonly string[], limit: number): DocumentQuote[] {
  const candidates = scene.pages.flatMap(sentencesOfPage);
  const perQuestion = questions.map((question) => bestFor(question, candidates, scene));
  const quotes: DocumentQuote[] = [];
  for (let round = 0; quotes.length < limit && round < limit; round++) {
    for (const ranked of perQuestion) {
      const next = ranked.find(({ text }) => quotes.every((quote) => quote.text !== text));
      if (next !== undefined && quotes.length < limit) quotes.push(next);
      if (next !== undefined) ranked.splice(0, ranked.indexOf(next) + 1);
    }
  }
  return quotes;
}

interface Candidate {
  page: ReadPage;
  sentence: ReadSentence;
  /** What is quoted: without the list mark. */
  text: string;
  /** Stems of the headings above. */
  heading: ReadonlySet<string>;
}

const HEADING_SHARE = 0.7;
const TITLE_SHARE = 0.6;
const FLOOR = 0.42;
const NEAR_BEST = 0.8;
const MIN_OWN = 0.15;

function bestFor(question: string, candidates: readonly Candidate[], scene: Scene): DocumentQuote[] {
  const terms = new Set(termsOf(question));
  // Words that no answer repeats ("often", "many") have no weight in the scene.
  const asked = new Map(Array.from(scene.weights).filter(([term]) => terms.has(term)));
  const weights = asked.size > 0 ? asked : scene.weights;
  const subject = subjectOf(scene);
  const scored = candidates
    .map(({ page, sentence, text, heading }) => {
      const own = coverageOf(weights, sentence.terms);
      const score = mixedCoverage(weights, { own: sentence.terms, heading, title: page.titleStems });
      return { page: page.number, text, own, score: score + SUBJECT_BONUS * shareOf(subject, page.titleStems) };
    })
    .filter(({ own, score }) => own >= MIN_OWN && score >= FLOOR)
    .sort((a, b) => b.score - a.score || b.own - a.own);
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score >= best * NEAR_BEST)
    .map(({ page, text, score }) => ({ page, text, score }));
}

// A page about what the question names goes before one that has its words by chance.
const SUBJECT_BONUS = 0.2;

/** Stems of what the question is about: its names, and words that are spelled like code. */
function subjectOf({ question, view }: Scene): Set<string> {
  const code = view.question.match(/[\w@]+(?:[./-][\w@]+)+/g) ?? [];
  return new Set([...question.nameStems.flat(), ...code.flatMap((word) => wordsOf(word).map(stem))]);
}

function shareOf(subject: ReadonlySet<string>, stems: ReadonlySet<string>): number {
  return subject.size === 0 ? 0 : subject.intersection(stems).size / subject.size;
}

interface Places {
  own: ReadonlySet<string>;
  heading: ReadonlySet<string>;
  title: ReadonlySet<string>;
}

function mixedCoverage(weights: Map<string, number>, { own, heading, title }: Places): number {
  let total = 0;
  let found = 0;
  for (const [term, weight] of weights) {
    total += weight;
    const share = own.has(term)
      ? 1
      : Math.max(heading.has(term) ? HEADING_SHARE : 0, title.has(term) ? TITLE_SHARE : 0);
    found += weight * share;
  }
  return total === 0 ? 0 : found / total;
}

function coverageOf(weights: Map<string, number>, terms: ReadonlySet<string>): number {
  return mixedCoverage(weights, { own: terms, heading: NONE, title: NONE });
}

const NONE: ReadonlySet<string> = new Set();

function rankPages(scene: Scene): { page: ReadPage; score: number }[] {
  const subject = subjectOf(scene);
  return scene.pages
    .map((page) => ({ page, score: coverageOf(scene.weights, page.terms) + shareOf(subject, page.titleStems) }))
    .sort((a, b) => b.score - a.score);
}

/** Prose and list items with the headings above them; no headings, code, tables and scraps. */
function sentencesOfPage(page: ReadPage): Candidate[] {
  const found: Candidate[] = [];
  let heading: string[] = [];
  let isCode = false;
  for (const { sentence } of page.sentences) {
    const { text } = sentence;
    if (/^(?:```|~~~)/.test(text)) isCode = !isCode;
    const level = /^(#{1,6})\s+(.*)$/.exec(text);
    if (level !== null) heading = [...heading.slice(0, (level[1]?.length ?? 1) - 1), level[2] ?? ""];
    if (isCode || level !== null || !isProse(text)) continue;
    const stems = new Set(heading.flatMap((words) => wordsOf(words ?? "").map(stem)));
    found.push({ page, sentence, text: text.replace(/^\s*(?:[-*+•]|\d+[.)])\s+|^>\s*/, ""), heading: stems });
  }
  return found;
}

const MIN_WORDS = 5;
const MAX_CHARS = 500;

function isProse(text: string): boolean {
  if (text.length > MAX_CHARS || /^\s*(?:\||```|~~~|<|\/\/|[{}[\]();])/.test(text)) return false;
  // A small letter begins the rest of something that stands elsewhere.
  if (/^\s*(?:[-*+•]\s+|\d+[.)]\s+)?\p{Ll}/u.test(text)) return false;
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  const signs = text.match(/[{}();=<>|]/g) ?? [];
  return words.length >= MIN_WORDS && signs.length * 4 <= words.length && !/[:,]$/.test(text.trim());
}
