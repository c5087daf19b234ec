import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commandDefinitions } from "../../adapters/discord/commands.ts";
import { connectDiscord } from "../helpers/discord-platform.ts";

describe("the settings in Discord", () => {
  it("are a command for who manages the server, in the words that mean the same everywhere", async (test) => {
    const said: string[] = [];
    const world = await connectDiscord(test, {
      onMessage: async ({ asker, text }) => {
        said.push(text);
        await world.platform.notify(asker, "Saved.");
      },
    });
    const { discord } = world;
    const call = { name: "research-settings", channel: discord.channel("policy"), user: discord.person("ana") };
    for (const options of [
      {},
      { setting: "depth", value: "deep", where: "channel" },
      { setting: "questions per day", value: "20" },
      { setting: "answers", where: "channel" },
    ] as Record<string, string>[]) {
      const interaction = discord.command({ ...call, options });
      await discord.until(() => interaction.whispers[0]);
    }
    assert.deepEqual(said, [
      "settings",
      "settings channel depth = deep",
      "settings server questions per day = 20",
      "settings channel answers = default",
    ]);
    const definition = commandDefinitions().find(({ name }) => name === "research-settings");
    assert.equal((definition as { default_member_permissions?: string }).default_member_permissions, "32");
  });

  it("offers the values of the chosen setting while somebody types", async (test) => {
    const { discord } = await connectDiscord(test);
    const call = { name: "research-settings", channel: discord.channel("policy"), user: discord.person("ana") };
    const depth = discord.complete({ ...call, options: { setting: "depth" }, focused: "value", value: "" });
    const choices = await discord.until(() => depth.choices ?? undefined);
    assert.deepEqual(
      choices.map(({ value }) => value),
      ["default", "quick", "standard", "deep"],
    );
    const language = discord.complete({ ...call, options: { setting: "language" }, focused: "value", value: "port" });
    assert.deepEqual(
      (await discord.until(() => language.choices ?? undefined)).map(({ value }) => value),
      ["Portuguese"],
    );
  });
});
