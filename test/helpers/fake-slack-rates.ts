/** Slack's limits on calls: so many a minute for each method and workspace, and one post a second for each channel. */
export function createRates(now: () => number) {
  const windows = new Map<string, number[]>();
  const posts = new Map<string, { tokens: number; at: number }>();

  return {
    /** Seconds to wait, or null when the call may pass. */
    take: (method: string, workspaceId: string, perMinute: number): number | null => {
      const key = `${workspaceId} ${method}`;
      const recent = (windows.get(key) ?? []).filter((at) => at > now() - 60_000);
      windows.set(key, recent);
      if (recent.length >= perMinute) return Math.max(1, Math.ceil(((recent[0] ?? 0) + 60_000 - now()) / 1000));
      recent.push(now());
      return null;
    },
    /** "About one per second and channel, short bursts allowed": a burst of 5. */
    takePost: (channel: string): number | null => {
      const bucket = posts.get(channel) ?? { tokens: BURST, at: now() };
      const tokens = Math.min(BURST, bucket.tokens + (now() - bucket.at) / 1000);
      posts.set(channel, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now() });
      return tokens >= 1 ? null : 1;
    },
  };
}

const BURST = 5;
