import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { pino } from "pino";
import { createDiscord } from "../../adapters/discord/discord.ts";
import { createSlackPlatform } from "../../adapters/slack/slack.ts";
import type { ChatPlatform } from "../../src/chat-ports.ts";
import { readConfig } from "../../src/config.ts";
import type { Database } from "../../src/ports.ts";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import { createService } from "../../src/wire-service.ts";
import { newDataDirectory } from "./databases.ts";
import { createFakeDiscord, type FakeDiscord } from "./fake-discord.ts";
import { withInner } from "./fake-discord-limits.ts";
import type { DiscordMessage } from "./fake-discord-world.ts";
import { type FakeSlack, startFakeSlack } from "./fake-slack.ts";
import { addChannel, addUser, type SlackMessage } from "./fake-slack-world.ts";
import { AS_IN_MANIFEST, freePort, type Mode } from "./slack-platform.ts";

const log = pino({ level: process.env.TEST_LOG ?? "silent" });
const CORPUS =
  "# Collector\n\nThe collector listens on port 4317 for gRPC. The collector listens on port 4318 for HTTP.\n";

export interface ServiceOptions {
  /** For the configuration: a model server, admins. */
  environment?: Record<string, string>;
  mayReadContent?: boolean;
  /** How Slack reaches the app. */
  mode?: Mode;
  /** Neither Slack nor we count calls: for many runs at once where the pace is not what is tested. */
  isUnhurried?: boolean;
}

/** The whole service in this process, hearing and working, on a database of its own. */
async function startService(test: TestContext, platform: () => ChatPlatform, environment: Record<string, string>) {
  // Hooks run in the order in which they were made: the service ends before its directory goes.
  let stop = async (): Promise<void> => {};
  test.after(() => stop());
  const corpus = await mkdtemp(join(tmpdir(), "ruminate-thread-"));
  test.after(() => rm(corpus, { recursive: true, force: true }));
  await writeFile(join(corpus, "collector.md"), CORPUS);
  const config = readConfig({
    DATA_DIR: await newDataDirectory(),
    CORPUS: corpus,
    SEARCH: "local",
    ...environment,
  });
  let database: Database | null = null;
  const onOpen = (opened: Database): void => {
    database = opened;
  };
  const start = async (): Promise<() => Promise<void>> => {
    const service = createService(config, { log, platforms: [platform()], listens: true, works: true, onOpen });
    await service.start();
    return service.stop;
  };
  stop = await start();
  return {
    restart: async (): Promise<void> => {
      await stop();
      stop = await start();
    },
    database: (): Database => {
      if (database === null) throw new Error("the database is not open");
      return database;
    },
  };
}

/** Slack with Ana and Ben in #policy, and the service connected to it. */
export async function openSlackService(
  test: TestContext,
  { environment = {}, mode = "socket", isUnhurried = false }: ServiceOptions = {},
) {
  const fake = await startFakeSlack({ ...AS_IN_MANIFEST, hasRateLimits: !isUnhurried });
  const [ana, ben] = [addUser(fake.workspace, "ana"), addUser(fake.workspace, "ben")];
  const channel = addChannel(fake.workspace, "policy");
  const port = await freePort();
  const reception =
    mode === "socket"
      ? ({ mode, appToken: fake.appToken } as const)
      : ({ mode, signingSecret: fake.signingSecret, port } as const);
  if (mode === "http") fake.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  const platform = (): ChatPlatform =>
    createSlackPlatform({
      reception,
      installed: { token: fake.tokenOf(fake.workspace) },
      apiUrl: fake.apiUrl,
      renderReport: renderMarkdownReport,
      ...(isUnhurried ? { now: () => Date.now() * 100 } : {}),
      log,
    });
  const { restart, database } = await startService(test, platform, environment);
  test.after(fake.close);
  const at = (user = ana) => ({ workspace: fake.workspace, user, channel });
  const mention = `<@${fake.workspace.botUserId}>`;
  return { fake, ana, ben, channel, at, mention, restart, database };
}

/** Messages of ours whose key ends so, in order. */
export function ownSlack(messages: readonly SlackMessage[], ending: RegExp): SlackMessage[] {
  return messages.filter(
    ({ metadata, isDeleted }) => !isDeleted && ending.test(String(metadata?.event_payload.key ?? "")),
  );
}

/** Calls that Slack did not like: there must be none. */
export function slackRefusals(fake: FakeSlack): string[] {
  return fake.calls
    .filter(({ reply, method }) => !reply.ok && method !== "agents.sessions.setStatus")
    .map(({ method, reply }) => `${method} ${reply.error}`);
}

/** Discord with Ana and Ben in #policy, and the service connected to it. */
export async function openDiscordService(
  test: TestContext,
  { environment = {}, mayReadContent = true }: ServiceOptions = {},
) {
  const discord = await createFakeDiscord({ mayReadContent });
  const platform = (): ChatPlatform =>
    createDiscord({
      ...{ token: discord.token, address: discord.api, shards: null, mayReadContent },
      renderReport: renderMarkdownReport,
      log,
    });
  const { restart } = await startService(test, platform, environment);
  test.after(() => discord.close());
  const channel = discord.channel("policy");
  const [ana, ben] = [discord.person("ana"), discord.person("ben")];
  return { discord, channel, ana, ben, mention: `<@${discord.bot.id}>`, restart };
}

export function discordWords(message: DiscordMessage | null | undefined): string {
  return (message?.components ?? [])
    .flatMap(withInner)
    .map(({ content, label }) => String(content ?? label ?? ""))
    .join("\n");
}

/** The id of a message's button for this action, or of this beginning. */
export function discordButton(message: DiscordMessage, action: string): string {
  const ids = message.components.flatMap(withInner).map(({ custom_id: id }) => String(id ?? ""));
  const found = ids.find((id) => id.startsWith(`v1:${action}:`));
  if (found === undefined) throw new Error(`no button "${action}" in ${ids.join(", ")}`);
  return found;
}

/** Calls that Discord did not like. A thread that is looked for and not there yet is no mistake. */
export function discordRefusals(discord: FakeDiscord): string[] {
  return discord.calls
    .filter(({ status, method }) => status >= 400 && method !== "GET")
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
}
