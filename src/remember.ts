/** Part of the floor: imports nothing. */

/** Computes once what is asked again and again. At `limit` keys all are forgotten and it begins anew. */
export function remember<Result>(compute: (key: string) => Result, limit: number): (key: string) => Result {
  const known = new Map<string, { result: Result }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.result;
    if (known.size >= limit) known.clear();
    const result = compute(key);
    known.set(key, { result });
    return result;
  };
}
