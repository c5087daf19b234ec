import { directionAt, directionOf, tellingClause } from "../reading/directions.ts";
import type { Figure } from "../reading/figures.ts";
import type { Token } from "../reading/reading.ts";
import {
  AVERAGE,
  CHANGE_AFTER,
  CHANGE_BEFORE,
  comparesTo,
  DIFFERENCE,
  isNear,
  isShareSaid,
  SUM,
  type Task,
  taskOf,
} from "../rules/reckoning.ts";
import { columnsOf, figuresOf, type TableClaim } from "./table-claims.ts";
import type { Mention } from "./table-mentions.ts";
import { isYear, type TableRow } from "./tables.ts";

/** What a figure was worked out of. */
export interface Worked {
  columns: number[];
  /** A quotient of two columns: what the rows are compared by from here on. */
  isQuotient: boolean;
  /** By how much a row has changed from one time to another. */
  isChange: boolean;
  /** The statement tells the other direction: "lost 410" of what was gained. */
  isContrary: boolean;
}

interface Result {
  value: number;
  /** A share of something; else in what the columns count. */
  isShare: boolean;
  columns: number[];
  /** In which direction it goes; 0 where it has none. */
  sign: number;
  isQuotient?: boolean;
}

/** Can the figure be worked out of a row's cells, of another row's in the same column, or of the whole column? */
export function workedOut(
  claim: TableClaim,
  token: Token,
  { row, mentions, told }: { row: TableRow; mentions: readonly Mention[]; told: ReadonlySet<number> },
): Worked | null {
  const { statement, table } = claim;
  const task = taskOf(statement, token);
  if (task === null || !(isTelling(token) || CHANGE_BEFORE.test(task.before) || CHANGE_AFTER.test(task.after)))
    return null;
  const others = [...new Set(mentions.map((mention) => mention.row))].filter((one) => one !== row);
  const around = tellingClause(statement.text, token);
  const direction = directionAt(statement.text, token);
  const found = [
    ...overTime(claim, row, task, around),
    ...others.flatMap((other) => againstRow(row, other, task, around, mentions)),
    ...ofColumn(claim, token, row, task),
    ...(isQuotientSaid(task, statement.text) ? ofColumns(row) : []),
  ].filter((result) => isStated(task, result, table.rows));
  // Of several columns that give it, those that the statement speaks of.
  const near = found.filter(({ columns }) => columns.some((column) => told.has(column)));
  // Of many columns some two always give a share.
  const far = found.filter(({ isShare, columns }) => !isShare || columns.length > 1 || told.size === 0);
  const [best] = (near.length > 0 ? near : far).toSorted(
    (a, b) => Number(isContrary(a, direction)) - Number(isContrary(b, direction)),
  );
  if (best === undefined) return null;
  return {
    columns: best.columns,
    isQuotient: best.isQuotient === true,
    isChange: best.columns.length > 1 && best.isQuotient !== true,
    isContrary: isContrary(best, direction),
  };
}

/** Small whole numbers without a unit stand in many rows. */
export function isTelling({ figure }: Token): boolean {
  return figure !== null && (figure.unit !== null || (figure.readings[0] ?? 0) > 12);
}

function isContrary({ sign }: Result, direction: number | null): boolean {
  return direction !== null && sign !== 0 && sign !== direction;
}

/** "Gained 72 pupils", "a rise of 4.4%": from one time to another. */
function overTime({ times }: TableClaim, row: TableRow, task: Task, around: string): Result[] {
  if (!isChangeSaid(task, around)) return [];
  const pairs = times.flatMap((column, at) => times.slice(at + 1).map((later) => [column, later] as const));
  return pairs.flatMap(([early, late]) => difference(row.values[late], row.values[early], [early, late]));
}

function againstRow(
  row: TableRow,
  other: TableRow,
  task: Task,
  around: string,
  mentions: readonly Mention[],
): Result[] {
  const isTurned = isReference(row, mentions) && !isReference(other, mentions);
  const isTold = isChangeSaid(task, around);
  return row.values.flatMap((value, column) => {
    const against = other.values[column];
    if (value === null || against == null) return [];
    const [own, base] = isTurned ? [against, value] : [value, against];
    const ratio: Result[] =
      base === 0 || isTold || !MULTIPLE.test(around)
        ? []
        : [{ value: own / base, isShare: true, columns: [column], sign: 0 }];
    return [...(isTold ? difference(own, base, [column]) : []), ...ratio];
  });
}

function difference(own: number | null | undefined, base: number | null | undefined, columns: number[]): Result[] {
  if (own == null || base == null || own === base) return [];
  const sign = Math.sign(own - base);
  const gap: Result = { value: Math.abs(own - base), isShare: false, columns, sign };
  return base === 0 ? [gap] : [gap, { value: Math.abs(own / base - 1), isShare: true, columns, sign }];
}

function isChangeSaid({ before, after }: Task, around: string): boolean {
  if (CHANGE_BEFORE.test(before) || CHANGE_AFTER.test(after)) return true;
  return DIFFERENCE.test(around) || comparesTo(around) || directionOf(around, { isStrict: false }) !== null;
}

/** Named only as what another row is compared with. */
function isReference(row: TableRow, mentions: readonly Mention[]): boolean {
  return mentions.find((mention) => mention.row === row)?.isObject === true;
}

const MULTIPLE =
  /(?<!\p{L})(?:times|as \p{L}+|half|twice|double|third|quarter|of|mal|so \p{L}+|doppelt\p{L}*|hälfte|veces|mitad|doble)(?!\p{L})/iu;
