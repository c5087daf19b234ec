import { STOP_WORDS, stem, wordsOf } from "../../words.ts";
import type { Bridge } from "./bridges.ts";
import { nameKey } from "./reading.ts";
import { coverage, type ReadPage, type Scene, type SeenHit } from "./scene.ts";
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

function waysTo({ number, title, hit }: Target, bridges: Bridge[], scene: Scene): Way[] {
  const { question, weights } = scene;
  const known = ` ${question.stems.join(" ")} `;
  const titleStems = hit?.titleStems ?? wordsOf(title).map(stem);
  const terms = hit?.terms ?? new Set(titleStems);
  const meanings = hit?.meanings ?? terms;
  const key = nameKey(title);
  const shortStems = key.split(" ").map(stem);
  const meaningful = titleStems.filter((term) => !STOP_WORDS.has(term));
  const base: WayFeatures = {
    questionRank: 0,
    nameRank: 0,
    clauseRank: 0,
    titleNamed: 0,
    titleShare: meaningful.filter((term) => weights.has(term)).length / Math.max(1, meaningful.length),
    coverage: coverage(weights, terms),
    focus: coverage(scene.focus, meanings),
    news: coverage(scene.missing, terms),
    depth: 0,
    parent: 0,
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
    common: 0,
    nameCover: coverage(scene.nameWeights, terms),
    twin: scene.pages.filter((page) => page.key === key && page.number !== number).length > 0 ? 1 : 0,
  };
  for (const { query, rank } of hit?.found ?? []) {
    const value = 1 / (rank + 1);
    const kind = scene.firstQueries.find((first) => first.query === query)?.kind;
    if (kind === "question") base.questionRank = Math.max(base.questionRank, value);
    if (kind === "name") base.nameRank = Math.max(base.nameRank, value);
    if (kind === "clause") base.clauseRank = Math.max(base.clauseRank, value);
  }
  if (key !== "" && known.includes(` ${shortStems.join(" ")} `)) {
    const weight = shortStems.reduce((sum, term) => sum + (question.weights.get(term) ?? 0), 0);
    base.titleNamed = Math.min(1, weight / 3) * (known.includes(` ${titleStems.join(" ")} `) ? 1 : 0.8);
  }
  const ways: Way[] = [{ number, title, bridge: null, features: base, score: scoreOf(WAY_WEIGHTS, base) }];
  for (const bridge of bridges) {
    const isLink = bridge.link === number;
    const isTitle = bridge.key === key;
    const isText = hit !== null && scene.holders(bridge.key).has(number);
    const found = hit?.found.find(({ query }) => query === bridge.query);
    if (!isLink && !isTitle && !isText && found === undefined) continue;
    const features: WayFeatures = {
      ...base,
      nameCover: 0,
      depth: bridge.page.depth,
      parent: scene.paths.get(bridge.page)?.score ?? 0,
      common: scene.commonness(bridge.key),
    };
    const rank = found === undefined ? 0 : 1 / (found.rank + 1);
    const gain = coverage(bridge.residual, meanings);
    const explained = coverage(weights, bridge.explained);
    if (isLink || isTitle) {
      Object.assign(features, {
        over: 1,
        overScore: bridge.score,
        overGain: gain,
        overExplained: explained,
        overRank: rank,
        overLink: isLink ? 1 : 0,
        overUnread: hit === null ? 1 : 0,
      });
    } else {
      Object.assign(features, {
        with: 1,
        withScore: bridge.score,
        withGain: gain,
        withRank: rank,
        withText: isText ? 1 : 0,
      });
    }
    ways.push({ number, title, bridge, features, score: scoreOf(WAY_WEIGHTS, features) });
  }
  return ways;
}
