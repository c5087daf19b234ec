import { fold, stem, wordsOf } from "../../words.ts";
import { changes } from "./document-changes.ts";
import { definitions } from "./document-definitions.ts";
import { type Line, linesOf } from "./document-lines.ts";
import { isQuotable, POINTS_ELSEWHERE } from "./document-prose.ts";
import { type DocumentQuestion, headOf, namedIn, readDocumentQuestion } from "./document-question.ts";
import type { ReadPage, Scene } from "./scene.ts";
import { coverage } from "./weighing.ts";

export interface DocumentQuote {
  page: number;
  text: string;
  /** Which of the questions it answers: its place among them. */
  question: number;
  /** The block of code that shows it; "" for none. */
  code: string;
}

/**
 * Lines that answer the parts of a question, best first. The heading above and the page's title speak for a line too,
 * but something of the question must stand in the line itself. Nothing below a floor is quoted: "not found" is an
 * answer.
 */
export function quoteDocuments(scene: Scene, questions: readonly string[], limit: number): DocumentQuote[] {
  const lines = new Map(scene.pages.map((page) => [page, linesOf(page)]));
  const perQuestion = questions.map((question, index) =>
    bestFor(readDocumentQuestion(question, scene), scene.pages, lines).map(
      (line, rank): DocumentQuote => ({
        page: line.page.number,
        text: sentenceOf(line),
        question: index,
        code: rank === 0 ? line.code : "",
      }),
    ),
  );
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

/** What leads to a block of code stands without it too. */
function sentenceOf({ text }: Line): string {
  return text.replace(/:$/, ".");
}

interface Scored {
  line: Line;
  /** How much of the question's weight, and of what is asked of its subject, the line has. */
  own: number;
  onMatter: number;
  /** In how many ways it says how something is done; others beside such a line are padding. */
  shown: number;
  score: number;
}

const HEADING_SHARE = 0.7;
const TITLE_SHARE = 0.6;
const FLOOR = 0.42;
const NEAR_BEST = 0.85;
const MIN_OWN = 0.15;
const MIN_MATTER = 0.5;
/** A yes or no is about the whole of it: "send emails" is not told by something that sends. */
const MIN_CONFIRMED = 0.6;
/** More than these repeat one another. */
const QUOTES_PER_QUESTION = 3;
/** What a description of some other thing loses, and what one of the very thing asked for gains. */
const ABOUT = 0.25;
/** A page about what the question names goes before one that has its words by chance. */
const SUBJECT_BONUS = 0.2;
/** "See the docs for …" tells where it stands, not what it is. */
const POINTER = 0.25;

function bestFor(question: DocumentQuestion, pages: readonly ReadPage[], lines: Map<ReadPage, Line[]>): Line[] {
  const candidates = ofSubject(pages, lines, question);
  if (question.wanted.kind === "definition") return definitions(question.wanted.name, candidates);
  if (question.wanted.kind === "change") return changes(question.wanted.version, question, candidates);
  const minMatter = question.wanted.kind === "confirmation" ? MIN_CONFIRMED : MIN_MATTER;
  const scored = candidates
    .filter((line) => isQuotable(line) && answersKind(line, question))
    .map((line) => scoreOf(line, question))
    .filter(({ own, onMatter, score }) => own >= MIN_OWN && onMatter >= minMatter && score >= FLOOR)
    .sort((a, b) => b.score - a.score || b.own - a.own);
  const best = scored[0]?.score ?? 0;
  const near = scored.filter(
    ({ score, shown }) => score >= best * NEAR_BEST && shown >= Math.min(1, scored[0]?.shown ?? 0),
  );
  return near.slice(0, QUOTES_PER_QUESTION).map(({ line }) => line);
}

function scoreOf(line: Line, { weights, matter, names, terms, wanted }: DocumentQuestion): Scored {
  const { about, text } = line;
  const own = coverage(weights, line.terms);
  const shared = sharedOf(about, terms);
  // "maxRetries" is the number of retries too.
  const isNear = wanted.kind === "default" && (shared ?? 1) >= 0.5;
  const described = shared === 1 ? ABOUT : shared === null || isNear ? 0 : -ABOUT;
  const onMatter = matter.size === 0 || described > 0 ? 1 : mixedCoverage(matter, line);
  const pointer = POINTS_ELSEWHERE.test(text) ? -POINTER : 0;
  const direct = wanted.kind === "default" && STATES_DEFAULT.test(text) ? STATED : 0;
  const shown = wanted.kind === "instruction" ? signsOfInstruction(line, terms) : 0;
  const bonus = SUBJECT_BONUS * (namedIn(names, line.head) ?? 0) + described + pointer + SHOWN * shown + direct;
  return { line, own, onMatter, shown, score: mixedCoverage(weights, line) + bonus };
}

/** "Default: 5", "defaults to 5", "(default `5`)": not what happens by default. */
const STATES_DEFAULT = /\bdefaults? (?:to|is|are|value)\b|\bdefault\W{0,3}[:=]|\(default\b/i;
const STATED = 0.3;

/** How much of the terms the others have; null where there are none. */
function sharedOf(terms: ReadonlySet<string>, others: ReadonlySet<string>): number | null {
  return terms.size === 0 ? null : terms.intersection(others).size / terms.size;
}

/** What says how: "To …, use …", "Call …", or what stands above a block of code. */
function signsOfInstruction({ text, code }: Line, terms: ReadonlySet<string>): number {
  const aim = /^To (\p{L}+)/u.exec(text)?.[1] ?? "";
  return (code === "" ? 0 : 1) + (INSTRUCTS.test(text) ? 1 : 0) + (terms.has(stem(fold(aim))) ? 1 : 0);
}

const INSTRUCTS = /^(?:To|Use|Call|Pass|Set|Add|Create|Run|Install|Import|Supply|Provide|You can|Simply|First)\b/;
const SHOWN = 0.07;

/** Where pages are about what the question names, the pages about other things do not speak for it. */
function ofSubject(pages: readonly ReadPage[], lines: Map<ReadPage, Line[]>, { names }: DocumentQuestion): Line[] {
  const shares = pages.map((page) => namedIn(names, new Set([...headOf(page), ...page.titleStems])) ?? 1);
  const best = Math.max(0, ...shares);
  const linesOf = (page: ReadPage) => lines.get(page) ?? [];
  if (best >= MIN_NAMED)
    return pages.filter((_, index) => (shares[index] ?? 0) >= best * SUBJECT_SHARE).flatMap(linesOf);
  // No page is called so: it may be told of in one of another name, but then by name.
  const whole = names.filter(({ isWhole }) => isWhole);
  const wanted = whole.length > 0 ? whole : names;
  return pages.flatMap(linesOf).filter((line) => {
    const near = line.terms.union(line.heading);
    const shares = wanted.map((name) => namedIn([name], near) ?? 1);
    return whole.length > 0 ? shares.every((share) => share === 1) : shares.includes(1);
  });
}

const MIN_NAMED = 0.5;
const SUBJECT_SHARE = 0.6;

/** A question for a version is answered by its number, one for a default by what is said to be it. */
function answersKind(line: Line, { wanted, terms, matter }: DocumentQuestion): boolean {
  const { text, about } = line;
  switch (wanted.kind) {
    case "version":
      return statesVersion(text, wanted.of);
    case "default":
      return /\bdefault/i.test(text) && (sharedOf(about, terms) ?? 1) >= 0.5;
    case "amount":
      return FIGURE.test(text);
    case "instruction":
      return (line.kind === "sentence" || line.kind === "item") && !FORBIDS.test(text);
    case "comparison":
      return COMPARES.test(text) && sharedOf(new Set(matter.keys()), line.terms) === 1;
    default:
      // "Type: number" answers for a value only.
      return line.kind !== "facts";
  }
}

const FORBIDS = /^\W*(?:do not|don['’]t|never|avoid)\b/i;
const COMPARES =
  /\b(?:than|whereas|while|instead|unlike|like|compared|both|differ\w*|rather|alternative|replaces?|in contrast|but)\b/i;

/** "Node.js 18 or newer", "node: ≥12.17.0", "version 5.5 of TypeScript": the number stands beside the name. */
function statesVersion(text: string, name: string): boolean {
  const [first = ""] = wordsOf(name.replace(/\.js\b/i, ""));
  const place = fold(text).indexOf(first);
  if (place === -1 || first === "") return false;
  const near = text.slice(Math.max(0, place - VERSION_REACH), place + first.length + VERSION_REACH);
  return /(?<![\w.%])v?\d+(?:\.[\dx]+)*(?:\+|(?![\w%]))/i.test(near.replace(/\.js\b/gi, ""));
}

const VERSION_REACH = 30;
const FIGURE = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|never|always|every|half)\b/i;

function mixedCoverage(
  weights: ReadonlyMap<string, number>,
  { terms, heading, head, page }: Pick<Line, "terms" | "heading" | "head" | "page">,
): number {
  let total = 0;
  let found = 0;
  for (const [term, weight] of weights) {
    total += weight;
    // What the page is about need not be said again.
    const share =
      terms.has(term) || head.has(term)
        ? 1
        : Math.max(heading.has(term) ? HEADING_SHARE : 0, page.titleStems.has(term) ? TITLE_SHARE : 0);
    found += weight * share;
  }
  return total === 0 ? 0 : found / total;
}
