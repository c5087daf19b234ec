import type { Scene } from "./scene.ts";
import { rankWays } from "./ways.ts";

export type Step = { name: "search"; query: string } | { name: "click"; number: number } | { name: "finish" };

const MAX_PAGES = 6;
const BRIDGES_PER_PAGE = 2;
const MAX_CALLS = 8;

export function nextSteps(scene: Scene): Step[] {
  const { view } = scene;
  if (view.turns === 0) return scene.firstQueries.slice(0, MAX_CALLS).map(({ query }) => ({ name: "search", query }));
  const allowed = Math.min(MAX_PAGES, view.ceilings.pages);
  if (view.pages.size >= allowed || view.gateNotes.length > 0) return [{ name: "finish" }];
  const room = view.ceilings.searches - view.queries.length;
  const queries = bridgeQueries(scene).slice(0, Math.min(room, MAX_CALLS));
  if (queries.length > 0) return queries.map((query) => ({ name: "search", query }));
  const ways = rankWays(scene).slice(0, Math.min(2, allowed - view.pages.size));
  const picks = ways.filter(({ score }) => score > (ways[0]?.score ?? 0) - 3);
  if (picks.length === 0) return [{ name: "finish" }];
  return picks.map(({ number }) => ({ name: "click", number }));
}

function bridgeQueries(scene: Scene): string[] {
  const sent = new Set(scene.view.queries);
  const queries = new Set<string>();
  for (const page of scene.pages) {
    const own = scene.bridges.filter((bridge) => bridge.page === page).slice(0, BRIDGES_PER_PAGE);
    for (const { query } of own) if (!sent.has(query)) queries.add(query);
  }
  return Array.from(queries);
}
