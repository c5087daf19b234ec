import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isPartlyMentioned, substitution } from "../evidence/substitutes.ts";
import { anchorShare, type Pair } from "../evidence/word-run.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isEnumeration } from "./check-governors.ts";
import { MIN_ATTRIBUTE_SHARE } from "./check-slots.ts";

/** "1925–1857" where the page has "1857–1925": the two ends of a span have changed places. */
export function checkSpans(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind === "word") continue;
    const following = nextContent(statement, index);
    const next = statement.tokens[following];
    if (next === undefined || next.kind === "word") continue;
    const joint = [SPAN, PART].find((one) => one.test(statement.text.slice(token.end, next.start)));
    if (joint === undefined || (joint === SPAN && areScore(token, next))) continue;
    const at = (own: number): number[] =>
      (evidence.matches[own] ?? []).filter((match) => match.place === place).map((match) => match.index);
    const { reading } = place;
    const isTurned = at(following).some((first) => {
      const second = nextContent(reading, first);
      const between = reading.text.slice(reading.tokens[first]?.end, reading.tokens[second]?.start);
      return at(index).includes(second) && joint.test(between);
    });
    if (isTurned && !at(index).some((first) => at(following).includes(nextContent(reading, first))))
      return { weight: 1, reason: `"${token.word}" and "${next.word}" stand the other way round in the page` };
  }
  return null;
}

function nextContent({ tokens }: Reading, index: number): number {
  return tokens.findIndex((token, at) => at > index && token.isContent);
}

/** "2–6" and "6–2" are one result, seen from either side. */
function areScore(a: Token, b: Token): boolean {
  return [a, b].every(({ figure }) => figure !== null && figure.unit === null && (figure.readings[0] ?? 0) < 30);
}

const SPAN = /^\s*(?:[-–—]{1,2}|to|until|till|and|bis|und|hasta|a|al|y|au|à)(?:\s+(?:the|den|el))?\s*[$€£¥]?$/iu;

/** "12 of the 29". */
const PART = /^\s*(?:of|out of|von|de|sur)(?:\s+(?:the|its|their|den|los|las|sus|les))?\s*$/iu;

/** "Since 2016 Georg Althaus" where the page has "since 2016 Petra Lindqvist; her predecessor Georg Althaus". */
export function checkSkipped(statement: Reading, place: Place, pairs: readonly Pair[]): Finding | null {
  if (anchorShare(statement, place, pairs, []) < MIN_ATTRIBUTE_SHARE) return null;
  const { tokens, text } = place.reading;
  for (const [index, pair] of pairs.entries()) {
    const before = pairs[index - 1];
    const [own, previous] = [statement.tokens[pair.own], statement.tokens[before?.own ?? -1]];
    if (before === undefined || own?.isName !== true || previous === undefined || own.position - previous.position > 2)
      continue;
    if (statement.tokens.slice(before.own + 1, pair.own).some(({ isContent }) => isContent)) continue;
    // The point of "Dr." ends no clause.
    const between = text.slice(tokens[before.other]?.end, tokens[pair.other]?.start).replace(/^\./, "");
    const skipped = tokens.findIndex(
      (token, at) =>
        at > before.other && at < pair.other && token.isName && token.isContent && matchIn(token, statement) === null,
    );
    // "Moons: Galatea, Proteus and Thalassa".
    if (isEnumeration(text.slice(tokens[skipped]?.end, tokens[pair.other]?.start))) continue;
    if (skipped === -1 || !isBroken(between) || isPartlyMentioned(statement, pair.own, place.reading, skipped))
      continue;
    return substitution(statement, pair.own, place.reading, skipped);
  }
  return null;
}

/** More than an enumeration of names stands between: another clause begins. */
function isBroken(between: string): boolean {
  return /[;:—]|\.\s|,\s+(?:with|while|whereas|who|which|whose|and then|but|before|after|mit|während|der|die|das|wobei|con|mientras|que)\b/iu.test(
    between,
  );
}
