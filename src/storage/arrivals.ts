import type { Queryable } from "../ports.ts";

/** Something that came in, by every name under which it may come again. */
export interface Arrival {
  keys: readonly string[];
}

/**
 * Remembers what came in, and gives back what came for the first time: none of its names was known, and nothing earlier
 * in the list has the same one.
 */
export async function insertArrivals<Item extends Arrival>(
  query: Queryable,
  arrivals: readonly Item[],
): Promise<Item[]> {
  const keys = arrivals.flatMap((arrival) => arrival.keys);
  const rows = await query.query<{ key: string }>(
    "insert into arrivals (key, created_at) select unnest($1::text[]), now() on conflict do nothing returning key",
    [keys],
  );
  const unclaimed = new Set(rows.map(({ key }) => key));
  return arrivals.filter((arrival) => {
    const isFirst = arrival.keys.every((key) => unclaimed.has(key));
    for (const key of arrival.keys) unclaimed.delete(key);
    return isFirst;
  });
}
