import type { ResearchRequest } from "../types.ts";

/** What may be used; null = without limit. */
export interface QuotaLimits {
  runsPerPersonAndDay: number | null;
  runsPerChannelAndMonth: number | null;
  runsPerWorkspaceAndMonth: number | null;
  costUsdPerWorkspaceAndMonth: number | null;
}

export const UNLIMITED: QuotaLimits = {
  runsPerPersonAndDay: null,
  runsPerChannelAndMonth: null,
  runsPerWorkspaceAndMonth: null,
  costUsdPerWorkspaceAndMonth: null,
};

export interface QuotaKey {
  scope: "person" | "channel" | "workspace";
  subject: string;
  /** A day (2026-11-22) or a month (2026-11), UTC. */
  period: string;
}

export interface Used {
  runs: number;
  costUsd: number;
}

/** What a request counts against: its person's day, its channel's month, its workspace's month. */
export function quotaKeysOf({ asker, thread }: Pick<ResearchRequest, "asker" | "thread">, now: Date): QuotaKey[] {
  const day = now.toISOString().slice(0, 10);
  const month = day.slice(0, 7);
  const workspace = `${thread.platform}:${thread.workspaceId}`;
  return [
    { scope: "person", subject: asker, period: day },
    { scope: "channel", subject: `${workspace}:${thread.channelId}`, period: month },
    { scope: "workspace", subject: workspace, period: month },
  ];
}

/** What is used up, how much, and when it starts again; null when the request may go on. */
export function refusalOf(keys: readonly QuotaKey[], limits: QuotaLimits, used: (key: QuotaKey) => Used, now: Date) {
  for (const key of keys) {
    const sentence = refusalFor(key, limits, used(key));
    if (sentence !== null) return `${sentence} ${resetOf(key, now)}`;
  }
  return null;
}

/** What was used and what is left, a line for each that counts; lines without a limit tell what was used. */
export function usageInWords(
  keys: readonly QuotaKey[],
  limits: QuotaLimits,
  used: (key: QuotaKey) => Used,
  now: Date,
): string {
  const lines = keys.map((key) => {
    const { runs, costUsd } = used(key);
    const [name, limit] = {
      person: ["You, today", limits.runsPerPersonAndDay],
      channel: ["This channel, this month", limits.runsPerChannelAndMonth],
      workspace: ["This workspace, this month", limits.runsPerWorkspaceAndMonth],
    }[key.scope] as [string, number | null];
    const most = key.scope === "workspace" ? limits.costUsdPerWorkspaceAndMonth : null;
    const cost = most === null ? `$${costUsd.toFixed(2)}` : `$${costUsd.toFixed(2)} of $${most.toFixed(2)}`;
    const reset = limit === null && most === null ? "" : ` ${resetOf(key, now)}`;
    return `- ${name}: ${runs}${limit === null ? "" : ` of ${limit}`} ${runs === 1 && limit === null ? "question" : "questions"}, ${cost}.${reset}`;
  });
  return lines.join("\n");
}

function refusalFor({ scope }: QuotaKey, limits: QuotaLimits, { runs, costUsd }: Used): string | null {
  switch (scope) {
    case "person":
      return runsRefusal("You have", "today", runs, limits.runsPerPersonAndDay);
    case "channel":
      return runsRefusal("This channel has", "this month", runs, limits.runsPerChannelAndMonth);
    case "workspace":
      return (
        runsRefusal("This workspace has", "this month", runs, limits.runsPerWorkspaceAndMonth) ??
        costRefusal(costUsd, limits.costUsdPerWorkspaceAndMonth)
      );
  }
}

function runsRefusal(who: string, when: string, used: number, limit: number | null): string | null {
  if (limit === null || used < limit) return null;
  return `${who} used ${used} of ${limit} questions ${when}.`;
}

function costRefusal(used: number, limit: number | null): string | null {
  if (limit === null || used < limit) return null;
  return `This workspace has spent $${used.toFixed(2)} of $${limit.toFixed(2)} this month.`;
}

function resetOf({ scope }: QuotaKey, now: Date): string {
  if (scope !== "person") {
    const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
    const day = next.toLocaleDateString("en", { day: "numeric", month: "long", timeZone: "UTC" });
    return `The count starts again on ${day} at 00:00 UTC.`;
  }
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  const minutes = Math.ceil((midnight - now.getTime()) / 60_000);
  const hours = Math.floor(minutes / 60);
  return `The count starts again at 00:00 UTC, in ${hours === 0 ? "" : `${hours} h `}${minutes % 60} m.`;
}
