import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { renderAnswerJson, renderAnswerText } from "../adapters/terminal/answer-text.ts";
import { ASK_USAGE, type AskArguments, readAskArguments } from "../adapters/terminal/arguments.ts";
import { createTerminal } from "../adapters/terminal/terminal.ts";
import type { App } from "./app.ts";
import { readQuestion } from "./chat/question.ts";
import { RuminateError } from "./errors.ts";
import type { ChatPlatform, IncomingMessage } from "./ports.ts";
import type { Report, ResearchRequest } from "./types.ts";

// 128 + SIGINT, as shells report it.
const EXIT_INTERRUPTED = 130;

/** One question in the terminal, through the same rooms as everywhere. */
export async function ask(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const options = readAskArguments(argv);
  if (options === "help") {
    process.stdout.write(`${ASK_USAGE}\n`);
    return 0;
  }
  const stop = stopOnInterrupt();
  const terminal = createTerminal({
    message: messageOf(readQuestion(options.question)),
    answers: process.stdout,
    progress: process.stderr,
    renderAnswer: options.isJson
      ? renderAnswerJson
      : (answer) => renderAnswerText(answer, { isTerminal: process.stdout.isTTY }),
  });
  const report = await hear(terminal, async (message) => {
    const app = await openApp(environment, terminal, options);
    try {
      return await app.research(requestOf(message, options), terminal, { signal: stop.signal });
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      await terminal.notify(message.asker, "Stopped before anything was found.");
      return null;
    } finally {
      await app.close();
    }
  });
  if (report !== null && options.outFile !== null) await writeReport(options.outFile, report);
  return stop.signal.aborted ? EXIT_INTERRUPTED : 0;
}

/** The first Ctrl-C ends the research with what was found, the second one at once. */
function stopOnInterrupt(): AbortController {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort(new RuminateError("CANCELLED", "Stopped by Ctrl-C."));
  });
  return controller;
}

async function hear<Answer>(
  platform: ChatPlatform,
  answer: (message: IncomingMessage) => Promise<Answer>,
): Promise<Answer> {
  const answered = Promise.withResolvers<Answer>();
  await platform.listen({
    onMessage: async (message) => answered.resolve(await answer(message)),
    onCancel: async () => {},
    onWithdraw: async () => {},
    onRemoved: async () => {},
    onHome: async () => ({ usage: [], questions: [], digests: [] }),
    onAction: async () => ({ kind: "done" }),
  });
  return answered.promise;
}

/** Loaded only now: the terminal has already said what is asked. */
async function openApp(environment: NodeJS.ProcessEnv, terminal: ChatPlatform, { corpus }: AskArguments): Promise<App> {
  const [{ createApp }, { readConfig, secretsOf }, { createLog }] = await Promise.all([
    import("./app.ts"),
    import("./config.ts"),
    import("./log.ts"),
  ]);
  const config = readConfig(environment);
  const log = createLog({ level: config.LOG_LEVEL ?? "error", secrets: secretsOf(config) });
  const notify = (sentence: string) => void terminal.notify("terminal:you", sentence);
  return createApp(config, { log, corpus, mayRunInMemory: true, notify });
}

function messageOf(question: string): IncomingMessage {
  const thread = { platform: "terminal", workspaceId: "local", channelId: "terminal", threadId: null };
  const id = randomUUID();
  return {
    eventId: id,
    messageId: id,
    thread,
    asker: "terminal:you",
    text: question,
    sentAt: new Date().toISOString(),
  };
}

function requestOf({ text, asker, thread, sentAt }: IncomingMessage, { depth, form }: AskArguments): ResearchRequest {
  return { question: text, depth, form, language: null, asker, thread, requestedAt: sentAt };
}

async function writeReport(file: string, report: Report): Promise<void> {
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
