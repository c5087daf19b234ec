import type { AnswerForm, Depth } from "../types.ts";
import { OPTION_PHRASES } from "./option-phrases.ts";

/** What the words of a question say about how to answer it; null where they say nothing. */
export interface SaidOptions {
  depth: Depth | null;
  form: AnswerForm | null;
}

/**
 * Takes the words of a depth or a form out of a question: before a colon, with two dashes anywhere, before the word that a
 * question begins with ("deep why is the sky blue"), and as people say it ("go deep on …", "… in a table, please"). Words
 * that may be part of the question stay in it.
 */
export function takeOptions(text: string): SaidOptions & { rest: string } {
  const said: string[] = [];
  const take = (_all: string, words: string): string => {
    said.push(
      ...words
        .toLowerCase()
        .trim()
        .split(/[\s,]+/),
    );
    return "";
  };
  const rest = text
    .replace(BEFORE_COLON, take)
    .replace(BEFORE_QUESTION, take)
    .replace(WITH_DASHES, take)
    .replace(GO_DEEP, () => take("", "deep"))
    .replace(IN_DEPTH, () => take("", "deep"))
    .replace(AS_FORM, take)
    .replace(GIVE_FORM, take);
  const asked = OPTION_PHRASES.reduce(
    (words, { means, pattern }) => words.replace(pattern, () => take("", means)),
    rest,
  )
    .replace(ALONE_IN_FRONT, (word: string) => {
      said.push(word.toLowerCase().trim());
      return word;
    })
    .replace(TABLE_OF, (words: string) => {
      said.push("table");
      return words;
    })
    .trim();
  return { rest: asked, depth: said.findLast(isDepth) ?? null, form: said.findLast(isForm) ?? null };
}

export const DEPTHS: readonly Depth[] = ["quick", "standard", "deep"];
export const FORMS: readonly AnswerForm[] = ["brief", "report", "table"];

const WORDS = [...DEPTHS, ...FORMS].join("|");
const OPENING =
  "(?:what|why|how|when|who|whom|whose|which|where|is|are|was|were|does|do|did|has|have|can|could|should|will|would|compare|list|explain|find|tell|warum|wie|was|wer|wann|wo|welche[rs]?|vergleiche)\\b";
const BEFORE_COLON = new RegExp(`^\\s*((?:(?:${WORDS})[\\s,]*)+):`, "i");
// "Deep learning" and "quick ratio" are matters; "deep why" and "quick compare" are none; "Report what you see" is a wish.
const BEFORE_QUESTION = new RegExp(`^\\s*(?!(?-i:Report)\\b)((?:(?:${WORDS})[\\s,]+)+)(?=${OPENING})`, "i");
// Chat clients turn two dashes into one long one.
const WITH_DASHES = new RegExp(`(?:^|\\s)(?:--|—|–)(${WORDS})(?=\\s|$)`, "gi");
const GO_DEEP =
  /^\s*(?:please\s+)?(?:go|dig|dive)\s+deep(?:er)?\s+(?:on|into)\s+|^\s*(?:please\s+)?(?:do|take)\s+a\s+deep\s+(?:dive|look)\s+(?:on|into|at)\s+/i;
const IN_DEPTH = /^\s*in[- ]depth[:,]\s*|[,;]?\s+in\s+depth(?:,?\s+please)?(?=[.?!]*\s*$)/i;
// At the end, or set off by a comma: elsewhere "as a report" may be part of the question.
const AS_FORM = new RegExp(
  `[,\\s]+(?:as|in) an?(?: comparison)? (${FORMS.join("|")})(?:,?\\s+please)?(?=[.?!]*\\s*$|,\\s)`,
  "i",
);
const GIVE_FORM = new RegExp(
  `^\\s*(?:please\\s+)?(?:(?:write(?:\\s+up)?|give|make|prepare|draft|create)\\s+(?:me\\s+|us\\s+)?)an?\\s+(?:(?:short|brief|detailed|full|long|comprehensive)\\s+)?(${FORMS.join("|")})\\s+(?:on|about|of|comparing)\\s+`,
  "i",
);
// "/research deep impact of tariffs": as good as an option, and perhaps part of the matter, so that it stays.
const NO_OPTION =
  "(?:learning|neural|sea|seas|ocean|space|state|web|fake|fakes|water|dive|link|links|copy|freeze|fry|sleep|tissue|vein|brain|packet|reinforcement|sort|ratio|fix|fixes|start|release|response|wins?|charge|silver|bread)\\b";
const ALONE_IN_FRONT = new RegExp(`^\\s*(?:deep|quick)\\s+(?!${NO_OPTION})(?=[\\p{L}\\d])`, "u");

const TABLE_OF = /^\s*(?:an?\s+)?table of (?!contents\b|elements\b|the elements\b|nuclides\b|knowledge\b)/;

function isDepth(word: string): word is Depth {
  return (DEPTHS as readonly string[]).includes(word);
}

function isForm(word: string): word is AnswerForm {
  return (FORMS as readonly string[]).includes(word);
}
