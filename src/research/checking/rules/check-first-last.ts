import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading } from "../reading/reading.ts";

const FIRST = /^(?:first|earliest|erste[rnsm]?|erstmals|zuerst|primer[oa]?s?)$/;
const LAST = /^(?:last|latest|most_recent|letzte[rnsm]?|letztmals|zuletzt|jungste[rnsm]?|ultim[oa]s?)$/;

type End = "first" | "last";

/** "First awarded to B" where the page has A first and B last: the same row seen from its other end. */
export function checkFirstLast(statement: Reading, evidence: Evidence): Finding[] {
  const names = namesOf(statement);
  for (const name of names) {
    const stated = endOf(statement, name);
    if (stated === null) continue;
    for (const place of evidence.places) {
      if (!place.isCore || !hasBothEnds(place.reading)) continue;
      const there = name.map((index) => matchesAt(evidence, place, index));
      const [only, ...more] = there[0] ?? [];
      if (only === undefined || more.length > 0 || there.some((all) => all.length === 0)) continue;
      const found = endOf(place.reading, [only]);
      const written = statement.text.slice(
        statement.tokens[name[0] ?? 0]?.start,
        statement.tokens[name.at(-1) ?? 0]?.end,
      );
      if (found !== null && found !== stated)
        return [{ weight: 1, reason: `The page has "${written}" ${found}, the statement ${stated}` }];
    }
  }
  return [];
}

function matchesAt(evidence: Evidence, place: Place, index: number): number[] {
  return (evidence.matches[index] ?? []).flatMap((match) =>
    match.place === place && match.strength >= 0.85 ? [match.index] : [],
  );
}

function hasBothEnds({ tokens }: Reading): boolean {
  return tokens.some(({ word }) => FIRST.test(word)) && tokens.some(({ word }) => LAST.test(word));
}

/** Which end of a row is told of the name: the nearest word of that kind, no other name standing between. */
function endOf({ tokens }: Reading, name: readonly number[]): End | null {
  const [from = 0, to = 0] = [name[0], name.at(-1)];
  let best: { end: End; distance: number } | null = null;
  tokens.forEach(({ word }, index) => {
    const end = FIRST.test(word) ? "first" : LAST.test(word) ? "last" : null;
    if (end === null) return;
    const between = index < from ? tokens.slice(index + 1, from) : tokens.slice(to + 1, index);
    const distance = between.length;
    if (between.some((token) => token.isName && index > to) || distance > MAX_DISTANCE) return;
    if (best === null || distance < best.distance) best = { end, distance };
  });
  return (best as { end: End } | null)?.end ?? null;
}

const MAX_DISTANCE = 9;
