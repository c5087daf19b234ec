import { bestRival, borneOut, isMentioned } from "../evidence/bindings.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { missingParts } from "../reading/dates.ts";
import { areComparable } from "../reading/figures.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isWorkedOut } from "./derived-figures.ts";

/** Figures and dates of the statement stand in the evidence, beside the words that the statement puts beside them. */
export function checkQuantities(statement: Reading, evidence: Evidence): Finding[] {
  return statement.tokens.flatMap((token, index) =>
    token.kind === "word" ? [] : (checkQuantity(statement, evidence, token, index) ?? []),
  );
}

function checkQuantity(statement: Reading, evidence: Evidence, token: Token, index: number): Finding | null {
  const what = token.kind === "date" ? "The date" : "The figure";
  const written = statement.text.slice(token.start, token.end);
  const matches = borneOut(statement, evidence, index);
  if (matches.length === 0) {
    if (isInContext(token, evidence)) return null;
    if (token.date?.isDerived === true || isWorkedOut(statement, evidence, index)) return null;
    const rival = bestRival(
      statement,
      evidence,
      index,
      (other) => isSameKind(token, other) && !isMentioned(statement, other),
    );
    const weight = (rival?.binding ?? 0) < 0.25 ? openWeight(token) : 1;
    const instead = rival !== null && rival.binding > 0.2 ? `; it says "${rival.token.word}" there` : "";
    return { weight, reason: `${what} "${written}" is not in the passage${instead}` };
  }
  if (token.date !== null && lacksPart(token, evidence, index))
    return { weight: 1, reason: `${what} "${written}" is not complete in the passage` };
  return null;
}

/** Title, heading or lead give the figure, or the whole of the date. */
function isInContext(token: Token, evidence: Evidence): boolean {
  const { date } = token;
  return evidence.contexts.some((context) => {
    const match = matchIn(token, context);
    if (match === null) return false;
    return date === null || match.token.date === null || missingParts(date, match.token.date).length === 0;
  });
}

/** A writer counts for himself ("both", "the two tribunals"): small numbers in words weigh less when they are missing. */
function openWeight({ figure }: Token): number {
  const value = figure?.readings[0] ?? 0;
  if (figure?.isSpelled !== true || value > 12 || figure.unit !== null || figure.bound !== null) return 1;
  if (figure.isOrdinal && value > 3) return 1;
  return value <= 3 ? 0.25 : 0.8;
}

function isSameKind(a: Token, b: Token): boolean {
  if (a.kind !== b.kind) return false;
  if (a.figure !== null && b.figure !== null) return areComparable(a.figure, b.figure);
  return true;
}

/** Parts that the matching date leaves open must be given by other dates close by: "In 1937 … in December". */
function lacksPart(token: Token, evidence: Evidence, index: number): boolean {
  const stated = token.date;
  if (stated === null) return false;
  const matched = (evidence.matches[index] ?? []).filter(({ place }) => place.isSound);
  const found = matched.flatMap((match) => (match.token.date === null ? [] : [match.token.date]));
  if (found.length === 0 || found.some((date) => missingParts(stated, date).length === 0)) return false;
  const above = evidence.contexts.flatMap((context) =>
    context.tokens.flatMap(({ date }) => (date === null ? [] : [date])),
  );
  return (["year", "month", "day"] as const).some(
    (part) => stated[part] !== null && ![...found, ...above].some((date) => date[part] === stated[part]),
  );
}
