import type { Evidence, Place } from "../evidence/evidence.ts";
import { agree } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** Do the figures of a list show what the statement calls the highest or lowest? */
export function isShownByFigures(statement: Reading, { places }: Evidence, word: string): boolean {
  const wanted = HIGHEST.test(word) ? "highest" : LOWEST.test(word) ? "lowest" : "either";
  return places.some((place) => place.isCore && isExtremeInList(statement, place, wanted));
}

type Extreme = "highest" | "lowest" | "either";

const HIGHEST =
  /^(?:most|highest|largest|biggest|greatest|strongest|longest|heaviest|dearest|costliest|busiest|tallest|hottest|warmest|mas|mayor|meiste[nr]?|hochste[nrs]?|grosste[nrs]?|starkste[nrs]?)$/;
const LOWEST =
  /^(?:least|lowest|smallest|fewest|shortest|lightest|cheapest|coldest|weakest|menos|menor|wenigste[nr]?|niedrigste[nrs]?|kleinste[nrs]?)$/;

const MIN_VALUES = 2;

/** "0.92 up to 10, 1.47 from 10 to 25, and 2.65 above": the statement gives the highest or lowest of figures of a kind. */
function isExtremeInList(statement: Reading, { reading }: Place, wanted: Extreme): boolean {
  return statement.quantities.some((index) => {
    const own = statement.tokens[index];
    const found =
      own === undefined ? undefined : reading.tokens.find((token) => token.kind === "figure" && agree(own, token));
    if (found?.figure === undefined || found.figure === null) return false;
    const values = reading.tokens.flatMap((token) => (isOfKind(token, found) ? (token.figure?.readings[0] ?? []) : []));
    return values.length > MIN_VALUES && isExtreme(found.figure.readings[0] ?? 0, values, wanted);
  });
}

function isOfKind({ figure }: Token, found: Token): boolean {
  return (
    figure !== null &&
    figure.isOrdinal === found.figure?.isOrdinal &&
    figure.unit?.dimension === found.figure?.unit?.dimension
  );
}

function isExtreme(value: number, values: readonly number[], wanted: Extreme): boolean {
  const isHighest = values.every((other) => other <= value);
  const isLowest = values.every((other) => other >= value);
  if (wanted === "either") return isHighest || isLowest;
  return wanted === "highest" ? isHighest : isLowest;
}
