/** Words, terms and sentences of a text, the same for searching, reading and checking. Part of the floor. */

/** Lower-case words without accents; Chinese, Japanese and Thai are segmented. Numbers keep their inner marks: 1.2. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  if (!UNSPACED.test(folded)) return folded.match(WORD) ?? [];
  const words: string[] = [];
  for (const piece of wordSegmenter.segment(folded)) if (piece.isWordLike) words.push(piece.segment);
  return words;
}

/** Stems of the words that carry meaning, in order, repetitions kept. */
export function termsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}

export interface Sentence {
  text: string;
  start: number;
  end: number;
}

/** Sentences with their place in the text; lines are borders, abbreviations and initials are not. */
export function sentencesOf(text: string, language = "en"): Sentence[] {
  let segmenter: Intl.Segmenter | null = null;
  const piecesOf = (line: string): { segment: string; index: number }[] => {
    if (isPlainLine(line)) return plainSentencesOf(line);
    segmenter ??= new Intl.Segmenter(language, { granularity: "sentence" });
    return Array.from(segmenter.segment(line));
  };
  const sentences: Sentence[] = [];
  for (const line of linesOf(text)) {
    let start = 0;
    const pieces = piecesOf(line.text);
    pieces.forEach((piece, index) => {
      // "。「": a bracket that opens belongs to what it opens.
      const opening = CJK_OPENING.exec(piece.segment)?.[0].length ?? 0;
      const end = piece.index + piece.segment.length - opening;
      const next = pieces[index + 1]?.segment;
      if (next !== undefined && goesOn(line.text.slice(Math.max(start, end - MAX_ENDING_CHARS), end), next)) return;
      pushTrimmed(sentences, line.text, start, end, line.start);
      start = end;
    });
  }
  return sentences;
}

/**
 * Sentences of a line of plain ASCII, cut where `Intl.Segmenter` cuts them, in a third of its time.
 * https://www.unicode.org/reports/tr29/#Sentence_Boundary_Rules
 */
export function plainSentencesOf(line: string): { segment: string; index: number }[] {
  const pieces: { segment: string; index: number }[] = [];
  let index = 0;
  for (const { 0: stop, index: at } of line.matchAll(STOP)) {
    const end = at + stop.length;
    if (end >= line.length || !isBorder(line, at, end)) continue;
    pieces.push({ segment: line.slice(index, end), index });
    index = end;
  }
  if (index < line.length) pieces.push({ segment: line.slice(index), index });
  return pieces;
}

/** @param end behind the closing signs and blanks that follow the stop at `at` */
function isBorder(line: string, at: number, end: number): boolean {
  if (CONTINUES.has(line[end] ?? "")) return false;
  if (line[at] !== ".") return true;
  // "1.2", "U.S", and what goes on with a small letter.
  const next = line[end] ?? "";
  if (end === at + 1 && (/\d/.test(next) || (/[A-Z]/.test(next) && /[A-Za-z]/.test(line[at - 1] ?? "")))) return false;
  return !goesOnSmall(line, end);
}

const STOP = /[.?!]["'()[\]{}]*[ \t]*/g;
const CONTINUES: ReadonlySet<string> = new Set(".?!,-:;");

/** Before the next stop, the first letter is a small one. */
function goesOnSmall(line: string, from: number): boolean {
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at) | 0x20;
    if (code >= 97 && code <= 122) return line.charCodeAt(at) === code;
    if (/[.?!]/.test(line[at] ?? "")) return false;
  }
  return false;
}

export function isPlainLine(line: string): boolean {
  return PLAIN_LINE.test(line);
}

const PLAIN_LINE = /^[\t\x20-\x7e]*$/;

/** English suffixes off: plural, -ed, -ing, -ly; good enough to match, never shown. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let stemmed = word;
  // Most words have none of these ends: they are looked at before any expression is tried.
  if (stemmed.endsWith("s")) stemmed = withoutPlural(stemmed);
  if (stemmed.length > 5 && stemmed.endsWith("ing") && VOWEL.test(stemmed.slice(0, -3)))
    stemmed = undouble(stemmed.slice(0, -3));
  else if (stemmed.length > 4 && stemmed.endsWith("ed") && /[aeiouy].*[^e]ed$/.test(stemmed))
    stemmed = undouble(stemmed.slice(0, -2));
  if (stemmed.endsWith("ly") && stemmed.length > 5) stemmed = stemmed.slice(0, -2);
  return stemmed.endsWith("e") && stemmed.length > 4 ? stemmed.slice(0, -1) : stemmed;
}

function withoutPlural(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  return /[su]s$/.test(word) ? word : word.slice(0, -1);
}

const VOWEL = /[aeiouy]/;

/** Lower case, accents off, typographic apostrophes straight. Does not keep offsets. */
export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[’‘ʼ]/g, "'")
    .toLowerCase();
}

