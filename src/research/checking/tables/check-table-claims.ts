import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { directionOf } from "../reading/directions.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isHedge, isNegation } from "../reading/scopes.ts";
import { superlativeAt } from "../rules/superlatives.ts";
import { changeColumn, claimsOf, columnsOf, figuresOf, isExplained, type TableClaim, trendOf } from "./table-claims.ts";
import { type Counted, checkCounts, sideOf } from "./table-counts.ts";
import { type Extreme, extremesOf, isExtremeWord } from "./table-extremes.ts";
import { type Origin, type Origins, originsOf } from "./table-figures.ts";
import { checkOrder, checkRanking, checkYear } from "./table-order.ts";
import { isWithin, partsOf } from "./table-parts.ts";
import { BORNE_OUT, contradicted, labelOf, type Result, SILENT } from "./table-result.ts";
import { rowOfWords, strangeMeasure } from "./table-words.ts";

/** Compared with a table by calculation: what contradicts it, or that all the statement says is borne out. */
export interface TableVerdict {
  findings: Finding[];
  isConfirmed: boolean;
  /** Is all that a part of the statement says borne out? */
  confirms(start: number, end: number): boolean;
}

/** A table with what the statement says of it. */
interface Account {
  claim: TableClaim;
  origins: Origins;
  extremes: Extreme[];
  counted: Counted;
  isBorneOut: boolean;
}

/** "The only line that lost passengers", "rose to", "the busiest": what a table says without a word. */
export function compareWithTables(statement: Reading, evidence: Evidence): TableVerdict {
  const accounts: Account[] = [];
  const findings: Finding[] = [];
  for (const claim of claimsOf(statement, evidence)) {
    const origins = originsOf(claim);
    const extremes = extremesOf(claim, origins);
    const counted = checkCounts(claim, origins);
    const results = [
      checkOrder(claim, origins),
      checkRanking(claim, origins, extremes),
      checkYear(claim),
      checkWords(claim, evidence),
      checkTrend(claim),
      counted,
    ];
    findings.push(...results.flatMap(({ finding }) => finding ?? []));
    const isBorneOut = results.some((result) => result.isBorneOut) || origins.of.size > 0;
    accounts.push({ claim, origins, extremes, isBorneOut, counted });
  }
  const [finding] = [...findings, ...checkFigures(statement, evidence, accounts), ...checkExtremes(accounts)];
  if (finding !== undefined) return { findings: [finding], isConfirmed: false, confirms: () => false };
  for (const { origins, extremes } of accounts) {
    for (const token of origins.of.keys()) evidence.workedOut.set(statement.tokens.indexOf(token), true);
    for (const { token, state } of extremes)
      if (state === "borne-out") evidence.workedOut.set(statement.tokens.indexOf(token), true);
  }
  const confirms = (start: number, end: number): boolean => isWholly(statement, evidence, accounts, { start, end });
  return { findings: [], isConfirmed: confirms(0, statement.text.length), confirms };
}

/** The figures of a named row stand in it, not in another one, and differ in the direction that is told. */
function checkFigures(statement: Reading, evidence: Evidence, accounts: readonly Account[]): Finding[] {
  const originsOfToken = (token: Token): Origin[] => accounts.flatMap(({ origins }) => origins.of.get(token) ?? []);
  const isInProse = (token: Token): boolean =>
    evidence.places.some(
      ({ unit, isCore, reading }) => isCore && unit.kind !== "row" && matchIn(token, reading) !== null,
    );
  return accounts.flatMap(({ origins }) => [
    ...origins.strays.flatMap(({ token, row, named }) => {
      if (originsOfToken(token).length > 0 || isInProse(token)) return [];
      const written = statement.text.slice(token.start, token.end);
      const reason = `In the table "${written}" stands in the row "${labelOf(row)}", not "${labelOf(named)}"`;
      return [{ weight: 1, reason }];
    }),
    ...[...origins.of].flatMap(([token, { row, isContrary }]) => {
      if (!isContrary || isInProse(token)) return [];
      if (originsOfToken(token).some((other) => !other.isContrary)) return [];
      const written = statement.text.slice(token.start, token.end);
      return [{ weight: 1, reason: `In the table "${labelOf(row)}" goes the other way by "${written}"` }];
    }),
  ]);
}

function checkExtremes(accounts: readonly Account[]): Finding[] {
  const all = accounts.flatMap(({ extremes }) => extremes);
  return all.flatMap(({ token, state, row }) => {
    if (state !== "contradicted" || all.some((one) => one.token === token && one.state === "borne-out")) return [];
    return [{ weight: 1, reason: `In the table "${row === null ? "" : labelOf(row)}" is not "${token.word}"` }];
  });
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

/** Nothing is said beyond the tables: every figure is accounted for, every name is of a table or of its page. */
function isWholly(
  statement: Reading,
  evidence: Evidence,
  accounts: readonly Account[],
  { start, end }: { start: number; end: number },
): boolean {
  const { text, tokens } = statement;
  const own = tokens.filter((token) => token.start >= start && token.end <= end);
  if (!accounts.some(({ isBorneOut }) => isBorneOut)) return false;
  if (own.some((token) => isNegation(text, token) || isHedge(token)) || BEYOND.test(text.slice(start, end)))
    return false;
  const extremes = accounts.flatMap(({ extremes: all }) => all).filter(({ token }) => own.includes(token));
  const isOpen = (token: Token): boolean => !extremes.some((one) => one.token === token && one.state === "borne-out");
  if (extremes.some(({ token }) => isOpen(token))) return false;
  const readings = [
    ...evidence.contexts,
    ...accounts.flatMap(({ claim: { table, named } }) => [...table.heads, ...named.map(({ label }) => label)]),
    ...evidence.places.filter(({ isCore, unit }) => isCore && unit.kind === "row").map(({ reading }) => reading),
  ];
  let [open, told] = [0, 0];
  for (const token of own) {
    if (!token.isContent) continue;
    if (token.kind !== "word") {
      if (!accounts.some((account) => isAccounted(account, evidence, token))) return false;
      told += 1;
      continue;
    }
    const index = tokens.indexOf(token);
    if (superlativeAt(statement, index) !== null || isExtremeWord(token)) {
      told += 1;
      continue;
    }
    if (directionOf(token.word, LOOSE) !== null) continue;
    if (readings.some((reading) => matchIn(token, reading) !== null)) continue;
    if (token.isName) return false;
    open += 1;
  }
  return open <= MAX_OPEN_WORDS + told;
}

function isAccounted({ claim, origins: { of }, counted }: Account, evidence: Evidence, token: Token): boolean {
  const { text, tokens } = claim.statement;
  // "Above the limit of 40": the page says how high it is.
  const isBound =
    counted.isBorneOut &&
    sideOf(text.slice(0, token.start)) !== 0 &&
    evidence.matches[tokens.indexOf(token)]?.some(({ place }) => place.isSound && place.unit.kind !== "row") === true;
  return (
    isBound ||
    of.has(token) ||
    counted.spans.some(({ start, end }) => start <= token.start && token.end <= end) ||
    isExplained(claim, evidence, token)
  );
}

const LOOSE = { isStrict: false };
// "Carried", "took", "accounted for": what a table leaves to its heads.
const MAX_OPEN_WORDS = 4;
const BEYOND =
  /\b(?:because|due to|owing to|thanks to|as a result|caus[a-z]+|therefore|weil|wegen|dank|porque|debido|gracias)\b/iu;
