import type { PageIndex } from "./page-index.ts";
import type { Unit } from "./page-units.ts";

/** A table of more rows is not calculated with. */
export const MAX_ROWS = 40;

/** All rows of the table that the row stands in. */
export function rowsAround({ units }: PageIndex, { index, lead, section }: Unit): Unit[] {
  const isRow = (at: number): boolean =>
    units[at]?.kind === "row" && units[at].lead === lead && units[at].section === section;
  let [first, last] = [index, index];
  while (index - first <= MAX_ROWS && isRow(first - 1)) first -= 1;
  while (last - index <= MAX_ROWS && isRow(last + 1)) last += 1;
  return units.slice(first, last + 1);
}

/** Does the row's label say that it sums up the others? */
export function isTotal(label: string): boolean {
  return TOTAL.test(label);
}

const TOTAL =
  /^\W*(?:total|sum|all\b|overall|average|mean|insgesamt|gesamt|summe|durchschnitt|totales|promedio|media)/iu;
