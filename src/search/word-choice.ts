import type { DatabaseSync } from "node:sqlite";

/**
 * Leaves out of a question the words that a large index holds in more than a tenth of its passages, as long as two
 * others remain. Such words tell next to nothing and cost most of the time: every passage that holds one is scored.
 * Small indexes are asked for all words.
 */
export function createWordChoice(database: DatabaseSync): (words: readonly string[]) => readonly string[] {
  const countPassages = database.prepare("SELECT max(id) AS count FROM passages");
  const countUpTo = database.prepare("SELECT count(*) AS count FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)");
  let known = new Map<string, boolean>();
  let knownFor = 0;

  function isCommon(word: string, passages: number): boolean {
    if (passages > 1.1 * knownFor || known.size > MAX_KNOWN) {
      known = new Map();
      knownFor = passages;
    }
    const most = Math.floor(passages * COMMON_SHARE);
    const answer = known.get(word) ?? Number(countUpTo.get(word, most + 1)?.count) > most;
    known.set(word, answer);
    return answer;
  }

  return (words) => {
    const passages = Number(countPassages.get()?.count ?? 0);
    if (passages < LARGE || words.length <= MIN_WORDS) return words;
    const telling = words.filter((word) => !isCommon(word, passages));
    return telling.length >= MIN_WORDS ? telling : words;
  };
}

const LARGE = 20_000;
const COMMON_SHARE = 0.1;
const MIN_WORDS = 2;
const MAX_KNOWN = 10_000;
