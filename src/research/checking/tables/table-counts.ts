import type { Reading } from "../reading/reading.ts";
import { type TableClaim, trendOf } from "./table-claims.ts";
import { type Part, partsOf } from "./table-parts.ts";
import { BORNE_OUT, contradicted, labelOf, type Result, SILENT } from "./table-result.ts";
import { type Direction, directionOf } from "./table-trends.ts";
import type { TableRow } from "./tables.ts";

/** "Only X lost passengers": of all rows only this one. */
export function checkOnly(claim: TableClaim): Result {
  const { statement, rows, named } = claim;
  if (!ONLY.test(statement.text) || named.length !== 1) return SILENT;
  const direction = directionOf(statement.text, { isStrict: false });
  const going = direction === null ? null : rowsGoing(claim, direction);
  if (going === null || rows.length < 2) return SILENT;
  if (going.length === 1 && going[0] === named[0]) return BORNE_OUT;
  return contradicted(`In the table this holds for ${namesOf(going)}`);
}

const ONLY = /(?<!\p{L})(?:only|sole|alone|einzige[rns]?|nur|únic[oa])(?!\p{L})(?!\s(?:by |about |to )?[\d$€£])/iu;

/** Rows that go this way, or null where the table does not say of all of them. */
function rowsGoing(claim: TableClaim, direction: Direction): TableRow[] | null {
  const trends = claim.rows.map((row) => ({ row, trend: trendOf(claim, row) }));
  if (trends.length === 0 || trends.some(({ trend }) => trend === null)) return null;
  return trends.flatMap(({ row, trend }) => (Math.sign(trend ?? 0) === direction ? [row] : []));
}

function namesOf(rows: readonly TableRow[]): string {
  return rows.length === 0 ? "no row" : rows.map((row) => `"${labelOf(row)}"`).join(", ");
}

/** "All four lines grew", "at three of the four": as many rows as the statement counts. */
export function checkAll(claim: TableClaim): Result {
  const { statement, rows } = claim;
  for (const part of partsOf(statement.text)) {
    const count = countIn(statement, part, claim);
    const direction = directionOf(part.text, { isStrict: false });
    const going = count === null || direction === null ? null : rowsGoing(claim, direction);
    if (going === null || rows.length < 2) continue;
    return going.length === count ? BORNE_OUT : contradicted(`In the table this holds for ${namesOf(going)}`);
  }
  return SILENT;
}

/** How many of the rows are meant, where the noun is the one above their labels. */
export function countIn({ text }: Reading, part: Part, { rows, table }: TableClaim): number | null {
  const [head] = table.heads;
  const match = part.text.match(ALL_OF);
  if (match === null || head === undefined) return null;
  const noun = match.groups?.noun?.toLowerCase() ?? "";
  const isHead = head.tokens.some(({ word }) => word.length > 2 && noun.startsWith(word.slice(0, -1)));
  if (!isHead || !text.includes(noun)) return null;
  const [k, n] = [match.groups?.k, match.groups?.n].map((word) => SMALL.indexOf(word?.toLowerCase() ?? ""));
  if (n !== undefined && n > 0 && n !== rows.length) return null;
  return k !== undefined && k > 0 ? k : match.groups?.all === undefined ? null : rows.length;
}

const NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten";
const ALL_OF = new RegExp(
  String.raw`\b(?:(?<all>all|each|every|both)(?: of)?(?: the| its)?(?: (?<n>${NUMBER}))?|(?<k>${NUMBER}) (?:out )?of (?:the |its )?(?:${NUMBER})) (?<noun>\p{L}+)`,
  "iu",
);
const SMALL = ["", ...NUMBER.split("|")];
