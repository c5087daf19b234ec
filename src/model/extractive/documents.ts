import { fold, stem, termsOf, wordsOf } from "../../words.ts";
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
  /** Which of the questions it answers: its place among them. */
  question: number;
  score: number;
}

/**
 * Sentences that answer the parts of a question, best first. The heading above and the page's title speak for a
 * sentence too, but something of the question must stand in the sentence itself. Nothing below a floor is quoted: "not
 * found" is an answer.
 */
export function quoteDocuments(scene: Scene, questions: readonly string[], limit: number): DocumentQuote[] {
  const candidates = ofSubject(scene.pages, scene).flatMap(sentencesOfPage);
  const perQuestion = questions.map((question, index) => bestFor({ question, index }, candidates, scene));
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
  /** Stems of the one thing that it describes, such as an option; empty when it describes none. */
  about: ReadonlySet<string>;
}

const HEADING_SHARE = 0.7;
const TITLE_SHARE = 0.6;
const FLOOR = 0.42;
const NEAR_BEST = 0.85;
const MIN_OWN = 0.15;
const MIN_MATTER = 0.5;
/** More than these repeat one another. */
const QUOTES_PER_QUESTION = 3;
/** What a description of some other thing loses, and what one of the very thing asked for gains. */
const ABOUT = 0.25;

function bestFor(
  { question, index }: { question: string; index: number },
  all: readonly Candidate[],
  scene: Scene,
): DocumentQuote[] {
  const terms = new Set(termsOf(question));
  // Words that no answer repeats ("often", "many") have no weight in the scene.
  const asked = new Map(Array.from(scene.weights).filter(([term]) => terms.has(term)));
  const weights = asked.size > 0 ? asked : scene.weights;
  const subject = subjectOf(scene);
  // What is asked of the subject: a sentence that says nothing of it is about something else.
  const matter = matterOf(weights, subject);
  const candidates = all.filter(({ text }) => holdsKind(text, question));
  const scored = candidates
    .map(({ page, sentence, text, heading, about }) => {
      const own = coverageOf(weights, sentence.terms);
      const places = { own: sentence.terms, heading, title: page.titleStems };
      const score = mixedCoverage(weights, places);
      const onMatter = matter.size === 0 ? 1 : mixedCoverage(matter, places);
      const described = about.size === 0 ? 0 : about.isSubsetOf(terms) ? ABOUT : -ABOUT;
      const bonus = SUBJECT_BONUS * shareOf(subject, headOf(page)) + described;
      return { page: page.number, text, own, onMatter, score: score + bonus };
    })
    .filter(({ own, onMatter, score }) => own >= MIN_OWN && onMatter >= MIN_MATTER && score >= FLOOR)
    .sort((a, b) => b.score - a.score || b.own - a.own);
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score >= best * NEAR_BEST)
    .slice(0, QUOTES_PER_QUESTION)
    .map(({ page, text, score }) => ({ page, text, question: index, score }));
}

function matterOf(weights: ReadonlyMap<string, number>, subject: ReadonlySet<string>): Map<string, number> {
  const rest = Array.from(weights).filter(([term]) => !subject.has(term));
  const telling = rest.filter(([term]) => !LIGHT.has(term));
  return new Map(telling.length > 0 ? telling : rest);
}

/** Words that nearly every sentence about software has. */
const LIGHT: ReadonlySet<string> = new Set(
  "use need turn have get make do work want take give let run come default specific exist".split(" ").map(stem),
);

// A page about what the question names goes before one that has its words by chance.
const SUBJECT_BONUS = 0.2;

/**
 * Stems of what the question is about: its names, and words that are spelled like code. "Which Node.js version does X
 * need" is about X.
 */
function subjectOf({ question, view, pages }: Scene): Set<string> {
  const code = view.question.match(/[\w@]+(?:[./-][\w@]+)+/g) ?? [];
  const asked = new Set(wordsOf(view.question).map(stem));
  // "zod" is a name like any other where a page is called so.
  const called = pages.filter(({ title }) => /^\S+: /.test(title)).map(headOf);
  const all = new Set([
    ...question.nameStems.flat(),
    ...code.flatMap((word) => wordsOf(word).map(stem)),
    ...called.filter((head) => head.isSubsetOf(asked)).flatMap((head) => Array.from(head)),
  ]);
  const rest = all.difference(new Set(wordsOf(versionedIn(view.question)).map(stem)));
  return rest.size > 0 ? rest : all;
}

function versionedIn(question: string): string {
  return /\b(?:which|what) ([^,?]{2,40}?) versions?\b/i.exec(question)?.[1] ?? "";
}

/** Stems of the name in a title such as "name: what it is". */
function headOf({ title }: ReadPage): Set<string> {
  return new Set(wordsOf(/^(\S+): /.exec(title)?.[1] ?? title).map(stem));
}

/** Where a page is wholly about what the question names, the pages about other things do not speak for it. */
function ofSubject(pages: ReadPage[], scene: Scene): ReadPage[] {
  const subject = subjectOf(scene);
  const best = Math.max(0, ...pages.map((page) => shareOf(subject, headOf(page))));
  return pages.filter((page) => shareOf(subject, headOf(page)) >= best * SUBJECT_SHARE);
}

const SUBJECT_SHARE = 0.6;

/** A question for a version is answered by its number, one for an amount by a figure. */
function holdsKind(text: string, question: string): boolean {
  const versioned = versionedIn(question);
  if (versioned !== "") return /\d/.test(text) && fold(text).includes(fold(versioned));
  return !/\b(?:how (?:many|often|much)|which version|what version)\b/i.test(question) || FIGURE.test(text);
}

const FIGURE = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|never|always|every|half)\b/i;

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

/** Prose, list items and what describes an option, with the headings above; no headings, code, tables and scraps. */
function sentencesOfPage(page: ReadPage): Candidate[] {
  const found: Candidate[] = [];
  const title = wordsOf(page.title).join(" ");
  let heading: string[] = [];
  let isCode = false;
  for (const { sentence } of page.sentences) {
    if (/^(?:```|~~~)/.test(sentence.text)) isCode = !isCode;
    const level = /^(#{1,6})\s+(.*)$/.exec(sentence.text);
    if (level !== null) heading = [...heading.slice(0, (level[1]?.length ?? 1) - 1), level[2] ?? ""];
    if (isCode || level !== null || !isQuotable(sentence.text)) continue;
    // The title says what the page is; its tagline says it again.
    if (title.includes(sentence.words.join(" "))) continue;
    found.push(candidateOf(page, sentence, heading));
  }
  return found;
}

function candidateOf(page: ReadPage, sentence: ReadSentence, headings: readonly string[]): Candidate {
  const text = sentence.text.replace(/^\s*(?:[-*+•]|\d+[.)])\s+|^>\s*/, "");
  const heading = new Set(headings.flatMap((words) => wordsOf(words ?? "").map(stem)));
  const entry = /^`([^`]+)`\s*[:–-]\s/.exec(text)?.[1];
  const above = (headings.at(-1) ?? "").replace(/[`*()]/g, "").trim();
  const option = /^\S*(?:[a-z][A-Z]|[_.])\S*$/.test(above) ? above : "";
  return { page, sentence, text, heading, about: new Set(wordsOf(entry ?? option).map(stem)) };
}

/** A short item of a list is quoted when it states a figure: "PostgreSQL 13 or higher". */
function isQuotable(text: string): boolean {
  return isProse(text) || /^\s*[-*+•]\s+\p{Lu}[\p{L}\p{N} .+-]*\d[\p{L}\p{N} .+-]*$/u.test(text);
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
