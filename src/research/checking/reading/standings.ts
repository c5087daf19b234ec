import type { Reading, Token } from "./reading.ts";
import { isHedge, isNegation } from "./scopes.ts";

/** A part of a sentence, by its place in the text. */
export interface Part {
  start: number;
  end: number;
}

/** A part of a sentence that says something as done. */
export interface DonePart extends Part {
  /** "Now that …", "nachdem …": what is a condition elsewhere, said as met. */
  isMet: boolean;
}

/** A part of a sentence that says of something that it is not done: still undecided, a condition, or only to come. */
export interface OpenPart extends Part {
  why: "undecided" | "condition" | "ahead";
  cue: string;
}

/** "Not passed on before 3.1" is "passed on since 3.1": turned twice, it is the same. */
export function areTurnedInTime(one: string, other: string): boolean {
  return (BEFORE.test(one) && AFTER.test(other)) || (AFTER.test(one) && BEFORE.test(other));
}

const BEFORE = /\b(?:before|prior to|until|till|bis|bevor|hasta|antes de|avant)\b|之前|以前/iu;
const AFTER = /\b(?:since|after|once|seit|nachdem|desde|tras|después de|depuis|après)\b|之后|以后/iu;

/** The parts of a sentence that say something as done, unless they deny it or leave it open in the same breath. */
export function donePartsOf(reading: Reading): DonePart[] {
  const parts = clausesOf(reading).map(({ start, end }) => {
    const met = reading.text.slice(start, end).search(NOW_THAT);
    return { start: start + Math.max(0, met), end, isMet: met !== -1 };
  });
  return parts.filter((part) => {
    const text = reading.text.slice(part.start, part.end);
    const isReserved = (token: Token): boolean =>
      token.isNegated || isNegation(reading.text, token) || (isHedge(token) && !AUXILIARY.test(token.word));
    return (
      DONE_HERE.test(text) &&
      ![UNDECIDED, AHEAD, CONDITION, GOING_ON].some((open) => open.test(text)) &&
      !reading.tokens.some((token) => isWithin(token, part) && isReserved(token))
    );
  });
}

/** The parts of a sentence that leave something open. */
export function openPartsOf(reading: Reading): OpenPart[] {
  const { text } = reading;
  const parts: OpenPart[] = [];
  let isGoingOn = false;
  for (const { start, end } of clausesOf(reading)) {
    const own = text.slice(start, end);
    const cue = own.match(AHEAD)?.[0];
    const isDone = DONE.test(own) || PAST.test(own.replace(AHEAD, ""));
    const last = parts.at(-1);
    // "Plans are under way to build a 57 km (35 mi) tunnel": what has no verb of its own goes on with what stands before.
    if (cue !== undefined && !isDone) parts.push({ why: "ahead", cue, start, end });
    else if (isGoingOn && !isDone && last !== undefined) last.end = end;
    isGoingOn = (cue !== undefined || isGoingOn) && !isDone;
  }
  const condition = text.match(CONDITION);
  if (condition !== null) {
    const start = condition.index ?? 0;
    const opened = start + condition[0].length;
    const end = opened + (/[,;.)]/.exec(text.slice(opened))?.index ?? text.length);
    parts.push({ why: "condition", cue: condition[0].trim(), start, end });
  }
  return [...parts, ...undecidedPartsOf(text)];
}

export function isWithin({ start, end }: Part, part: Part): boolean {
  return start >= part.start && end <= part.end;
}

/** Main clauses: what a semicolon or an adversative divides. */
function undecidedPartsOf(text: string): OpenPart[] {
  const parts: OpenPart[] = [];
  let start = 0;
  for (const piece of text.split(DIVISION)) {
    const cue = piece.match(UNDECIDED)?.[0];
    if (cue !== undefined) parts.push({ why: "undecided", cue, start, end: start + piece.length });
    start += piece.length;
  }
  return parts;
}

