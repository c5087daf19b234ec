import type { Line } from "./document-lines.ts";
import { isProse } from "./document-prose.ts";
import type { DocumentQuestion } from "./document-question.ts";
import { coverage } from "./weighing.ts";

/** What a change log lists under the version, the whole of it before its corrections. */
export function changes(version: string, { weights }: DocumentQuestion, lines: readonly Line[]): Line[] {
  const isOf = new RegExp(String.raw`(?<![\d.])v?${RegExp.escape(version)}(?![\d])(\.\d+)*`, "i");
  const found = lines.flatMap((line) => {
    const heading = line.headings.findLast((words) => isOf.test(words));
    if (heading === undefined || !isProse(line.text, { minWords: 3, mayBeginSmall: true })) return [];
    const [number = ""] = isOf.exec(heading) ?? [];
    const isFirst = /^v?\d+(?:\.0)*$/i.test(number) || number.replace(/^v/i, "") === version;
    const isBreaking = /break|major/i.test(line.headings.join(" ") + line.text);
    // A row is understood with the rows around it.
    const score = (isBreaking ? 0.5 : 0) - (line.kind === "row" ? 0.5 : 0) + coverage(weights, line.terms);
    return [{ line, score, isFirst }];
  });
  const first = found.filter(({ isFirst }) => isFirst);
  const ranked = (first.length > 0 ? first : found).sort((a, b) => b.score - a.score);
  return ranked.slice(0, MOST_CHANGES).map(({ line }) => line);
}

const MOST_CHANGES = 5;
