import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { readDiscordExport } from "../adapters/discord/talk-export.ts";
import { readSlackExport } from "../adapters/slack/talk-export.ts";
import { renderAnswerJson, renderAnswerText } from "../adapters/terminal/answer-text.ts";
import { DIGEST_USAGE, type DigestArguments, readDigestArguments } from "../adapters/terminal/digest-arguments.ts";
import { readTalkFiles, type TalkFiles } from "../adapters/terminal/talk-files.ts";
import { createTerminal } from "../adapters/terminal/terminal.ts";
import { talkQuestion } from "./chat/talk-question.ts";
import { RuminateError } from "./errors.ts";
import type { ChatHandlers, ChatPlatform } from "./ports.ts";
import type { Report, ResearchRequest, TalkMessage } from "./types.ts";

// 128 + SIGINT, as shells report it.
const EXIT_INTERRUPTED = 130;

/** A digest of an exported talk in the terminal, through the same rooms as a channel's own. */
export async function digest(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const now = new Date();
  const options = readDigestArguments(argv, now);
  if (options === "help") {
    process.stdout.write(`${DIGEST_USAGE}\n`);
    return 0;
  }
  const { channelName, messages } = await readTalk(options);
  const fresh = messages.filter(({ at }) => options.since === null || at > options.since);
  if (fresh.length === 0) {
    process.stdout.write(`${nothingSaid(channelName, messages)}\n`);
    return 0;
  }
  const request = requestOf(channelName, options, now);
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort(new RuminateError("CANCELLED", "Stopped by Ctrl-C."));
  });
  const report = await tell(request, fresh, { options, environment, signal: controller.signal });
  if (options.outFile !== null) await writeDigest(options.outFile, report);
  return controller.signal.aborted ? EXIT_INTERRUPTED : 0;
}

async function readTalk(options: DigestArguments): Promise<{ channelName: string; messages: TalkMessage[] }> {
  const files = await readTalkFiles(options.talk);
  const { documents, users, name } = files;
  const slack = { users, channelId: channelIdOf(files), address: options.workspaceAddress };
  const talk = readSlackExport(documents, slack) ?? readDiscordExport(documents);
  if (talk !== null) return { messages: talk.messages, channelName: options.channel ?? `#${talk.channelName ?? name}` };
  throw new RuminateError(
    "USAGE_INVALID",
    `Expected ${options.talk} to hold messages of a Slack export or of a Discord channel as JSON; it holds neither.`,
  );
}

/** Slack's channels.json tells the id of a folder's channel. */
function channelIdOf({ channels, name }: TalkFiles): string {
  const list: unknown[] = Array.isArray(channels) ? channels : [];
  const found = list.find((entry) => (entry as { name?: unknown } | null)?.name === name) as
    | { id?: unknown }
    | undefined;
  return typeof found?.id === "string" ? found.id : name;
}

function nothingSaid(channelName: string, messages: readonly TalkMessage[]): string {
  const newest = messages
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const when = newest === undefined ? "at all" : `in that time; the newest message is of ${newest.slice(0, 10)}`;
  return `Nothing was said in ${channelName} ${when}.`;
}

function requestOf(channelName: string, { since, length }: DigestArguments, now: Date): ResearchRequest {
  return {
    ...talkQuestion(channelName, since),
    depth: "standard",
    form: length === "brief" ? "short-digest" : "digest",
    language: null,
    asker: "terminal:you",
    thread: { platform: "terminal", workspaceId: "local", channelId: "terminal", threadId: null },
    requestedAt: now.toISOString(),
  };
}

interface Telling {
  options: DigestArguments;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

async function tell(
  request: ResearchRequest,
  messages: readonly TalkMessage[],
  { options, environment, signal }: Telling,
): Promise<Report> {
  const terminal = terminalFor(request, options);
  await terminal.listen(NOBODY);
  const [{ createDigestApp }, { readConfig, secretsOf }, { createLog }] = await Promise.all([
    import("./wire-digest.ts"),
    import("./config.ts"),
    import("./log.ts"),
  ]);
  const config = readConfig(environment);
  const log = createLog({ level: config.LOG_LEVEL ?? "error", secrets: secretsOf(config) });
  const notify = (sentence: string) => void terminal.notify(request.asker, sentence);
  const app = await createDigestApp(config, { log, notify });
  try {
    return await app.digestTalk(request, messages, terminal, { signal });
  } finally {
    await app.close();
  }
}

function terminalFor(
  { question, asker, thread, requestedAt }: ResearchRequest,
  { isJson }: DigestArguments,
): ChatPlatform {
  const id = randomUUID();
  return createTerminal({
    message: { eventId: id, messageId: id, thread, asker, text: question, sentAt: requestedAt },
    answers: process.stdout,
    progress: process.stderr,
    renderAnswer: isJson
      ? renderAnswerJson
      : (answer) => renderAnswerText(answer, { isTerminal: process.stdout.isTTY }),
  });
}

/** Nobody says anything while it works. */
const NOBODY: ChatHandlers = {
  onMessage: async () => {},
  onCancel: async () => {},
  onWithdraw: async () => {},
  onRemoved: async () => {},
  onAction: async () => ({ kind: "done" }),
};

async function writeDigest(file: string, report: Report): Promise<void> {
  const { renderMarkdownReport } = await import("./research/provenance.ts");
  try {
    await writeFile(file, renderMarkdownReport(report));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuminateError("OUTPUT_UNWRITABLE", `The digest could not be written to ${file}: ${reason}.`, {
      cause: error,
    });
  }
}
