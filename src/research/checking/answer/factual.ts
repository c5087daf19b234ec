import type { RawStatement } from "./statements.ts";

/**
 * Is this a statement of fact, which ought to name a source? Headings, questions, lead-ins that end in a colon, remarks
 * about the answer itself and confessions of not having found something are not.
 */
export function isFactual({ kind, text }: Pick<RawStatement, "kind" | "text">): boolean {
  if (kind === "heading") return false;
  if (kind === "cell") return /[\p{L}\p{N}]/u.test(text);
  if (/[?？]["”»)]*$|[:：]$/u.test(text)) return false;
  if (ABOUT_ITSELF.test(text) || NOT_FOUND.test(text)) return false;
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const dense = text.match(UNSPACED)?.length ?? 0;
  return (
    dense >= MIN_UNSPACED ||
    (dense >= 2 && /\d/.test(text)) ||
    words.length >= MIN_WORDS ||
    (/\d/.test(text) && words.length >= 2)
  );
}

// Scripts without blanks between words.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;
const MIN_UNSPACED = 6;

// Shorter pieces are labels ("Overview", "In short").
const MIN_WORDS = 4;

const ABOUT_ITSELF =
  /^(?:(?:in (?:short|summary|brief)|to (?:sum up|summari[sz]e)|overall|note that|please note)[,:]?\s*$|(?:here (?:is|are)|below (?:is|are)|the following|this (?:answer|report|summary|section|table)|i (?:have|will|can|searched|looked|read|found (?:these|the following))|sources?:|zusammenfassung|im folgenden|hier (?:ist|sind)|die folgende|dieser bericht|a continuación|en resumen|este informe|以下|综上|本报告)(?![\p{L}]*\p{N}))/iu;
const NOT_FOUND =
  /\b(?:could(?: not|n['’]t) (?:find|confirm|be (?:found|confirmed|determined|verified))|(?:was|were|is|are) not (?:found(?! (?:guilty|again|until|till|before|by|to (?!be)|in \d))|to be found|able to)|no\b[^.;]{3,80}\b(?:was|were|is|are) (?:to be )?found (?:on|in) (?:any|either|the|these|those)\b|(?:no|none of the) (?:opened )?(?:sources?|pages?|information|evidence|data)\b.{0,60}\b(?:say|says|said|state[sd]?|mention(?:s|ed)?|found|available|given|give|gives|confirm[a-zß-ɏ]*)|(?:sources?|pages?) (?:do|does|did) not (?:say|state|mention|give|confirm|specify|contain|cover)|not (?:found|stated|mentioned|given|specified) in (?:the|any)|unconfirmed|nicht (?:gefunden|bestätigt|ermittelt|zu (?:finden|ermitteln))|keine (?:angaben?|informationen|quelle)|no (?:se (?:encontr(?:ó|aron)|pudo|ha(?:n)? (?:encontrado|podido))|he(?:mos)? (?:encontrado|podido)|hay información)|sin confirmar)\b|未找到|没有找到|无法确认/i;
