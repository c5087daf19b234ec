import type { Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { substitution } from "../evidence/substitutes.ts";
import type { Pair } from "../evidence/word-run.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading } from "../reading/reading.ts";
import { isEnumeration } from "./check-governors.ts";

/** "Least frequent in grass strips" where the page has "least frequent at ploughed edges; grass strips had …". */
export function checkComplement(statement: Reading, place: Place, pairs: readonly Pair[]): Finding | null {
  const { tokens } = place.reading;
  for (const [at, pair] of pairs.entries()) {
    const before = pairs[at - 1];
    const [own, head] = [statement.tokens[pair.own], statement.tokens[before?.own ?? -1]];
    const [found, governor] = [tokens[pair.other], tokens[before?.other ?? -1]];
    if (before === undefined || own?.kind !== "word" || head === undefined || found === undefined) continue;
    if (governor === undefined || own.clause !== head.clause || found.clause <= governor.clause) continue;
    if (!hasPreposition(statement, before.own, pair.own)) continue;
    const next = tokens.findIndex(({ isContent }, index) => index > before.other && isContent);
    const instead = tokens[next];
    if (instead?.clause !== governor.clause || instead.kind !== "word" || matchIn(instead, statement) !== null)
      continue;
    if (found.isName && isEnumeration(place.reading.text.slice(instead.end, found.start))) continue;
    if (hasPreposition(place.reading, before.other, next))
      return substitution(statement, pair.own, place.reading, next);
  }
  return null;
}

/** Nothing but a preposition and perhaps an article stands between. */
function hasPreposition({ text, tokens }: Reading, from: number, to: number): boolean {
  return PREPOSITION.test(text.slice(tokens[from]?.end, tokens[to]?.start));
}

const PREPOSITION =
  /^\s+(?:in|on|at|by|for|under|from|of|im|am|an|auf|bei|für|von|en|de|por|dans|chez)\s+(?:(?:the|a|an|der|die|das|dem|den|el|la|los|las|le|les)\s+)?$/iu;
