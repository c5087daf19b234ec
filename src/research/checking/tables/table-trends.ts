import type { Table, TableRow } from "./tables.ts";

/** The columns of one value at several times, first to last: their heads are years or years of account. */
export function timeColumns({ heads, rows }: Table): number[] {
  const years = heads.flatMap(({ text }, column) => {
    const year = text.match(/(?<!\d)(?:1[89]|20)\d\d(?!\d)/)?.[0];
    return column === 0 || year === undefined ? [] : [{ column, year: Number(year), rest: text.replace(/\d/g, "") }];
  });
  const [first] = years;
  const alike = years.filter(({ rest }) => rest === first?.rest);
  if (alike.length < 2 || new Set(alike.map(({ year }) => year)).size < alike.length) return [];
  if (!rows.some(({ values }) => values[first?.column ?? 0] !== null)) return [];
  return alike.toSorted((a, b) => a.year - b.year).map(({ column }) => column);
}

/** How far a row's value has come from the first of two times to the last. */
export function changeOf({ values }: TableRow, columns: readonly number[]): number | null {
  const [before, after] = [values[columns.at(-2) ?? -1], values[columns.at(-1) ?? -1]];
  return before == null || after == null ? null : after - before;
}

export function growthOf(row: TableRow, columns: readonly number[]): number | null {
  const [change, before] = [changeOf(row, columns), row.values[columns.at(-2) ?? -1]];
  return change === null || before == null || before === 0 ? null : change / Math.abs(before);
}
