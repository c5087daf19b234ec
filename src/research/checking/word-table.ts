/** The different words of a text by number, in the order in which they were first met. */
export interface WordTable {
  readonly words: readonly string[];
  numberOf(text: string, place: WordPlace): number;
  has(word: string): boolean;
}

export interface WordPlace {
  start: number;
  end: number;
  /** Of its characters one after the other: see `hashOn`. */
  hash: number;
}

/** Words are met in place: a page of 100,000 characters need not be cut into 17,000 strings to find its 2,000 words. */
export function createWordTable(): WordTable {
  const words: string[] = [];
  // By number; grown as words come.
  const hashes: number[] = [];
  // Open addressing: a slot holds a word's number plus one, 0 is free.
  let slots = new Int32Array(FIRST_SLOTS);
  const slotOf = (text: string, { start, end, hash }: WordPlace): number => {
    let slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
    for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
      if (hashes[number - 1] === hash && isSame(words[number - 1] ?? "", text, start, end)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  };
  const grow = (): void => {
    slots = new Int32Array(slots.length * 2);
    words.forEach((word, index) => {
      slots[slotOf(word, { start: 0, end: word.length, hash: hashes[index] ?? NO_HASH })] = index + 1;
    });
  };
  return {
    words,
    numberOf(text, place) {
      const slot = slotOf(text, place);
      const known = slots[slot] ?? 0;
      if (known !== 0) return known - 1;
      slots[slot] = words.push(text.slice(place.start, place.end));
      hashes.push(place.hash);
      if (words.length * 2 > slots.length) grow();
      return words.length - 1;
    },
    has: (word) => slots[slotOf(word, wholeOf(word))] !== 0,
  };
}

const FIRST_SLOTS = 4_096;

export const NO_HASH = 0;

/** The hash of a word with one more character. */
export function hashOn(hash: number, code: number): number {
  return Math.imul(hash ^ code, HASH_PRIME);
}

/** A string as one word. */
export function wholeOf(word: string): WordPlace {
  let hash = NO_HASH;
  for (let at = 0; at < word.length; at += 1) hash = hashOn(hash, word.charCodeAt(at));
  return { start: 0, end: word.length, hash };
}

// FNV-1a. https://en.wikipedia.org/wiki/Fowler-Noll-Vo_hash_function
const HASH_PRIME = 0x01000193;

function isSame(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}
