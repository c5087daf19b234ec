/** The names most like the given one, best first: what a typing error or an older version was meant to be. */
export function nearestSlugs(wanted: string, slugs: readonly string[], limit = 3): string[] {
  const pairs = pairsOf(wanted);
  return slugs
    .map((slug) => ({ slug, likeness: likeness(pairs, pairsOf(slug)) }))
    .filter((candidate) => candidate.likeness >= MIN_LIKENESS)
    .toSorted((a, b) => b.likeness - a.likeness || a.slug.localeCompare(b.slug))
    .slice(0, limit)
    .map(({ slug }) => slug);
}

// Below this, names have nothing in common but a few letters.
const MIN_LIKENESS = 0.35;

/** Share of common letter pairs (Dice), 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * a.intersection(b).size) / Math.max(1, a.size + b.size);
}

function pairsOf(slug: string): Set<string> {
  const text = slug.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)));
}
