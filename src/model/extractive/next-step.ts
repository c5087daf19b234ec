import type { Scene } from "./scene.ts";
import { rankWays } from "./ways.ts";

export type Step = { name: "search"; query: string } | { name: "click"; number: number } | { name: "finish" };

// Six pages are what the published measures allow. A third name of a page finds a point more on MuSiQue, for an eighth of
// the time.
const MAX_PAGES = 6;
const BRIDGES_PER_PAGE = 2;
/** What the gate finds missing is looked for in this many further pages. */
const PAGES_AFTER_NOTE = 2;
/** A second page is opened in the same turn only when it is about as good: scores are logarithms of odds. */
const MAX_SCORE_GAP = 3;
/** The loop runs no more calls in one turn. */
const MAX_CALLS = 8;

/**
 * What to do next among short pages: search for the question and its names, open what fits best, search for the names
 * found there together with what is still open, and so on; finish when enough was read or nothing is left to open.
 */
export function nextSteps(scene: Scene): Step[] {
  const { view } = scene;
  if (view.turns === 0) return scene.firstQueries.slice(0, MAX_CALLS).map(({ query }) => ({ name: "search", query }));
  const wanted = view.gateNotes.length === 0 ? MAX_PAGES : MAX_PAGES + PAGES_AFTER_NOTE;
  const allowed = Math.min(wanted, view.ceilings.pages);
  if (view.pages.size >= allowed || view.gateNotes.length > 1 || view.isBudgetLow) return [{ name: "finish" }];
  const room = view.ceilings.searches - view.queries.length;
  const queries = bridgeQueries(scene).slice(0, Math.min(room, MAX_CALLS));
  if (queries.length > 0) return queries.map((query) => ({ name: "search", query }));
  const ways = rankWays(scene).slice(0, Math.min(2, allowed - view.pages.size));
  const picks = ways.filter(({ score }) => score > (ways[0]?.score ?? 0) - MAX_SCORE_GAP);
  if (picks.length === 0) return [{ name: "finish" }];
  return picks.map(({ number }) => ({ name: "click", number }));
}

/** For the best names of each page: the name with the words that are still open. */
function bridgeQueries(scene: Scene): string[] {
  const sent = new Set(scene.view.queries);
  const queries = new Set<string>();
  for (const page of scene.pages) {
    const own = scene.bridges.filter((bridge) => bridge.page === page).slice(0, BRIDGES_PER_PAGE);
    for (const { query } of own) if (!sent.has(query)) queries.add(query);
  }
  return Array.from(queries);
}
