import { wordsOf } from "../../words.ts";
import type { Line } from "./document-lines.ts";

/** Prose, items, rows and what describes an option; no scraps, and not the tagline, which the title says again. */
export function isQuotable({ kind, text, page, code }: Line): boolean {
  if (kind === "facts" || kind === "row") return text.length <= MAX_CHARS;
  if (wordsOf(page.title).join(" ").includes(wordsOf(text).join(" "))) return false;
  // A short item of a list is quoted when it states a figure: "PostgreSQL 13 or higher".
  if (kind === "item" && /^\p{Lu}[\p{L}\p{N} .,+-]*\d[\p{L}\p{N} .,+-]*$/u.test(text)) return true;
  return isProse(text, {
    minWords: MIN_WORDS,
    mayBeginSmall: kind === "item" && /^(?:`|[\w@/.-]+ [-–—:] )/.test(text),
    mayLead: code !== "",
  });
}

const MIN_WORDS = 5;
const MAX_CHARS = 500;

export function isProse(text: string, is: { minWords: number; mayBeginSmall?: boolean; mayLead?: boolean }): boolean {
  if (text.length > MAX_CHARS || /^\s*(?:\||<|\/\/|[{}[\]();])/.test(text)) return false;
  // A small letter begins the rest of something that stands elsewhere.
  if (/^\s*\p{Ll}/u.test(text) && is.mayBeginSmall !== true) return false;
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  const signs = text.replace(/\([^()]{0,40}\)/g, "").match(/[{}();=<>|]/g) ?? [];
  if (words.length < is.minWords || signs.length * 4 > words.length) return false;
  return is.mayLead === true || !/(?:[:,;]|\b(?:and|or))$/.test(text.trim());
}

/** "See the docs for …" tells where it stands, not what it is. */
export const POINTS_ELSEWHERE =
  /^(?:\W*)(?:note|see|read|check out|refer to|for (?:more|further|details)|more (?:details|information))\b/i;
