import { stem, wordsOf } from "../../words.ts";
import type { Line } from "./document-lines.ts";
import { isProse, POINTS_ELSEWHERE } from "./document-prose.ts";

/** Sentences that say what something is: "X is a …", else how its own page begins. */
export function definitions(name: string, lines: readonly Line[]): Line[] {
  const stems = wordsOf(name).map(stem);
  const begins = String.raw`^\W*(?:(?:an?|the)\W+)?${RegExp.escape(name)}\W{0,2}`;
  const says = new RegExp(
    String.raw`${begins}\s[^.:]{0,40}?\b(?:(?:is|are) (?:an?|the|one|any|our)|stands for|refers to)\b`,
    "i",
  );
  const tells = new RegExp(String.raw`${begins}\s(?:\([^)]*\) )?(?:${TELLS})\b`, "iu");
  const prose = lines.filter(({ text }) => isProse(text, { minWords: 3 }) && !POINTS_ELSEWHERE.test(text));
  const introductions = new Set(
    Map.groupBy(prose.filter(isIntroduction), ({ page }) => page)
      .values()
      .map(([line]) => line),
  );
  const scored = prose
    .map((line) => {
      const isOwn = isCalled(line.page.title, stems);
      const form = says.test(line.text)
        ? 1
        : isOwn && tells.test(line.text)
          ? 0.8
          : isOwn && introductions.has(line)
            ? 0.5
            : 0;
      const late = Math.min(0.6, line.index / 50);
      return { line, score: form === 0 ? 0 : form + (isOwn ? 0.5 : 0) - late };
    })
    .filter(({ score }) => score >= MIN_SCORE)
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  const near = scored.filter(({ score }) => score >= best - GAP);
  return near.slice(0, MOST_DEFINITIONS).map(({ line }) => line);
}

/** What a thing is said to do where it is introduced. */
const TELLS =
  "provides|lets|allows|helps|makes|gives|offers|implements|enables|does|handles|manages|turns|converts|reads|writes|runs|keeps|parses|supports|spreads|adds|brings|takes|contains|wraps";

/** The first sentence of a page says what it is about. */
function isIntroduction({ text, index }: Line): boolean {
  return index <= 3 && isProse(text, { minWords: MIN_INTRODUCTION_WORDS });
}

const MIN_SCORE = 0.6;
/** What is this much worse than the best says less than it. */
const GAP = 0.45;
const MOST_DEFINITIONS = 2;
const MIN_INTRODUCTION_WORDS = 5;

/** A page "@scope/name: what it is" is called so, and "name: Pool" is about the Pool. */
function isCalled(title: string, stems: readonly string[]): boolean {
  const [, head = title, rest = title] = /^(?:@[^/\s]+\/)?(\S+): (.*)$/.exec(title) ?? [];
  const wanted = new Set(stems);
  return [head, rest].some((name) => wanted.symmetricDifference(new Set(wordsOf(name).map(stem))).size === 0);
}
