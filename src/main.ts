import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { renderAnswerJson, renderAnswerText } from "../adapters/terminal/answer-text.ts";
import { ASK_USAGE, type AskArguments, readAskArguments } from "../adapters/terminal/arguments.ts";
import { createTerminal } from "../adapters/terminal/terminal.ts";
import { createApp } from "./app.ts";
import { readQuestion } from "./chat/question.ts";
import { readConfig, secretsOf } from "./config.ts";
import { asRuminateError, RuminateError, userMessageFor } from "./errors.ts";
import { createLog } from "./log.ts";
import type { ChatPlatform, IncomingMessage } from "./ports.ts";
import { renderMarkdownReport } from "./research/provenance.ts";
import type { Report, ResearchRequest } from "./types.ts";

const ROLES: Record<string, (argv: string[]) => Promise<number>> = { ask };

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
// 128 + SIGINT, as shells report it.
const EXIT_INTERRUPTED = 130;

process.exitCode = await main(process.argv.slice(2));

async function main([role = "", ...argv]: string[]): Promise<number> {
  try {
    const start = ROLES[role];
    if (start === undefined) {
      const roles = Object.keys(ROLES).join(", ");
      throw new RuminateError("USAGE_INVALID", `Expected a role: ${roles}. Got "${role}".`);
    }
    return await start(argv);
  } catch (error) {
    process.stderr.write(`${userMessageFor(error)}\n`);
    if (process.env.LOG_LEVEL === "debug") process.stderr.write(`${asRuminateError(error).stack}\n`);
    return asRuminateError(error).code === "USAGE_INVALID" ? EXIT_USAGE : EXIT_FAILED;
  }
}

/** One question in the terminal, through the same rooms as everywhere. */
async function ask(argv: string[]): Promise<number> {
  const options = readAskArguments(argv);
  if (options === "help") {
    process.stdout.write(`${ASK_USAGE}\n`);
    return 0;
  }
  const question = readQuestion(options.question);
  const config = readConfig(process.env);
  const log = createLog({ level: config.LOG_LEVEL ?? "warn", secrets: secretsOf(config) });
  const stop = stopOnInterrupt();
  const terminal = createTerminal({
    message: messageOf(question),
    answers: process.stdout,
    progress: process.stderr,
    renderAnswer: options.isJson
      ? renderAnswerJson
      : (answer) => renderAnswerText(answer, { isTerminal: process.stdout.isTTY }),
  });
  const notify = (sentence: string) => void terminal.notify("you", sentence);
  const app = await createApp(config, { log, corpus: options.corpus, mayRunInMemory: true, notify });
  try {
    const report = await listen(terminal, (message) =>
      app.research(requestOf(message, options), terminal, { signal: stop.signal }),
    );
    if (options.outFile !== null) await writeReport(options.outFile, report);
    return stop.signal.aborted ? EXIT_INTERRUPTED : 0;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.stderr.write("Stopped before anything was found.\n");
    return EXIT_INTERRUPTED;
  } finally {
    await app.close();
  }
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

async function listen(platform: ChatPlatform, answer: (message: IncomingMessage) => Promise<Report>): Promise<Report> {
  const answered = Promise.withResolvers<Report>();
  await platform.listen({
    onMessage: async (message) => answered.resolve(await answer(message)),
    onCancel: async () => {},
  });
  return answered.promise;
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
  try {
    await writeFile(file, renderMarkdownReport(report));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuminateError("OUTPUT_UNWRITABLE", `The report could not be written to ${file}: ${reason}.`, {
      cause: error,
    });
  }
}
