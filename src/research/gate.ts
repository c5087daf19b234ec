import { placeOf } from "../canonical-url.ts";
import type { Contradiction, Depth, GateRuleResult, GateVerdict, Plan, Source } from "../types.ts";
import { termsOf, wordsOf } from "../words.ts";
import { guessLanguage } from "./checking/reading/language.ts";
import { bestPassages, type IndexOf, type TextIndex } from "./passages.ts";

/** What the rules may look at. */
export interface Evidence {
  question: string;
  plan: Plan;
  sources: readonly Source[];
  queries: readonly string[];
  contradictions: readonly Contradiction[];
  /** How many searches were made after the first contradiction could be seen. */
  searchesSinceContradiction: number;
  depth: Depth;
  now: string;
  indexOf: IndexOf;
  /** Are there pages of earlier answers? What they cover need not be searched for again. */
  hasKnown?: boolean;
}

interface Rule {
  name: string;
  weight: number;
  /** Without this rule the evidence is not enough, whatever the score. */
  isRequired: boolean;
  held(evidence: Prepared): boolean;
  /** What there is, in words for people. */
  found(evidence: Prepared): string;
  /** What the model should do next when it does not hold. */
  next(evidence: Prepared): string;
}

const WANTED: Record<Depth, number> = { quick: 1, standard: 2, deep: 4 };

/** The delayed decision: `finish` is accepted when these say that the evidence covers the question. */
const RULES: readonly Rule[] = [
  {
    name: "reading",
    weight: 3,
    isRequired: true,
    held: ({ sources }) => sources.length > 0,
    found: ({ sources }) => (sources.length === 0 ? "No page was opened." : `${some(sources.length, "page")} opened.`),
    next: () => "Snippets are no evidence: open a page.",
  },
  {
    name: "coverage",
    weight: 3,
    isRequired: true,
    held: ({ uncovered }) => uncovered.length === 0,
    found: ({ uncovered, plan }) =>
      uncovered.length === 0
        ? `Opened pages speak of ${some(plan.subQuestions.length, "sub-question")}.`
        : `No opened page speaks of: ${uncovered.join("; ")}.`,
    next: () => "Search and open one that does.",
  },
  {
    name: "searching",
    weight: 2,
    isRequired: false,
    held: ({ unsearched, isKnown }) => unsearched.length === 0 || isKnown,
    found: ({ unsearched, isKnown }) =>
      isKnown
        ? KNOWN
        : unsearched.length === 0
          ? "All was searched for."
          : `Nothing was searched for: ${unsearched.join("; ")}.`,
    next: () => "Search for it.",
  },
  {
    name: "effort",
    weight: 1,
    isRequired: false,
    held: ({ searches, isFromOneSearch, depth, isKnown }) => isKnown || (searches >= WANTED[depth] && !isFromOneSearch),
    found: ({ searches, isFromOneSearch, depth, isKnown }) => {
      if (isKnown) return KNOWN;
      if (searches < WANTED[depth]) return `Only ${searches} of at least ${some(WANTED[depth], "search", "searches")}.`;
      return isFromOneSearch ? "Every opened page came from one search." : `${some(searches, "search", "searches")}.`;
    },
    next: () => "Search once more, in other words, and open a page that it finds.",
  },
  {
    name: "independence",
    weight: 1,
    isRequired: false,
    held: ({ independent, depth }) => independent >= WANTED[depth],
    found: ({ independent, depth }) =>
      `The evidence comes from ${independent} of at least ${some(WANTED[depth], "independent place")}.`,
    next: () => "Look for another source.",
  },
  {
    name: "recency",
    weight: 1,
    isRequired: false,
    held: ({ freshDays, newest, now }) =>
      freshDays === null || (newest !== null && Date.parse(now) - Date.parse(newest) < freshDays * DAY_MS),
    found: ({ freshDays, newest }) => {
      if (freshDays === null) return "The question is not about the present.";
      const day =
        newest === null ? "no opened page gives its date" : `the newest opened page is of ${newest.slice(0, 10)}`;
      return `The question is about the present, and ${day}.`;
    },
    next: () => "Find a newer, dated one.",
  },
  {
    name: "disagreement",
    weight: 1,
    isRequired: true,
    held: ({ contradictions, searchesSinceContradiction }) =>
      contradictions.length === 0 || searchesSinceContradiction > 0,
    found: ({ contradictions: [first], searchesSinceContradiction }) => {
      if (first === undefined) return "No figures or dates that differ were seen.";
      const values = first.claims.map(({ value }) => value).join(", ");
      const since =
        searchesSinceContradiction === 0
          ? "."
          : `; looked into by ${some(searchesSinceContradiction, "search", "searches")}.`;
      return `Sources disagree on ${first.about}: ${values}${since}`;
    },
    next: ({ contradictions }) => {
      const sides = (contradictions[0]?.claims ?? []).map(({ number, value }) => `${value} 【${number}】`);
      return `Look for another source that settles it: ${sides.join(", ")}.`;
    },
  },
];

