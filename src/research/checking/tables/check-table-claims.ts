import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isHedge, isNegation } from "../reading/scopes.ts";
import { superlativeAt } from "../rules/superlatives.ts";
import { changeColumn, claimsOf, columnsOf, figuresOf, isExplained, type TableClaim, trendOf } from "./table-claims.ts";
import { checkAll, checkOnly, countIn } from "./table-counts.ts";
import { checkExtremes, isExtremeWord } from "./table-extremes.ts";
import { checkOrder, checkYear } from "./table-order.ts";
import { isWithin, partsOf } from "./table-parts.ts";
import { BORNE_OUT, contradicted, labelOf, type Result, SILENT } from "./table-result.ts";
import { directionOf } from "./table-trends.ts";
import { rowOfWords, strangeMeasure } from "./table-words.ts";

/** Compared with a table by calculation: what contradicts it, or that all the statement says is borne out. */
export interface TableVerdict {
  findings: Finding[];
  isConfirmed: boolean;
}

/** "The only line that lost passengers", "rose to", "the busiest": what a table says without a word. */
export function compareWithTables(statement: Reading, evidence: Evidence): TableVerdict {
  let isConfirmed = false;
  for (const claim of claimsOf(statement, evidence)) {
    const results = [
      checkPlace(claim, evidence),
      checkOrder(claim),
      checkYear(claim),
      checkWords(claim, evidence),
      checkTrend(claim),
      checkOnly(claim),
      checkAll(claim),
    ];
    const extremes = checkExtremes(claim);
    const [finding] = [...results.map((result) => result.finding), extremes.finding].filter((one) => one !== null);
    if (finding !== undefined) return { findings: [finding], isConfirmed: false };
    const isSaid = results.some(({ isBorneOut }) => isBorneOut) || extremes.isBorneOut;
    isConfirmed ||= isSaid && extremes.isOpen === false && isWholly(claim, evidence);
  }
  return { findings: [], isConfirmed };
}

/** The figure of a named row stands in it, not in another one. */
function checkPlace({ statement, rows, named }: TableClaim, evidence: Evidence): Result {
  const [row, ...more] = named;
  if (row === undefined || more.length > 0) return SILENT;
  const figures = figuresOf(statement).filter(({ figure }) => figure?.unit !== null || (figure?.readings[0] ?? 0) > 12);
  const own = figures.filter((token) => columnsOf(token, row).length > 0);
  for (const token of figures) {
    if (own.includes(token)) continue;
    const other = rows.find((one) => one !== row && columnsOf(token, one).length > 0);
    const isInProse = evidence.places.some(
      ({ unit, isCore, reading }) => isCore && unit.kind !== "row" && matchIn(token, reading) !== null,
    );
    if (other === undefined || isInProse) continue;
    const written = statement.text.slice(token.start, token.end);
    return contradicted(`In the table "${written}" stands in the row "${labelOf(other)}", not "${labelOf(row)}"`);
  }
  return own.length > 0 ? BORNE_OUT : SILENT;
}

/** Words of another row, or a comparison of two rows in what the table does not speak of. */
function checkWords(claim: TableClaim, evidence: Evidence): Result {
  const other = rowOfWords(claim);
  if (other !== null) return contradicted(`In the table this stands in the row "${labelOf(other)}"`);
  const measure = strangeMeasure(claim, evidence);
  return measure === null ? SILENT : contradicted(`The table does not compare "${measure}"`);
}

/** "Rose", "fell", in the part of the statement that names one row. */
function checkTrend(claim: TableClaim): Result {
  const { statement, named, table, times } = claim;
  for (const part of partsOf(statement.text)) {
    const rows = named.filter((row) => isWithin(statement, row, part));
    const [row, ...more] = rows;
    const direction = directionOf(part.text, { isStrict: true });
    if (row === undefined || more.length > 0 || direction === null) continue;
    const trend = trendOf(claim, row);
    const columns = [...times, changeColumn(table) ?? -1];
    const figures = figuresOf(statement).filter(({ start }) => part.start <= start && start < part.end);
    const isOnMatter =
      figures.length === 0 || figures.some((token) => columnsOf(token, row).some((column) => columns.includes(column)));
    if (trend === null || trend === 0 || !isOnMatter) continue;
    if (Math.sign(trend) === direction) return BORNE_OUT;
    return contradicted(`In the table "${labelOf(row)}" goes ${trend > 0 ? "up" : "down"}`);
  }
  return SILENT;
}

/** Nothing is said beyond the table: every figure is accounted for, every name is of the table or of its page. */
function isWholly(claim: TableClaim, evidence: Evidence): boolean {
  const { statement, named, table } = claim;
  if (
    statement.tokens.some((token) => isNegation(statement.text, token) || isHedge(token)) ||
    BEYOND.test(statement.text)
  )
    return false;
  const readings = [
    ...evidence.contexts,
    ...table.heads,
    ...named.map(({ label }) => label),
    ...evidence.places.filter(({ isCore, unit }) => isCore && unit.kind === "row").map(({ reading }) => reading),
  ];
  let open = 0;
  for (const [index, token] of statement.tokens.entries()) {
    if (!token.isContent) continue;
    if (token.kind !== "word") {
      if (!isExplained(claim, evidence, token) && !isCounted(claim, token)) return false;
      continue;
    }
    if (superlativeAt(statement, index) !== null || isExtremeWord(token) || directionOf(token.word, LOOSE) !== null)
      continue;
    if (readings.some((reading) => matchIn(token, reading) !== null)) continue;
    if (token.isName) return false;
    open += 1;
  }
  return open <= MAX_OPEN_WORDS;
}

const LOOSE = { isStrict: false };
// "Carried", "took", "accounted for": what a table leaves to its heads.
const MAX_OPEN_WORDS = 4;
const BEYOND =
  /\b(?:because|due to|owing to|thanks to|as a result|caus[a-z]+|therefore|weil|wegen|dank|porque|debido|gracias)\b/iu;

function isCounted(claim: TableClaim, token: Token): boolean {
  const { statement } = claim;
  return partsOf(statement.text).some(
    (part) => part.start <= token.start && token.end <= part.end && countIn(statement, part, claim) !== null,
  );
}
