import type { AnswerForm, Depth } from "../types.ts";
import { type DigestCommand, readDigestCommand } from "./digest-command.ts";
import { readTalkWish, type TalkWish } from "./talk-wish.ts";

/** What somebody wants, from their words. */
export type Command =
  | { kind: "question"; text: string; depth: Depth; form: AnswerForm }
  | { kind: "talk"; wish: TalkWish }
  | { kind: "digest"; command: DigestCommand }
  | { kind: "stop" | "status" | "answer" | "usage" | "history" | "settings" | "help" };

/**
 * A single word is a command where it can be nothing else; everything else is a question. The words of a depth or a form
 * stand before a colon, or with two dashes anywhere: "deep table: compare A and B", "compare A and B --table"; or before
 * the word that a question begins with: "deep why is the sky blue"; a form also at the end: "compare A and B as a table".
 */
export function parseCommand(text: string, now: Date = new Date()): Command {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, "");
  const kind = COMMANDS.get(words);
  if (kind !== undefined) return { kind };
  const command = readDigestCommand(text, now);
  if (command !== null) return { kind: "digest", command };
  const wish = readTalkWish(text, now);
  if (wish !== null) return { kind: "talk", wish };
  const { rest, options } = takeOptions(text);
  return {
    kind: "question",
    text: rest,
    depth: options.findLast(isDepth) ?? "standard",
    form: options.findLast(isForm) ?? "brief",
  };
}

const COMMANDS: ReadonlyMap<string, "stop" | "status" | "answer" | "usage" | "history" | "settings" | "help"> = new Map(
  [
    ["stop", "stop"],
    ["cancel", "stop"],
    ["status", "status"],
    ["answer", "answer"],
    ["usage", "usage"],
    ["history", "history"],
    ["settings", "settings"],
    ["help", "help"],
  ],
);
const DEPTHS: readonly Depth[] = ["quick", "standard", "deep"];
const FORMS: readonly AnswerForm[] = ["brief", "report", "table"];
const OPTION_WORDS = [...DEPTHS, ...FORMS].join("|");
const BEFORE_COLON = new RegExp(`^\\s*((?:(?:${OPTION_WORDS})\\s*)+):`, "i");
// "Deep learning" and "quick ratio" are matters; "deep why" and "quick compare" are none.
const BEFORE_QUESTION = new RegExp(
  `^\\s*((?:(?:${OPTION_WORDS})\\s+)+)(?=(?:what|why|how|when|who|whom|whose|which|where|is|are|was|were|does|do|did|has|have|can|could|should|will|would|compare|list|explain|find|tell|warum|wie|was|wer|wann|welche[rs]?)\\b)`,
  "i",
);
// Chat clients turn two dashes into one long one.
const WITH_DASHES = new RegExp(`(?:^|\\s)(?:--|—|–)(${OPTION_WORDS})(?=\\s|$)`, "gi");
// "Compare A and B as a table", at the end alone: within a sentence the words may be part of the question.
const AS_FORM = new RegExp(`[,\\s]+as an? (${FORMS.join("|")})(?=[.?!]*\\s*$)`, "i");

function takeOptions(text: string): { rest: string; options: string[] } {
  const options: string[] = [];
  const take = (_all: string, words: string): string => {
    options.push(...words.toLowerCase().trim().split(/\s+/));
    return "";
  };
  const rest = text
    .replace(BEFORE_COLON, take)
    .replace(BEFORE_QUESTION, take)
    .replace(WITH_DASHES, (_all, word: string) => {
      options.push(word.toLowerCase());
      return "";
    })
    .replace(AS_FORM, (_all, word: string) => {
      options.push(word.toLowerCase());
      return "";
    });
  return { rest: rest.trim(), options };
}

function isDepth(word: string): word is Depth {
  return (DEPTHS as readonly string[]).includes(word);
}

function isForm(word: string): word is AnswerForm {
  return (FORMS as readonly string[]).includes(word);
}
