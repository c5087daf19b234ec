import type { Contradiction, Source } from "../types.ts";
import { type Sentence, termsOf } from "../words.ts";
import type { IndexOf, TextIndex } from "./passages.ts";

/** A figure or year in its sentence. */
interface Claim {
  number: number;
  value: string;
  unit: string;
  /** Terms of the question in the page's title: two pages on other subjects do not contradict each other. */
  subject: Set<string>;
  /** The name in a title such as "name: what it is"; null when the title has none. */
  thing: string | null;
  terms: Set<string>;
  passage: string;
}

/**
 * Figures and years that differ between sources although the sentences around them speak of the same thing. Careful
 * rather than complete: a pair counts only when the sentences share most of their terms and the same unit.
 */
export function findContradictions(
  sources: readonly Source[],
  questions: readonly string[],
  indexOf: IndexOf,
): Contradiction[] {
  const wanted = new Set(questions.flatMap(termsOf));
  const claims = sources.flatMap((source) => claimsOf(source, indexOf(source.page), wanted));
  const found: Contradiction[] = [];
  for (const [index, a] of claims.entries()) {
    const b = claims.slice(index + 1).find((other) => disagree(a, other));
    if (b === undefined || found.some(({ about }) => about === aboutOf(a, b))) continue;
    found.push({
      about: aboutOf(a, b),
      claims: [a, b].map(({ number, value, passage }) => ({ number, value, passage })),
    });
  }
  return found.slice(0, MAX_CONTRADICTIONS);
}

const MAX_CONTRADICTIONS = 5;
const MIN_SHARED_TERMS = 4;
const MIN_SHARED_SHARE = 0.7;
const MAX_CLAIMS_PER_SOURCE = 40;

function claimsOf({ number, page }: Source, { sentences }: TextIndex, wanted: Set<string>): Claim[] {
  const claims: Claim[] = [];
  const subject = new Set(termsOf(page.title)).intersection(wanted);
  const thing = /^([@\w./-]+): /.exec(page.title)?.[1] ?? null;
  for (const sentence of sentences) {
    if (claims.length >= MAX_CLAIMS_PER_SOURCE) break;
    if (sentence.terms.size < MIN_SHARED_TERMS || sentence.terms.intersection(wanted).size < 2) continue;
    const figures = figuresOf(sentence);
    // Several figures in one sentence cannot be told apart by their surroundings.
    const [figure] = figures;
    if (figure === undefined || figures.length > 1) continue;
    const terms = new Set(Array.from(sentence.terms).filter((term) => !/\d/.test(term)));
    if (terms.size < MIN_SHARED_TERMS) continue;
    claims.push({ number, ...figure, subject, thing, terms, passage: sentence.text });
  }
  return claims;
}

function figuresOf({ text }: Sentence): { value: string; unit: string }[] {
  return Array.from(text.matchAll(FIGURE), ([, value, unit]) => ({
    value: value ?? "",
    unit: (unit ?? "").toLowerCase(),
  }));
}

const FIGURE = /(?<![\w.,])(\d+(?:[.,]\d+)*)(?:\s?(%|[a-z°]+\b))?/giu;

function disagree(a: Claim, b: Claim): boolean {
  if (a.number === b.number || a.unit !== b.unit || plainNumber(a.value) === plainNumber(b.value)) return false;
  if (a.subject.isDisjointFrom(b.subject)) return false;
  // Two packages may each have a figure of their own.
  if (a.thing !== null && b.thing !== null && a.thing !== b.thing) return false;
  const shared = a.terms.intersection(b.terms).size;
  return shared >= MIN_SHARED_TERMS && shared / Math.min(a.terms.size, b.terms.size) >= MIN_SHARED_SHARE;
}

function plainNumber(value: string): string {
  return value.replace(/[.,](?=\d{3}\b)/g, "").replace(",", ".");
}

function aboutOf(a: Claim, b: Claim): string {
  const shared = a.terms.intersection(b.terms);
  const words = a.passage.split(/\s+/).filter((word) => termsOf(word).some((term) => shared.has(term)));
  return words
    .slice(0, 8)
    .join(" ")
    .replace(/[.,;:]+$/, "");
}
