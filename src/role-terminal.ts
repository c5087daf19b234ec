import { writeFile } from "node:fs/promises";
import { renderAnswerJson, renderAnswerText } from "../adapters/terminal/answer-text.ts";
import { createTerminal } from "../adapters/terminal/terminal.ts";
import type { ChatHandlers, ChatPlatform, IncomingMessage } from "./chat-ports.ts";
import { RuminateError } from "./errors.ts";
import type { Report } from "./types.ts";

// 128 + SIGINT, as shells report it.
export const EXIT_INTERRUPTED = 130;

/** The terminal of this process: answers on standard output, everything else on standard error. */
export function openTerminal(message: IncomingMessage, { isJson }: { isJson: boolean }): ChatPlatform {
  return createTerminal({
    message,
    answers: process.stdout,
    progress: process.stderr,
    renderAnswer: isJson
      ? renderAnswerJson
      : (answer) => renderAnswerText(answer, { isTerminal: process.stdout.isTTY, columns: process.stdout.columns }),
  });
}

/** The first Ctrl-C ends the research with what was found, the second one at once. */
export function stopOnInterrupt(): AbortController {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort(new RuminateError("CANCELLED", "Stopped by Ctrl-C."));
  });
  return controller;
}

/** What the work gives; null, and a sentence, when it was stopped before it had anything to give. */
export async function unlessStopped(
  work: () => Promise<Report>,
  { signal, terminal }: { signal: AbortSignal; terminal: ChatPlatform },
): Promise<Report | null> {
  try {
    return await work();
  } catch (error) {
    if (!signal.aborted) throw error;
    await terminal.notify("terminal:you", "Stopped before anything was found.");
    return null;
  }
}

/** @throws {RuminateError} OUTPUT_UNWRITABLE */
export async function writeReport(file: string, report: Report): Promise<void> {
  const { renderMarkdownReport } = await import("./research/provenance.ts");
  try {
    await writeFile(file, renderMarkdownReport(report));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuminateError("OUTPUT_UNWRITABLE", `The report could not be written to ${file}: ${reason}.`, {
      cause: error,
    });
  }
}

/** For a terminal, in which nobody says anything while we work. */
export const NOBODY: ChatHandlers = {
  onMessage: async () => {},
  onCancel: async () => {},
  onWithdraw: async () => {},
  onRemoved: async () => {},
  onJoined: async () => {},
  onHome: async () => ({ usage: [], questions: [], digests: [], settings: [] }),
  onSettings: async () => ({ fields: [] }),
  onSettingsSaved: async () => [],
  onAction: async () => ({ kind: "done" }),
  onDigest: async () => ({ kind: "words", text: "" }),
};
