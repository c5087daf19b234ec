import { conceptsOf } from "./concepts.ts";
import { isFunctionWord } from "./function-words.ts";
import type { Token } from "./reading.ts";

export function markNames(
  text: string,
  tokens: Token[],
  language: string,
  knownNames: ReadonlySet<string> | null,
): void {
  const hasCode = MAY_HAVE_CODE.test(text);
  tokens.forEach((token, index) => {
    if (token.kind !== "word") return;
    const written = text.slice(token.start, token.end);
    if (VALUES.test(token.word)) return;
    if ((hasCode && isCode(text, token)) || (MAY_BE_CODE.test(written) && CODE.test(written))) token.isName = true;
    else if (isCapital(written)) token.isName = isNameHere(text, tokens, index, { language, knownNames });
  });
}

// Said of many options: no names.
const VALUES = /^(?:true|false)$/;

function isCapital(written: string): boolean {
  const code = written.charCodeAt(0);
  return code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(written);
}

const CODE = /\p{Ll}\p{Lu}|\p{L}\p{N}|\p{N}\p{L}|_/u;
// A quick look without Unicode classes, which take several times as long.
const MAY_BE_CODE = /[a-z][A-Z]|\d|_|[^\0-\x7f]/;

const MAY_HAVE_CODE = /[`=]/;

function isCode(text: string, token: Token): boolean {
  if (text[token.start - 1] === "`" || text[token.end] === "`") return true;
  // `log = "json"`: a value; quotation marks were taken out before.
  return text[token.start - 1] === " " && /=\s{1,3}$/.test(text.slice(Math.max(0, token.start - 4), token.start));
}

function isNameHere(
  text: string,
  tokens: Token[],
  index: number,
  { language, knownNames }: { language: string; knownNames: ReadonlySet<string> | null },
): boolean {
  const token = tokens[index];
  if (token === undefined) return false;
  const written = text.slice(token.start, token.end);
  if (/^(?:\p{Lu}\.?){2,}s?$/u.test(written)) return !/^(?:I|A|II|OR|AND|NOT)$/.test(written);
  if (isFunctionWord(token.word, language)) return false;
  const isInitial = index === 0 || isSentenceStart(text, token.start);
  if (language === "de") return isGermanName(text, tokens, index, isInitial, knownNames);
  if (!isInitial) return true;
  if (PREPOSITION.test(token.word)) return false;
  if (knownNames?.has(token.word) === true) return true;
  const next = tokens[index + 1];
  const follows = next !== undefined && /^[\s.]{1,2}$/.test(text.slice(token.end, next.start));
  return (
    follows && /^\p{Lu}\p{Ll}/u.test(text.slice(next.start, next.end)) && conceptsOf(token.stem, language).length === 0
  );
}

// "Outside North America": English prepositions that carry a meaning.
const PREPOSITION = /^(?:outside|inside|beneath|beyond|despite|within|unlike|throughout|near)$/;

/** The point of "Mr. Bates" and "William S. Paley" ends no sentence. */
function isSentenceStart(text: string, start: number): boolean {
  return (
    SENTENCE_START.test(text.slice(Math.max(0, start - 4), start)) &&
    !SHORTENED.test(text.slice(Math.max(0, start - 7), start))
  );
}

const SHORTENED = /(?<![\p{L}])(?:\p{Lu}|Mrs?|Ms|Dr|Dra|Sra?|Prof|St|Gen|Col|Capt|Lt|Gov|Sen|Rev|Mt)\.\s$/u;
const SENTENCE_START = /(?:^|[.!?:|•*#>"“„(-])\s*$/u;

/** German writes every noun with a capital: a name is one of two capitalised words in a row, or known as one. */
function isGermanName(
  text: string,
  tokens: Token[],
  index: number,
  isInitial: boolean,
  knownNames: ReadonlySet<string> | null,
): boolean {
  const token = tokens[index];
  if (token === undefined) return false;
  if (knownNames?.has(token.word) === true) return true;
  if (isFunctionWord(token.word, "de")) return false;
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const joins = (a: Token | undefined, b: Token | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    /^[\s-]$/.test(text.slice(a.end, b.start)) &&
    [a, b].every(
      ({ start, word, stem: stemmed }) =>
        /\p{Lu}/u.test(text[start] ?? "") && !isFunctionWord(word, "de") && conceptsOf(stemmed, "").length === 0,
    );
  return joins(token, after) || (joins(before, token) && !(isInitial && index === 0));
}