/** Clauses; "and" joins names as often as clauses. */
function clausesOf({ tokens }: Reading): Part[] {
  const parts: Part[] = [];
  tokens.forEach(({ clause, word, start, end }, at) => {
    const last = parts.at(-1);
    if (last === undefined || (clause !== tokens[at - 1]?.clause && !JOINING.test(word))) parts.push({ start, end });
    else last.end = end;
  });
  return parts;
}

const JOINING = /^(?:and|or|und|oder|y|e|o)$/;
const NOW_THAT = /\b(?:now that|nachdem|una vez que)\b/iu;
const AUXILIARY = /^(?:can|kann|puede|pueden)$/;

// "It was applied for; a decision is pending": the second part speaks of the first.
const DIVISION =
  /(?<=;|,\s(?=(?:but|aber|doch|jedoch|pero)\s))(?!\s*(?:a|the|eine|die|una|la)\s(?:decision|approval|entscheidung|zustimmung|decisión|aprobación)(?!\p{L}))/iu;

/** Not decided, not granted, only considered. */
const UNDECIDED =
  /(?<!\p{L})(?:(?:still|yet) (?:to be|open|pending|undecided|outstanding)|not (?:yet )?(?:been )?(?:decided|taken|reached|granted|approved|settled)|undecided|pending|remains? (?:to be seen|open|unclear)|(?:is|are) (?:still )?(?:considering|discussing|waiting for)|(?:is|are) (?:still )?being (?:considered|discussed|examined|negotiated|planned|prepared)|(?:is|are) (?:still )?under way|(?:has|have) yet to|not yet|still (?:before|to be)|awaits|awaiting|under (?:review|discussion|examination)|ist offen|steh(?:t|en) (?:noch )?aus|noch (?:offen|nicht|unklar|kein\p{L}*)|unentschieden|ausstehend|(?:prüf|erwäg)(?:t|en)(?! hat)|pendientes?|(?:aún|todavía) no|sin decidir|por decidir|(?:estudian?|valoran?|barajan?) \p{L}+[aei]r)(?!\p{L})/iu;

/** A condition behind what depends on it, or what must come first. */
const CONDITION =
  /(?<=\S\s)(?:if|provided(?: that)?|on condition that|as long as|unless|subject to|falls|sofern|vorausgesetzt|si|siempre que)\s|\bbefore\s(?=[^,;.]* can )/u;

const AHEAD =
  /\b(?:may|might|could(?! not)|due to be|(?<!\b(?:his|her|their|a|the) )will|plans?|planned|propos\p{L}+|(?:is|are) to|expect(?:s|ed)? to|(?:is|are) expected|scheduled|underway to|provided that|unless|subject to|pending|awaits?|awaiting|yet to|still before|soll|sollen|könnten?|falls|sofern|geplant|voraussichtlich|prevé|prevista?s?|podría\p{L}?|pendiente)\b/u;
/** "Has been going on since 2021": begun, but not done. */
const GOING_ON = /\b(?:has|have|had) been (?:\p{L}+ )?\p{L}{2,}ing\b|\b(?:begun|started|under way|underway)\b/u;
const DONE =
  /\b(?:already|has|have|had|was|were|been|did|since \d|since \p{Lu}\p{L}+ \d|now that|bereits|schon|hat|haben|hatte|wurden?|worden|ya|ha|han|fue|fueron|había)\b/iu;
const PAST = /(?<!\bbe )\b\p{L}{3,}ed\b|\p{Ll}(?:t|en) (?:ist|sind)(?!\p{L})/u;
/** Said as done, also in few words: "permit: granted in 2018". */
const DONE_HERE = new RegExp(
  `${DONE.source}|(?<!\\p{L})(?:granted|approved|decided|agreed|secured|settled|genehmigt|beschlossen|erteilt|zugesagt|aprobad[oa]|concedid[oa]|decidid[oa]|(?:ist|sind) [^.;]*\\p{L}(?:t|en)|\\p{L}+(?:t|en) (?:ist|sind)|liegt vor|steht fest)(?!\\p{L})`,
  "iu",
);
