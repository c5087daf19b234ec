import type { Queryable } from "../ports.ts";
import { createDigestStore } from "../storage/digests.ts";

/** US dollars for one issue of a digest and for all of a month; null = no limit of its own. */
export interface DigestLimits {
  perRun: number | null;
  perMonth: number | null;
}

/** Why the digest may not be told any more this month (UTC), or null. */
export async function budgetRefusal(
  query: Queryable,
  digestId: string,
  { perMonth }: DigestLimits,
  now: number,
): Promise<string | null> {
  if (perMonth === null) return null;
  const month = new Date(now).toISOString().slice(0, 7);
  const spent = await createDigestStore(query).spentSince(digestId, `${month}-01T00:00:00.000Z`);
  return spent < perMonth ? null : `Its budget of $${perMonth} a month is used up.`;
}
