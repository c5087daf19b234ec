import type { DatabaseSync } from "node:sqlite";

/** What passages score for a word, side by side in the order of `ids`. */
interface WordScores {
  ids: Int32Array;
  scores: Float64Array;
}

/**
 * Passages that hold any of the words, best first: the order and the scores of FTS5's `bm25` for all words together. It is
 * the sum over the words, so what each one scores is kept, and the searches of a run, which repeat most of their words,
 * add up numbers in place of scoring passages again: they take a third of the time.
 *
 * @param scoring the SQL expression that scores a row of `words`
 */
export function createWordScores(database: DatabaseSync, scoring: string) {
  const score = database.prepare(`SELECT rowid, ${scoring} FROM words WHERE words MATCH ?`);
  score.setReturnArrays(true);
  const version = createVersion(database);
  let known = new Map<string, WordScores>();
  let knownFor = "";
  let size = 0;

  function scoresOf(word: string): WordScores {
    const before = known.get(word);
    if (before !== undefined) return before;
    const rows = score.all(word) as unknown as [number, number][];
    const scores: WordScores = {
      ids: Int32Array.from(rows, ([id]) => id),
      scores: Float64Array.from(rows, ([, value]) => value),
    };
    size += rows.length;
    if (size > MAX_KEPT) {
      known = new Map();
      size = rows.length;
    }
    known.set(word, scores);
    return scores;
  }

  /** @param passages no id of a passage is greater */
  return (words: readonly string[], { passages, limit }: { passages: number; limit: number }): ScoredPassage[] => {
    const current = version();
    if (current !== knownFor) {
      known = new Map();
      size = 0;
      knownFor = current;
    }
    return bestOf(words.map(scoresOf), passages, limit);
  };
}

export interface ScoredPassage {
  id: number;
  /** Below zero; the best is the lowest. */
  score: number;
}

function bestOf(words: readonly WordScores[], passages: number, limit: number): ScoredPassage[] {
  const sums = new Float64Array(passages + 1);
  for (const { ids, scores } of words) {
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] ?? 0;
      sums[id] = (sums[id] ?? 0) + (scores[at] ?? 0);
    }
  }
  const best: ScoredPassage[] = [];
  let worst = 0;
  for (let id = 1; id <= passages; id++) {
    const score = sums[id] ?? 0;
    if (score >= worst) continue;
    let place = best.length;
    while (place > 0 && (best[place - 1]?.score ?? 0) > score) place--;
    best.splice(place, 0, { id, score });
    if (best.length > limit) best.pop();
    if (best.length === limit) worst = best.at(-1)?.score ?? 0;
  }
  return best;
}

/** Changes whenever this connection or another one has written. */
function createVersion(database: DatabaseSync): () => string {
  const own = database.prepare("SELECT total_changes() AS changes");
  const others = database.prepare("PRAGMA data_version");
  return () => `${own.get()?.changes} ${others.get()?.data_version}`;
}

// 12 bytes each.
const MAX_KEPT = 500_000;
