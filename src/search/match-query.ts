/** What is written into the full-text index and what is asked of it: the same words on both sides. */
import { fold, STOP_WORDS, wordsOf } from "../words.ts";

/**
 * The text as the index takes it in: what its tokenizer (unicode61, porter) cannot do is done here. Chinese, Japanese
 * and Thai are cut into words, other scripts beyond Latin are folded as `wordsOf` folds a question, and the pieces of
 * compound identifiers follow them: `retryConfig` is found by "retry config" too.
 */
export function indexableText(text: string): string {
  const withPieces = splitIdentifiers(text);
  if (!BEYOND_LATIN.test(withPieces)) return withPieces;
  return UNSPACED.test(withPieces) ? unspacedWords(withPieces).join(" ") : fold(withPieces);
}

/**
 * The words of a question as FTS5 takes them, each quoted, so that nothing in it is read as query syntax; any of them
 * may match. Words that carry no meaning are left out unless there are no others. Empty when there is no word at all.
 */
export function matchWords(question: string): string[] {
  const all = Array.from(new Set(unspacedWords(splitIdentifiers(question))));
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  const words = (telling.length > 0 ? telling : all).slice(0, MAX_WORDS);
  return words.map((word) => `"${word.replaceAll('"', '""')}"`);
}

/** Words; one of an unspaced script is followed by its pairs, since no two texts are cut at the same places. */
function unspacedWords(text: string): string[] {
  return wordsOf(text).flatMap((word) => (word.length > 2 && UNSPACED.test(word) ? [word, ...pairsOf(word)] : [word]));
}

function pairsOf(word: string): string[] {
  const letters = Array.from(word);
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

function splitIdentifiers(text: string): string {
  if (!HUMP.test(text)) return text;
  return text.replace(HUMPED_WORD, (word) =>
    word.length <= MAX_IDENTIFIER_CHARS ? `${word} ${word.replace(HUMPS, "$1 $2")}` : word,
  );
}

// FTS5 refuses expressions of more than 256 levels; a longer question is not made clearer by its 65th word.
const MAX_WORDS = 64;
const HUMP = /[a-z][A-Z]/;
const HUMPS = /([a-z])([A-Z])/g;
const HUMPED_WORD = /\b\w*?[a-z][A-Z]\w*/g;
// Longer ones are hashes and encoded data.
const MAX_IDENTIFIER_CHARS = 60;
// Latin letters with their accents and general punctuation are folded by unicode61 as `fold` does it.
const BEYOND_LATIN = /[\u0250-\u1fff\u2070-\uffff]/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
