import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { agree } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** "Since 1990" where the page has that year for something else and says "since 1999" in the same sentence. */
export function checkSince(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    const bound = token.date === null ? null : boundBefore(statement, token);
    const matches = (evidence.matches[index] ?? []).filter(({ place }) => place.isSound);
    if (bound === null || matches.some((match) => boundBefore(match.place.reading, match.token) === bound)) continue;
    for (const { place } of matches) {
      const rivals = place.isCore
        ? place.reading.tokens
            .filter(({ date }) => date !== null)
            .filter((one) => boundBefore(place.reading, one) === bound)
        : [];
      const [rival, ...more] = rivals;
      if (rival === undefined || more.length > 0) continue;
      if (statement.tokens.some((own) => own.date !== null && agree(own, rival))) continue;
      return [
        {
          weight: 1,
          reason: `Where the statement has "${bound} ${token.word}", the page has "${bound} ${rival.word}"`,
        },
      ];
    }
  }
  return [];
}

function boundBefore({ text }: Reading, { start }: Token): string | null {
  const word = text.slice(Math.max(0, start - 14), start).match(BOUND)?.[1];
  return word?.toLowerCase() ?? null;
}

const BOUND =
  /(?<![a-zß-ɏ])(since|until|till|seit|bis|desde|hasta|depuis|jusqu['’]en)\s+(?:(?:the|dem|den|el|la)\s+)?$/i;
