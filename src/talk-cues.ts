/** What in a message is worth telling, by its words: shared by what is kept of a page and what is quoted. Part of the floor. */
export type PointKind = "decision" | "request" | "question" | "promise" | "news";

/** A sentence that decides, asks, promises or reports something. */
export interface Point<Sentence> {
  kind: PointKind;
  sentence: Sentence;
  /** To rank points of one talk; about 1 to 6. */
  weight: number;
}

/** Those of the sentences of a message that tell something, in their order; English and German. Small talk does not. */
export function pointsAmong<Sentence extends { text: string }>(sentences: readonly Sentence[]): Point<Sentence>[] {
  return sentences.flatMap((sentence) => {
    const words = sentence.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    if (words < MIN_WORDS || words > MAX_WORDS) return [];
    const kind = kindOf(sentence.text);
    if (kind === null) return [];
    return [{ kind, sentence, weight: WEIGHTS[kind] + (HAS_FIGURE.test(sentence.text) ? 0.5 : 0) }];
  });
}

function kindOf(sentence: string): PointKind | null {
  if (REQUEST.test(sentence)) return "request";
  if (/[?？]["'”’)\]]*$/.test(sentence)) return "question";
  if (DECISION.test(sentence)) return UNDECIDED.test(sentence) ? null : "decision";
  if (PROMISE.test(sentence)) return "promise";
  return NEWS.test(sentence) ? "news" : null;
}

const MIN_WORDS = 4;
const MAX_WORDS = 60;
const WEIGHTS: Record<PointKind, number> = { decision: 5, question: 4, request: 3.5, promise: 3, news: 2.5 };
const HAS_FIGURE = /\d/;
const DECISION =
  /\b(?:decided|decision is|agreed|agree(?:ing)? (?:on|to)|settled on|approved|chose|chosen|consensus|(?:let['’]?s|we(?:['’]ll| will|['’]re|['’]ve| are)?) (?:go|going|gone) with|we (?:won['’]t|will not)|(?:let['’]?s|we(?:['’]ll| will)) (?:keep|use|drop|move|switch|stay|ship|postpone|stick|do|start|stop|take|try)|beschlossen|entschieden|vereinbart|geeinigt|wir nehmen|wir bleiben bei)\b/iu;
const UNDECIDED =
  /(?:\b(?:not|never|no)|n['’]t)\b[^.]{0,30}\b(?:decid|agree|settl|chos|approv)|\bif we\b|\b(?:nicht|noch) [^.]{0,20}(?:beschlossen|entschieden)/iu;
const REQUEST =
  /\b(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody)\b|\bplease\b|\bbitte\b|\b(?:kannst|könntest) du\b|\b(?:könnt|könntet) ihr\b|\bkann (?:jemand|wer)\b/iu;
const PROMISE =
  /\b(?:I(?:['’]ll| will|['’]m going to| am going to| can take| take over)|on my list|leave (?:it|that) to me)\b|\bich (?:übernehme|mache|werde|kümmere|schaue|schicke)\b/iu;
const NEWS =
  /\b(?:released|deployed|shipped|rolled (?:out|back)|outage|went down|is down|broke|broken|fail(?:ed|s|ing)|fixed|merged|launched|finished|resolved|reverted|upgraded|migrated|measured|(?:is|are) (?:done|live)|went live|announced|incident|veröffentlicht|ausgerollt|ausgefallen|behoben|repariert|fertig|gemessen)\b/iu;
