import type { Queryable } from "../ports.ts";

/** How many rows went, by table. What hangs on a run (journal, deliveries, feedback) goes with it and is not counted. */
export type Deleted = Record<string, number>;

/** Deletes from "table where …", and gives back how many rows went. */
export async function deleteRows(database: Queryable, fromWhere: string, values: unknown[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `with gone as (delete from ${fromWhere} returning 1) select count(*) as count from gone`,
    values,
  );
  return row?.count ?? 0;
}
