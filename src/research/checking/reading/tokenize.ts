import { fold, stem } from "../../../words.ts";
import type { CalendarDate } from "./dates.ts";
import { everyMatch } from "./every-match.ts";
import type { Figure } from "./figures.ts";
import { prefixOf } from "./prefixes.ts";
import type { Token } from "./reading.ts";

export function tokenize(text: string, dates: CalendarDate[], figures: Figure[]): Token[] {
  const tokens: Token[] = [];
  let date = 0;
  let figure = 0;
  const pushBefore = (limit: number): void => {
    for (;;) {
      const nextDate = dates[date];
      const nextFigure = figures[figure];
      const isDate = nextDate !== undefined && nextDate.start <= (nextFigure?.start ?? Number.POSITIVE_INFINITY);
      const next = isDate ? nextDate : nextFigure;
      if (next === undefined || next.start >= limit) return;
      if (isDate) date += 1;
      else figure += 1;
      const written = text.slice(next.start, next.end);
      tokens.push(
        isDate
          ? tokenOf(written, next.start, next.end, { kind: "date", date: next as CalendarDate, figure: null })
          : tokenOf(written, next.start, next.end, { kind: "figure", date: null, figure: next as Figure }),
      );
    }
  };
  let taken = 0;
  for (const match of everyMatch(WORD, text)) {
    pushBefore(match.index + 1);
    taken = tokens.at(-1)?.end ?? 0;
    if (match.index < taken) {
      // Chinese goes on without a space behind a date or figure.
      const rest = UNSPACED.test(match[0]) ? text.slice(taken, match.index + match[0].length) : "";
      for (const [word, offset] of rest === "" ? [] : partsOf(rest))
        tokens.push(tokenOf(word, taken + offset, taken + offset + word.length, WORD_ONLY));
      continue;
    }
    const before = tokens.at(-1);
    if (before !== undefined && isPrefix(text, before, match.index)) {
      // "De-listed" and "non-profit" are one word: their first part turns the second round.
      tokens[tokens.length - 1] = tokenOf(
        before.word + match[0],
        before.start,
        match.index + match[0].length,
        WORD_ONLY,
      );
      continue;
    }
    const [written] = match;
    if (PLAIN.test(written)) {
      tokens.push(tokenOf(written, match.index, match.index + written.length, WORD_ONLY));
      continue;
    }
    for (const [word, offset] of partsOf(written)) {
      const start = match.index + offset;
      tokens.push(tokenOf(word, start, start + word.length, WORD_ONLY));
    }
  }
  pushBefore(Number.POSITIVE_INFINITY);
  return tokens;
}

function isPrefix(text: string, before: Token, start: number): boolean {
  return (
    start - before.end === 1 &&
    before.kind === "word" &&
    PREFIXES.has(before.word) &&
    /[-‐‑]/.test(text[before.end] ?? "")
  );
}

const PREFIXES: ReadonlySet<string> = new Set("de non un anti dis".split(" "));

// Identifiers keep their inner dots and underscores: retry.wrap, max_size.
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|(?<![\p{L}\p{N}])(?:\p{Lu}\.){2,}|(?<![\p{L}\p{N}])\p{Lu}\p{Ll}\.\p{Lu}\.|[\p{L}_][\p{L}\p{M}\p{N}_]*(?:['’](?!s\b)\p{L}+)*(?:\.[\p{L}_][\p{L}\p{N}_]*(?=\(|`|\.|\b))*|\p{N}+[\p{L}_][\p{L}\p{N}_]*/gu;

/** Chinese, Japanese and Thai are written without spaces: pairs of neighbouring characters do for words there. */
function partsOf(word: string): [string, number][] {
  if (PLAIN.test(word)) return [[word, 0]];
  const elided = word.match(ELISION)?.[0].length ?? 0;
  if (elided > 0) return [[word.slice(0, elided - 1), 0], ...partsOf(word.slice(elided)).map(shiftBy(elided))];
  if (!UNSPACED.test(word)) {
    // A full stop without a space after it joins two sentences more often than an identifier.
    const dot = word.indexOf(".");
    if (dot === -1 || IDENTIFIER.test(word) || ABBREVIATION.test(word)) return [[word, 0]];
    return word.split(".").reduce<[string, number][]>((parts, part) => {
      const last = parts.at(-1);
      parts.push([part, last === undefined ? 0 : last[1] + last[0].length + 1]);
      return parts;
    }, []);
  }
  if (word.length <= 2) return [[word, 0]];
  return Array.from({ length: word.length - 1 }, (_, index) => [word.slice(index, index + 2), index]);
}

function shiftBy(offset: number): (part: [string, number]) => [string, number] {
  return ([word, at]) => [word, at + offset];
}

// French and Italian: "l'hiver", "n'est", "qu'elle"; a name like "D'Arcy" keeps its capital after the mark.
const ELISION = /^(?:[ldnscjmt]|qu|jusqu|lorsqu|puisqu)['’](?=\p{L})/iu;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

// "U.S.", "Ph.D."
const ABBREVIATION = /^(?:(?:\p{L}\.){2,}|\p{L}{2}\.\p{L}\.)$/u;

const IDENTIFIER = /^[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)+$/;

type Sort = Pick<Token, "kind" | "date" | "figure">;

const WORD_ONLY: Sort = { kind: "word", date: null, figure: null };

function tokenOf(written: string, start: number, end: number, { kind, date, figure }: Sort): Token {
  const folded = PLAIN.test(written) ? written.toLowerCase() : fold(written).replace(/^'+|'+$/g, "");
  const word = folded.includes(".") && ABBREVIATION.test(folded) ? folded.replaceAll(".", "") : folded;
  const stemmed = stem(word);
  return {
    kind,
    word,
    stem: stemmed,
    prefix: prefixOf(stemmed),
    start,
    end,
    isContent: true,
    isName: false,
    concepts: [],
    cognate: null,
    position: 0,
    clause: 0,
    figure,
    date,
    isNegated: false,
    isPossible: false,
    isAhead: false,
  };
}

// Most words need no folding of accents.
const PLAIN = /^[A-Za-z0-9]+$/;
