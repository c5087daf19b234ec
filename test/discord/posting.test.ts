import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerContents } from "../../adapters/discord/answer-view.ts";
import { cardContent } from "../../adapters/discord/card-view.ts";
import { problemsOfMessage } from "../../adapters/discord/limits.ts";
import { createAnswerView } from "../../src/chat/answer-view.ts";
import { foldProgress, newCard } from "../../src/chat/progress-card.ts";
import type { AnswerView, ChatPlatform } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import type { Report, ThreadRef } from "../../src/types.ts";
import { connectDiscord, createTestPlatform } from "../helpers/discord-platform.ts";
import { refusalOfMessage, withInner } from "../helpers/fake-discord-limits.ts";
import { CHANNEL, type DiscordMessage, PERMISSIONS } from "../helpers/fake-discord-world.ts";
import { makeReport } from "../helpers/runs.ts";

const RUN = "7f3c1b52-5a9e-5c0a-9f6b-0c1d2e3f4a5b";

describe("what is posted to Discord", () => {
  it("opens a thread on the asker's message, shows the plan silently in it, and edits it in place", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { channel, question, thread } = ask(discord);
    const card = makeCard();
    const message = await platform.postCard(thread, card, `${RUN}:card`);
    const opened = discord.channels.get(question.id);
    assert.equal(opened?.parentId, channel.id);
    assert.equal(opened?.name, card.question);
    const [posted] = opened?.messages ?? [];
    assert.equal((posted?.flags ?? 0) & (1 << 12), 1 << 12);
    await platform.updateCard(message, foldProgress(card, { type: "search-start", query: "x" }));
    assert.equal(opened?.messages.length, 1);
    assert.match(wordsOf(posted), /🔄 Search/);
    assert.match(JSON.stringify(posted?.components), new RegExp(`v1:cancel:${RUN}`));
    const done = { ...card, state: "done" as const, title: "Done after 3 s" };
    await platform.updateCard(message, done);
    assert.doesNotMatch(JSON.stringify(posted?.components), /cancel/);
  });

  it("turns the reply to a command into a short answer that leads to the whole one, and tells the asker once", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    const channel = discord.channel("policy");
    const ana = discord.person("ana");
    const interaction = discord.command({
      name: "research",
      options: { question: "What changed?" },
      channel,
      user: ana,
    });
    await discord.until(() => interaction.original && heard.messages[0]);
    discord.advance(20 * 60_000);
    const worker = createTestPlatform(test, discord);
    const thread = heard.messages[0]?.thread as ThreadRef;
    const asker = `discord:${ana.id}`;
    await worker.postCard(thread, { ...makeCard(), asker }, `${RUN}:card`);
    await post(worker, thread, { ...makeAnswer("The limit is 40 [1]. It was 25 before [2]."), asker });
    const [root, ...others] = channel.messages;
    assert.deepEqual(others, []);
    assert.match(wordsOf(root), /The limit is 40\. It was 25 before\./);
    assert.match(wordsOf(root), new RegExp(`discord.com/channels/${discord.guildId}/${root?.id}/\\d+`));
    assert.deepEqual(discord.pings, [ana.id]);
    assert.ok(discord.calls.every(({ path }) => !path.startsWith("/webhooks")));
  });

  it("opens a thread of its own when the reply to the command never came through", async (test) => {
    const { discord, platform, heard } = await connectDiscord(test, { onMessage: async () => discord.advance(3_100) });
    const channel = discord.channel("policy");
    const options = { question: "What changed?" };
    discord.command({ name: "research", options, channel, user: discord.person("ana") });
    const thread = (await discord.until(() => heard.messages[0])).thread;
    discord.advance(60_000);
    await platform.postCard(thread, makeCard(), `${RUN}:card`);
    await post(platform, thread, makeAnswer("Yes [1]."));
    const [root, ...others] = channel.messages;
    assert.deepEqual(others, []);
    assert.equal(discord.channels.get(root?.id ?? "")?.messages.length, 2);
    assert.notEqual(await createTestPlatform(test, discord).findPosted(thread, `${RUN}:card`), null);
  });

  it("reads what people said in a thread, oldest first, beginning with the message that it hangs on", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false, mayReadContent: true });
    const { thread } = ask(discord);
    await platform.postCard(thread, makeCard(), `${RUN}:card`);
    const place = discord.channels.get(thread.threadId ?? "") ?? assert.fail("no thread");
    const ana = discord.person("ana");
    for (const content of ["one", "two"]) discord.say({ channel: place, user: ana, content });
    const { messages, hindrance } = await platform.readThread(thread, 10);
    assert.equal(hindrance, null);
    assert.deepEqual(
      messages.slice(1).map(({ text, author }) => [text, author]),
      [
        ["one", "ana"],
        ["two", "ana"],
      ],
    );
    assert.equal(messages[0]?.id, thread.threadId);
  });

  it("reads in a thread only what mentions it, and says so, where the words of others are hidden", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { thread } = ask(discord);
    await platform.postCard(thread, makeCard(), `${RUN}:card`);
    const place = discord.channels.get(thread.threadId ?? "") ?? assert.fail("no thread");
    const ana = discord.person("ana");
    discord.say({ channel: place, user: ana, content: "the salary is 4000" });
    discord.say({ channel: place, user: ana, content: `<@${discord.bot.id}> and the second one?` });
    const { messages, hindrance } = await platform.readThread(thread, 10);
    assert.deepEqual(
      messages.slice(1).map(({ text }) => text),
      ["and the second one?"],
    );
    assert.match(hindrance ?? "", /only read the messages here that mention me/);
  });

  it("keeps every message of a huge answer within the limits, and hands the whole report over as a file", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { thread } = ask(discord);
    await platform.postCard(thread, makeCard(), `${RUN}:card`);
    const table = `| Name | Value |\n|---|---|\n${Array.from({ length: 80 }, (_, row) => `| row ${row} | ${"x".repeat(row)} |`).join("\n")}`;
    const text = [
      `# Findings\n\n${"Ein Satz mit Wörtern 😀 und Zahlen [3]. ".repeat(300)}`,
      table,
      `\`\`\`js\n${"let a = 1;\n".repeat(600)}\`\`\``,
      "شرح ".repeat(900),
      "##### Deep\n\nend",
    ].join("\n\n");
    const answer = makeAnswer(text, 200);
    await post(platform, thread, answer);
    const messages = discord.channels.get(thread.threadId ?? "")?.messages.slice(1) ?? [];
    assert.ok(messages.length > 3 && messages.length < 12, `${messages.length} messages`);
    assert.deepEqual(
      messages.at(-1)?.attachments.map(({ filename }) => filename),
      ["report.md"],
    );
    assert.ok(messages.every((message) => !/^#{4,}/m.test(wordsOf(message)) && !/^\|/m.test(wordsOf(message))));
  });

  it("lets no text of a model, page or person ping anybody or forge a link", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { thread } = ask(discord);
    const bob = discord.person("bob");
    const evil = `@everyone <@${bob.id}> <@&1> <#2> </buy:3> <t:1700000000:R> ||hidden|| [bank](https://evil.example/) javascript:alert(1) https://evil.example/x`;
    const card = { ...makeCard(), question: evil };
    await platform.postCard(thread, card, `${RUN}:card`);
    const answer = makeAnswer(`${evil}\n\n[x](javascript:alert(1))`);
    answer.sources.push({ number: 9, title: evil, url: "https://good.example/9", date: null });
    await post(platform, thread, answer);
    await platform.postNote(thread, evil, "note");
    assert.deepEqual(discord.pings, []);
    const texts =
      discord.channels
        .get(thread.threadId ?? "")
        ?.messages.map(wordsOf)
        .join("\n") ?? "";
    assert.doesNotMatch(texts.replace(/`[^`]*`/g, ""), /(?<!\\)\]\(<?(?:javascript|https:\/\/evil)/);
    assert.doesNotMatch(texts, /(?<!\\)<(?:t:1700000000|#2>|\/buy)/);
    for (const { body, method } of discord.calls.filter(({ method }) => method !== "GET"))
      if (body.components !== undefined)
        assert.deepEqual((body.allowed_mentions as { parse: unknown }).parse, [], method);
  });

  it("finds again what it posted, also days later and when the answer to the post was lost", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { thread } = ask(discord);
    const message = await platform.postCard(thread, makeCard(), `${RUN}:card`);
    discord.advance(3 * 24 * 60 * 60_000);
    const worker = createTestPlatform(test, discord);
    assert.deepEqual(await worker.findPosted(thread, `${RUN}:card`), message);
    assert.equal(await worker.findPosted(thread, `${RUN}:answer:0`), null);
    discord.fail({ matches: /POST .*messages$/, times: 1, what: "drop-after" });
    const answer = makeAnswer("Yes [1].");
    const lost = worker.postAnswerPart(thread, answer, 0, `${RUN}:answer:0`);
    await assert.rejects(lost, { code: "POST_FAILED", isRetryable: true });
    const again = await worker.postAnswerPart(thread, answer, 0, `${RUN}:answer:0`);
    const posted = discord.channels.get(thread.threadId ?? "")?.messages ?? [];
    assert.equal(posted.length, 2);
    assert.deepEqual(await worker.findPosted(thread, `${RUN}:answer:0`), again);
  });

  it("puts the points of a digest into the channel, and what they rest on into a thread on that message", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const channel = discord.channel("policy");
    const place: ThreadRef = { ...ask(discord).thread, channelId: channel.id, threadId: null };
    const answer = makeAnswer("- The port is 4317 [1].");
    const head = await platform.postAnswerPart(place, { ...answer, isHead: true }, 0, `${RUN}:answer:0`);
    const below = { ...place, threadId: head.messageId };
    const key = `${RUN}:details:0`;
    assert.equal(await platform.findPosted(below, key), null);
    await platform.postAnswerPart(below, { ...answer, isBelow: true }, 0, key);
    await platform.postAnswerPart(below, { ...answer, isBelow: true }, 0, key);
    const told = channel.messages.find(({ id }) => id === head.messageId);
    assert.match(wordsOf(told), /4317 \[\[1\]\(https:/);
    assert.doesNotMatch(JSON.stringify(told?.components), /follow-up|Sources/);
    const thread = discord.channels.get(head.messageId);
    assert.equal(thread?.parentId, channel.id);
    assert.equal(thread?.messages.length, 1);
    assert.match(JSON.stringify(thread?.messages[0]?.components), /Sources[\s\S]*follow-up/);
    assert.notEqual(await platform.findPosted(below, key), null);
  });

  it("drops a frame of the plan that would have to wait, and never the last one or the answer", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { thread } = ask(discord);
    const card = makeCard();
    const message = await platform.postCard(thread, card, `${RUN}:card`);
    discord.rates.refuse(1, /PATCH/, 300);
    await platform.updateCard(message, { ...card, title: "Researching · 2 of 5" });
    discord.rates.refuse(2, /POST .*messages$/, 50);
    await post(platform, thread, makeAnswer("Yes [1]."));
    discord.rates.refuse(1, /PATCH/, 50, true);
    await platform.updateCard(message, { ...card, state: "done", title: "Done after 3 s" });
    const [plan, answer] = discord.channels.get(thread.threadId ?? "")?.messages ?? [];
    assert.match(wordsOf(plan), /Done after 3 s/);
    assert.match(wordsOf(answer), /Yes/);
    assert.equal(
      discord.calls.filter(({ method, body }) => method === "PATCH" && JSON.stringify(body).includes("2 of 5")).length,
      1,
    );
  });

  it("posts into an archived thread, and edits in it after opening it again", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { thread } = ask(discord);
    const card = makeCard();
    const message = await platform.postCard(thread, card, `${RUN}:card`);
    const place = discord.channels.get(thread.threadId ?? "");
    assert.ok(place);
    place.isArchived = true;
    await platform.updateCard(message, { ...card, state: "done", title: "Done after 3 s" });
    assert.match(wordsOf(place.messages[0]), /Done after 3 s/);
  });

  const ruins: Record<string, (discord: World, thread: ThreadRef) => void> = {
    "a deleted thread": (discord: World, thread: ThreadRef) => void discord.channels.delete(thread.threadId ?? ""),
    "a locked thread": (discord: World, thread: ThreadRef) =>
      void Object.assign(discord.channels.get(thread.threadId ?? "") ?? {}, { isLocked: true }),
    "a lost permission": (discord: World, thread: ThreadRef) =>
      void Object.assign(discord.channels.get(thread.channelId) ?? {}, { denied: PERMISSIONS.SendMessagesInThreads }),
    "a server that removed the bot": (discord: World) => void Object.assign(discord, { isMember: false }),
  };
  for (const [name, ruin] of Object.entries(ruins)) {
    it(`tells ${name} as a failure that no new try mends, and posts nowhere else`, async (test) => {
      const { discord, platform } = await connectDiscord(test, { listens: false });
      const { channel, thread } = ask(discord);
      await platform.postCard(thread, makeCard(), `${RUN}:card`);
      ruin(discord, thread);
      await assert.rejects(post(platform, thread, makeAnswer("Yes [1].")), (error: unknown) => {
        assert.ok(error instanceof RuminateError);
        assert.equal(error.code, "POST_FAILED");
        assert.equal(error.isRetryable, false);
        assert.doesNotMatch(JSON.stringify(error), new RegExp(discord.token));
        return true;
      });
      assert.equal(channel.messages.length, 1);
    });
  }

  it("names the permission that was taken away in the middle", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { channel, thread } = ask(discord);
    await platform.postCard(thread, makeCard(), `${RUN}:card`);
    channel.denied = PERMISSIONS.SendMessagesInThreads;
    await assert.rejects(post(platform, thread, makeAnswer("Yes [1].")), {
      code: "POST_FAILED",
      isRetryable: false,
      message: /\*\*Send Messages in Threads\*\*/,
    });
  });

  it("tells a Discord that fails as worth another try, and speaks again after a 401 that was a mistake", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const { thread } = ask(discord);
    await platform.postCard(thread, makeCard(), `${RUN}:card`);
    discord.fail({ matches: /POST .*messages$/, times: 2, what: 503 });
    await assert.rejects(platform.postNote(thread, "x", "note"), { code: "POST_FAILED", isRetryable: true });
    discord.fail({ matches: /POST .*messages$/, times: 1, what: 401 });
    await assert.rejects(platform.postNote(thread, "x", "note"), { code: "POST_FAILED", isRetryable: false });
    await platform.postNote(thread, "x", "note");
    assert.equal(discord.channels.get(thread.threadId ?? "")?.messages.length, 2);
  });

  it("answers where there are no threads: in private conversations and the chat of voice channels", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    for (const channel of [
      discord.directChannel(discord.person("ana")),
      discord.channel("voice", { type: CHANNEL.voice }),
    ]) {
      const thread = {
        platform: "discord",
        workspaceId: channel.guildId ?? "@me",
        channelId: channel.id,
        threadId: null,
      };
      await platform.postCard(thread, makeCard(), `${RUN}:card`);
      await post(platform, thread, makeAnswer("Yes [1]."));
      assert.equal(channel.messages.length, 2);
    }
  });

  it("builds nothing that Discord refuses, by its own check and by the fake's", () => {
    const card = Array.from({ length: 60 }).reduce(
      (folded: ReturnType<typeof makeCard>, _, index) => {
        const title = `*_~|[](${"<long title>".repeat(30)}${index}`;
        const read = foldProgress(folded, {
          type: "page-end",
          number: index,
          url: `https://host${index}.example/${"p".repeat(150)}`,
          title,
          part: 1,
          parts: 3,
        });
        return foldProgress(read, { type: "search-end", query: title, hits: index });
      },
      { ...makeCard(), question: "<@1> ".repeat(800), asker: "discord:1" },
    );
    const contents = [
      cardContent(card),
      ...answerContents(
        { ...makeAnswer("Words of an answer [1]. ".repeat(1_000), 300), asker: "discord:1" },
        renderMarkdownReport,
      ),
    ];
    for (const content of contents) {
      assert.deepEqual(problemsOfMessage(content), []);
      const body = { flags: 1 << 15, components: content.components } as never;
      assert.equal(refusalOfMessage(body, content.file === undefined ? [] : [content.file.name]), null);
    }
  });
});

