/** A word as its relatives in other languages are written: "pharmacy" and "Farmacia", "Zentrum" and "centro". Folded. */
export function cognateOf(word: string): string {
  return word
    .replaceAll("ph", "f")
    .replaceAll("th", "t")
    .replace(/ck|qu/g, "k")
    .replace(/t(?=ion)/g, "s")
    .replace(/c(?=[eiy])|z/g, "s")
    .replace(/[cq]/g, "k")
    .replaceAll("w", "v")
    .replaceAll("y", "i")
    .replace(/(.)\1/g, "$1");
}

/** Do two words of different languages share their root? */
export function areCognate(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  let common = 0;
  while (common < longer && a[common] === b[common]) common += 1;
  return common >= MIN_COMMON_CHARS && common >= longer * MIN_COMMON_SHARE;
}

const MIN_COMMON_CHARS = 5;
const MIN_COMMON_SHARE = 0.6;
