import type { Table, TableRow } from "./tables.ts";

/** 1 for a rise, −1 for a fall. */
export type Direction = 1 | -1;

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

/** What the text says of the way: "rose", "fewer than"; null where it says both or neither. */
export function directionOf(text: string, { isStrict }: { isStrict: boolean }): Direction | null {
  const rises = (isStrict ? RISING : MORE).test(text);
  const falls = (isStrict ? FALLING : FEWER).test(text);
  return rises === falls ? null : rises ? 1 : -1;
}

const UP = `rose|risen|ris(?:es?|ing)|gr[eo]w[ns]?|growing|growth|increas[a-z]*|climb(?:ed|s)|jump(?:ed|s)|gain(?:ed|s)?|went up|gestiegen|stieg(?:en)?|wuchs(?:en)?|gewachsen|zugenommen|aumentó|aumentaron|creció|crecieron|subió|subieron`;
const DOWN = `fell|fall(?:s|en|ing)?|declin[a-z]*|decreas[a-z]*|dropp?(?:ed|s)?|sank|sunk|shr[aiu]nk|slipp?(?:ed|s)|lost|los(?:es?|ing)|went down|gesunken|sank(?:en)?|fiel(?:en)?|gefallen|abgenommen|cayó|cayeron|bajó|bajaron|disminuy[a-zó]*`;
const wordOf = (words: string): RegExp => new RegExp(`(?<![a-zß-ɏ])(?:${words})(?![a-zß-ɏ])`, "iu");
const RISING = wordOf(UP);
const FALLING = wordOf(DOWN);
const MORE = wordOf(`${UP}|more|higher|up|mehr|más`);
const FEWER = wordOf(`${DOWN}|fewer|less|lower|down|weniger|menos`);
