/** The different words of a text by number, in the order in which they were first met. */
export interface WordTable {
  readonly words: readonly string[];
  /** Number of the word at this place of the text. */
  numberAt(start: number, end: number): number;
  /** Number of a word that need not stand in the text. */
  numberOf(word: string): number;
  has(word: string): boolean;
}

/**
 * Words are met in place: a page of 100,000 characters need not be cut into 17,000 strings to find its 2,000 words.
 *
 * @param codes the characters of the text as numbers: see `codesOf`
 */
export function createWordTable(text: string, codes: Uint16Array): WordTable {
  const words: string[] = [];
  // By number; grown as words come.
  const hashes: number[] = [];
  // Open addressing: a slot holds a word's number plus one, 0 is free.
  let slots = new Int32Array(FIRST_SLOTS);
  const slotOf = (hash: number, letters: Uint16Array, start: number, end: number): number => {
    let slot = firstSlot(hash, slots);
    for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
      if (hashes[number - 1] === hash && stands(words[number - 1] ?? "", letters, start, end)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  };
  const push = (word: string, hash: number, slot: number): number => {
    slots[slot] = words.push(word);
    hashes.push(hash);
    if (words.length * 2 > slots.length) slots = grown(slots, hashes);
    return words.length - 1;
  };
  const find = (word: string): { hash: number; slot: number } => {
    const letters = codesOf(word);
    const hash = hashOf(letters, 0, word.length);
    return { hash, slot: slotOf(hash, letters, 0, word.length) };
  };
  return {
    words,
    numberAt(start, end) {
      const hash = hashOf(codes, start, end);
      const slot = slotOf(hash, codes, start, end);
      const known = slots[slot] ?? 0;
      return known !== 0 ? known - 1 : push(text.slice(start, end), hash, slot);
    },
    numberOf(word) {
      const { hash, slot } = find(word);
      const known = slots[slot] ?? 0;
      return known !== 0 ? known - 1 : push(word, hash, slot);
    },
    has: (word) => slots[find(word).slot] !== 0,
  };
}

const FIRST_SLOTS = 4_096;

function firstSlot(hash: number, slots: Int32Array): number {
  return (hash ^ (hash >>> 15)) & (slots.length - 1);
}

function grown(before: Int32Array, hashes: readonly number[]): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(before.length * 2);
  hashes.forEach((hash, number) => {
    let slot = firstSlot(hash, slots);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = number + 1;
  });
  return slots;
}

/** Numbers are read faster than the characters of a string. */
export function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
}

// FNV-1a. https://en.wikipedia.org/wiki/Fowler-Noll-Vo_hash_function
function hashOf(codes: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (codes[at] ?? 0), HASH_PRIME);
  return hash;
}

const HASH_PRIME = 0x01000193;

function stands(word: string, codes: Uint16Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) !== codes[start + at]) return false;
  return true;
}
