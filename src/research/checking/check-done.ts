import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { Reading } from "./reading.ts";
import { isHedge, isNegative } from "./scopes.ts";

/** "Has been carried out" where the page only says of it that it is planned, expected or to come. */
export function checkDone(statement: Reading, evidence: Evidence): Finding[] {
  const verb = doneIn(statement);
  if (verb === null || statement.tokens.some((token) => isHedge(token) || token.isAhead || isNegative(token)))
    return [];
  const [best] = evidence.places;
  const isOpen = (evidence.matches[verb] ?? []).every(({ place, strength }) => !place.isSound || strength < 0.85);
  if (best === undefined || !isOpen || DONE.test(best.reading.text)) return [];
  const others = statement.tokens.flatMap(({ isContent }, at) => (isContent && at !== verb ? [at] : []));
  const isOnMatter = others.every((at) => (evidence.matches[at] ?? []).some(({ place }) => place === best));
  if (others.length === 0 || !isOnMatter || !best.reading.tokens.some(({ isAhead }) => isAhead)) return [];
  return [
    { weight: 1, reason: `The page speaks of what is to come, the statement says "${statement.tokens[verb]?.word}"` },
  ];
}

/** The verb of "has been delivered", "have begun", "ist fertig geworden", "ha sido entregado". */
function doneIn({ tokens, text }: Reading): number | null {
  const verb = tokens.findIndex(
    (token) =>
      token.isContent && token.kind === "word" && HAS.test(text.slice(Math.max(0, token.start - 30), token.start)),
  );
  return verb === -1 ? null : verb;
}

const HAS =
  /(?<![a-zß-ɏ])(?:(?:has|have|had|'ve)(?:\s+(?:already|since|now|recently))?(?:\s+been)?|(?:ist|sind|hat|haben|wurde|wurden)(?:\s+(?:bereits|schon))?|(?:ha|han)(?:\s+ya)?(?:\s+sido)?)\s+$/i;

const DONE = /\b(?:(?:has|have|had) been|already|bereits|schon|ya)\b/iu;
