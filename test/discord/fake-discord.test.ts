import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DiscordAPIError, REST, Routes } from "discord.js";
import { createFakeDiscord } from "../helpers/fake-discord.ts";

describe("the fake Discord, spoken to with the real client", () => {
  it("refuses what Discord refuses: too much text, a strange token, a lost permission, a dead interaction", async (test) => {
    const discord = await createFakeDiscord();
    test.after(discord.close);
    const rest = new REST({ api: discord.api, retries: 0 }).setToken(discord.token);
    const channel = discord.channel("talk");
    const post = (body: unknown) => rest.post(Routes.channelMessages(channel.id), { body });
    await assert.rejects(post({ content: "x".repeat(2_001) }), codeIs(50035));
    const long = [1, 2].map(() => ({ type: 10, content: "x".repeat(2_001) }));
    await assert.rejects(post({ flags: 1 << 15, components: long }), codeIs(50035));
    channel.denied = 1n << 11n;
    await assert.rejects(post({ content: "x" }), codeIs(50013));
    await assert.rejects(new REST({ api: discord.api }).setToken("x").get(Routes.user("@me")), codeIs(0));
    const user = discord.person("ana");
    const interaction = discord.command({ name: "research", channel, user });
    discord.advance(3_001);
    const late = rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
      body: { type: 4, data: { content: "x" } },
      auth: false,
    });
    await assert.rejects(late, codeIs(10062));
  });

  it("returns the first message for a nonce that is enforced, within five minutes", async (test) => {
    const discord = await createFakeDiscord();
    test.after(discord.close);
    const rest = new REST({ api: discord.api }).setToken(discord.token);
    const channel = discord.channel("talk");
    const post = async () => {
      const body = { content: "x", nonce: "r1", enforce_nonce: true };
      return ((await rest.post(Routes.channelMessages(channel.id), { body })) as { id: string }).id;
    };
    const first = await post();
    assert.equal(await post(), first);
    discord.advance(5 * 60_000);
    assert.notEqual(await post(), first);
  });

  it("holds its limits a route and tells them in headers that the real client keeps to", async (test) => {
    const discord = await createFakeDiscord({ rate: { limit: 2, windowMs: 60 } });
    test.after(discord.close);
    const rest = new REST({ api: discord.api, offset: 0 }).setToken(discord.token);
    const channel = discord.channel("talk");
    await Promise.all(
      [1, 2, 3, 4, 5].map((n) => rest.post(Routes.channelMessages(channel.id), { body: { content: `${n}` } })),
    );
    assert.deepEqual(
      channel.messages.map(({ content }) => content),
      ["1", "2", "3", "4", "5"],
    );
    assert.ok(discord.calls.every(({ status }) => status === 200));
  });
});

function codeIs(code: number) {
  return (error: unknown) => error instanceof DiscordAPIError && error.code === code;
}
