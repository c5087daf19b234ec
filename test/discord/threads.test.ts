import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FakeDiscord } from "../helpers/fake-discord.ts";
import type { DiscordChannel, DiscordMessage } from "../helpers/fake-discord-world.ts";
import { startReadingModel } from "../helpers/reading-model.ts";
import { discordRefusals, discordWords, openDiscordService } from "../helpers/service-stage.ts";

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
});

function answersOf({ messages }: DiscordChannel): DiscordMessage[] {
  return messages.filter((message) => JSON.stringify(message.components).includes("v1:follow-up:"));
}

function threadWithAnswers(discord: FakeDiscord, { id }: DiscordChannel, count: number): Promise<DiscordChannel> {
  return discord.until(() => {
    const thread = Array.from(discord.channels.values()).find(({ parentId }) => parentId === id);
    return thread !== undefined && answersOf(thread).length >= count && thread;
  });
}
