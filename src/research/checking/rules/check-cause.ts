import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading } from "../reading/reading.ts";
import { HEDGED } from "./check-reported.ts";

/** The page must join the two things that the statement calls cause and effect; telling both is less. */
export function checkCause(statement: Reading, evidence: Evidence): Finding[] {
  const parts = partsOf(statement);
  if (parts === null) return [];
  const { cue } = parts;
  const open = evidence.places[0]?.reading.text.match(OPEN_CAUSE)?.[0];
  if (open !== undefined && !HEDGED.test(statement.text))
    return [{ weight: 1, reason: `The page leaves the cause open ("${open}")` }];
  if (evidence.places[0]?.page.language !== statement.language) return [];
  if (HEDGED.test(statement.text)) return [];
  const weight = weightOf(statement, evidence, parts);
  return weight === 0 ? [] : [{ weight, reason: `The page gives no such cause ("${cue}")` }];
}

interface Parts {
  cue: string;
  /** Places of the content words before the cue and behind it: effect and cause in either order. */
  sides: [number[], number[]];
}

const CAUSE =
  /\b(?:because(?: of)?|due to(?! (?:be|begin|start|open|end|close|expire|come|go|run|take|leave|arrive|return|become)(?!\p{L}))|owing to|thanks to|on account of|caused(?: by)?|as a (?:direct )?(?:result|consequence)(?: of)?|result(?:ed|ing) (?:in|from)|led (?:directly )?to|prompted|triggered|sparked|made possible|is why|(?:is|are|was|were) the (?:\p{L}+ ){0,2}(?:reason|cause)|therefore|consequently|weil|wegen|aufgrund|dank|infolge|deshalb|führten? zu|porque|debido a|gracias a|a causa de|por lo que|provoc(?:ó|aron)|parce qu[e']|grâce à|à cause d[eu'])(?![\p{L}\d])/iu;
/** "It was the outcry that made him resign." */
const CLEFT = /^\s*(?:it|what) (?:was|is) [^.;]+? (?:that|which|who) (made|drove|led|forced|caused|prompted)\b/iu;

function partsOf(statement: Reading): Parts | null {
  const { text, tokens } = statement;
  const cleft = text.match(CLEFT);
  const found = cleft ?? text.match(CAUSE);
  if (found === null) return null;
  const cue = cleft?.[1] ?? found[0];
  const start = (found.index ?? 0) + found[0].length - cue.length;
  const end = start + cue.length;
  const indices = tokens.flatMap(({ isContent }, index) => (isContent ? [index] : []));
  const at = (index: number): number => tokens[index]?.start ?? 0;
  const before = indices.filter((index) => at(index) < start);
  const behind = indices.filter((index) => at(index) >= end);
  if (before.length > 0) return { cue, sides: [before, behind] };
  // "Thanks to cheaper freight, profit rose": the cause ends at the comma.
  const comma = text.indexOf(",", end);
  if (comma === -1) return null;
  return { cue, sides: [behind.filter((index) => at(index) < comma), behind.filter((index) => at(index) > comma)] };
}

interface Held {
  place: Place;
  left: number;
  right: number;
}

function weightOf(statement: Reading, evidence: Evidence, { sides: [left, right] }: Parts): number {
  if (left.length === 0 || right.length === 0) return 0;
  const held = evidence.places.map(
    (place): Held => ({
      place,
      left: shareIn(statement, evidence, place, left),
      right: shareIn(statement, evidence, place, right),
    }),
  );
  const joint = held.filter((one) => one.left >= HELD_SHARE && one.right >= HELD_SHARE);
  const joining = held.filter((one) => isJoined(one, JOINING));
  if (joining.length > 0) return joining.every(({ place }) => SUPPOSED.test(place.reading.text)) ? SUPPOSED_WEIGHT : 0;
  // "Seven of them because of turbidity": a label rather than something told.
  const isLabel = Math.min(left.length, right.length) < 2;
  if (isLabel || held.some((one) => isJoined(one, LOOSE))) return 0;
  if (joint.length > 0) return 1;
  const [lefts, rights] = [held.filter((one) => one.left >= HELD_SHARE), held.filter((one) => one.right >= HELD_SHARE)];
  const pairs = lefts.flatMap((one) =>
    rights.flatMap((other) => (areNear(one.place, other.place) ? [[one.place, other.place]] : [])),
  );
  const supposed = pairs
    .flat()
    .some((place) => /reason|cause/.test(place?.reading.text ?? "") && SUPPOSED.test(place?.reading.text ?? ""));
  if (supposed) return SUPPOSED_WEIGHT;
  if (pairs.some(([a, b]) => refersBack(a, b))) return 0;
  if (pairs.length > 0) return 1;
  if (lefts.length > 0 && rights.length > 0) return 1;
  // One side stands in other words, or nowhere.
  const known = [...lefts, ...rights];
  return known.some(({ place }) => JOINING.test(place.reading.text) || LOOSE.test(place.reading.text)) ? 0 : 1;
}

