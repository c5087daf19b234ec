import type { Evidence, Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { agree } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** "Since 1990" where the page says "until 1990", or has that year for something else and says "since 1999" beside it. */
export function checkSince(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    const bound = token.kind === "word" ? null : boundBefore(statement, token);
    const matches = (evidence.matches[index] ?? []).filter(({ place }) => place.isSound);
    if (bound === null || matches.some((match) => boundIn(match) === bound)) continue;
    const turned = turnedBound(statement, bound, matches);
    if (turned !== null)
      return [{ weight: 1, reason: `The page has "${turned} ${token.word}", the statement "${bound} ${token.word}"` }];
    const rival = token.date === null ? undefined : rivalOf(statement, bound, matches);
    if (rival !== undefined)
      return [
        {
          weight: 1,
          reason: `Where the statement has "${bound} ${token.word}", the page has "${bound} ${rival.word}"`,
        },
      ];
  }
  return [];
}

/** "Until", where all say so and neither side denies what the other affirms. */
function turnedBound(statement: Reading, bound: string, matches: readonly Match[]): string | null {
  const bounds = matches.map(boundIn);
  const [found] = bounds;
  if (found == null || OPENING.test(found) === OPENING.test(bound) || bounds.some((one) => one !== found)) return null;
  const readings = matches.map(({ place }) => place.reading);
  return readings.every(({ text }) => DENIED.test(text) === DENIED.test(statement.text)) ? found : null;
}

// Also the "not" of "not until".
const DENIED = /\b(?:not|never|no|nicht|nie|kein\p{L}*|nunca)\b|n't\b/iu;

/** The one date of the same sentence that has the same bound. */
function rivalOf(statement: Reading, bound: string, matches: readonly Match[]): Token | undefined {
  return matches
    .filter(({ place }) => place.isCore)
    .map(({ place: { reading } }) =>
      reading.tokens.filter((one) => one.date !== null && boundBefore(reading, one) === bound),
    )
    .filter(({ length }) => length === 1)
    .flat()
    .find((rival) => !statement.tokens.some((own) => own.date !== null && agree(own, rival)));
}

function boundIn({ place, token }: Match): string | null {
  return boundBefore(place.reading, token);
}

function boundBefore({ text }: Reading, { start }: Token): string | null {
  const word = text.slice(Math.max(0, start - BOUND_CHARS), start).match(BOUND)?.[1];
  return word?.toLowerCase() ?? null;
}

const BOUND_CHARS = 24;
const BOUND =
  /(?<![a-zß-ɏ])(since|until|till|before|seit|bis|vor|desde|hasta|depuis|jusqu['’]en)\s+(?:(?:the|dem|den|el|la|version|release|v)\s*)?$/i;
const OPENING = /^(?:since|seit|desde|depuis)$/;
