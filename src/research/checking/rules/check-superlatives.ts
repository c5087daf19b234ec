import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { shareStart } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isNegation } from "../reading/scopes.ts";
import { checkBounds } from "./check-bounds.ts";
import { sharesConcept } from "./check-opposites.ts";
import { isShownByFigures } from "./extremes.ts";
import { isPutOtherwise } from "./superlative-forms.ts";
import { isTitle, superlativeAt } from "./superlatives.ts";

export function checkSuperlatives(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    const kind = superlativeAt(statement, index);
    // A table bears it out.
    if (evidence.workedOut.get(index) === true) continue;
    if (kind === null || isTitle(statement, index)) continue;
    const readings = [
      ...evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading),
      ...evidence.contexts,
    ];
    const found = readings.flatMap((reading) =>
      reading.tokens.flatMap((other, at) => (superlativeAt(reading, at) === null ? [] : [{ reading, other, at }])),
    );
    const word = statement.text.slice(token.start, token.end);
    const isForeign = evidence.places.every(({ page }) => page.language !== statement.language);
    if (isForeign && (found.length > 0 || readings.some(({ text }) => isPutOtherwise(token.word, text)))) continue;
    const alike = found.filter(
      (one) =>
        (sameSuperlative(statement, index, one.reading, one.at) || sharesConcept(token, one.other)) &&
        sameHead(statement, index, one.reading, one.at),
    );
    if (isRenown(statement.text) && readings.some(({ text }) => isRenown(text))) continue;
    if (alike.length === 0) {
      if (evidence.places.some(({ isCore, reading }) => isCore && isPutOtherwise(token.word, reading.text))) continue;
      const rank = rankIn(statement, index, evidence.places.slice(0, 1));
      if (rank !== null) return [{ weight: 1, reason: `The page says "${rank}", the statement "${word}"` }];
      if (rankIn(statement, index, evidence.places) !== null) continue;
      if (isShownByFigures(statement, evidence, token.word)) continue;
      if (QUIET.has(token.word) && (found.length > 0 || !hasArticle(statement, index))) continue;
      const isDenied = statement.tokens.some((other) => isNegation(statement.text, other));
      if (token.word === "only" && isDenied && readings.some(({ text }) => EXCEPTED.test(text))) continue;
      if (token.word === "only" && evidence.places[0]?.unit.kind === "row") continue;
      if (token.word === "only" && statement.tokens[index + 1]?.kind !== "word") continue;
      return [{ weight: isRankInTime(token) ? 0.5 : 1, reason: `The page does not say "${word}"` }];
    }
    if (
      alike.every(({ reading, at }) => ATTRIBUTED.test(attribution(reading, at))) &&
      !ATTRIBUTED.test(statement.text) &&
      !VIEWED.test(statement.text)
    )
      return [{ weight: 1, reason: `The page reports "${word}" as somebody's view, the statement says it as a fact` }];
    if (!isOneOf(statement, index) && found.every(({ reading, at }) => isOneOf(reading, at)))
      return [{ weight: 1, reason: `The page says "one of" or "among" where the statement says "${word}"` }];
    const beyond = checkBounds({ reading: statement, at: index }, alike, evidence);
    if (beyond !== null) return [beyond];
  }
  return [];
}

/** "Their second son": who has one has a first one, too; but where that sentence is meant, he is not the first. */
function rankIn(statement: Reading, index: number, places: readonly Place[]): string | null {
  const head = statement.tokens[index + 1];
  if (head?.isContent !== true || !/^(?:first|last)$/.test(statement.tokens[index]?.word ?? "")) return null;
  const ranks = places.flatMap(({ isSound, reading: { tokens } }) =>
    tokens.filter(({ figure }, at) => isSound && figure?.isOrdinal === true && tokens[at + 1]?.stem === head.stem),
  );
  return ranks[0]?.word ?? null;
}

// "All but one did" names the only one that did not.
const EXCEPTED = /\b(?:except|apart from|other than|but for|all but|excluding|unlike|no other|sole|alone)\b/iu;

function headAfter({ tokens }: Reading, index: number): Token | undefined {
  return tokens.slice(index + 1).find(({ isContent, kind }) => isContent && kind === "word");
}

