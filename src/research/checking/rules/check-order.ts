import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isNegation, isNegative } from "../reading/scopes.ts";

type Order = "before" | "after";

const ORDER_WORDS: ReadonlyMap<string, Order> = new Map([
  ..."before prior preceding until till vor bevor bis antes hasta avant 之前 以前"
    .split(" ")
    .map((word) => [word, "before"] as const),
  ..."after once following since from nach nachdem seit ab tras despues desde apres depuis 之后 以后"
    .split(" ")
    .map((word) => [word, "after"] as const),
]);

// "From" and "since" open a span, "until" closes one: they stand against each other only before a date.
const SPAN_WORDS: ReadonlySet<string> = new Set("since from seit ab desde depuis until till bis hasta".split(" "));

/** "Before X" where the page says "after X". */
export function checkOrder(statement: Reading, evidence: Evidence): Finding[] {
  const turned = turnedOrder(statement, evidence);
  if (turned === null || isDeniedOnOneSide(statement, turned.place)) return [];
  const { word, stated, found } = turned;
  return [{ weight: 1, reason: `The page puts this ${found} "${word}", the statement ${stated} it` }];
}

/** "Not before 3.1" is "since 3.1": turned twice, it is the same. */
export function isOrderTurned(statement: Reading, evidence: Evidence): boolean {
  return turnedOrder(statement, evidence) !== null;
}

interface Turned {
  word: string;
  stated: Order;
  found: Order;
  place: Place;
}

function turnedOrder(statement: Reading, evidence: Evidence): Turned | null {
  for (const [index, token] of statement.tokens.entries()) {
    const stated = orderBefore(statement, index);
    if (stated === null || !token.isContent || token.date?.isDerived === true) continue;
    // "Before the share fell to 22 percent": what comes after is the falling.
    if (token.figure !== null && stated.distance > 2) continue;
    const found = (evidence.matches[index] ?? []).flatMap(({ place, index: at }) => {
      const order = place.isCore ? orderBefore(place.reading, at) : null;
      return order === null ? [] : [{ ...order, place }];
    });
    const [first] = found;
    if (first !== undefined && (THEREAFTER.test(first.place.reading.text) || THEREAFTER.test(statement.text))) continue;
    if (first === undefined || found.some(({ order }) => order === stated.order)) continue;
    // "Hardly noticed until 1905" for "noticed only after 1905".
    const isReserved = statement.tokens.some(isReserve) && !first.place.reading.tokens.some(isReserve);
    if (isReserved && [stated, ...found].some(({ isSpan }) => isSpan)) continue;
    if (token.kind === "word" && (stated.isSpan || found.every(({ isSpan }) => isSpan))) continue;
    return { word: token.word, stated: stated.order, found: first.order, place: first.place };
  }
  return null;
}

// "Once it has run" is after it; "once a year" and "once the capital" are not.
const OPENED = /^(?:the|an|it|they|he|she|its|their|all|this|that|every)$/;

function isDeniedOnOneSide({ text, tokens }: Reading, { reading }: Place): boolean {
  return (
    tokens.some((token) => isNegation(text, token)) !== reading.tokens.some((token) => isNegation(reading.text, token))
  );
}

// One date divides two times, and both are spoken of.
const THEREAFTER =
  /(?<!\p{L})(?:since then|ever since|thereafter|from then on|before (?:that|then)|until then|seither|seitdem|bis dahin|davor|desde entonces|a partir de entonces|hasta entonces)(?!\p{L})/iu;

function isReserve(token: Token): boolean {
  return isNegative(token) || token.word === "little" || token.word === "only";
}

interface Ordered {
  order: Order;
  isSpan: boolean;
  /** Words of meaning from the word of order to what it governs. */
  distance: number;
}

/** The word of order that governs a token: within the clause, at most three words of meaning before it. */
function orderBefore({ tokens }: Reading, index: number): Ordered | null {
  const token = tokens[index];
  if (token === undefined) return null;
  for (let at = index - 1; at >= 0; at -= 1) {
    const other = tokens[at];
    if (other === undefined || other.clause !== token.clause || token.position - other.position > 4) return null;
    const order = ORDER_WORDS.get(other.word);
    // "From October to April": what is said of the beginning does not govern the end.
    if (other.word === "to") return null;
    if (order !== undefined && (other.word !== "once" || OPENED.test(tokens[at + 1]?.word ?? "")))
      return { order, isSpan: SPAN_WORDS.has(other.word), distance: token.position - other.position };
  }
  return null;
}
