import { STOP_WORDS, stem, wordsOf } from "../../words.ts";
import type { Bridge } from "./bridges.ts";
import { nameKey } from "./reading.ts";
import { isKeyIn, type ReadPage, type Scene, type SeenHit } from "./scene.ts";
import { coverage } from "./weighing.ts";
import { scoreOf, WAY_WEIGHTS } from "./weights.ts";

/** A reason to open a page: the question itself, or a bridge. */
export interface Way {
  number: number;
  title: string;
  bridge: Bridge | null;
  features: WayFeatures;
  score: number;
}

export type WayFeatures = { [Name in keyof typeof WAY_WEIGHTS]: number };

/** The best way to each page that is known and not opened yet, best first. */
export function rankWays(scene: Scene): Way[] {
  const best = new Map<number, Way>();
  for (const way of waysOf(scene)) {
    const before = best.get(way.number);
    if (before === undefined || before.score < way.score) best.set(way.number, way);
  }
  return Array.from(best.values()).sort((a, b) => b.score - a.score || a.number - b.number);
}

interface Target {
  number: number;
  title: string;
  hit: SeenHit | null;
}

/** Every way to every page that is known and not opened yet. */
export function waysOf(scene: Scene): Way[] {
  const { view, bridges } = scene;
  const targets = new Map<number, Target>();
  for (const hit of scene.hits.values()) targets.set(hit.number, { number: hit.number, title: hit.title, hit });
  for (const { link, text } of bridges)
    if (link !== null && !targets.has(link)) targets.set(link, { number: link, title: text, hit: null });
  const ways: Way[] = [];
  for (const target of targets.values()) {
    if (view.clicked.has(target.number) || view.pages.has(target.number)) continue;
    ways.push(...waysTo(target, bridges, scene));
  }
  return ways;
}

/** The way by which an opened page is best explained: over the pages that were opened before it. */
export function pathTo(page: ReadPage, scene: Scene): Way {
  const hit = scene.hits.get(page.number) ?? null;
  const ways = waysTo({ number: page.number, title: page.title, hit }, scene.bridges, scene);
  return ways.reduce((a, b) => (b.score > a.score ? b : a));
}

/** The direct way to a page, and one over each bridge that it has to do with. */
function waysTo(target: Target, bridges: readonly Bridge[], scene: Scene): Way[] {
  const key = target.hit?.key ?? nameKey(target.title);
  const direct = directSigns(target, key, scene);
  const ways: Way[] = [wayOf(target, null, direct)];
  for (const bridge of bridges) {
    const features = bridgeSigns(target, key, bridge, { direct, scene });
    if (features !== null) ways.push(wayOf(target, bridge, features));
  }
  return ways;
}

function wayOf({ number, title }: Target, bridge: Bridge | null, features: WayFeatures): Way {
  return { number, title, bridge, features, score: scoreOf(WAY_WEIGHTS, features) };
}

function directSigns({ number, title, hit }: Target, key: string, scene: Scene): WayFeatures {
  const { weights, pages } = scene;
  const titleStems = hit?.titleStems ?? wordsOf(title).map(stem);
  const telling = titleStems.filter((term) => !STOP_WORDS.has(term));
  const terms = hit?.terms ?? new Set(titleStems);
  const twins = pages.filter((page) => page.key === key && page.number !== number).length;
  return {
    ...NO_BRIDGE,
    ...ranksOf(hit, scene),
    titleNamed: howNamed(key, titleStems, scene),
    titleShare: telling.filter((term) => weights.has(term)).length / Math.max(1, telling.length),
    coverage: coverage(weights, terms),
    focus: coverage(scene.focus, hit?.meanings ?? terms),
    news: coverage(scene.missing, terms),
    nameCover: coverage(scene.nameWeights, terms),
    hopCover: Math.max(0, ...scene.hopWeights.map((some) => coverage(some, hit?.meanings ?? terms))),
    leafCover: Math.max(0, ...scene.leafWeights.map((some) => coverage(some, terms))),
    twin: twins > 0 ? 1 : 0,
    twins: Math.max(0, twins - 1),
  };
}

