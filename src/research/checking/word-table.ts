/** The different words of a text by number, in the order in which they were first met. */
export interface WordTable {
  readonly words: readonly string[];
  numberOf(text: string, start: number, end: number): number;
  has(word: string): boolean;
}

/** Words are met in place: a page of 100,000 characters need not be cut into 17,000 strings to find its 2,000 words. */
export function createWordTable(): WordTable {
  const words: string[] = [];
  // By number; grown as words come.
  const hashes: number[] = [];
  // Open addressing: a slot holds a word's number plus one, 0 is free.
  let slots = new Int32Array(FIRST_SLOTS);
  const slotOf = (text: string, start: number, end: number): number => {
    const hash = hashOf(text, start, end);
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
      slots[slotOf(word, 0, word.length)] = index + 1;
    });
  };
  return {
    words,
    numberOf(text, start, end) {
      const slot = slotOf(text, start, end);
      const known = slots[slot] ?? 0;
      if (known !== 0) return known - 1;
      slots[slot] = words.push(text.slice(start, end));
      hashes.push(hashOf(text, start, end));
      if (words.length * 2 > slots.length) grow();
      return words.length - 1;
    },
    has: (word) => slots[slotOf(word, 0, word.length)] !== 0,
  };
}

const FIRST_SLOTS = 4_096;

// FNV-1a. https://en.wikipedia.org/wiki/Fowler-Noll-Vo_hash_function
function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_PRIME);
  return hash;
}

const HASH_PRIME = 0x01000193;

function isSame(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}