const KNOWN = "Pages of earlier answers cover it.";

function some(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Share of the rules' weight that must hold: `standard` allows one of the light rules to be missed, `deep` none. */
const PASS_SCORE: Record<Depth, number> = { quick: 0.7, standard: 0.9, deep: 1 };

export function judge(evidence: Evidence): GateVerdict {
  const prepared = prepare(evidence);
  const broken = RULES.filter((rule) => !rule.held(prepared));
  const total = weightOf(RULES);
  const score = (total - weightOf(broken)) / total;
  const rules = RULES.map((rule): GateRuleResult => {
    const { name, weight } = rule;
    const result = { name, weight, held: !broken.includes(rule), reason: rule.found(prepared) };
    return result.held ? result : { ...result, next: rule.next(prepared) };
  });
  const isPassed = score >= PASS_SCORE[evidence.depth] && !broken.some(({ isRequired }) => isRequired);
  return { score, isPassed, rules, gaps: prepared.uncovered };
}

function weightOf(rules: readonly Rule[]): number {
  return rules.reduce((sum, { weight }) => sum + weight, 0);
}

/** The verdict in words that tell the model what to do next. */
export function gateNote(verdict: GateVerdict): string {
  const missing = verdict.rules.filter(({ held }) => !held);
  const lines = missing.map(({ reason, next = "" }) => `- ${reason} ${next}`.trimEnd());
  return `Not yet: the evidence is incomplete.\n${lines.join("\n")}\nGo on, then call finish again. If it cannot be found, call finish and say so.`;
}

interface Prepared extends Evidence {
  /** Sub-questions of which no opened page speaks. */
  uncovered: string[];
  /** Sub-questions that no query asked about. */
  unsearched: string[];
  /** Pages of earlier answers speak of everything. */
  isKnown: boolean;
  /** Number of places that are not copies of each other. */
  independent: number;
  /** Number of different searches. */
  searches: number;
  isFromOneSearch: boolean;
  /** How old the newest page may be, for a question about the present; else null. */
  freshDays: number | null;
  /** When the newest page was published, as far as pages say so. */
  newest: string | null;
}

function prepare(evidence: Evidence): Prepared {
  const indexes = evidence.sources.map((source) => ({ source, index: evidence.indexOf(source.page) }));
  const questions = evidence.plan.subQuestions.map(({ text }) => text);
  const uncovered = questions.filter((question) => !indexes.some((page) => speaksOf(page, question)));
  return {
    ...evidence,
    uncovered,
    isKnown: (evidence.hasKnown ?? false) && uncovered.length === 0,
    unsearched: questions.filter((question) => !evidence.queries.some((query) => asksAbout(query, question))),
    independent: countIndependent(indexes),
    searches: new Set(evidence.queries).size,
    isFromOneSearch:
      WANTED[evidence.depth] > 1 &&
      evidence.sources.length > 1 &&
      new Set(evidence.sources.map(({ query }) => query ?? "link")).size === 1,
    freshDays: freshDaysOf(evidence.question, evidence.now),
    newest: newestOf(evidence),
  };
}

function newestOf({ sources, now }: Evidence): string | null {
  // A page of tomorrow has its date wrong.
  const limit = new Date(Date.parse(now) + DAY_MS).toISOString();
  const dates = sources.flatMap(({ page }) => page.publishedAt ?? []).filter((date) => date <= limit);
  return dates.sort().at(-1) ?? null;
}

// A passage that holds this share of a sub-question's terms, rare ones counting more, speaks of it. The answer's own
// words are new, so a complete match cannot be asked for.
const COVERAGE_SCORE = 0.5;

interface IndexedSource {
  source: Source;
  index: TextIndex;
}

function speaksOf({ source, index }: IndexedSource, question: string): boolean {
  const [best] = bestPassages(source.page, question, { limit: 1, maxSentences: 3, index });
  if (best !== undefined && best.score >= COVERAGE_SCORE) return true;
  return isForeign(source.page.text, question) && namesIn(question).some((name) => index.frequency.has(name));
}

/** Of a page in another language only names and figures can be compared. */
function isForeign(text: string, question: string): boolean {
  const asked = guessLanguage(question);
  const written = guessLanguage(text);
  return asked !== null && written !== null && asked !== written;
}

/** Terms of words that are written large or with digits, but for the first word. */
function namesIn(question: string): string[] {
  const words = question.split(/\s+/).slice(1);
  return words.filter((word) => /^[\p{Lu}\d]|\d/u.test(word)).flatMap(termsOf);
}

function asksAbout(query: string, question: string): boolean {
  const asked = new Set(termsOf(query));
  const wanted = Array.from(new Set(termsOf(question)));
  if (wanted.length === 0) return true;
  return wanted.filter((term) => asked.has(term)).length >= Math.min(2, wanted.length);
}

// Two texts that share this much of the smaller one's sentences are copies.
const COPY_SHARE = 0.6;

function countIndependent(sources: IndexedSource[]): number {
  const kept: { place: string; sentences: Set<string> }[] = [];
  for (const { source, index } of sources) {
    const { url } = source.page;
    const place = url.startsWith("http") ? placeOf(url) : url;
    // A copy may be set with other quotes, dashes and line breaks.
    const long = index.sentences.filter(({ terms }) => terms.size >= 4);
    const sentences = new Set(long.map(({ text }) => wordsOf(text).join(" ")));
    if (kept.some((other) => other.place === place || isCopy(sentences, other.sentences))) continue;
    kept.push({ place, sentences });
  }
  return kept.length;
}

function isCopy(a: Set<string>, b: Set<string>): boolean {
  const smaller = Math.min(a.size, b.size);
  return smaller >= 2 && a.intersection(b).size / smaller >= COPY_SHARE;
}

/** How old is still the present, by how it is asked for. The first that fits counts. */
const PRESENT: readonly { asked: RegExp; days: number }[] = [
  {
    asked:
      /\b(?:today|this week|right now|heute|diese woche|aujourd['’]hui|cette semaine|hoy|esta semana)\b|今天|今日|本周|今週/iu,
    days: 30,
  },
  {
    asked:
      /\b(?:now|nowadays|currently|latest|newest|most recent(?:ly)?|recent(?:ly)?|at present|these days|this (?:year|month)|up to date|so far|aktuell\p{L}*|neu(?:e)?ste\p{L}*|derzeit|zurzeit|momentan|gegenwärtig|jetzt|dies(?:es jahr|en monat)|actuel\p{L}*|récemment|derni[eè]re?s?|cette année|ce mois|actualmente|actualidad|reciente\p{L}*|últim[oa]s?|ahora|este (?:año|mes))\b|最新|最近|現在|现在|目前|当前|今年|本月|今月/iu,
    days: 400,
  },
  // "the current in a lamp" flows, "the current version" is of today.
  {
    asked:
      /(?<!\b(?:electric(?:al)?|alternating|direct|ocean|eddy|tidal|leakage|rated|inrush|input|output|maximum|constant|gulf)\s)\bcurrent(?=\s+(?!(?:in|of|through|flow|source|limit|carr|transformer|density|draw)))\b/iu,
    days: 400,
  },
];

function freshDaysOf(question: string, now: string): number | null {
  const found = PRESENT.find(({ asked }) => asked.test(question));
  if (found !== undefined) return found.days;
  // "in 2026", asked in 2026.
  return new RegExp(`(?<!\\d)${now.slice(0, 4)}(?!\\d)`).test(question) ? 400 : null;
}

const DAY_MS = 24 * 3600 * 1000;
