import { placeOf } from "../canonical-url.ts";
import type { Contradiction, Depth, GateRuleResult, GateVerdict, Plan, Source } from "../types.ts";
import { termsOf } from "../words.ts";
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
  /** Null = held; else what is missing and what to do next, in words for the model. */
  missing(evidence: Prepared): string | null;
}

/** The delayed decision: `finish` is accepted when these say that the evidence covers the question. */
const RULES: readonly Rule[] = [
  {
    name: "reading",
    weight: 3,
    isRequired: true,
    missing: ({ sources }) =>
      sources.length > 0 ? null : "No page was opened: snippets are no evidence. Open a page.",
  },
  {
    name: "coverage",
    weight: 3,
    isRequired: true,
    missing: ({ uncovered }) =>
      uncovered.length === 0
        ? null
        : `No opened page speaks of: ${uncovered.join("; ")}. Search and open one that does.`,
  },
  {
    name: "searching",
    weight: 2,
    isRequired: false,
    missing: ({ unsearched, isKnown }) =>
      unsearched.length === 0 || isKnown ? null : `Nothing was searched for: ${unsearched.join("; ")}. Search for it.`,
  },
  {
    name: "effort",
    weight: 1,
    isRequired: false,
    missing: ({ queries, depth, sources, isKnown }) => {
      if (isKnown) return null;
      const wanted = { quick: 1, standard: 2, deep: 4 }[depth];
      const made = new Set(queries).size;
      if (made < wanted)
        return `Only ${made} of at least ${wanted} searches were made. Search once more, in other words.`;
      const found = new Set(sources.map(({ query }) => query ?? "link"));
      if (wanted === 1 || sources.length < 2 || found.size > 1) return null;
      return "Every opened page came from one search. Open a page that another search found.";
    },
  },
  {
    name: "independence",
    weight: 1,
    isRequired: false,
    missing: ({ independent, depth }) => {
      const wanted = { quick: 1, standard: 2, deep: 4 }[depth];
      return independent >= wanted
        ? null
        : `The evidence comes from ${independent} of at least ${wanted} independent places. Look for another source.`;
    },
  },
  {
    name: "recency",
    weight: 1,
    isRequired: false,
    missing: ({ question, sources, now }) => {
      if (!ASKS_FOR_PRESENT.test(question)) return null;
      const newest =
        sources
          .map(({ page }) => page.publishedAt ?? "")
          .sort()
          .at(-1) ?? "";
      if (newest === "")
        return "The question is about the present, and no opened page gives its date. Find a dated one.";
      const isRecent = Date.parse(now) - Date.parse(newest) < RECENT_MS;
      return isRecent ? null : `The newest opened page is of ${newest.slice(0, 10)}. Search for a newer one.`;
    },
  },
  {
    name: "disagreement",
    weight: 1,
    isRequired: false,
    missing: ({ contradictions, searchesSinceContradiction }) => {
      const first = contradictions[0];
      if (first === undefined || searchesSinceContradiction > 0) return null;
      const values = first.claims.map(({ number, value }) => `${value} 【${number}】`).join(", ");
      return `Sources disagree on ${first.about}: ${values}. Look for a third source that settles it.`;
    },
  },
];

/** Share of the rules' weight that must hold: `standard` allows one of the light rules to be missed, `deep` none. */
const PASS_SCORE: Record<Depth, number> = { quick: 0.7, standard: 0.9, deep: 1 };

export function judge(evidence: Evidence): GateVerdict {
  const prepared = prepare(evidence);
  const rules = RULES.map((rule): GateRuleResult & { isRequired: boolean } => {
    const missing = rule.missing(prepared);
    const { name, weight, isRequired } = rule;
    return { name, weight, isRequired, held: missing === null, reason: missing ?? "" };
  });
  const total = rules.reduce((sum, { weight }) => sum + weight, 0);
  const held = rules.reduce((sum, rule) => sum + (rule.held ? rule.weight : 0), 0);
  const score = held / total;
  const isPassed = score >= PASS_SCORE[evidence.depth] && rules.every((rule) => rule.held || !rule.isRequired);
  return { score, isPassed, rules: rules.map(({ isRequired, ...rule }) => rule), gaps: prepared.uncovered };
}

/** The verdict in words that tell the model what to do next. */
export function gateNote(verdict: GateVerdict): string {
  const missing = verdict.rules.filter(({ held }) => !held).map(({ reason }) => `- ${reason}`);
  return `Not yet: the evidence is incomplete.\n${missing.join("\n")}\nGo on, then call finish again. If it cannot be found, call finish and say so.`;
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
  };
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
  return best !== undefined && best.score >= COVERAGE_SCORE;
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
    const sentences = new Set(index.sentences.filter(({ terms }) => terms.size >= 4).map(({ text }) => text));
    if (kept.some((other) => other.place === place || isCopy(sentences, other.sentences))) continue;
    kept.push({ place, sentences });
  }
  return kept.length;
}

function isCopy(a: Set<string>, b: Set<string>): boolean {
  const smaller = Math.min(a.size, b.size);
  return smaller >= 2 && a.intersection(b).size / smaller >= COPY_SHARE;
}

const ASKS_FOR_PRESENT =
  /\b(?:today|now|currently|current|latest|newest|most recent|at present|this (?:year|month|week)|up to date|aktuell\w*|heute|neueste\w*|derzeit|actuel\w*|aujourd'hui|actual\w*|hoy)\b|最新|現在|目前|今年/i;
const RECENT_MS = 400 * 24 * 3600 * 1000;
