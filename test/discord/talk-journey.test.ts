import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { readConfig } from "../../src/config.ts";
import { createService } from "../../src/wire-service.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { createTestPlatform } from "../helpers/discord-platform.ts";
import { createFakeDiscord } from "../helpers/fake-discord.ts";
import { withInner } from "../helpers/fake-discord-limits.ts";
import type { DiscordMessage } from "../helpers/fake-discord-world.ts";

async function openWorld(test: TestContext, mayReadContent: boolean) {
  const discord = await createFakeDiscord({ mayReadContent });
  const platform = createTestPlatform(test, discord, { mayReadContent });
  const config = readConfig({ DATA_DIR: await newDataDirectory(), SEARCH: "local" });
  const service = createService(config, { log: silentLog, platforms: [platform], listens: true, works: true });
  test.after(async () => {
    await service.stop();
    await discord.close();
  });
  await service.start();
  return { discord, channel: discord.channel("plans"), ana: discord.person("ana"), ben: discord.person("ben") };
}

function wordsOf({ components }: DiscordMessage): string {
  return components
    .flatMap(withInner)
    .map(({ content }) => String(content ?? ""))
    .join("\n");
}

describe("what was said, asked for in Discord", () => {
  it("is told in a thread of the channel, with links to the messages, and mentions nobody but the asker", async (test) => {
    const { discord, channel, ana, ben } = await openWorld(test, true);
    const said = discord.say({ channel, user: ben, content: `<@${ana.id}> We agreed on the small hall, @everyone.` });
    discord.say({ channel, user: ana, content: "Can somebody order 40 chairs?" });
    const pingsBefore = discord.pings.length;
    const wish = `<@${discord.bot.id}> summarise this channel today`;
    const asked = discord.say({ channel, user: ana, content: wish });
    const answer = await discord.until(() =>
      discord.channels.get(asked.id)?.messages.find((message) => wordsOf(message).includes("Decided")),
    );
    assert.match(wordsOf(answer), /ben: .*We agreed on the small hall/);
    assert.match(wordsOf(answer), /ana: .*Can somebody order 40 chairs/);
    assert.match(
      JSON.stringify(answer.components),
      new RegExp(`discord.com/channels/${discord.guildId}/${channel.id}/${said.id}`),
    );
    await discord.until(() =>
      discord.calls.some(({ path, method }) => method === "PATCH" && path.includes("/messages/")),
    );
    assert.ok(discord.pings.slice(pingsBefore).every((id) => id === ana.id || id === discord.bot.id));
  });

  it("is previewed as a digest in a direct message, without a word in the channel and with nothing to press", async (test) => {
    const { discord, channel, ana, ben } = await openWorld(test, true);
    const options = { when: "every Friday at 16:00", about: "summarise this channel" };
    const made = discord.command({ name: "digest", subcommand: "create", options, channel, user: ben });
    const proposal = await discord.until(() => made.whispers[0]);
    assert.match(wordsOf(proposal), /Digest of this channel.*\nevery Friday at 16:00/);
    const save = /v1:digest-save:\w+/.exec(JSON.stringify(proposal.components))?.[0] ?? assert.fail("no button");
    const saved = discord.click(proposal, save, ben);
    await discord.until(() => saved.answers[0]);
    const typed = { name: "digest", subcommand: "manage", focused: "digest", value: "", channel, user: ben };
    const typing = discord.complete(typed);
    const id = (await discord.until(() => typing.choices))[0]?.value ?? assert.fail("no digest");
    discord.say({ channel, user: ben, content: "We agreed on the small hall, @everyone." });
    const before = channel.messages.length;
    const manage = { digest: id, action: "preview" };
    const asked = discord.command({ name: "digest", subcommand: "manage", options: manage, channel, user: ana });
    assert.match(wordsOf(await discord.until(() => asked.whispers[0])), /shown to you alone/);
    const shown = await discord.until(() =>
      discord.directChannel(ana).messages.find((message) => wordsOf(message).includes("Preview, for you alone")),
    );
    assert.match(wordsOf(shown), /ben: .*We agreed on the small hall/);
    assert.deepEqual(
      shown.components.flatMap(withInner).filter((part) => "custom_id" in part),
      [],
    );
    assert.equal(channel.messages.length, before);
  });

  it("is said to be not available without the message content intent", async (test) => {
    const { discord, channel, ana } = await openWorld(test, false);
    const asked = discord.say({ channel, user: ana, content: `<@${discord.bot.id}> summarise this channel` });
    await discord.until(() =>
      discord.channels.get(asked.id)?.messages.some((message) => /Message Content intent/.test(wordsOf(message))),
    );
  });
});