/** "Most famous for" and "best known for" are one phrase: a person's own best, not the best of all. */
function isRenown(text: string): boolean {
  return /\b(?:best|most|mostly|chiefly|mainly|primarily)[ -](?:widely )?(?:known|famous|notable|remembered|noted|recogni[sz]ed)\b|\bknown (?:best|mostly|mainly|chiefly|primarily)\b/iu.test(
    text,
  );
}

/** Something of what the superlative is said of is the same: "the largest city" and "the largest port" are two claims. */
function sameHead(a: Reading, at: number, b: Reading, there: number): boolean {
  const isHead = ({ isContent, isName, kind }: Token): boolean => isContent && !isName && kind === "word";
  const heads = (reading: Reading, index: number): Token[] => [
    ...reading.tokens.slice(0, index).filter(isHead).slice(-HEAD_WORDS),
    ...reading.tokens
      .slice(index + 1)
      .filter(isHead)
      .slice(0, HEAD_WORDS),
  ];
  const [stated, found] = [heads(a, at), heads(b, there)];
  if (stated.length === 0 || found.length === 0 || GENERIC.has(headAfter(b, there)?.word ?? "")) return true;
  return stated.some((token) =>
    found.some(
      (other) => token.stem === other.stem || sharesConcept(token, other) || shareStart(token.stem, other.stem),
    ),
  );
}

const HEAD_WORDS = 4;

// "The highest point of the range" is its highest mountain.
const GENERIC: ReadonlySet<string> = new Set("point place spot value level".split(" "));

const ATTRIBUTED =
  /\b(?:count[a-zß-ɏ]*|rank[a-zß-ɏ]*|rated|reckon[a-zß-ɏ]*|held|judg[a-zß-ɏ]*|consider[a-zß-ɏ]*|regard[a-zß-ɏ]*|describ[a-zß-ɏ]*|seen as|viewed as|thought|believ[a-zß-ɏ]*|said to|call[a-zß-ɏ]*|claim[a-zß-ɏ]*|reput[a-zß-ɏ]*|arguabl[a-zß-ɏ]*|perhaps|possibly|according to|deem[a-zß-ɏ]*|hail[a-zß-ɏ]*|gilt als|gelten als|angeblich|bezeichn[a-zß-ɏ]*|considerad[a-zß-ɏ]*|según)\b/i;

const VIEWED =
  /\b(?:count\p{L}*|rank\p{L}*|rated|reckon\p{L}*|saw|sees?|views?|viewed|historians?|critics?|experts?|some|many|often|commonly|widely)\b/iu;

/** What stands before the superlative in its clause. */
function attribution({ text, tokens }: Reading, at: number): string {
  const clause = tokens[at]?.clause;
  const first = tokens.find((token) => token.clause === clause);
  return text.slice(first?.start ?? 0, tokens[at]?.start ?? 0);
}

function hasArticle({ text, tokens }: Reading, index: number): boolean {
  return /\b(?:the|its|his|her|their|der|die|das|el|la|los|las|le)\s+$/iu.test(
    text.slice(0, tokens[index]?.start ?? 0),
  );
}

/** What was first or last is often told by dates alone. */
function isRankInTime({ word }: Token): boolean {
  return word !== "only" && QUIET.has(word);
}

// These rank or limit, but are also said where nothing is claimed.
const QUIET: ReadonlySet<string> = new Set("first last latest only primer primera primero ultimo ultima".split(" "));

function sameSuperlative(a: Reading, at: number, b: Reading, there: number): boolean {
  const one = superlativeAt(a, at);
  const other = superlativeAt(b, there);
  return one !== null && one === other;
}

/** "One of the largest", "among the oldest", "zu den ältesten", "una de las". */
function isOneOf({ tokens, text }: Reading, index: number): boolean {
  const before = text.slice(0, tokens[index]?.start ?? 0);
  return /\b(?:one of|among|amongst|some of|eine[rs]? der|unter den|zu den|un[ao] de (?:los|las)|entre (?:los|las)|(?:second|third|fourth|fifth|2nd|3rd|4th)[ -]|zweit\p{L}*|dritt\p{L}*)(?<=[ -]|\b)[^.;]{0,40}$/iu.test(
    before,
  );
}
