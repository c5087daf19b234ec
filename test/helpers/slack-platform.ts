import type { TestContext } from "node:test";
import { pino } from "pino";
import { BOT_EVENTS } from "../../adapters/slack/app-manifest.ts";
import { BOT_SCOPES } from "../../adapters/slack/bot-scopes.ts";
import { createSlackPlatform, type SlackOptions, type SlackPlatform } from "../../adapters/slack/slack.ts";
import type { ChatHandlers, IncomingMessage } from "../../src/chat-ports.ts";
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from "./fake-slack.ts";
import { addChannel, addUser, directChannel, type SlackChannel, type SlackUser } from "./fake-slack-world.ts";
import { DEAF } from "./handlers.ts";

/** The app as people make it from the manifest: what it is told of, and what it may do. */
export const AS_IN_MANIFEST: FakeSlackOptions = { scopes: BOT_SCOPES, botEvents: BOT_EVENTS };

export type Mode = "socket" | "http";

/** Slack on this machine with Ana in #policy, and our adapter connected to it. */
export interface SlackStage {
  fake: FakeSlack;
  platform: SlackPlatform;
  ana: SlackUser;
  policy: SlackChannel;
  direct: SlackChannel;
  /** What the adapter told its handlers. */
  heard: IncomingMessage[];
  cancelled: { runId: string; person: string }[];
  withdrawn: { messageId: string }[];
  /** Where somebody is, for the fake's methods. */
  at(
    channel: SlackChannel,
    user?: SlackUser,
  ): { workspace: FakeSlack["workspace"]; user: SlackUser; channel: SlackChannel };
}

export interface StageOptions {
  mode?: Mode;
  /** For HTTP; any free one when left out. */
  port?: number;
  fake?: FakeSlackOptions;
  handlers?: Partial<ChatHandlers>;
  platform?: Partial<SlackOptions>;
}

/** Opens the stage; it is taken down after the test. */
export async function openStage(test: TestContext, options: StageOptions = {}): Promise<SlackStage> {
  const stage = await openBareStage(options);
  const platform = await connect(test, stage, options);
  return { ...stage, platform };
}

/** Slack alone, to which nothing is connected yet. */
export async function openBareStage(options: StageOptions = {}): Promise<Omit<SlackStage, "platform">> {
  const fake = await startFakeSlack(options.fake);
  const ana = addUser(fake.workspace, "ana");
  const policy = addChannel(fake.workspace, "policy");
  const direct = directChannel(fake.workspace, ana.id);
  return {
    fake,
    ana,
    policy,
    direct,
    heard: [],
    cancelled: [],
    withdrawn: [],
    at: (channel, user = ana) => ({ workspace: fake.workspace, user, channel }),
  };
}

/** A second or later start of the adapter against the same Slack. */
export async function connect(
  test: TestContext,
  { fake, heard, cancelled, withdrawn }: Omit<SlackStage, "platform">,
  { mode = "socket", port, handlers = {}, platform: given = {} }: StageOptions = {},
): Promise<SlackPlatform> {
  const reception =
    mode === "socket"
      ? ({ mode: "socket", appToken: fake.appToken } as const)
      : ({ mode: "http", signingSecret: fake.signingSecret, port: port ?? (await freePort()) } as const);
  const platform = createSlackPlatform({
    reception,
    installed: { token: fake.tokenOf(fake.workspace) },
    apiUrl: fake.apiUrl,
    renderReport: (report) => `# ${report.question}\n\n${report.answer}\n`,
    log: pino({ level: process.env.TEST_LOG ?? "silent" }),
    ...given,
  });
  await platform.listen({
    ...DEAF,
    onMessage: async (message) => void heard.push(message),
    onCancel: async (runId, { person }) => void cancelled.push({ runId, person }),
    onWithdraw: async (message) => void withdrawn.push(message),
    ...handlers,
  });
  if (reception.mode === "http") fake.useRequestUrl(`http://127.0.0.1:${reception.port}/slack/events`);
  test.after(async () => {
    await platform.close();
    await fake.close();
  });
  return platform;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
