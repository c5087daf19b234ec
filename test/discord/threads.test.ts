import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FakeDiscord } from "../helpers/fake-discord.ts";
import type { DiscordChannel, DiscordMessage } from "../helpers/fake-discord-world.ts";
import { startReadingModel } from "../helpers/reading-model.ts";
import { discordButton, discordRefusals, discordWords, openDiscordService } from "../helpers/service-stage.ts";

const FIRST = "Which port does the collector listen on for gRPC?";
const ALONE = "Which port does the collector listen on for HTTP?";

describe("a question in a thread of Discord", () => {
  it("is understood by what was said there and answered before, and goes on with the sources' numbers", async (test) => {
    const model = await startReadingModel(test, { condense: () => ALONE });
    const world = await openDiscordService(test, { environment: model.environment });
    const { discord, channel, ana, ben, mention } = world;
    discord.say({ channel, user: ana, content: `${mention} quick: ${FIRST}` });
    const thread = await threadWithAnswers(discord, channel, 1);
    discord.say({ channel: thread, user: ben, content: "The gateway is LARKSPUR-77, and it speaks HTTP." });
    discord.say({ channel: thread, user: ana, content: `${mention} quick: and for that?` });
    await threadWithAnswers(discord, channel, 2);
    const [, second] = answersOf(thread);
    assert.match(discordWords(second), /4318/);
    const cards = thread.messages.filter((message) => /Done after/.test(discordWords(message)));
    assert.match(discordWords(cards[1]), /1 earlier answer, 1 page read before/);
    assert.match(model.prompts("condense")[0] ?? "", /ben: The gateway is LARKSPUR-77/);
    assert.doesNotMatch(model.prompts("browse").join(""), /LARKSPUR/);
    assert.match(model.prompts("browse").at(-1) ?? "", /Opened earlier in this conversation.*【1†Collector/s);
    assert.deepEqual([...model.problems, ...discordRefusals(discord)], []);
  });

  it("says once what can be read where the words of others are hidden, and works by its own answers", async (test) => {
    const model = await startReadingModel(test, { condense: () => ALONE });
    const world = await openDiscordService(test, { environment: model.environment, mayReadContent: false });
    const { discord, channel, ana, ben, mention } = world;
    discord.say({ channel, user: ana, content: `${mention} quick: ${FIRST}` });
    const thread = await threadWithAnswers(discord, channel, 1);
    discord.say({ channel: thread, user: ben, content: "The gateway is LARKSPUR-77." });
    for (const [number, words] of ["and for HTTP?", "and once more?"].entries()) {
      discord.say({ channel: thread, user: ana, content: `${mention} quick: ${words}` });
      await threadWithAnswers(discord, channel, number + 2);
    }
    const notes = thread.messages.filter((message) =>
      /only read the messages here that mention me/.test(discordWords(message)),
    );
    assert.equal(notes.length, 1);
    assert.doesNotMatch(model.prompts("condense").join(""), /LARKSPUR/);
    assert.match(model.prompts("condense")[0] ?? "", /Earlier question/);
    assert.deepEqual([...model.problems, ...discordRefusals(discord)], []);
  });

  it("asks what to do while another is at work; each choice works, for the asker alone and after a restart", async (test) => {
    const gate = Promise.withResolvers<void>();
    const model = await startReadingModel(test, {
      condense: () => ALONE,
      before: (purpose) => (purpose === "browse" ? gate.promise : Promise.resolve()),
    });
    const world = await openDiscordService(test, { environment: model.environment });
    const { discord, channel, ana, ben, mention, restart } = world;
    discord.say({ channel, user: ana, content: `${mention} quick: ${FIRST}` });
    await discord.until(() => model.requests.length > 0);
    const thread = await threadWithAnswers(discord, channel, 0);
    discord.say({ channel: thread, user: ana, content: `${mention} HTTP as well` });
    const first = await discord.until(() => offersOf(thread)[0]);
    assert.match(discordWords(first), /at work on.*Add it as a note\nAsk it afterwards\nStop that, ask this/s);
    const foreign = discord.click(first, discordButton(first, "note"), ben);
    assert.match(discordWords(await discord.until(() => foreign.whispers[0])), /Only the person who asked can choose/);
    const forged = discord.click(first, "v1:queue:made-up", ana);
    assert.match(discordWords(await discord.until(() => forged.whispers[0])), /not kept any more/);
    discord.click(first, discordButton(first, "note"), ana);
    await discord.until(() => /Noted for the research at work/.test(discordWords(first)));
    assert.equal(offersOf(thread).length, 0);
    discord.say({ channel: thread, user: ana, content: `${mention} quick: and for HTTP?` });
    const second = await discord.until(() => offersOf(thread)[0]);
    await restart();
    discord.click(second, discordButton(second, "queue"), ana);
    await discord.until(() => /comes next/.test(discordWords(second)));
    gate.resolve();
    await threadWithAnswers(discord, channel, 2);
    assert.match(model.prompts("write")[0] ?? "", /added meanwhile:\\n- HTTP as well/);
    assert.match(discordWords(answersOf(thread)[1]), /4318/);
    assert.deepEqual([...model.problems, ...discordRefusals(discord)], []);
  });

  it("is held as well when it comes at the same moment as another, and when a button asks it", async (test) => {
    const gate = Promise.withResolvers<void>();
    let isClosed = false;
    const before = () => (isClosed ? gate.promise : Promise.resolve());
    const model = await startReadingModel(test, { condense: () => ALONE, before });
    const world = await openDiscordService(test, { environment: model.environment });
    const { discord, channel, ana, ben, mention } = world;
    discord.say({ channel, user: ana, content: `${mention} quick: ${FIRST}` });
    const thread = await threadWithAnswers(discord, channel, 1);
    const [answer] = answersOf(thread);
    assert.ok(answer !== undefined);
    isClosed = true;
    discord.say({ channel: thread, user: ana, content: `${mention} quick: and for HTTP?` });
    discord.say({ channel: thread, user: ben, content: `${mention} quick: and for UDP?` });
    await discord.until(() => offersOf(thread).length === 1);
    discord.click(answer, discordButton(answer, "redo"), ben);
    await discord.until(() => offersOf(thread).length === 2);
    discord.click(answer, discordButton(answer, "deeper"), ana);
    await discord.until(() => offersOf(thread).length === 3);
    gate.resolve();
    await threadWithAnswers(discord, channel, 2);
    assert.deepEqual([...model.problems, ...discordRefusals(discord)], []);
  });

  it("is stopped by its asker or by who manages the server, by word and by button, and by nobody else", async (test) => {
    const gate = Promise.withResolvers<void>();
    const model = await startReadingModel(test, { condense: () => ALONE, before: () => gate.promise });
    const { discord, channel, ana, ben, mention } = await openDiscordService(test, { environment: model.environment });
    discord.say({ channel, user: ana, content: `${mention} quick: ${FIRST}` });
    await discord.until(() => model.requests.length > 0);
    const thread = await threadWithAnswers(discord, channel, 0);
    discord.say({ channel: thread, user: ben, content: `${mention} stop` });
    await discord.until(() => /or an admin/.test(discordWords(discord.directChannel(ben).messages[0])));
    discord.managers.add(ben.id);
    discord.say({ channel: thread, user: ben, content: `${mention} stop` });
    await discord.until(() => thread.messages.some((message) => /Stopped/.test(discordWords(message))));
    gate.resolve();
  });
});

function offersOf({ messages }: DiscordChannel): DiscordMessage[] {
  return messages.filter((message) => JSON.stringify(message.components).includes("v1:queue:"));
}

function answersOf({ messages }: DiscordChannel): DiscordMessage[] {
  return messages.filter((message) => JSON.stringify(message.components).includes("v1:follow-up:"));
}

function threadWithAnswers(discord: FakeDiscord, { id }: DiscordChannel, count: number): Promise<DiscordChannel> {
  return discord.until(() => {
    const thread = Array.from(discord.channels.values()).find(({ parentId }) => parentId === id);
    return thread !== undefined && answersOf(thread).length >= count && thread;
  });
}
