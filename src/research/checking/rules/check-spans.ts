import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading, Token } from "../reading/reading.ts";

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
