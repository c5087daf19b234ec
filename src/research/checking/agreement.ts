import type { Verdict } from "../../types.ts";
import type { Evidence } from "./evidence/evidence.ts";
import type { Finding } from "./evidence/finding.ts";
import { isLightWord } from "./reading/function-words.ts";
import type { Reading, Token } from "./reading/reading.ts";
import { isVerb } from "./reading/verbs.ts";
import { checkClaims } from "./rules/check-claims.ts";
import { checkCouples } from "./rules/check-couples.ts";
import { checkHanNames } from "./rules/check-han-names.ts";
import { checkNameParts } from "./rules/check-name-parts.ts";
import { checkNames } from "./rules/check-names.ts";
import { checkOpen } from "./rules/check-open.ts";
import { checkOrders } from "./rules/check-orders.ts";
import { checkOwners } from "./rules/check-owners.ts";
import { checkParts } from "./rules/check-parts.ts";
import { checkPolarity } from "./rules/check-polarity.ts";
import { checkQuantities } from "./rules/check-quantities.ts";
import { checkRates } from "./rules/check-rates.ts";
import { checkRoles } from "./rules/check-roles.ts";
import { checkSince } from "./rules/check-since.ts";
import { checkSlots } from "./rules/check-slots.ts";
import { checkStanding } from "./rules/check-standing.ts";
import { checkTables } from "./rules/check-tables.ts";
import { isWorkedOut } from "./rules/derived-figures.ts";
import { compareWithTables, type TableVerdict } from "./tables/check-table-claims.ts";

export interface Judgement {
  verdict: Verdict;
  /** In words; empty for `supported`. */
  reason: string;
  findings: Finding[];
  /** What the page's tables say to it; null where a statement was not compared with any. */
  tables: TableVerdict | null;
}

/** Compares a statement with its evidence. */
export function judge(statement: Reading, evidence: Evidence | null, quoteFindings: readonly Finding[]): Judgement {
  if (evidence === null)
    return conclude([{ weight: 1, reason: "Nothing in the page bears on this" }, ...quoteFindings]);
  const tables = compareWithTables(statement, evidence);
  const cells = [...checkTables(statement, evidence), ...checkOrders(statement, evidence)];
  if (tables.isConfirmed && cells.length === 0) return { ...conclude(quoteFindings), tables };
  const judgement = conclude([
    ...quoteFindings,
    ...tables.findings,
    ...checkQuantities(statement, evidence),
    ...checkRates(statement, evidence),
    ...checkNames(statement, evidence),
    ...checkStanding(statement, evidence),
    ...checkHanNames(statement, evidence),
    ...checkSince(statement, evidence),
    ...checkSlots(statement, evidence),
    ...checkOwners(statement, evidence),
    ...checkNameParts(statement, evidence),
    ...checkCouples(statement, evidence),
    ...cells,
    ...checkPolarity(statement, evidence),
    ...checkOpen(statement, evidence),
    ...checkClaims(statement, evidence),
    ...checkRoles(statement, evidence),
    ...checkParts(statement, evidence),
    ...checkWording(statement, evidence),
  ]);
  return { ...judgement, tables: cells.length > 0 ? null : tables };
}

/**
 * Compares only what cannot be put otherwise: quoted words, figures with their units and owners, dates, names, and what
 * stands in their place. For a statement whose wording somebody else answers for.
 */
export function judgeExactly(statement: Reading, evidence: Evidence, quoteFindings: readonly Finding[]): Judgement {
  return conclude([
    ...quoteFindings,
    ...compareWithTables(statement, evidence).findings,
    ...checkQuantities(statement, evidence),
    ...checkRates(statement, evidence),
    ...checkNames(statement, evidence),
    ...checkSince(statement, evidence),
    ...checkSlots(statement, evidence),
    ...checkOwners(statement, evidence),
    ...checkTables(statement, evidence),
  ]);
}

/** From this weight on what was found makes a statement weak. */
const WEAK = 0.4;

export function conclude(findings: readonly Finding[]): Judgement {
  const sorted = findings.toSorted((a, b) => b.weight - a.weight);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const verdict: Verdict = total >= 0.99 ? "unsupported" : total >= WEAK ? "weak" : "supported";
  const reason =
    verdict === "supported"
      ? ""
      : `${sorted
          .slice(0, 2)
          .map((finding) => finding.reason)
          .join("; ")}.`;
  return { verdict, reason, findings: sorted, tables: null };
}

/** The share of the statement's words, by weight, that the evidence has in some form. */
function coverageOf(statement: Reading, evidence: Evidence): { share: number; open: string[] } {
  let total = 0;
  let covered = 0;
  const open: string[] = [];
  statement.tokens.forEach((token, index) => {
    if (!token.isContent) return;
    const value = shareHeld(statement, evidence, index);
    const weight = (evidence.weights[index] ?? 0) * tellingShare(token, value);
    total += weight;
    covered += weight * value;
    if (value < 0.5) open.push(token.word);
  });
  return { share: total === 0 ? 1 : covered / total, open };
}

