import { randomUUID } from "node:crypto";
import { ASK_USAGE, type AskArguments, readAskArguments } from "../adapters/terminal/arguments.ts";
import type { App } from "./app.ts";
import { readQuestion } from "./chat/question.ts";
import type { ChatPlatform, IncomingMessage } from "./chat-ports.ts";
import {
  EXIT_INTERRUPTED,
  NOBODY,
  openTerminal,
  stopOnInterrupt,
  unlessStopped,
  writeReport,
} from "./role-terminal.ts";
import type { ResearchRequest } from "./types.ts";

/** One question in the terminal, through the same rooms as everywhere. */
export async function ask(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const options = readAskArguments(argv);
  if (options === "help") {
    process.stdout.write(`${ASK_USAGE}\n`);
    return 0;
  }
  const stop = stopOnInterrupt();
  const terminal = openTerminal(messageOf(readQuestion(options.question)), options);
  const { report, trouble } = await hear(terminal, async (message) => {
    const app = await openApp(environment, terminal, options);
    const { signal } = stop;
    const work = () => app.research(requestOf(message, options), terminal, { signal });
    const report = await unlessStopped(work, { signal, terminal }).finally(() => app.close());
    return { report, trouble: report === null ? null : await app.fileTrouble(report) };
  });
  if (report !== null && options.outFile !== null) await writeReport(options.outFile, report);
  if (stop.signal.aborted) return EXIT_INTERRUPTED;
  if (trouble !== null) throw trouble;
  return 0;
}

async function hear<Answer>(
  platform: ChatPlatform,
  answer: (message: IncomingMessage) => Promise<Answer>,
): Promise<Answer> {
  const answered = Promise.withResolvers<Answer>();
  await platform.listen({ ...NOBODY, onMessage: async (message) => answered.resolve(await answer(message)) });
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
  const log = createLog({ level: config.LOG_LEVEL ?? "fatal", secrets: secretsOf(config) });
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