/** What a way without a bridge has none of. */
const NO_BRIDGE = {
  depth: 0,
  parent: 0,
  common: 0,
  over: 0,
  overScore: 0,
  overGain: 0,
  overExplained: 0,
  overRank: 0,
  overLink: 0,
  overUnread: 0,
  with: 0,
  withScore: 0,
  withGain: 0,
  withRank: 0,
  withText: 0,
  withTitle: 0,
  withShare: 0,
  overShare: 0,
  blindShare: 0,
  blindRank: 0,
  withPart: 0,
  adjective: 0,
  final: 0,
};

/** 1 / rank in the best search of each kind. */
function ranksOf(hit: SeenHit | null, { firstQueries }: Scene) {
  const ranks = { questionRank: 0, nameRank: 0, clauseRank: 0 };
  for (const { query, rank } of hit?.found ?? []) {
    const kind = firstQueries.find((first) => first.query === query)?.kind;
    if (kind === undefined) continue;
    const sign = `${kind}Rank` as const;
    ranks[sign] = Math.max(ranks[sign], 1 / (rank + 1));
  }
  return ranks;
}

/** Does the question have the title? 1 for three telling words or more, a little less without the title's bracket. */
function howNamed(key: string, titleStems: readonly string[], { question }: Scene): number {
  const known = ` ${question.stems.join(" ")} `;
  const stems = key.split(" ").map(stem);
  if (key === "" || !known.includes(` ${stems.join(" ")} `)) return 0;
  const weight = stems.reduce((sum, term) => sum + (question.weights.get(term) ?? 0), 0);
  return Math.min(1, weight / 3) * (known.includes(` ${titleStems.join(" ")} `) ? 1 : 0.8);
}

/** The signs of a way over a bridge, or null when the page has nothing to do with it. */
function bridgeSigns(
  { number, title, hit }: Target,
  key: string,
  bridge: Bridge,
  { direct, scene }: { direct: WayFeatures; scene: Scene },
): WayFeatures | null {
  const isLink = bridge.link === number;
  const isOwn = isLink || bridge.key === key;
  const isInText = hit !== null && scene.holders(bridge.key).has(number);
  const found = bridge.isSearched ? hit?.found.find(({ query }) => query === bridge.query) : undefined;
  if (!isOwn && !isInText && found === undefined) return null;
  const rank = found === undefined ? 0 : 1 / (found.rank + 1);
  const gain = coverage(bridge.residual, hit?.meanings ?? new Set(wordsOf(title).map(stem)));
  const shared = {
    ...direct,
    nameCover: 0,
    leafCover: 0,
    adjective: bridge.isAdjective ? 1 : 0,
    depth: bridge.page.depth,
    parent: scene.paths.get(bridge.page)?.score ?? 0,
    common: scene.commonness(bridge.key),
    final: bridge.page.hop?.outer === null ? 1 : 0,
  };
  if (!isOwn && !isInText)
    return {
      ...shared,
      parent: 0,
      with: 1,
      withGain: gain,
      blindRank: rank,
      blindShare: bridge.share,
      withPart: partOf(bridge.key, hit),
      withTitle: isTitledSo(title, bridge) ? 1 : 0,
    };
  if (!isOwn)
    return {
      ...shared,
      with: 1,
      withScore: bridge.score,
      withShare: bridge.share,
      withGain: gain,
      withRank: rank,
      withText: 1,
      withTitle: isTitledSo(title, bridge) ? 1 : 0,
    };
  return {
    ...shared,
    over: 1,
    overScore: bridge.score,
    overShare: bridge.share,
    overGain: gain,
    overExplained: coverage(scene.weights, bridge.explained),
    overRank: rank,
    overLink: isLink ? 1 : 0,
    overUnread: hit === null ? 1 : 0,
  };
}

/** "Rochester, New York" has the bridge's name and a word of the hop that needs it. */
function isTitledSo(title: string, { key, next }: Bridge): boolean {
  const words = wordsOf(title);
  return isKeyIn(title, key) && words.some((word) => next?.stems.has(stem(word)));
}

/** Share of a name's words that a page has. */
function partOf(key: string, hit: SeenHit | null): number {
  const words = key.split(" ").filter((word) => !STOP_WORDS.has(word));
  return hit === null || words.length === 0 ? 0 : words.filter((word) => hit.words.has(word)).length / words.length;
}
