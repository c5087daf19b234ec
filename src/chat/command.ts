import type { SettingChange } from "../types.ts";
import { type SaidOptions, takeOptions } from "./command-options.ts";
import { type DigestCommand, readDigestCommand } from "./digest-command.ts";
import { readSettingChange } from "./settings-command.ts";
import { readTalkWish, type TalkWish } from "./talk-wish.ts";

/** What somebody wants, from their words. */
export type Command =
  | ({ kind: "question"; text: string } & SaidOptions)
  | { kind: "talk"; wish: TalkWish }
  | { kind: "digest"; command: DigestCommand }
  /** Without a change: what is set. */
  | { kind: "settings"; change: SettingChange | null }
  | { kind: SingleWord };

type SingleWord = "stop" | "status" | "answer" | "usage" | "history" | "help";

/**
 * A single word is a command where it can be nothing else; everything else is a question, of which the words of a depth
 * or a form are taken out: "deep table: compare A and B", "compare A and B as a table".
 */
export function parseCommand(text: string, now: Date = new Date()): Command {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, "");
  const kind = COMMANDS.get(words);
  if (kind !== undefined) return { kind };
  if (words === "settings") return { kind: "settings", change: null };
  const change = readSettingChange(text);
  if (change !== null) return { kind: "settings", change };
  const command = readDigestCommand(text, now);
  if (command !== null) return { kind: "digest", command };
  const wish = readTalkWish(text, now);
  if (wish !== null) return { kind: "talk", wish };
  const { rest, depth, form } = takeOptions(text);
  return { kind: "question", text: rest, depth, form };
}

const COMMANDS: ReadonlyMap<string, SingleWord> = new Map([
  ["stop", "stop"],
  ["cancel", "stop"],
  ["status", "status"],
  ["answer", "answer"],
  ["usage", "usage"],
  ["history", "history"],
  ["help", "help"],
]);
