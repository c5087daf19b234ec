/** First letters by which inflected and derived forms find one another. */
export const PREFIX_CHARS = 5;

/**
 * The first letters of a stem as a number, 0 where it has fewer: stems that begin alike have the same one; so may,
 * rarely, two that do not. A map by strings that were cut for it would first have to make each of them known.
 */
export function prefixOf(stemmed: string): number {
  if (stemmed.length < PREFIX_CHARS) return 0;
  let prefix = 1;
  for (let at = 0; at < PREFIX_CHARS; at += 1) prefix = (Math.imul(prefix, PREFIX_FACTOR) + stemmed.charCodeAt(at)) | 0;
  return prefix;
}

// Small letters alone never give the same number twice: 26 of them, five times, fit into its 32 bits.
const PREFIX_FACTOR = 31;
