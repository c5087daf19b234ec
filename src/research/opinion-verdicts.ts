import { z } from "zod";
import type { Passage, Source } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { type Checker, createChecker } from "./checking/checker.ts";
import type { CheckedStatement } from "./citations.ts";
import { shownOf } from "./opinion-batches.ts";
import type { IndexOf } from "./passages.ts";
import { jsonObjects } from "./plan.ts";

const opinion = z.object({
  statement: z.int(),
  verdict: z.enum(["confirmed", "contradicted", "missing", "unclear"]),
  words: z.array(z.object({ page: z.int(), text: z.string() })).nullish(),
  part: z.string().nullish(),
});

export type Opinion = z.infer<typeof opinion>;

/** None where the reply does not fit: half a list is no list. */
export function parseOpinions(text: string): Opinion[] {
  const replies = z.object({ opinions: z.array(opinion) });
  const found = jsonObjects(text).map((candidate) => replies.safeParse(candidate));
  return found.find(({ success }) => success)?.data?.opinions ?? [];
}

/** Takes what a model says of a statement for as much as code can see of it. */
export type Judge = (given: Opinion, statement: CheckedStatement) => CheckedStatement;

/**
 * A statement is confirmed only with words that stand in a page it names, and only as far as its wording goes: quoted
 * words, figures, dates and names must hold there by code. It is refuted by words of such a page, or by a part of it that
 * the page lacks. That a part is missing cannot be shown: of a statement that code confirmed it counts in full only when
 * code misses a word of that part, too; else the two disagree, and the statement is weak. Anything else changes nothing.
 */
export function createJudge(sources: readonly Source[], textIndexOf: IndexOf): Judge {
  const checker = createChecker(sources, null);
  return (given, statement) => {
    switch (given.verdict) {
      case "unclear":
        return statement;
      case "confirmed":
        return statement.verdict === "supported" ? statement : confirmed(given, statement, { sources, checker });
      case "contradicted":
        return statement.verdict === "unsupported" ? statement : contradicted(given, statement, { sources, checker });
      case "missing": {
        const part = wordsIn(given.part ?? "", statement.statement);
        if (statement.verdict === "unsupported" || part === null) return statement;
        const isLacking = checker.lacks(part.text, shownOf(statement, sources, textIndexOf));
        const verdict = isLacking || statement.verdict === "weak" ? "unsupported" : "weak";
        return refuted(statement, verdict, `A second opinion: no passage says "${quoted(part.text)}".`);
      }
    }
  };
}

interface Means {
  sources: readonly Source[];
  checker: Checker;
}

function confirmed({ words }: Opinion, statement: CheckedStatement, { sources, checker }: Means): CheckedStatement {
  const named = located(words ?? [], statement, sources);
  if (named === null || !checker.holdsAt(statement.statement, named.map(placeOf))) return statement;
  const evidence = named.map((one) => ({ ...one, verdict: "supported" as const }));
  const others = statement.evidence.filter(({ number }) => named.every((one) => one.number !== number));
  return {
    ...statement,
    verdict: "supported",
    reason: "",
    evidence: [...evidence, ...others],
    isSecondOpinion: true,
  };
}

function contradicted({ words }: Opinion, statement: CheckedStatement, { sources, checker }: Means): CheckedStatement {
  const named = located(words ?? [], statement, sources);
  const [first] = named ?? [];
  if (named === null || first === undefined || !checker.bears(statement.statement, named.map(placeOf)))
    return statement;
  return refuted(statement, "unsupported", `A second opinion: the page says "${quoted(first.passage.text)}".`);
}

function refuted(statement: CheckedStatement, verdict: "weak" | "unsupported", reason: string): CheckedStatement {
  return { ...statement, verdict, reason, evidence: statement.evidence.map((one) => ({ ...one, verdict })) };
}

/** As much as fits into a reason. */
function quoted(text: string): string {
  return cleanLine(text, MAX_QUOTED_CHARS);
}

const MAX_QUOTED_CHARS = 240;

interface Located {
  number: number;
  passage: Passage;
}

function placeOf({ number, passage: { start, end } }: Located): { number: number; start: number; end: number } {
  return { number, start, end };
}

/** Where the words stand in the pages that the statement names; null when some of them stand nowhere. */
function located(
  words: readonly { page: number; text: string }[],
  { numbers }: CheckedStatement,
  sources: readonly Source[],
): Located[] | null {
  const found = words.map(({ page: number, text }) => {
    const source = numbers.includes(number) ? sources.find((one) => one.number === number) : undefined;
    const passage = source === undefined ? null : wordsIn(text, source.page.text);
    return passage === null || passage.text.length < MIN_PASSAGE_CHARS ? null : { number, passage };
  });
  const places = found.filter((one) => one !== null);
  return places.length === 0 || places.length < found.length ? null : places;
}

// A word or two of a page confirm nothing.
const MIN_PASSAGE_CHARS = 20;

/** Where the words stand in the text; only white space may differ. */
function wordsIn(words: string, text: string): Passage | null {
  const pieces = words.trim().split(/\s+/);
  if (words.trim() === "") return null;
  const match = new RegExp(pieces.map((piece) => RegExp.escape(piece)).join("\\s+"), "u").exec(text);
  return match === null ? null : { text: match[0], start: match.index, end: match.index + match[0].length };
}
