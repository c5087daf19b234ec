export const BRIDGE_WEIGHTS = { cue: 1.16, asked: 1.48, link: 2.52, first: 1.01, early: -0.69, sentence: 0.78, parentTitle: 0.00, parentNamed: 0.00, country: 0.85, noCountry: -0.85, typed: 0.26, common: 0.07, last: -0.57, behind: 0.02, by: 1.19, place: 0.59, several: 0.06, title: 1.44, self: 0.42 };

export const WAY_WEIGHTS = { questionRank: 1.02, nameRank: 1.15, clauseRank: 0.97, titleNamed: 1.90, titleShare: 0.53, coverage: 0.45, focus: 0.89, news: 1.69, depth: -1.35, parent: 0.31, self: 0.09, over: 0.20, overScore: 0.75, overGain: 1.56, overExplained: 0.26, overRank: 1.32, overLink: 0.16, overUnread: -0.46, with: -0.43, withScore: 0.16, withGain: -0.70, withExplained: -0.02, withRank: 1.77, withText: 2.14, common: -1.48, nameCover: 1.42, twin: -0.26, late: 0.04, lateNamed: 0.02 };

export const QUOTE_WEIGHTS = { coverage: -0.36, residual: 1.66, focus: 0.74, focusPlain: 0.75, cue: 0.21, openCue: 0.37, kind: 0.61, exact: 1.13, first: 0.27, early: 0.45, linked: 0.26, path: 0.48, own: 0.18, order: 0.93, pageFocus: 0.24, pageCoverage: -0.97, bridged: 0.34, leaf: -0.21, carries: 0.29, newName: 0.14, named: -0.02, long: 0.10, before: -0.50, after: -0.61 };

export function scoreOf<Names extends string>(weights: Record<Names, number>, features: Record<Names, number>): number {
  let score = 0;
  for (const name in weights) score += weights[name] * features[name];
  return score;
}
