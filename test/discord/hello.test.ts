import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { discordRefusals, discordWords, openDiscordService } from "../helpers/service-stage.ts";

describe("brought into a server of Discord", () => {
  it("the bot says hello once in its system channel, with questions to press that open a form and are asked", async (test) => {
    const { discord, channel, ana, restart } = await openDiscordService(test);
    discord.addBot(channel);
    const hello = await discord.until(() => channel.messages[0]);
    assert.match(
      discordWords(hello),
      /^Hello\. I research questions[\s\S]*Ask a question\nA quick fact\nA comparison\nA deep look$/,
    );
    discord.addBot(channel);
    await restart();
    discord.addBot(channel);
    const pressed = discord.click(hello, "v1:sample:0", ana);
    const form = await discord.until(() => pressed.modal);
    assert.match(JSON.stringify(form), /"value":"quick: When is the next leap second\?"/);
    discord.submit(pressed, { text: "quick: Which port does the collector listen on for gRPC?" });
    await discord.until(() => channel.messages.some((said) => /full answer with its sources/.test(discordWords(said))));
    assert.equal(channel.messages.filter((said) => discordWords(said).startsWith("Hello.")).length, 1);
    assert.deepEqual([discord.pings, discordRefusals(discord)], [[ana.id], []]);
  });

  it("the bot says nothing of servers that it was in before, and where it may not write", async (test) => {
    const { discord, channel, ana } = await openDiscordService(test);
    discord.addBot(channel, new Date(Date.now() - 25 * 60 * 60_000));
    discord.addBot(null);
    const asked = discord.command({ name: "research", options: { question: "help" }, channel, user: ana });
    await discord.until(() => asked.whispers[0]);
    assert.deepEqual(channel.messages, []);
  });
});
