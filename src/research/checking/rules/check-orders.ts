import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { clauseAround, directionOf } from "../reading/directions.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** Two figures of which one is said to have come before the other: "from A to B", "B after A". */
export interface OrderedPair {
  first: Token;
  second: Token;
  /** 1 where the first of the two is the earlier one. */
  order: 1 | -1;
}

/** "Fell from 68% to 71%", "after 5.8 days instead of 5.4": two figures are set in their order in time. */
export function checkOrders(statement: Reading, evidence: Evidence): Finding[] {
  const pairs = orderedPairs(statement);
  if (pairs.length === 0) return [];
  const told = evidence.places.flatMap(({ isSound, unit, reading }) =>
    isSound && unit.kind !== "row" ? orderedPairs(reading) : [],
  );
  return pairs.flatMap((pair) => {
    const written = statement.text.slice(pair.first.start, pair.second.end);
    if (goesOtherWay(statement, pair))
      return [{ weight: 1, reason: `"${written}" goes the other way than the statement says` }];
    const orders = ordersAmong(told, pair);
    if (orders.length === 0 || orders.includes(pair.order)) return [];
    return [{ weight: 1, reason: `In the page the figures of "${written}" stand in the other order` }];
  });
}

/** The figures themselves go the other way than the words beside them. */
function goesOtherWay({ text }: Reading, { first, second, order }: OrderedPair): boolean {
  const direction = order === 1 ? directionOf(clauseAround(text, first), { isStrict: true }) : null;
  const [from, to] = [first, second].map(({ figure }) =>
    (figure?.readings ?? []).map((value) => value * (figure?.unit?.factor ?? 1)),
  );
  if (direction === null || from === undefined || to === undefined) return false;
  return from.every((a) => to.every((b) => Math.sign(b - a) === -direction));
}

/** In which order the page has the two. */
function ordersAmong(told: readonly OrderedPair[], { first, second }: OrderedPair): (1 | -1)[] {
  return told.flatMap((pair) => {
    if (areSame(first, pair.first) && areSame(second, pair.second)) return [pair.order];
    return areSame(first, pair.second) && areSame(second, pair.first) ? [pair.order === 1 ? -1 : 1] : [];
  });
}

/** The unit is often written at one of the two only. */
function areSame({ figure: a }: Token, { figure: b }: Token): boolean {
  return a?.readings.some((value) => b?.readings.includes(value)) === true;
}

export function orderedPairs(reading: Reading): OrderedPair[] {
  const figures = reading.tokens.filter(({ figure }) => figure !== null && !figure.isOrdinal);
  return figures.flatMap((first, index) => {
    const second = figures.slice(index + 1).find(({ figure }) => {
      const [own, other] = [first.figure?.unit?.dimension, figure?.unit?.dimension];
      return own === other || own === undefined || other === undefined;
    });
    const order = second === undefined ? null : orderOf(reading, first, second);
    return second === undefined || order === null ? [] : [{ first, second, order }];
  });
}

/** 1 where the first of the two is said to be the earlier one. */
function orderOf({ text }: Reading, first: Token, second: Token): 1 | -1 | null {
  const between = text.slice(first.end, second.start);
  if (/(?:from|von|de|desde)\s+[$€£]?$/iu.test(text.slice(0, first.start)) && TO.test(between)) return 1;
  return AGAINST.test(between) ? -1 : null;
}

const TO = /^\s*[^,;]{0,30}?\b(?:to|auf|a|hasta)\b[^,;]{0,12}$/iu;
const AGAINST =
  /^[^.;(]{0,40}\((?:in )?\d{4}:\s\D{0,2}$|^[\s,(]*(?:(?:up|down) from|from|after|as against|against|compared (?:with|to)|instead of|nach|gegenüber|statt|frente a|tras|después de)\s+[^,;]{0,20}$/iu;
