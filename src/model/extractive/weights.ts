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
  questionRank: 1.06,
  nameRank: 1.06,
  clauseRank: 1.1,
  /** The question has the whole title; share of the title's words that it has. */
  titleNamed: 2.5,
  titleShare: 1.09,
  /** Share of the question's weight in title and snippets; of its focus; of what no opened page has. */
  coverage: -0.02,
  focus: 0.44,
  news: 2.41,
  /** For direct ways: share of the weight of the question's names. */
  nameCover: 1.89,
  /** Bridges crossed before (a count); score of the way to the page with the bridge (of any size). */
  depth: -1.46,
  parent: 0.39,
  /** Share of all hits that have the bridge's name: common names lead nowhere. */
  common: -4.17,
  /** The page of that name: that it is one, the bridge's score, what of the rest it covers, what was covered before. */
  over: 0.76,
  overScore: 0.6,
  overGain: 2.48,
  overExplained: 0.7,
  /** 1 / rank in the bridge's search; it is a link; nothing but its name was seen. */
  overRank: 1.99,
  overLink: -0.55,
  overUnread: -1.51,
  /** A page with that name in it: the same signs, and that the snippet shows the name. */
  with: -2.09,
  withScore: 0.27,
  withGain: -0.38,
  withRank: 2.26,
  withText: 3.64,
  /** A page of the same title was opened. */
  twin: -1.39,
  /** Share of the best covered hop's weight. */
  hopCover: 0.7,
  /** Its title has the bridge and a word of the next hop; the bridge comes from a page that tells the last hop. */
  withTitle: 1.85,
  final: -0.94,
};

/** Which sentences to quote. */
export const QUOTE_WEIGHTS = {
  /** Share of the question's weight; of what the way to the page left open. */
  coverage: -1.02,
  residual: 1.13,
  /** Share of the words next to what is asked for, said in the question's words or in others; in its words only. */
  focus: 0.88,
  focusPlain: 1.22,
  /** It states a relation of the question; one that the way to the page did not use. */
  cue: 0.18,
  openCue: 0.14,
  /** It holds something of the kind asked for (person, place, date, number); exactly that. */
  kind: 0.75,
  exact: 1.17,
  /** Place in the page. */
  first: 0.14,
  early: 0.71,
  /** It names another opened page; it is the one that led on. */
  linked: 0.03,
  carries: 0.34,
  /** How good the way to its page is against the best, with all before it and by itself (of any size, at most 0). */
  path: 0.88,
  own: -0.17,
  /** 1 / place of its page in the order of opening. */
  order: 1.31,
  /** The same shares for the whole page. */
  pageFocus: 0.74,
  pageCoverage: -2.01,
  /** Its page was reached over a bridge; led nowhere else. */
  bridged: -0.13,
  leaf: 0.32,
  /** It holds a name that the question lacks. */
  newName: 0.34,
  /** Share of the focus in its neighbours: the better sentence is then next door. */
  before: -0.98,
  after: -0.98,
  /** Share of the weight of the hop that its page tells; of the last hop; of that on a page which tells it; and that it does. */
  hop: -0.56,
  root: 1.46,
  rootHere: 0.78,
  isRoot: 0.98,
};

/** Sum of the signs, each times its weight. */
export function scoreOf<Names extends string>(weights: Record<Names, number>, features: Record<Names, number>): number {
  let score = 0;
  for (const name in weights) score += weights[name] * features[name];
  return score;
}
