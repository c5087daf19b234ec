/**
 * What each sign counts for when the reader chooses. Fitted, not guessed: maximum likelihood of the right choice
 * (softmax over all choices of a question, L2 penalty) on 350 training questions of HotpotQA, 2WikiMultiHopQA and
 * MuSiQue together. Every sign is a number between -1 and 1 unless said otherwise; signs that counted for nothing were
 * dropped.
 */

/** Which name on a page leads on. */
export const BRIDGE_WEIGHTS = {
  /** Nearness to a phrase that states one of the question's relations: "directed by". */
  cue: 1.16,
  /** Nearness to a word of the question. */
  asked: 1.48,
  /** The name is a link. */
  link: 2.52,
  /** It stands in the first sentence; and how early its sentence comes, which takes most of that back. */
  first: 1.01,
  early: -0.69,
  /** Share of the question's weight in the sentence. */
  sentence: 0.78,
  /** A country lies on the way, and this is one (or is none). */
  country: 0.85,
  /** The name says its kind, and the question passes through that kind: "county" and "Avery County". */
  typed: 0.26,
  /** No comma follows: "Kirkwood, Missouri" tells the place by its first part. */
  last: -0.57,
  /** The word before it is "by"; is "in", "at", "of", "from" or "near". */
  by: 1.19,
  place: 0.59,
  /** It is a part of the page's title; is the page's own name. */
  title: 1.44,
  self: 0.42,
};

/** Which page to open next, and by which way: directly, over to a page of the bridge's name, or with its name in it. */
export const WAY_WEIGHTS = {
  /** 1 / rank in the search for the question; in the best for one of its names; in the best for one of its clauses. */
  questionRank: 1.02,
  nameRank: 1.15,
  clauseRank: 0.97,
  /** The question has the whole title; share of the title's words that it has. */
  titleNamed: 1.9,
  titleShare: 0.53,
  /** Share of the question's weight in title and snippets; of its focus; of what no opened page has. */
  coverage: 0.45,
  focus: 0.89,
  news: 1.69,
  /** For direct ways: share of the weight of the question's names. */
  nameCover: 1.42,
  /** Bridges crossed before (a count); score of the way to the page with the bridge (of any size). */
  depth: -1.35,
  parent: 0.31,
  /** Share of all hits that have the bridge's name: common names lead nowhere. */
  common: -1.48,
  /** The page of that name: that it is one, the bridge's score, what of the rest it covers, what was covered before. */
  over: 0.2,
  overScore: 0.75,
  overGain: 1.56,
  overExplained: 0.26,
  /** 1 / rank in the bridge's search; it is a link; nothing but its name was seen. */
  overRank: 1.32,
  overLink: 0.16,
  overUnread: -0.46,
  /** A page with that name in it: the same signs, and that the snippet shows the name. */
  with: -0.43,
  withScore: 0.16,
  withGain: -0.7,
  withRank: 1.77,
  withText: 2.14,
  /** A page of the same title was opened. */
  twin: -0.26,
};

/** Which sentences to quote. */
export const QUOTE_WEIGHTS = {
  /** Share of the question's weight; of what the way to the page left open. */
  coverage: -0.36,
  residual: 1.66,
  /** Share of the words next to what is asked for, said in the question's words or in others; in its words only. */
  focus: 0.74,
  focusPlain: 0.75,
  /** It states a relation of the question; one that the way to the page did not use. */
  cue: 0.21,
  openCue: 0.37,
  /** It holds something of the kind asked for (person, place, date, number); exactly that. */
  kind: 0.61,
  exact: 1.13,
  /** Place in the page. */
  first: 0.27,
  early: 0.45,
  /** It names another opened page; it is the one that led on. */
  linked: 0.26,
  carries: 0.29,
  /** How good the way to its page is against the best, with all before it and by itself (of any size, at most 0). */
  path: 0.48,
  own: 0.18,
  /** 1 / place of its page in the order of opening. */
  order: 0.93,
  /** The same shares for the whole page. */
  pageFocus: 0.24,
  pageCoverage: -0.97,
  /** Its page was reached over a bridge; led nowhere else. */
  bridged: 0.34,
  leaf: -0.21,
  /** It holds a name that the question lacks. */
  newName: 0.14,
  /** Share of the focus in its neighbours: the better sentence is then next door. */
  before: -0.5,
  after: -0.61,
};

/** Sum of the signs, each times its weight. */
export function scoreOf<Names extends string>(weights: Record<Names, number>, features: Record<Names, number>): number {
  let score = 0;
  for (const name in weights) score += weights[name] * features[name];
  return score;
}