const HELD_SHARE = 0.4;
const SUPPOSED_WEIGHT = 1;

/** A cause that is only thought to be one. */
const SUPPOSED =
  /(?<!\p{L})(?:(?:may|might|could) (?:well |also |partly )?(?:have|be)|suggest\p{L}*|suspect\p{L}*|believ\p{L}+|speculat\p{L}*|possibl\p{L}+|perhaps|alleged\p{L}*|rumou?r\p{L}*|thought to|vermut\p{L}*|möglicherweise|angeblich|quizás?|podría\p{L}*|supuest\p{L}+)(?!\p{L})/iu;

/** A sentence that gives a cause, with both sides in it; one of them may be put in other words. */
function isJoined({ place, left, right }: Held, cue: RegExp): boolean {
  const [less, more] = left < right ? [left, right] : [right, left];
  return more >= HELD_SHARE && less >= HINTED_SHARE && cue.test(place.reading.text);
}

const HINTED_SHARE = 0.15;

function shareIn(statement: Reading, evidence: Evidence, { reading }: Place, indices: readonly number[]): number {
  let [total, held] = [0, 0];
  for (const index of indices) {
    const token = statement.tokens[index];
    const weight = evidence.weights[index] ?? 0;
    total += weight;
    if (token !== undefined) held += weight * (matchIn(token, reading)?.strength ?? 0);
  }
  return total === 0 ? 1 : held / total;
}

function areNear(a: Place, b: Place): boolean {
  return a.page === b.page && a.unit.section === b.unit.section && Math.abs(a.unit.index - b.unit.index) <= 1;
}

/** The second of two sentences says that it follows from the first, or the first what it led to. */
function refersBack(a: Place | undefined, b: Place | undefined): boolean {
  const [, second] = [a, b].toSorted((one, other) => (one?.unit.index ?? 0) - (other?.unit.index ?? 0));
  return second !== undefined && BACK.test(second.reading.text);
}

const BACK =
  /^(?:\P{L}*(?:\p{L}+\P{L}+){0,3})?(?:therefore|thus|hence|so|consequently|accordingly|result|consequence|reason|why|because|cause|this|that|these|which|led|forced|prompted|deshalb|daher|dies\p{L}*|grund|por (?:eso|ello|tanto)|est[aeo]s?)(?!\p{L})/iu;

const JOINING =
  /(?<!\p{L})(?:because|due to|owing to|thanks|followed|caus\p{L}+|reasons?|result\p{L}*|led|lead\p{L}*|therefore|thereby|thus|hence|so (?:that|as)|(?<=, |^)(?:so|as|for)|since(?! (?:\p{L}+ )?\d)|for (?:lack|want|fear|this|that)|consequen\p{L}+|account|contribut\p{L}+|trigger\p{L}*|prompt\p{L}*|forc\p{L}+|driv\p{L}+|drove|spark\p{L}*|spur\p{L}*|fuel\p{L}*|made|mak\p{L}+|enabl\p{L}*|allow\p{L}*|order|attribut\p{L}+|blam\p{L}+|credit\p{L}*|cit(?:ed|ing)|given|view of|based on|respon\p{L}+|explain\p{L}*|why|mean[st]\p{L}*|effects?|impact\p{L}*|affect\p{L}*|would|too \p{L}+ (?:to|for)|so \p{L}+ that|weil|wegen|aufgrund|durch|dank|führt\p{L}*|infolge|deshalb|daher|(?<=, |^)(?:da|denn)|grund|porque|debido|gracias|causa\p{L}*|por (?:falta|culpa|ello|eso|tanto|lo que)|provoc\p{L}+|motiv\p{L}+|pues|ya que|parce|grâce|car|puisque)(?!\p{L})/iu;

/** What may join two things without naming a cause. */
const LOOSE = /[:;–—]|(?<!\p{L})(?:\p{L}+ing|when|where|after|but|if|without|als|ohne|al|sin)(?!\p{L})/iu;

const OPEN_CAUSE =
  /\b(?:(?:un(?:clear|known|certain)|not (?:known|clear|certain)) (?:why|what (?:caused|led))|(?:cause|reason)s? (?:\p{L}+ ){0,4}(?:(?:is|are|was|were|remains?) (?:still )?(?:un(?:known|clear)|not known|disputed)|(?:was|were) never (?:established|found|explained)))/iu;
