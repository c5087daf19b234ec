import type { Reading, Token } from "../reading/reading.ts";

/** What is at its highest degree at this token, or null: "largest", "most important", "most widely", "größte", "más antigua". */
export function superlativeAt({ tokens, text, language }: Reading, index: number): string | null {
  const token = tokens[index];
  if (token === undefined || token.kind !== "word") return null;
  const { word } = token;
  const next = tokens[index + 1];
  if (word === "any" && next?.word === "other") return aboveOthers(text.slice(0, token.start));
  if (word === "most" || word === "least") {
    if (next === undefined || /^(?:of|the|at)$/.test(next.word) || next.kind !== "word") return null;
    if (word === "most" && isQuantifier({ tokens, text }, index)) return null;
    return /(?:at|the majority)\s$/.test(text.slice(0, token.start)) && word === "least" ? null : next.stem;
  }
  if (
    word === "mas" &&
    next !== undefined &&
    next.word !== "de" &&
    next.kind === "word" &&
    /\b(?:el|la|los|las|lo|y)\s+(?:\p{L}+\s+){0,3}$/iu.test(text.slice(0, token.start))
  )
    return next.stem;
  if (
    SUPERLATIVES.has(word) ||
    (language === "es" && SPANISH_SUPERLATIVES.has(word)) ||
    (/^\p{Ll}{3,}est$/u.test(word) && !NO_SUPERLATIVE.has(word))
  )
    return token.stem;
  if (/^\p{Ll}{3,}ste[nrsm]?$/u.test(word) && GERMAN.test(word)) return token.stem;
  return null;
}

/** "Taller than any other" is the tallest, "before any other" the first; "like any other" ranks nothing. */
function aboveOthers(before: string): string | null {
  return before.match(COMPARED)?.[1]?.replace("before", "first").replace("than", "most") ?? null;
}

const COMPARED = /(?<!\p{L})(than|before)(?!\p{L})[^.;]*$/u;

/** "Named Best Film", "the Most Valuable Player": the name of a prize claims nothing. */
export function isTitle({ tokens, text, language }: Reading, index: number): boolean {
  const token = tokens[index];
  if (token === undefined || language === "de") return false;
  const isCapital = (other: Token | undefined): boolean => /\p{Lu}/u.test(text[other?.start ?? -1] ?? "");
  return index > 0 && isCapital(token) && (isCapital(tokens[index + 1]) || isCapital(tokens[index - 1]));
}

/** "Most plugins", "in most cases", "most likely": neither an article before it nor an adverb of degree after it. */
function isQuantifier({ tokens, text }: Pick<Reading, "tokens" | "text">, index: number): boolean {
  const [before, next] = [tokens[index - 1], tokens[index + 1]];
  if (next?.word === "likely" || next?.word === "probably") return true;
  if (/ly$/.test(next?.word ?? "")) return false;
  const gap = before === undefined ? "" : text.slice(before.end, tokens[index]?.start);
  if (before === undefined || /[,;:.()]/.test(gap)) return true;
  return /^(?:in|of|for|with|on|at|by|from|to|and|but|that|while|whereas|though|although|because)$/.test(before.word);
}

const SUPERLATIVES: ReadonlySet<string> = new Set(
  `best worst only last latest sole unique unrivalled unprecedented first foremost largest biggest decisive
  einzige einziger einziges einzigen beste bester besten 最 唯一 首`.split(/\s+/),
);

const SPANISH_SUPERLATIVES: ReadonlySet<string> = new Set(
  "unico unica mejor peor mayor primer primera primero ultimo ultima".split(" "),
);

const NO_SUPERLATIVE: ReadonlySet<string> = new Set(
  "interest forest harvest request guest test rest west invest protest contest arrest honest modest suggest conquest southwest northwest midwest budapest priest digest manifest tempest".split(
    " ",
  ),
);

const GERMAN =
  /^(?:gro(?:ss|ß)|alt|alte|jung|jung|hoch|hoch|höch|hoch|klein|lang|lang|stark|wichtig|meist|schnell|best|erst|neu|bedeutend|bekannt|häufig|haufig|teuer|tief|breit|schon|reich|arm|oft|berühmt|beruhmt|schwach|schwäch|gering|niedrig|wenig)\p{L}*ste/u;