const SHARE =
  /(?<!\p{L})(?:of|share|account\p{L}*|proportion|made? up|fell to|contribut\p{L}*|provid\p{L}*|von|der|aller|anteil|entf\p{L}+|stell\p{L}+|del?|parte)(?!\p{L})/iu;

const WHOLE =
  /(?<!\p{L})(?:all|total|whole|overall|together|shares?|account\p{L}*|insgesamt|aller|gesamt\p{L}*|anteil|todos|todas)(?!\p{L})/iu;
const LEFT =
  /(?<!\p{L})(?:empty|free|vacant|unused|rest|remain\p{L}*|not|other|leer|frei|übrig\p{L}*|nicht|vací\p{L}*|libres?)(?!\p{L})/iu;

/** "Nearly a third of all visits fell to it", "all four together 470.5", "grew by 14 in total". */
function ofColumn({ statement, rows, times, table }: TableClaim, token: Token, row: TableRow, task: Task): Result[] {
  const isSum = SUM.test(statement.text);
  const around = tellingClause(statement.text, token);
  const stated = figuresOf(statement).filter((other) => other !== token && columnsOf(other, row).length === 0);
  const sums = table.heads.map((_, column) =>
    rows.length > 1 && rows.every(({ values }) => values[column] != null)
      ? rows.reduce((sum, { values }) => sum + (values[column] ?? 0), 0)
      : null,
  );
  const shares = row.values.flatMap((value, column): Result[] => {
    const wholes = [
      WHOLE.test(around) ? sums[column] : null,
      ...stated.flatMap(({ figure }) => figure?.readings ?? []),
    ];
    return value === null || !SHARE.test(around)
      ? []
      : wholes.flatMap((whole) =>
          whole == null || whole <= value ? [] : { value: value / whole, isShare: true, columns: [column], sign: 0 },
        );
  });
  // "More than a third of the beds stood empty" where 62% were taken.
  const left = row.cells.flatMap((cell, column): Result[] => {
    const { unit, readings } = cell[0]?.figure ?? { unit: null, readings: [] };
    if (unit?.dimension !== "ratio" || !LEFT.test(around)) return [];
    return [{ value: 1 - (readings[0] ?? 0) * unit.factor, isShare: true, columns: [column], sign: 0 }];
  });
  if (!isSum) return [...shares, ...left];
  const [early, late] = [times.at(-2), times.at(-1)];
  const totals = sums.flatMap((sum, column): Result[] =>
    sum === null ? [] : [{ value: sum, isShare: false, columns: [column], sign: 0 }],
  );
  const changes =
    early === undefined || late === undefined || !isChangeSaid(task, statement.text)
      ? []
      : difference(sums[late], sums[early], [early, late]);
  return [...shares, ...left, ...totals, ...changes];
}

/** The pairs of columns whose quotient the figure is in this row. */
export function quotientColumns({ statement, table }: TableClaim, token: Token, row: TableRow): number[][] {
  const task = taskOf(statement, token);
  if (task === null) return [];
  return ofColumns(row)
    .filter((result) => isStated(task, result, table.rows))
    .map(({ columns }) => columns);
}

function isQuotientSaid({ before, after }: Task, text: string): boolean {
  return !CHANGE_AFTER.test(after) && (PER.test(`${before}|${after}`) || MEASURE.test(text));
}

/** "About 107 visits per square metre": one column by another. */
function ofColumns({ values }: TableRow): Result[] {
  return values.flatMap((value, column) =>
    values.flatMap((by, other): Result[] =>
      value === null || by === null || by === 0 || column === other
        ? []
        : [{ value: value / by, isShare: false, columns: [column, other], sign: 0, isQuotient: true }],
    ),
  );
}

const PER = new RegExp(`${AVERAGE.source}|(?<!\\p{L})for (?:every|each)(?!\\p{L})`, "iu");
const MEASURE =
  /(?<!\p{L})(?:by (?:this|that) (?:measure|standard|yardstick)|for its size|in relation to|nach diesem maß(?:stab)?)(?!\p{L})/iu;

function isStated(task: Task, { value, isShare, columns, isQuotient }: Result, rows: readonly TableRow[]): boolean {
  const { stated } = task;
  const rounding = task.rounding / (stated.unit?.factor ?? 1);
  const isOfShare = stated.unit?.dimension === "ratio" || stated.unit?.dimension === "share";
  if (isShare) return isOfShare && isShareSaid(task, value);
  const unit = unitOf(rows, columns[0] ?? 0);
  if (isQuotient === true)
    return (
      !isOfShare &&
      isOfUnit(stated, unit) &&
      !areYears(rows, columns) &&
      stated.readings.some((one) => isNear(stated.bound, one, value, rounding))
    );
  if (!isOfUnit(stated, unit)) return false;
  const factor = stated.unit !== null && unit !== null ? unit.factor / stated.unit.factor : 1;
  return stated.readings.some((one) =>
    isNear(
      stated.bound,
      one,
      value * (stated.unit?.dimension === "points" ? 1 : factor),
      stated.precision > 0 ? rounding : 0,
    ),
  );
}

function areYears(rows: readonly TableRow[], columns: readonly number[]): boolean {
  return columns.some((column) => rows.every(({ values }) => isYear(values[column] ?? 0)));
}

function unitOf(rows: readonly TableRow[], column: number): Figure["unit"] {
  return rows.flatMap(({ cells }) => cells[column]?.[0]?.figure?.unit ?? [])[0] ?? null;
}

function isOfUnit({ unit: stated }: Figure, unit: Figure["unit"]): boolean {
  if (stated === null) return unit === null || unit.dimension !== "time";
  if (stated.dimension === "points") return unit?.dimension === "ratio";
  if (stated.dimension === "ratio" || stated.dimension === "share") return false;
  return unit === null || unit.dimension === stated.dimension;
}
