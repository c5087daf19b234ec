import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isHedge, isNegative } from "../reading/scopes.ts";
import { LEFT_OPEN } from "./check-pending.ts";

/** "Has been carried out" where the page only says of it that it is planned, a condition, or still to be decided. */
export function checkDone(statement: Reading, evidence: Evidence): Finding[] {
  const verb = doneIn(statement);
  if (verb === null) return [];
  return checkPlanned(statement, evidence, verb) ?? checkOpen(statement, evidence, verb) ?? [];
}

function checkPlanned(statement: Reading, evidence: Evidence, verb: number): Finding[] | null {
  if (statement.tokens.some((token) => isHedge(token) || token.isAhead || isNegative(token))) return null;
  const [best] = evidence.places;
  const isOpen = (evidence.matches[verb] ?? []).every(({ place, strength }) => !place.isSound || strength < 0.85);
  if (best === undefined || !isOpen || DONE.test(best.reading.text)) return null;
  const others = statement.tokens.flatMap(({ isContent }, at) => (isContent && at !== verb ? [at] : []));
  const isOnMatter = others.every((at) => (evidence.matches[at] ?? []).some(({ place }) => place === best));
  if (others.length === 0 || !isOnMatter || !best.reading.tokens.some(({ isAhead }) => isAhead)) return null;
  return [
    { weight: 1, reason: `The page speaks of what is to come, the statement says "${statement.tokens[verb]?.word}"` },
  ];
}

/** "Now that the county has licensed it" for "provided that the county grants the licence", "still before the court". */
function checkOpen(statement: Reading, evidence: Evidence, verb: number): Finding[] | null {
  const own = statement.tokens[verb];
  const opening = statement.text.slice(0, own?.start).slice(-CONDITION_CHARS);
  if (own === undefined || own.isNegated || CONDITION.test(opening) || LEFT_OPEN.test(statement.text)) return null;
  const nowThat = statement.text.match(NOW_THAT);
  const words = wordsBeside(statement, own, nowThat?.index ?? 0);
  const least = nowThat === null ? 2 : 1;
  const places = evidence.places.filter(({ isSound }) => isSound);
  const open = places
    .flatMap((place) => openPart(place) ?? [])
    .find(({ place, isIn }) => {
      const held = words.filter((at) =>
        (evidence.matches[at] ?? []).some(
          (match) => match.place === place && match.strength >= 0.7 && isIn(match.token),
        ),
      );
      return held.length >= least && held.length * (nowThat === null ? 2 : 3) >= words.length;
    });
  return open === undefined
    ? null
    : [{ weight: 1, reason: `The page leaves this open: "${open.cue}"; the statement says "${own.word}"` }];
}

/** Indices of the words of meaning of a token's clause, from a place in the text on. */
function wordsBeside({ tokens }: Reading, own: Token, from: number): number[] {
  return tokens.flatMap(({ clause, isContent, start }, at) =>
    isContent && clause === own.clause && start >= from ? [at] : [],
  );
}

interface OpenPart {
  place: Place;
  cue: string;
  isIn: (token: Token) => boolean;
}

/** The part of a sentence that a condition opens, or the clauses beside the word that says that it is undecided. */
function openPart(place: Place): OpenPart | null {
  const { text, tokens } = place.reading;
  const condition = text.match(CONDITION_HERE);
  if (condition !== null) {
    const start = (condition.index ?? 0) + condition[0].length;
    const end = start + (/[,;.)]/.exec(text.slice(start))?.index ?? text.length);
    return { place, cue: condition[0].trim(), isIn: (token) => token.start >= start && token.end <= end };
  }
  const undecided = text.match(LEFT_OPEN);
  if (undecided === null) return null;
  const cue = tokens.find(({ end }) => end >= (undecided.index ?? 0) + undecided[0].length);
  return { place, cue: undecided[0], isIn: (token) => Math.abs(token.clause - (cue?.clause ?? 0)) <= 1 };
}

const NOW_THAT = /\b(?:now that|nachdem|una vez que)\b/iu;
const CONDITION_CHARS = 60;
/** A condition behind what depends on it. */
const CONDITION_HERE =
  /(?<=\S\s)(?:if|provided(?: that)?|on condition that|as long as|unless|subject to|falls|sofern|vorausgesetzt|si|siempre que)\s/u;
const CONDITION =
  /\b(?:if|when|once|after|provided|condition|unless|until|whether|falls|sofern|wenn|ob|sobald|si|cuando)\b[^,;]*$/iu;

/** The verb of "has been delivered", "have begun", "ist fertig geworden", "ha sido entregado". */
function doneIn({ tokens, text }: Reading): number | null {
  const verb = tokens.findIndex(
    (token) =>
      token.isContent && token.kind === "word" && HAS.test(text.slice(Math.max(0, token.start - 30), token.start)),
  );
  if (verb !== -1) return verb;
  const already = tokens.findIndex(({ word }) => /^(?:already|bereits|schon|ya)$/.test(word));
  const isWord = ({ isContent, kind }: Token): boolean => isContent && kind === "word";
  const next = tokens.findIndex((token, at) => at > already && isWord(token));
  if (already !== -1) return next === -1 ? tokens.findLastIndex(isWord) : next;
  const last = tokens.findIndex(
    ({ start, end, isContent }) =>
      isContent && PARTICIPLE.test(text.slice(start, end)) && GERMAN_END.test(text.slice(end, end + 12)),
  );
  return last === -1 ? null : last;
}

const PARTICIPLE = /^\p{Ll}+(?:t|en)$/u;
const GERMAN_END = /^\s(?:hat|haben|ist|sind|wurde|wurden)(?=[\s,;.]|$)/;

const HAS =
  /(?<![a-zß-ɏ])(?:(?:has|have|had|'ve)(?:\s+(?:already|since|now|recently))?(?:\s+been)?|(?:ist|sind|hat|haben|wurde|wurden)(?:\s+(?:bereits|schon))?|(?:ha|han)(?:\s+ya)?(?:\s+sido)?)\s+$/i;

const DONE = /\b(?:(?:has|have|had) been|already|bereits|schon|ya)\b/iu;