/** Rough number of tokens: 4 characters each, 1 for a CJK character. Within 5% for English; see facts, section 5. */
export function estimateTokens(text: string): number {
  // The plain test is ten times as fast as counting by script, and most texts end here.
  const dense = BEYOND_LATIN.test(text) ? (text.match(DENSE)?.length ?? 0) : 0;
  return Math.ceil((text.length - dense) / 4 + dense);
}

function* linesOf(text: string): Generator<{ text: string; start: number }> {
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    if (end > start) yield { text: text.slice(start, end), start };
    start = end + 1;
  }
}

function pushTrimmed(sentences: Sentence[], line: string, start: number, end: number, offset: number): void {
  const raw = line.slice(start, end);
  const text = raw.trim();
  if (text === "") return;
  const from = offset + start + raw.indexOf(text);
  sentences.push({ text, start: from, end: from + text.length });
}

function undouble(stemmed: string): string {
  return /([bdfgmnprt])\1$/.test(stemmed) ? stemmed.slice(0, -1) : stemmed;
}

/** Does a stop end nothing? Of the piece before it only its end is looked at, of the piece behind it the beginning. */
function goesOn(ending: string, next: string): boolean {
  if (ABBREVIATION.test(ending) || isOrdinal(ending, next)) return true;
  if (/^\d/.test(next)) return BEFORE_FIGURE.test(ending);
  // "Yahoo! is", "“Why?” she asked"; 「…。」と言った.
  if (/^\p{Ll}/u.test(next)) return /[!?]["'”’»)]*\s*$/.test(ending);
  if (/^(?:と|って|という)/.test(next)) return /[」』]\s*$/.test(ending);
  // "z. B.", "v. Chr.", "EE. UU."
  return /^\p{L}{1,3}\./u.test(next) && SPACED_ABBREVIATION.test(ending);
}

/** "am 12. März", "der 1. FC", "5. 12. 2019": a full stop after such a number ends nothing. */
function isOrdinal(ending: string, next: string): boolean {
  if (GERMAN_ORDINAL.test(ending)) return true;
  if (!/(?:^|\s)\d{1,2}\.\s*$/.test(ending)) return false;
  const isDate = /^\d{1,2}\.\s?\d{2,4}/.test(next) || (/^\d{4}/.test(next) && /\d{1,2}\.\s?\d{1,2}\.\s*$/.test(ending));
  return isDate || ORDINAL_WORD.test(next);
}

// Only the end of a sentence tells; a row of abbreviations would otherwise be read again and again.
const MAX_ENDING_CHARS = 40;
const CJK_OPENING = /(?<=[。！？．])[「『（《〈“‘]+\s*$/u;
const GERMAN_ORDINAL =
  /(?:^|[\s("„])(?:der|die|das|dem|den|des|am|im|zum|zur|vom|beim|jede[mnrs]?|diese[mnrs]?|(?:sein|ihr|unser|ein)e[mnrs]?)\s+\d{1,3}\.\s*$/iu;
const ORDINAL_WORD =
  /^(?:jan|jän|feb|mär|apr|mai\b|jun|jul|aug|sep|okt|nov|dez|jahrhundert|jahrestag|geburtstag|jh\b|klasse|auflage|platz)/iu;
const WORD = /[\p{L}\p{N}]+(?:[.,'][\p{N}]+|'(?!s\b)\p{L}+)*/gu;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const BEYOND_LATIN = /[\u1100-\uffff]/;
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const ABBREVIATION =
  /(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Lt|Sgt|Rev|Hon|vs|etc|cf|approx|No|Nos|Vol|Fig|Eq|Inc|Ltd|Co|Corp|Mt|Ft|ca|e\.g|i\.e|U\.S|U\.K|Figs|al|Mio|Mrd|Tsd|bzw|z\.B|d\.\s?h|[uv]\.\s?a|z\.\s?T|Nr|Bd|Hrsg|Hr|Dipl|evtl|ggf|inkl|exkl|zzgl|sog|vgl|einschl|insb|ehem|Sra|Srta|Dra|Ud|Uds|Lic|aprox|Gral|Mgr|Sig|Dott)|(?:^|[\s("'.])\p{Lu})\.\s*$/u;
const BEFORE_FIGURE =
  /\b(?:Jan|Febr?|Mar|Mär|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|janv|févr|avr|juil|sept|oct|nov|déc|ene|feb|abr|ago|dic|pp?|chap|[Aa]rt|fig|Abb|Kap|Abs|cap|pág|núm|env|rd|max|mind)\.\s*$/;
const SPACED_ABBREVIATION = /(?:^|[\s(])(?:\p{Ll}|(\p{Lu})\1)\.\s*$/u;
const wordSegmenter = new Intl.Segmenter(undefined, { granularity: "word" });

export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can
  could did do does doing down during each few for from further had has have having he her here hers him his how i if in
  into is it its just me more most my no nor not now of off on once only or other our out over own same she should so
  some such than that the their theirs them then there these they this those through to too under until up very was we
  were what when where which while who whom whose why will with would you your yours s t`.split(/\s+/),
);
