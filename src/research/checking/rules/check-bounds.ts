import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isVerb } from "../reading/verbs.ts";

export interface Superlative {
  reading: Reading;
  at: number;
}

/** "The largest in New Jersey" is no "largest in the United States", and "then the largest" no "largest ever". */
export function checkBounds(
  stated: Superlative,
  found: readonly Superlative[],
  { contexts }: Evidence,
): Finding | null {
  const word = stated.reading.text.slice(
    stated.reading.tokens[stated.at]?.start,
    stated.reading.tokens[stated.at]?.end,
  );
  const limit = found.map(({ reading }) => reading.text.match(FOR_A_TIME)?.[0]);
  if (
    isEndless(stated.reading.text) &&
    limit.every((one) => one !== undefined) &&
    !found.some(({ reading }) => isEndless(reading.text))
  )
    return { weight: 1, reason: `The page says "${word}" only of its time ("${limit[0]}")` };
  const readings = [...found.map(({ reading }) => reading), ...contexts];
  const first = boundOf(stated).find((part) => part.some((token) => !readings.some((reading) => isIn(token, reading))));
  if (first === undefined) return null;
  const bounds = found.map((one) => boundOf(one).filter((part) => part.every((token) => !isIn(token, stated.reading))));
  const own = bounds.find((parts) => parts.length > 0)?.[0];
  // "The city" may well be New York.
  if (own === undefined || own.every(isGeneric) || (first.every(isGeneric) && own.some(({ isName }) => isName)))
    return null;
  const [a, b] = [first, own].map((part) => part.map(({ word: name }) => name).join(" "));
  return { weight: 1, reason: `The page says "${word}" of "${b}", the statement of "${a}"` };
}

function isGeneric({ stem, isName }: Token): boolean {
  return !isName && GENERIC.has(stem);
}

const GENERIC: ReadonlySet<string> = new Set(
  "city town village country nation state region territory island county province area district park land stadt ort ciudad pais isla pueblo provincia ville pays ile".split(
    " ",
  ),
);

function isIn(token: Token, reading: Reading): boolean {
  return (matchIn(token, reading)?.strength ?? 0) >= 0.6;
}

/** "in New Jersey", "of the garden", "the country's": the parts of the clause within which it is the highest. */
function boundOf({ reading, at }: Superlative): Token[][] {
  const { tokens } = reading;
  const parts: Token[][] = [];
  const clause = tokens[at]?.clause;
  let isInside = false;
  for (let index = at + 1; index < tokens.length && tokens[index]?.clause === clause; index += 1) {
    const token = tokens[index];
    if (token === undefined || isVerb(reading, index)) break;
    if (BOUNDING.has(token.word)) {
      parts.push([]);
      isInside = true;
    } else if (isInside && token.isContent && token.kind === "word") parts.at(-1)?.push(token);
  }
  return parts.filter((words) => words.length > 0);
}

const BOUNDING: ReadonlySet<string> = new Set(
  "in of within among throughout across on de del en entre im in von der des unter dans du des".split(" "),
);

const FOR_A_TIME =
  /(?<!\p{L})(?:at (?:the|that) time|at its (?:opening|launch|completion)|then(?! \p{L}+ed)|(?:until|since) (?:\p{L}+ )?\d|damals|seinerzeit|(?:bis|seit) (?:\p{L}+ )?\d|entonces|(?:hasta|desde) (?:\p{L}+ )?\d|à l'époque)(?!\p{L})/iu;
/** "Ever", "still", "of all time". */
function isEndless(text: string): boolean {
  return ENDLESS.test(text);
}

const ENDLESS =
  /(?<!\p{L})(?:ever|remains?|still|of all time|in (?:\p{L}+ ){0,3}history|to (?:this day|date)|today|nowadays|noch (?:heute|immer)|aller Zeiten|bis heute|jemals|todavía|sigue|de todos los tiempos|de la historia|encore|jamais)(?!\p{L})/iu;
