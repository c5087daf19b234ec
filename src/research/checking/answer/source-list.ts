import type { Range } from "./code-ranges.ts";

/**
 * The list of sources that a model puts at the end of its answer, with its heading. The delivered report has a list of
 * its own, made from the pages themselves.
 */
export function sourceListOf(answer: string): Range | null {
  const heading = Array.from(answer.matchAll(SOURCES_HEADING)).at(-1);
  if (heading === undefined) return null;
  const body = answer.slice(heading.index + heading[0].length);
  const isList = body.split("\n").every((line) => line.trim() === "" || SOURCE_LINE.test(line));
  return isList && body.trim() !== "" ? { start: heading.index, end: answer.length } : null;
}

const SOURCES_HEADING =
  /^[ \t]*(?:#{1,6}[ \t]*|\*\*|__)?(?:sources?|references|citations|bibliography|quellen(?:verzeichnis|angaben)?|literatur|fuentes|referencias|bibliografía|参考(?:文献|资料)?|来源)(?:[ \t]*[:：])?(?:\*\*|__)?[ \t]*[:：]?[ \t]*$/gimu;

const SOURCE_LINE = /^[ \t]*(?:[-*+•]|\d{1,3}[.)]|\[\^?\d|【\d|https?:|<https?:)/;
