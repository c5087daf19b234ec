import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { discordRefusals, discordWords, openDiscordService } from "../helpers/service-stage.ts";
import { until } from "../helpers/until.ts";

const QUESTION = "Which port does the collector listen on for gRPC?";

describe("the history in Discord", () => {
  it("leads to each answer, in its thread, also when another process opened that", async (test) => {
    const { discord, channel, ana, ben, restart } = await openDiscordService(test);
    discord.command({ name: "research", options: { question: QUESTION, depth: "quick" }, channel, user: ana });
    const thread = await discord.until(() =>
      Array.from(discord.channels.values()).find(({ parentId }) => parentId === channel.id),
    );
    const answer = await discord.until(() =>
      thread.messages.find((message) => /confirmed in the sources/.test(discordWords(message))),
    );
    await restart();
    const ask = async (): Promise<string> => {
      const asked = discord.command({ name: "research", options: { question: "history" }, channel, user: ana });
      return discordWords(await discord.until(() => asked.whispers[0]));
    };
    const words = await until(async () => ((await ask()).includes("answered") ? ask() : null), {
      what: "the question is answered",
      withinMs: 30_000,
    });
    const address = `https://discord.com/channels/${channel.guildId}/${thread.id}/${answer.id}`;
    assert.ok(words.includes(`- [${QUESTION}](${address}) · answered · `), words);
    const others = discord.command({ name: "research", options: { question: "history" }, channel, user: ben });
    assert.match(discordWords(await discord.until(() => others.whispers[0])), /You asked nothing here/);
    assert.deepEqual(discordRefusals(discord), []);
  });
});
