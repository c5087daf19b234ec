/** In which units of a page each word stands. */
export interface Postings {
  /** Words come in the order of the units; one that comes again in the same unit is noted once. */
  note(word: number, unit: number): void;
  /** What was noted, by word; `count` words in all. */
  sort(count: number): SortedPostings;
}

export interface SortedPostings {
  /** The units of word `n`, in order: `units[starts[n]]` to before `units[starts[n + 1]]`. */
  starts: Int32Array;
  units: Int32Array;
}

/** Two rows of numbers: an array for each of a page's words takes several times as long. */
export function createPostings(): Postings {
  let words = new Int32Array(FIRST_SIZE);
  let units = new Int32Array(FIRST_SIZE);
  let size = 0;
  // By word: the unit noted last, plus one.
  let latest = new Int32Array(FIRST_SIZE);
  const lengthen = (word: number): void => {
    const before = latest;
    latest = new Int32Array(word * 2);
    latest.set(before);
  };
  const grow = (): void => {
    const [before, where] = [words, units];
    words = new Int32Array(size * 2);
    units = new Int32Array(size * 2);
    words.set(before);
    units.set(where);
  };
  return {
    note(word, unit) {
      if (word >= latest.length) lengthen(word);
      if (latest[word] === unit + 1) return;
      latest[word] = unit + 1;
      if (size === words.length) grow();
      words[size] = word;
      units[size] = unit;
      size += 1;
    },
    sort: (count) => sortByWord(words.subarray(0, size), units, count),
  };
}

// The words of a page of 60,000 characters.
const FIRST_SIZE = 8_192;

/** Counting sort: the order of the units stays within each word. */
function sortByWord(words: Int32Array, units: Int32Array, count: number): SortedPostings {
  const starts = new Int32Array(count + 1);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? 0;
    starts[word + 1] = (starts[word + 1] ?? 0) + 1;
  }
  for (let word = 0; word < count; word += 1) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
  const next = starts.slice();
  const sorted = new Int32Array(words.length);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? 0;
    const at = next[word] ?? 0;
    sorted[at] = units[index] ?? 0;
    next[word] = at + 1;
  }
  return { starts, units: sorted };
}
