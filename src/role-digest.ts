import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { readDiscordExport } from "../adapters/discord/talk-export.ts";
import { readSlackExport } from "../adapters/slack/talk-export.ts";
import { DIGEST_USAGE, type DigestArguments, readDigestArguments } from "../adapters/terminal/digest-arguments.ts";
import { readTalkFiles, type TalkFiles } from "../adapters/terminal/talk-files.ts";
import { readQuestion } from "./chat/question.ts";
import { talkQuestion } from "./chat/talk-question.ts";
import { topicQuestion } from "./chat/topic-question.ts";
import type { ChatPlatform, IncomingMessage } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import {
  EXIT_INTERRUPTED,
  NOBODY,
  openTerminal,
  stopOnInterrupt,
  unlessStopped,
  writeReport,
} from "./role-terminal.ts";
import type { Report, ResearchRequest, TalkMessage } from "./types.ts";

/** A digest on a topic, or of an exported talk, in the terminal: through the same rooms as a channel's own. */
export async function digest(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const now = new Date();
  const options = readDigestArguments(argv, now);
  if (options === "help") {
    process.stdout.write(`${DIGEST_USAGE}\n`);
    return 0;
  }
  const order = options.topic === null ? await talkOrder(options, now) : topicOrder(options.topic, options, now);
  if ("nothing" in order) {
    process.stdout.write(`${order.nothing}\n`);
    return 0;
  }
  const { signal } = stopOnInterrupt();
  const report = await tell(order, { options, environment, signal });
  if (report !== null && options.outFile !== null) await writeReport(options.outFile, report);
  return signal.aborted ? EXIT_INTERRUPTED : 0;
}

/** What is asked, and the rooms that answer it. */
interface Order {
  request: ResearchRequest;
  answer(rooms: Rooms): Promise<Report>;
}

interface Rooms {
  config: Config;
  log: Logger;
  notify(sentence: string): void;
  terminal: ChatPlatform;
  signal: AbortSignal;
}

function topicOrder(topic: string, options: DigestArguments, now: Date): Order {
  const { since, corpus } = options;
  const question = readQuestion(topicQuestion(topic, options.feeds));
  const request = { ...requestOf({ question }, options, now), ...(since === null ? {} : { since }) };
  return {
    request,
    answer: async ({ config, terminal, signal, ...parts }) => {
      const { createApp } = await import("./app.ts");
      const app = await createApp(config, { ...parts, corpus, mayRunInMemory: true });
      return app.research(request, terminal, { signal }).finally(() => app.close());
    },
  };
}

async function talkOrder(options: DigestArguments, now: Date): Promise<Order | { nothing: string }> {
  const { channelName, messages } = await readTalk(options.talk ?? "", options);
  const fresh = messages.filter(({ at }) => options.since === null || at > options.since);
  if (fresh.length === 0) return { nothing: nothingSaid(channelName, messages) };
  const request = requestOf(talkQuestion(channelName, options.since), options, now);
  return {
    request,
    answer: async ({ config, terminal, signal, ...parts }) => {
      const { createDigestApp } = await import("./wire-digest.ts");
      const app = await createDigestApp(config, parts);
      return app.digestTalk(request, fresh, terminal, { signal }).finally(() => app.close());
    },
  };
}

async function readTalk(
  path: string,
  options: DigestArguments,
): Promise<{ channelName: string; messages: TalkMessage[] }> {
  const files = await readTalkFiles(path);
  const { documents, users, name } = files;
  const slack = { users, channelId: channelIdOf(files), address: options.workspaceAddress };
  const talk = readSlackExport(documents, slack) ?? readDiscordExport(documents);
  if (talk !== null) return { messages: talk.messages, channelName: options.channel ?? `#${talk.channelName ?? name}` };
  throw new RuminateError(
    "USAGE_INVALID",
    `Expected ${path} to hold messages of a Slack export or of a Discord channel as JSON; it holds neither.`,
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

function requestOf(
  asked: Pick<ResearchRequest, "question" | "subQuestions">,
  { length }: DigestArguments,
  now: Date,
): ResearchRequest {
  return {
    ...asked,
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

async function tell({ request, answer }: Order, { options, environment, signal }: Telling): Promise<Report | null> {
  const terminal = openTerminal(messageOf(request), options);
  await terminal.listen(NOBODY);
  const [{ readConfig, secretsOf }, { createLog }] = await Promise.all([import("./config.ts"), import("./log.ts")]);
  const config = readConfig(environment);
  const log = createLog({ level: config.LOG_LEVEL ?? "fatal", secrets: secretsOf(config) });
  const notify = (sentence: string) => void terminal.notify(request.asker, sentence);
  return unlessStopped(() => answer({ config, log, notify, terminal, signal }), { signal, terminal });
}

function messageOf({ question, asker, thread, requestedAt }: ResearchRequest): IncomingMessage {
  const id = randomUUID();
  return { eventId: id, messageId: id, thread, asker, text: question, sentAt: requestedAt };
}