type World = Awaited<ReturnType<typeof connectDiscord>>["discord"];

function ask(discord: World) {
  const channel = discord.channel("policy");
  const question = discord.say({ channel, user: discord.person("ana"), content: `<@${discord.bot.id}> What?` });
  const thread: ThreadRef = {
    platform: "discord",
    workspaceId: discord.guildId,
    channelId: channel.id,
    threadId: question.id,
  };
  return { channel, question, thread };
}

function makeCard() {
  return newCard({ id: RUN, question: "What changed?", depth: "standard", startedAt: "2026-11-22T10:00:00.000Z" });
}

function makeAnswer(answer: string, sources = 3): AnswerView {
  const readAt = "2026-11-22T10:00:00.000Z";
  const details: Partial<Report> = {
    answer,
    sources: Array.from({ length: sources }, (_, index) => ({
      number: index + 1,
      title: `Source ${index + 1}`,
      url: `https://good.example/${index + 1}`,
      publishedAt: null,
      readAt,
    })),
  };
  return createAnswerView(makeReport(RUN, details), "brief", null);
}

async function post(platform: ChatPlatform, thread: ThreadRef, answer: AnswerView): Promise<void> {
  for (let part = 0; part < platform.countAnswerParts(answer); part += 1)
    await platform.postAnswerPart(thread, answer, part, `${RUN}:answer:${part}`);
}

function wordsOf(message: DiscordMessage | undefined): string {
  return (message?.components ?? [])
    .flatMap(withInner)
    .map(({ content }) => String(content ?? ""))
    .join("\n");
}
