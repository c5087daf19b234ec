import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isNegative } from "../reading/scopes.ts";

/** What came instead of what, from where to where, and what is still so: the two sides are not to be exchanged. */
export function checkReplaced(statement: Reading, evidence: Evidence): Finding[] {
  for (const place of evidence.places) {
    if (!place.isCore || !place.isSound || place.unit.kind !== "sentence") continue;
    const finding =
      checkInstead(statement, evidence, place) ??
      checkWays(statement, place.reading) ??
      checkStill(statement, place) ??
      checkSuccessor(statement, place);
    if (finding !== null) return [finding];
  }
  return [];
}

const INSTEAD =
  /(?<![a-zß-ɏ])(?:instead of|rather than|in place of|anstelle|anstatt|statt|en lugar de|en vez de|au lieu de)\s/i;
const FORMER =
  /(?<![a-zß-ɏ])(?:replac[a-zß-ɏ]*|former[a-zß-ɏ]*|previous[a-zß-ɏ]*|earlier|until|used to|no longer|before|old|früher|bisher|ersetz[a-zß-ɏ]*|antes|sustitu[a-zß-ɏ]*|avant)(?![a-zß-ɏ])/i;

/** "Written in JSON" where the page has "written in TOML instead of JSON". */
function checkInstead(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  const { reading } = place;
  const found = sidesBy(reading, INSTEAD);
  if (found === null) return null;
  const has = (token: Token): boolean =>
    evidence.matches.some((matches) => matches.some((match) => match.token === token && match.strength >= 0.9));
  const [chosen, dropped] = [found.before.at(-1), found.after[0]];
  if (chosen === undefined || dropped === undefined) return null;
  const own = sidesBy(statement, INSTEAD);
  if (own !== null) {
    const isTurned = own.before.at(-1)?.stem === dropped.stem && own.after[0]?.stem === chosen.stem;
    return isTurned ? { weight: 1, reason: `The page has "${chosen.word}" instead of "${dropped.word}"` } : null;
  }
  if (!has(dropped) || has(chosen) || FORMER.test(statement.text) || statement.tokens.some(isNegative)) return null;
  return { weight: 1, reason: `The page has "${chosen.word}" instead of "${dropped.word}"` };
}

/** The words of meaning on either side of a phrase. */
function sidesBy({ text, tokens }: Reading, phrase: RegExp): { before: Token[]; after: Token[] } | null {
  const at = text.search(phrase);
  if (at === -1) return null;
  const content = tokens.filter(({ isContent }) => isContent);
  return { before: content.filter(({ end }) => end <= at), after: content.filter(({ start }) => start > at) };
}

const FROM =
  /(?<![a-zß-ɏ])(?:from|von|vom|aus|desde|depuis)\s(?<source>[^.;]{2,60}?)\s(?:to|into|in|nach|zum?|zur|auf|hasta|vers)\s(?<target>[^.;]{2,60})/i;

/** "From the core into a plug-in" for "from a plug-in into the core". */
function checkWays(statement: Reading, found: Reading): Finding | null {
  const [own, there] = [waysOf(statement), waysOf(found)];
  if (own === null || there === null) return null;
  const isIn = (tokens: readonly Token[], others: readonly Token[]): boolean =>
    tokens.length > 0 && tokens.every(({ stem }) => others.some((other) => other.stem === stem));
  if (!isIn(own.source, there.target) || isIn(own.source, there.source)) return null;
  const [target] = own.target;
  if (target === undefined || !isIn([target], there.source)) return null;
  return { weight: 1, reason: `In the page "${target.word}" is where it comes from` };
}

function waysOf({ text, tokens }: Reading): { source: Token[]; target: Token[] } | null {
  const match = text.match(FROM);
  const { source = "", target = "" } = match?.groups ?? {};
  if (match?.index === undefined) return null;
  const from = text.indexOf(source, match.index + 1);
  const to = text.indexOf(target, from + source.length);
  const within = (start: number, length: number): Token[] =>
    tokens.filter(
      (token) => token.isContent && token.kind === "word" && token.start >= start && token.end <= start + length,
    );
  return { source: within(from, source.length), target: within(to, target.length) };
}

const STILL =
  /(?<![a-zß-ɏ])(?:still|to this day|even today|noch (?:immer|heute)|heute noch|nach wie vor|todavía|aún hoy|toujours)(?![a-zß-ɏ])/i;
const OVER =
  /(?<![a-zß-ɏ])(?:dismantled|demolished|abolished|scrapped|pulled down|torn down|burned down|removed|abgerissen|abgebaut|abgeschafft|demolid[oa]|desmontad[oa]|suprimid[oa]|démoli[a-zß-ɏ]*)(?![a-zß-ɏ])/i;

/** "Still in use" where the page has "dismantled in 1975". */
function checkStill(statement: Reading, { reading: { text } }: Place): Finding | null {
  const still = statement.text.match(STILL)?.[0];
  const over = text.match(OVER)?.[0];
  if (still === undefined || over === undefined || STILL.test(text) || statement.tokens.some(isNegative)) return null;
  return OVER.test(statement.text) ? null : { weight: 1, reason: `The page says "${over}", the statement "${still}"` };
}

const SUCCESSOR =
  /(?<!\p{L})(?:(?:her|his|its|their|sein|ihr|su)|\p{L}+['’]s?)\s(?:successor|Nachfolger(?:in)?|sucesora?),?\s(?<name>\p{Lu}[\p{L}'’-]+)/u;
const SUCCEEDED =
  /(?<!\p{L})(?:succeeded|succeeds|followed|replaced|took over from|sucedió a|sustituyó a)\s(?<whole>(?:\p{Lu}[\p{L}'’-]+\s?)+)/u;

/** "Monk succeeded Ferri" where the page has "her successor Ferri". */
function checkSuccessor(statement: Reading, { reading: { text } }: Place): Finding | null {
  const name = text.match(SUCCESSOR)?.groups?.name;
  const whole = statement.text.match(SUCCEEDED)?.groups?.whole;
  if (name === undefined || whole === undefined || !whole.split(/\s/).includes(name)) return null;
  return { weight: 1, reason: `In the page "${name}" is the one who followed` };
}