/** How far the evidence has the statement's word: less where it stands apart from what bears on the statement. */
function strengthOf({ matches, inContext }: Evidence, index: number): number {
  const strengths = (matches[index] ?? []).map(
    ({ strength, place }) => strength * (place.isSound ? (place.isCore ? 1 : 0.7) : 0.4),
  );
  return Math.max(0, ...strengths, inContext[index] === true ? 0.6 : 0);
}

/** The same, where what the evidence lacks may be worked out from it. What it has itself need not be. */
function shareHeld(statement: Reading, evidence: Evidence, index: number): number {
  const strength = strengthOf(evidence, index);
  const token = statement.tokens[index];
  if (strength >= 1 || token === undefined) return strength;
  const isLife = LIFE.has(token.word) && givesLifespan(evidence);
  return isLife || (token.kind === "figure" && isWorkedOut(statement, evidence, index)) ? 1 : strength;
}

/** How much it says that a word is open. A word that no list of synonyms knows may stand there in other words. */
function tellingShare(token: Token, value: number): number {
  if (token.kind !== "word" || token.isName) return 1;
  if (isLightWord(token.stem)) return LIGHT_SHARE;
  return value < 0.5 && token.concepts.length === 0 ? UNKNOWN_SHARE : 1;
}

const LIGHT_SHARE = 0.35;
const UNKNOWN_SHARE = 0.8;

const LIFE: ReadonlySet<string> = new Set(
  "born died birth death lived geboren gestorben starb nacido murió nació".split(" "),
);

/** "(2 March 1911 – 19 September 1987)" says when somebody was born and died. */
function givesLifespan({ places }: Evidence): boolean {
  return places.some(({ reading }) => /\([^()]*\b\d{3,4}\s*[-–—]+\s*[^()]*\b\d{3,4}\)/.test(reading.text));
}

function checkWording(statement: Reading, evidence: Evidence): Finding[] {
  if (evidence.places.every(({ page }) => page.language !== statement.language))
    return checkForeign(statement, evidence);
  const { share, open } = coverageOf(statement, evidence);
  const verb = share < SURE_SHARE ? openVerb(statement, evidence) : null;
  const missing = Math.min(1, Math.max(0, ENOUGH_SHARE - share) / (ENOUGH_SHARE - TOO_LITTLE_SHARE));
  const weight = Math.max(missing, share < WEAK_SHARE ? WEAK : 0) + (verb === null ? 0 : OPEN_VERB);
  if (weight === 0) return [];
  const words = verb === null ? open : [verb, ...open.filter((word) => word !== verb)];
  return [
    {
      weight: Math.min(1, weight),
      reason: `The passage does not speak of ${words
        .slice(0, 4)
        .map((word) => `"${word}"`)
        .join(", ")}`,
    },
  ];
}

/** In another language names, figures, dates and the words that `vocabulary.ts` knows can be compared. */
function checkForeign(statement: Reading, evidence: Evidence): Finding[] {
  const open: string[] = [];
  let [total, covered, found, exact] = [0, 0, 0, 0];
  statement.tokens.forEach((token, index) => {
    const isExact = token.isName || token.kind !== "word";
    if (!token.isContent || (!isExact && token.concepts.length === 0)) return;
    const strength = strengthOf(evidence, index);
    const weight = evidence.weights[index] ?? 0;
    total += weight;
    covered += weight * strength;
    if (strength < 0.5) open.push(token.word);
    else found += 1;
    if (isExact && (evidence.matches[index] ?? []).some(({ place }) => place.isSound)) exact += 1;
  });
  const share = total === 0 ? 0 : covered / total;
  if (exact >= 2 || (found >= 2 && share >= ENOUGH_SHARE)) return [];
  const isFar = share < FAR_SHARE || (found < 2 && coverageOf(statement, evidence).share < TOO_LITTLE_SHARE);
  const words = open.slice(0, 4).map((word) => `"${word}"`);
  const lacking = words.length === 0 ? "enough to compare" : words.join(", ");
  return [{ weight: isFar ? 1 : 0.5, reason: `The page is in another language; it does not speak of ${lacking}` }];
}

/** In another language, with less than this of what can be compared, the page does not speak of it. */
const FAR_SHARE = 0.45;

const ENOUGH_SHARE = 0.58;
const TOO_LITTLE_SHARE = 0.46;
// Half of it open: it may be put otherwise, but that cannot be seen.
const WEAK_SHARE = 0.52;
const SURE_SHARE = 0.75;
const OPEN_VERB = 0.3;

/** A verb without common synonyms that the evidence lacks: what is said to have been done is not said there. */
function openVerb(statement: Reading, evidence: Evidence): string | null {
  const index = statement.tokens.findIndex(
    (token, at) =>
      token.isContent &&
      token.concepts.length === 0 &&
      isVerb(statement, at) &&
      (evidence.matches[at]?.length ?? 0) === 0,
  );
  return statement.tokens[index]?.word ?? null;
}
