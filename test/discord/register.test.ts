import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkBot, registerBot } from "../../adapters/discord/check-bot.ts";
import { NEEDED } from "../../adapters/discord/permissions.ts";
import { silentLog } from "../helpers/databases.ts";
import { createFakeDiscord } from "../helpers/fake-discord.ts";

describe("registering the commands", () => {
  it("sends them once, everywhere or in one server, and again only when somebody changed them", async (test) => {
    const discord = await createFakeDiscord();
    test.after(discord.close);
    const options = { token: discord.token, address: discord.api, log: silentLog };
    const puts = () => discord.calls.filter(({ method }) => method === "PUT").map(({ path }) => path);
    assert.notEqual((await checkBot(options, null)).problem, null);
    assert.equal((await registerBot(options, null)).changed, "changed");
    assert.equal((await registerBot(options, null)).changed, "unchanged");
    assert.equal((await checkBot(options, null)).problem, null);
    assert.equal((await registerBot(options, discord.guildId)).changed, "changed");
    const [everywhere = "", inGuild = ""] = puts();
    assert.equal(everywhere, `/applications/${discord.applicationId}/commands`);
    assert.equal(inGuild, `/applications/${discord.applicationId}/guilds/${discord.guildId}/commands`);
    discord.commands.get(everywhere)?.pop();
    assert.equal((await registerBot(options, null)).changed, "changed");
    assert.equal(puts().length, 3);
  });

  it("makes an invite link with the permissions that the code needs, and no more", async (test) => {
    const discord = await createFakeDiscord();
    test.after(discord.close);
    const { inviteUrl } = await registerBot({ token: discord.token, address: discord.api, log: silentLog }, null);
    const permissions = BigInt(new URL(inviteUrl).searchParams.get("permissions") ?? "0");
    assert.equal(
      permissions,
      Object.values(NEEDED).reduce((all, bit) => all | bit, 0n),
    );
    const [administrator, mentionEveryone] = [1n << 3n, 1n << 17n];
    assert.equal(permissions & (administrator | mentionEveryone), 0n);
  });

  it("says in words that the token is refused", async (test) => {
    const discord = await createFakeDiscord();
    test.after(discord.close);
    const options = { token: "wrong", address: discord.api, log: silentLog };
    await assert.rejects(registerBot(options, null), { code: "CONFIG_INVALID", message: /DISCORD_TOKEN/ });
  });
});
