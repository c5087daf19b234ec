import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { newDataDirectory } from "../helpers/databases.ts";
import { createFakeDiscord, type FakeDiscord } from "../helpers/fake-discord.ts";
import { withInner } from "../helpers/fake-discord-limits.ts";
import type { DiscordChannel, DiscordMessage } from "../helpers/fake-discord-world.ts";

const QUESTION = "Which port does the collector listen on for gRPC?";

describe("a question in Discord, asked of the real process", () => {
  it("by command becomes a reply, a thread with the plan, a cited answer and a summary; its buttons work", async (test) => {
    const { discord, channel, ana, start } = await openWorld(test);
    await start();
    const interaction = discord.command({
      name: "research",
      options: { question: QUESTION, depth: "quick" },
      channel,
      user: ana,
    });
    const { thread, answer } = await answered(discord, channel);
    const [plan] = thread.messages;
    assert.match(wordsOf(plan), /Done after/);
    assert.match(wordsOf(answer), /4317/);
    assert.match(wordsOf(answer), /confirmed in the sources/);
    assert.equal(channel.messages.length, 1);
    await discord.until(() => /full answer with its sources/.test(wordsOf(interaction.original)));
    assert.deepEqual(discord.pings, [ana.id]);
    discord.advance(24 * 60 * 60_000);
    const download = discord.click(answer, customId(answer, "download"), discord.person("bob"));
    const file = await discord.until(() => download.whispers[0]?.attachments[0]);
    assert.equal(file.filename, "report.md");
    const source = discord.choose(answer, customId(answer, "source"), ["1"], ana);
    assert.match(wordsOf(await discord.until(() => source.whispers[0])), /^1\. /);
    const opinion = discord.click(answer, customId(answer, "bad"), ana);
    await discord.until(() => opinion.modal);
    const thanks = discord.submit(opinion, { text: "It moved." });
    await discord.until(() => /Thank you/.test(wordsOf(thanks.whispers[0])));
    const opened = discord.click(answer, customId(answer, "follow-up"), ana);
    await discord.until(() => opened.modal);
    discord.submit(opened, { text: "And for HTTP?" });
    const second = await discord.until(() => answersOf(thread)[1]);
    assert.match(wordsOf(second), /4318/);
    const forged = discord.click(answer, "v1:redo:not-a-run", ana);
    assert.match(wordsOf(await discord.until(() => forged.whispers[0])), /not kept/);
    assert.deepEqual(refusals(discord), []);
  });

  it("goes on after the process was killed, also long after the token of the command died, and is answered once", async (test) => {
    const { discord, channel, ana, start } = await openWorld(test);
    const first = await start();
    discord.command({ name: "research", options: { question: QUESTION }, channel, user: ana });
    await discord.until(() => channel.messages[0]);
    await kill(first);
    discord.advance(16 * 60_000);
    await start();
    const { thread } = await answered(discord, channel);
    assert.equal(thread.messages.length, 2);
    assert.equal(channel.messages.length, 1);
    assert.ok(discord.calls.every(({ path }) => !path.startsWith("/webhooks")));
  });

  it("is answered once when the process dies between the post and its record, however late it comes back", async (test) => {
    const { discord, channel, ana, start } = await openWorld(test);
    const first = await start();
    discord.fail({ matches: /POST .*messages$/, body: /v1:follow-up/, times: 1, what: "hang" });
    discord.say({ channel, user: ana, content: `<@${discord.bot.id}> ${QUESTION}` });
    const { thread } = await answered(discord, channel);
    await kill(first);
    discord.advance(10 * 60_000);
    await start();
    const isAskedFor = () =>
      discord.calls.some(({ method, path }) => method === "GET" && path === `/channels/${thread.id}/messages`);
    await discord.until(() => isAskedFor() && /Done after/.test(wordsOf(thread.messages[0])));
    const again = discord.say({ channel: thread, user: ana, content: `<@${discord.bot.id}> status` });
    await discord.until(() => discord.directChannel(ana).messages[0]);
    assert.equal(answersOf(thread).length, 1);
    assert.deepEqual(
      thread.messages.filter(({ id, author }) => id !== again.id && author.id === discord.bot.id).length,
      2,
    );
  });
});

async function openWorld(test: TestContext) {
  const discord = await createFakeDiscord();
  const corpus = await mkdtemp(join(tmpdir(), "ruminate-discord-"));
  const text =
    "# Collector\n\nThe collector listens on port 4317 for gRPC. The collector listens on port 4318 for HTTP.\n";
  await writeFile(join(corpus, "collector.md"), text);
  const children: ChildProcess[] = [];
  test.after(async () => {
    for (const child of children) await kill(child);
    await discord.close();
    await rm(corpus, { recursive: true, force: true });
  });
  const environment = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    DATA_DIR: await newDataDirectory(),
    CORPUS: corpus,
    SEARCH: "local",
    PORT: "0",
    LOG_LEVEL: process.env.TEST_LOG ?? "silent",
  };
  const start = async (): Promise<ChildProcess> => {
    const root = join(import.meta.dirname, "../..");
    const child = spawn(process.execPath, [join(root, "src/main.ts"), "serve"], {
      cwd: corpus,
      env: { PATH: process.env.PATH, ...environment },
      stdio: ["ignore", "inherit", "inherit"],
    });
    children.push(child);
    const before = discord.gateway.identifies.length;
    await discord.until(() => discord.gateway.identifies.length > before);
    return child;
  };
  return { discord, channel: discord.channel("policy"), ana: discord.person("ana"), start };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

function threadOf(discord: FakeDiscord, { id }: DiscordChannel): DiscordChannel | undefined {
  return Array.from(discord.channels.values()).find(({ parentId }) => parentId === id);
}

async function answered(discord: FakeDiscord, channel: DiscordChannel) {
  const thread = await discord.until(() => {
    const found = threadOf(discord, channel);
    return found !== undefined && answersOf(found).length > 0 && found;
  });
  const [answer] = answersOf(thread);
  assert.ok(answer);
  return { thread, answer };
}

/** The last parts: those with buttons to go on. */
function answersOf({ messages }: DiscordChannel): DiscordMessage[] {
  return messages.filter((message) => JSON.stringify(message.components).includes("v1:follow-up:"));
}

function customId(message: DiscordMessage, action: string): string {
  const ids = message.components.flatMap(withInner).map(({ custom_id: id }) => String(id ?? ""));
  return ids.find((id) => id.startsWith(`v1:${action}:`)) ?? assert.fail(`no ${action}`);
}

function wordsOf(message: DiscordMessage | null | undefined): string {
  return (message?.components ?? [])
    .flatMap(withInner)
    .map(({ content }) => String(content ?? ""))
    .join("\n");
}

/** Calls that Discord did not like. A thread that is looked for and not there yet is no mistake. */
function refusals(discord: FakeDiscord): string[] {
  return discord.calls
    .filter(({ status, method }) => status >= 400 && method !== "GET")
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
}
