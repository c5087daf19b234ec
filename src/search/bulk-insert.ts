import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { prepareWrite } from "./index-file.ts";

export interface BulkInsert<Row extends SQLInputValue[]> {
  add(...row: Row): void;
  /** Writes the rows that wait. Before it they are not in the table. */
  flush(): void;
  /** Forgets the rows that wait. */
  drop(): void;
}

/**
 * Writes many rows with one call of SQLite, whose calls cost as much as a small row does.
 *
 * @param insert "INSERT OR ROLLBACK INTO …" or "INSERT OR IGNORE INTO …", up to and without VALUES. A statement that
 * could be undone by itself makes the full-text table write out what it has gathered, each time.
 */
export function createBulkInsert<Row extends SQLInputValue[]>(
  database: DatabaseSync,
  insert: string,
  columns: Row["length"],
): BulkInsert<Row> {
  const row = `(${Array(columns).fill("?").join(", ")})`;
  const one = prepareWrite(database, `${insert} VALUES ${row}`);
  const many = prepareWrite(database, `${insert} VALUES ${Array(ROWS_AT_ONCE).fill(row).join(", ")}`);
  let values: SQLInputValue[] = [];

  return {
    add(...added) {
      values.push(...added);
      if (values.length < columns * ROWS_AT_ONCE) return;
      many.run(...values);
      values = [];
    },
    flush() {
      for (let at = 0; at < values.length; at += columns) one.run(...values.slice(at, at + columns));
      values = [];
    },
    drop() {
      values = [];
    },
  };
}

const ROWS_AT_ONCE = 32;
