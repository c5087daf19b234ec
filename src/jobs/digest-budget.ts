import type { DigestLimits } from "../chat/digest-form.ts";
import type { Queryable } from "../ports.ts";
import { createDigestStore } from "../storage/digests.ts";
import type { Digest } from "../types.ts";

/** Why the digest may not be told any more this month (UTC), or null. */
export async function budgetRefusal(
  query: Queryable,
  { id, options }: Pick<Digest, "id" | "options">,
  { perMonth }: DigestLimits,
  now: number,
): Promise<string | null> {
  const most = lowest(perMonth, options.maxMonthUsd);
  if (most === null) return null;
  return (await spentThisMonth(query, id, now)) < most ? null : `Its budget of $${most} a month is used up.`;
}

/** US dollars that telling it once may cost, or null for what every run may. */
export function runCapOf({ options }: Pick<Digest, "options">, { perRun }: DigestLimits): number | null {
  return lowest(perRun, options.maxRunUsd);
}

/** US dollars, since the first of the month (UTC). */
export function spentThisMonth(query: Queryable, digestId: string, now: number): Promise<number> {
  const month = new Date(now).toISOString().slice(0, 7);
  return createDigestStore(query).spentSince(digestId, `${month}-01T00:00:00.000Z`);
}

function lowest(one: number | null, other: number | null | undefined): number | null {
  const limits = [one, other ?? null].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}
