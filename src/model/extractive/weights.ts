/**
 * What each sign counts for when the reader chooses. Fitted, not guessed: maximum likelihood of the right choice
 * (softmax over all choices of a question, L2 penalty) on 350 training questions of HotpotQA, 2WikiMultiHopQA and
 * MuSiQue together, MuSiQue counting more. Every sign is a number between -1 and 1 unless said otherwise; signs that counted for nothing were
 * dropped.
 */

/** Which name on a page leads on. */
export const BRIDGE_WEIGHTS = {
  /** Nearness to a phrase that states one of the question's relations: "directed by". */
  cue: 1.32,
  /** Nearness to a word of the question. */
  asked: 0.91,
  /** The name is a link. */
  link: 2.51,
  /** It stands in the first sentence; and how early its sentence comes, which takes most of that back. */
  first: 1.05,
  early: -0.56,
  /** Share of the question's weight in the sentence. */
  sentence: 1.46,
  /** A country lies on the way, and this is one (or is none). */
  country: 1.71,
  /** The name says its kind, and the question passes through that kind: "county" and "Avery County". */
  typed: -0.29,
  /** No comma follows: "Kirkwood, Missouri" tells the place by its first part. */
  last: -0.57,
  /** The word before it is "by"; is "in", "at", "of", "from" or "near". */
  by: 1.27,
  place: 0.57,
  /** It is a part of the page's title; is the page's own name. */
  title: 1.42,
  self: -1.82,
  /** The same nearness, to phrases and words of the hop that the page is expected to tell only; it is of the kind asked for there. */
  hopCue: 1.08,
  hopAsked: 0.83,
  fits: 1.14,
};

/** Which page to open next, and by which way: directly, over to a page of the bridge's name, or with its name in it. */
export const WAY_WEIGHTS = {
  /** 1 / rank in the search for the question; in the best for one of its names; in the best for one of its clauses. */
  questionRank: 0.9,
  nameRank: 1.05,
  clauseRank: 1.08,
  /** The question has the whole title; share of the title's words that it has. */
  titleNamed: 2.32,
  titleShare: 1.1,
  /** Share of the question's weight in title and snippets; of its focus; of what no opened page has. */
  coverage: 0.49,
  focus: 1.18,
  news: 1.99,
  /** For direct ways: share of the weight of the question's names. */
  nameCover: 0.89,
  /** Bridges crossed before (a count); score of the way to the page with the bridge (of any size). */
  depth: -1.38,
  parent: 0.48,
  /** Share of all hits that have the bridge's name: common names lead nowhere. */
  common: -5.38,
  /** The page of that name: that it is one, the bridge's score, what of the rest it covers, what was covered before. */
  over: 0.44,
  overScore: 0.03,
  overGain: 1.7,
  overExplained: 1.29,
  /** 1 / rank in the bridge's search; it is a link; nothing but its name was seen. */
  overRank: 1.67,
  overLink: -0.03,
  overUnread: 0.01,
  /** A page with that name in it: the same signs, and that the snippet shows the name. */
  with: -0.06,
  withScore: -0.01,
  withGain: 0.13,
  withRank: 1.49,
  withText: 0.98,
  /** A page of the same title was opened. */
  twin: -1.24,
  /** Share of the best covered hop's weight. */
  hopCover: 0.2,
  /** Its title has the bridge and a word of the next hop; the bridge comes from a page that tells the last hop. */
  withTitle: 1.63,
  final: -0.58,
  /** Share of the best covered hop's weight among those that need no other one. */
  leafCover: 2.21,
  /** The bridge's share among those of its page: by its own page, by one that shows its name, by one that does not. */
  overShare: 2.19,
  withShare: 1.53,
  blindShare: 1.89,
  /** 1 / rank in the bridge's search of a page that does not show the name; share of the name's words that it shows. */
  blindRank: 2.08,
  withPart: 0.84,
  /** The bridge is an adjective that says a country. */
  adjective: -2.05,
  /** Further opened pages of the same title (a count). */
  twins: -1.38,
};

/** Which sentences to quote. */
export const QUOTE_WEIGHTS = {
  /** Share of the question's weight; of what the way to the page left open. */
  coverage: -1.69,
  residual: 1.21,
  /** Share of the words next to what is asked for, said in the question's words or in others; in its words only. */
  focus: 1.21,
  focusPlain: 1.31,
  /** It states a relation of the question; one that the way to the page did not use. */
  cue: -0.13,
  openCue: 0.41,
  /** It holds something of the kind asked for (person, place, date, number); exactly that. */
  kind: 0.68,
  exact: 1.2,
  /** Place in the page. */
  first: 0.19,
  early: 0.7,
  /** It names another opened page; it is the one that led on. */
  linked: -0.13,
  carries: 0.59,
  /** How good the way to its page is against the best, with all before it and by itself (of any size, at most 0). */
  path: 0.43,
  own: 0.13,
  /** 1 / place of its page in the order of opening. */
  order: 1.68,
  /** The same shares for the whole page. */
  pageFocus: 1.5,
  pageCoverage: -2.04,
  /** Its page was reached over a bridge; led nowhere else. */
  bridged: 0.33,
  leaf: 0.55,
  /** It holds a name that the question lacks. */
  newName: 0.24,
  /** Share of the focus in its neighbours: the better sentence is then next door. */
  before: -1.15,
  after: -1.43,
  /** Share of the weight of the hop that its page tells; of the last hop; of that on a page which tells it; and that it does. */
  hop: -1.65,
  root: 1.73,
  rootHere: 0.54,
  isRoot: 1.2,
  /** Share of the weight of the hop that the way to its page leads to; it, or its page's title, has the bridge's name. */
  nextHere: 1.33,
  withBridge: 0.63,
};

/** Sum of the signs, each times its weight. */
export function scoreOf<Names extends string>(weights: Record<Names, number>, features: Record<Names, number>): number {
  let score = 0;
  for (const name in weights) score += weights[name] * features[name];
  return score;
}
