import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formOf } from "../../src/chat/digest-form.ts";
import { newCard } from "../../src/chat/progress-card.ts";
import type { DigestReply } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import { connectDiscord, createTestPlatform } from "../helpers/discord-platform.ts";
import { withInner } from "../helpers/fake-discord-limits.ts";
import { CHANNEL, type DiscordMessage, PERMISSIONS } from "../helpers/fake-discord-world.ts";

describe("the doors of Discord", () => {
  it("takes /research with its options, and replies for all to see only when the question is stored", async (test) => {
    const stored = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const { discord, heard } = await connectDiscord(test, {
      onMessage: async ({ asker }) => {
        if (asker !== `discord:${ana.id}`) return;
        arrived.resolve();
        await stored.promise;
      },
    });
    const channel = discord.channel("policy");
    const [ana, ben] = [discord.person("ana"), discord.person("ben")];
    const options = { question: "What changed?", depth: "deep", form: "table" };
    const interaction = discord.command({ name: "research", options, channel, user: ana });
    await arrived.promise;
    const quicker = discord.command({ name: "research", options, channel, user: ben });
    await discord.until(() => quicker.original);
    assert.deepEqual(interaction.answers, []);
    stored.resolve();
    const reply = await discord.until(() => interaction.original);
    assert.deepEqual(interaction.answers, [4]);
    assert.match(wordsOf(reply), /<@\d+> asked: \*\*What changed\?\*\*/);
    assert.deepEqual(discord.pings, []);
    const message = heard.messages.find(({ asker }) => asker === `discord:${ana.id}`);
    assert.equal(message?.text, "deep table: What changed?");
    assert.equal(message?.eventId, interaction.id);
    const thread = { platform: "discord", workspaceId: discord.guildId, channelId: channel.id };
    assert.deepEqual(message?.thread, { ...thread, threadId: `command-${interaction.id}` });
  });

  it("takes /digest create with time and topic as a form that is filled in, and answers the person alone", async (test) => {
    const proposal: DigestReply = { kind: "proposal", draftId: "k3f9x", title: "Digest about tea", lines: ["daily"] };
    const form = formOf(null, "Europe/Berlin");
    const { discord, heard } = await connectDiscord(test, {
      onDigest: ({ type }) => (type === "fill-in" ? { kind: "form", digestId: null, form } : proposal),
    });
    const channel = discord.channel("policy");
    const options = {
      ...{ when: "every weekday at 9", about: "news about tea", feed: "https://example.org/tea.xml" },
      ...{ length: "brief", "without-news": "line" },
    };
    const call = { name: "digest", subcommand: "create", options, channel, user: discord.person("ana") };
    const made = discord.command(call);
    assert.match(wordsOf(await discord.until(() => made.whispers[0])), /Digest about tea/);
    const asked = heard.digests.at(-1)?.action;
    assert.deepEqual(asked, {
      ...{ type: "propose", digestId: null },
      form: {
        ...form,
        ...{ topic: "news about tea feed https://example.org/tea.xml", timetable: "every weekday at 9" },
        ...{ length: "brief", whenNothingNew: "line" },
      },
    });
    assert.deepEqual([channel.messages, heard.messages], [[], []]);
  });

  it("tells when the bot was thrown out of a server, and not when the server is only down", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    discord.goDown();
    discord.removeBot();
    const removal = await discord.until(() => heard.removals[0]);
    assert.deepEqual([removal.platform, removal.workspaceId], ["discord", discord.guildId]);
    assert.equal(heard.removals.length, 1);
  });

  it("says in words, to the asker alone, that nothing was stored", async (test) => {
    const { discord } = await connectDiscord(test, {
      onMessage: async () => {
        throw new RuminateError("DATABASE_UNAVAILABLE", "The database does not answer in time.");
      },
    });
    const channel = discord.channel("policy");
    const interaction = discord.command({
      name: "research",
      options: { question: "What?" },
      channel,
      user: discord.person("ana"),
    });
    const whisper = await discord.until(() => interaction.whispers[0]);
    assert.match(wordsOf(whisper), /database does not answer in time/);
    assert.equal(channel.messages.length, 0);
  });

  it("names the missing permission instead of starting something that cannot be answered", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    const channel = discord.channel("policy", { denied: PERMISSIONS.CreatePublicThreads });
    const ana = discord.person("ana");
    const interaction = discord.command({ name: "research", options: { question: "What?" }, channel, user: ana });
    const whisper = await discord.until(() => interaction.whispers[0]);
    assert.match(wordsOf(whisper), /\*\*Create Public Threads\*\*/);
    discord.say({ channel, user: ana, content: `<@${discord.bot.id}> What?` });
    const direct = await discord.until(() => discord.directChannel(ana).messages[0]);
    assert.match(wordsOf(direct), /\*\*Create Public Threads\*\*/);
    assert.deepEqual(heard.messages, []);
  });

  it("hears a mention in a channel, in a thread and in a private conversation, and nobody else's talk", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    const channel = discord.channel("policy");
    const ana = discord.person("ana");
    const robot = discord.person("robot", { bot: true });
    const thread = discord.channel("thread", { type: CHANNEL.publicThread, parentId: channel.id });
    discord.say({ channel, user: ana, content: "just talk" });
    discord.say({ channel, user: robot, content: `<@${discord.bot.id}> from a bot` });
    discord.say({ channel, user: ana, content: `<@${discord.bot.id}> from a hook`, isWebhook: true });
    discord.say({ channel, user: ana, content: "@everyone hello" });
    const first = discord.say({ channel, user: ana, content: `<@${discord.bot.id}> In the channel?` });
    discord.say({ channel: thread, user: ana, content: `In the thread? <@!${discord.bot.id}>` });
    discord.say({ channel: discord.directChannel(ana), user: ana, content: "In private?" });
    const forum = discord.channel("forum", { type: CHANNEL.forum });
    const entry = discord.channel("entry", { type: CHANNEL.publicThread, parentId: forum.id });
    discord.say({ channel: entry, user: ana, content: `<@${discord.bot.id}> In the forum?` });
    await discord.until(() => heard.messages.length === 4);
    const byText = new Map(heard.messages.map((message) => [message.text, message.thread]));
    const place = { platform: "discord", workspaceId: discord.guildId, channelId: channel.id };
    assert.deepEqual(byText.get("In the channel?"), { ...place, threadId: first.id });
    assert.deepEqual(byText.get("In the thread?"), { ...place, threadId: thread.id });
    const direct = {
      platform: "discord",
      workspaceId: "@me",
      channelId: discord.directChannel(ana).id,
      threadId: null,
    };
    assert.deepEqual(byText.get("In private?"), direct);
  });

  it("knows the thread of a command again when somebody speaks in it, also in another process", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    const channel = discord.channel("policy");
    const ana = discord.person("ana");
    const interaction = discord.command({ name: "research", options: { question: "What?" }, channel, user: ana });
    const root = await discord.until(() => interaction.original);
    const thread = discord.channel("What?", { id: root.id, type: CHANNEL.publicThread, parentId: channel.id });
    discord.say({ channel: thread, user: ana, content: `<@${discord.bot.id}> stop` });
    await discord.until(() => heard.messages.length === 2);
    assert.deepEqual(heard.messages[1]?.thread, heard.messages[0]?.thread);
  });

  it("opens a form with the words of a message, and answers in that message's thread", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    const channel = discord.channel("policy");
    const [ana, bob] = [discord.person("ana"), discord.person("bob")];
    const message = discord.say({ channel, user: bob, content: "Bees can count to four." });
    const opened = discord.menu({ name: "Research this", message, channel, user: ana });
    await discord.until(() => opened.modal);
    assert.match(JSON.stringify(opened.modal), /Bees can count to four/);
    discord.submit(opened, { text: "Can bees count?" });
    await discord.until(() => heard.messages[0]);
    assert.equal(heard.messages[0]?.text, "Can bees count?");
    assert.equal(heard.messages[0]?.thread.threadId, message.id);
  });

  it("answers the same interaction once, however often it is delivered, with the same ids each time", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    const channel = discord.channel("policy");
    const interaction = discord.command({
      name: "research",
      options: { question: "What?" },
      channel,
      user: discord.person("ana"),
    });
    discord.repeat(interaction);
    discord.repeat(interaction);
    await discord.until(
      () => heard.messages.length === 3 && discord.calls.filter(({ path }) => path.endsWith("/callback")).length === 3,
    );
    assert.equal(new Set(heard.messages.map(({ eventId }) => eventId)).size, 1);
    assert.equal(channel.messages.length, 1);
  });

  it("hands over who pressed a button and on which research, also on messages of a process long gone", async (test) => {
    const { discord, platform, heard } = await connectDiscord(test);
    const channel = discord.channel("policy");
    const [ana, bob] = [discord.person("ana"), discord.person("bob")];
    const question = discord.say({ channel, user: ana, content: `<@${discord.bot.id}> What?` });
    const place = { platform: "discord", workspaceId: discord.guildId, channelId: channel.id, threadId: question.id };
    const card = newCard({ id: "run-1", question: "What?", depth: "quick", startedAt: "2026-11-22T10:00:00.000Z" });
    await createTestPlatform(test, discord).postCard(place, card, "run-1:card");
    const [plan] = discord.channels.get(question.id)?.messages ?? assert.fail("no thread");
    assert.ok(plan);
    discord.advance(2 * 24 * 60 * 60_000);
    const pressed = discord.click(plan, "v1:cancel:run-1", bob);
    await discord.until(() => pressed.answers.length > 0);
    assert.deepEqual(heard.cancels, [{ runId: "run-1", person: `discord:${bob.id}`, thread: place }]);
    assert.deepEqual(pressed.answers, [6]);
    const redo = discord.click(plan, "v1:redo:run-1", bob);
    await discord.until(() => redo.whispers[0]);
    const source = { eventId: redo.id, person: `discord:${bob.id}`, thread: place };
    assert.deepEqual(heard.actions, [{ action: { type: "redo", runId: "run-1" }, source }]);
    const strange = discord.click(plan, "v9:redo:run-1", bob);
    assert.match(wordsOf(await discord.until(() => strange.whispers[0])), /another version/);
    assert.equal(heard.actions.length, 1);
    await platform.close();
  });

  it("says what it says to one person to that person alone, also when the doors of that person are closed", async (test) => {
    const { discord, platform } = await connectDiscord(test, {
      onMessage: (message) => platform.notify(message.asker, "You used 10 of 10 questions today.", message.thread),
    });
    const channel = discord.channel("policy");
    const ana = discord.person("ana");
    const refused = discord.command({ name: "research", options: { question: "What?" }, channel, user: ana });
    assert.match(wordsOf(await discord.until(() => refused.whispers[0])), /10 of 10/);
    assert.deepEqual(channel.messages, []);
    discord.say({ channel, user: ana, content: `<@${discord.bot.id}> What?` });
    assert.match(wordsOf(await discord.until(() => discord.directChannel(ana).messages[0])), /10 of 10/);
    const closed = discord.person("closed", { hasOpenDoor: false });
    discord.say({ channel, user: closed, content: `<@${discord.bot.id}> What?` });
    const hint = await discord.until(() => channel.messages.find(({ author }) => author.bot));
    assert.match(wordsOf(hint), /in private/);
    assert.doesNotMatch(wordsOf(hint), /10 of 10/);
    assert.deepEqual(discord.pings, [closed.id]);
    const shy = discord.person("shy", { hasOpenDoor: false });
    await assert.rejects(platform.notify(`discord:${shy.id}`, "x"), { code: "POST_FAILED", isRetryable: false });
  });

  it("passes on that the question was deleted", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    const channel = discord.channel("policy");
    const message = discord.say({ channel, user: discord.person("ana"), content: `<@${discord.bot.id}> What?` });
    await discord.until(() => heard.messages[0]);
    discord.withdraw(message, channel);
    await discord.until(() => heard.withdrawn[0]);
    const { thread, messageId } = heard.messages[0] ?? {};
    assert.deepEqual(heard.withdrawn[0], { thread, messageId });
  });
});

function wordsOf(message: DiscordMessage): string {
  return message.components
    .flatMap(withInner)
    .map(({ content }) => String(content ?? ""))
    .join("\n");
}
