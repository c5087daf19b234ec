import { createHash } from "node:crypto";

/**
 * The words of a conversation that must not leave in a query, as hashes: names, numbers and keys that stand in the talk
 * but not in the question. The loop never sees the talk; this holds even if somebody else's text brings its words in.
 */
export function withheldWords(talk: string, question: string): string[] {
  return withoutAsked(Array.from(new Set(distinctiveWords(talk).map(hashOf))), question);
}

/** The hashes that are left when the question itself has some of the words. */
export function withoutAsked(hashes: readonly string[], question: string): string[] {
  const asked = new Set([...distinctiveWords(question), ...wordsAndPieces(question)].map(hashOf));
  return hashes.filter((hash) => !asked.has(hash));
}

/** Why this query may not be sent to a search service, or null. */
export function refusalForQuery(query: string, withheld: readonly string[]): string | null {
  if (BLOB.test(query)) return "Not sent: the query holds a long code instead of words. Search with words.";
  if (withheld.length === 0) return null;
  const known = new Set(withheld);
  const isLeak = wordsAndPieces(query).some((word) => known.has(hashOf(word)));
  return isLeak ? "Not sent: the query holds words of the conversation that are not in the question." : null;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
// Encoded text: hex or base64 of more than 24 bytes. Words of natural languages are shorter.
const BLOB = /(?=[\w+/=-]*\d)[\w+/=-]{33,}/;

/** Words that tell something: with a digit or an underscore, or with a capital inside a sentence. */
function distinctiveWords(text: string): string[] {
  const words = Array.from(text.matchAll(WORD));
  return words
    .filter(({ 0: word, index }) => /[\d_]/.test(word) || (/^\p{Lu}/u.test(word) && !isSentenceStart(text, index)))
    .flatMap(([word]) => wordsAndPieces(word));
}

/** "project-orion-77" and, so that a part of it does not slip through, "project" and "orion". */
function wordsAndPieces(text: string): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => {
    const pieces = word.split(/[_-]+/).filter((piece) => piece.length >= 4 && piece !== word);
    return [word, ...pieces];
  });
}

function isSentenceStart(text: string, index: number): boolean {
  return /(?:^|[.!?:]\s+|\n\s*)$/.test(text.slice(Math.max(0, index - 4), index));
}

function hashOf(word: string): string {
  return createHash("sha256").update(word.toLowerCase()).digest("base64url").slice(0, 16);
}
