/** Lists of numbers by key, each number in one list at most. */
export interface Chains<Key> {
  /** Puts the number at the end of the key's list, and says where that begins. */
  add(key: Key, number: number): number;
  /** The first number of the key's list; `NO_MORE` when it is empty. */
  first(key: Key): number;
  /** The number behind this one in its list; `NO_MORE` at the end. */
  after(number: number): number;
}

export const NO_MORE = -1;

/** Each number points to the next one: nearly every list has one number only, for which an array would be too much. */
export function createChains<Key>(count: number): Chains<Key> {
  const heads = new Map<Key, number>();
  const next = new Int32Array(count).fill(NO_MORE);
  // By the list's first number.
  const tails = new Int32Array(count);
  return {
    add(key, number) {
      const head = heads.get(key);
      if (head === undefined) heads.set(key, number);
      else next[tails[head] ?? head] = number;
      tails[head ?? number] = number;
      return head ?? number;
    },
    first: (key) => heads.get(key) ?? NO_MORE,
    after: (number) => next[number] ?? NO_MORE,
  };
}
