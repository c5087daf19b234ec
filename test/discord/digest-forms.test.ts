import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { readConfig } from "../../src/config.ts";
import { createService } from "../../src/wire-service.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { createTestPlatform } from "../helpers/discord-platform.ts";
import { createFakeDiscord } from "../helpers/fake-discord.ts";
import { withInner } from "../helpers/fake-discord-limits.ts";
import { type DiscordInteraction, type DiscordMessage, PERMISSIONS } from "../helpers/fake-discord-world.ts";

/** A whole service on Discord, with Ana and Ben in #plans. */
async function openWorld(test: TestContext) {
  const discord = await createFakeDiscord();
  const platform = createTestPlatform(test, discord);
  const config = readConfig({ DATA_DIR: await newDataDirectory(), SEARCH: "local", TIME_ZONE: "Europe/Berlin" });
  const service = createService(config, { log: silentLog, platforms: [platform], listens: true, works: true });
  test.after(async () => {
    await service.stop();
    await discord.close();
  });
  await service.start();
  const channel = discord.channel("plans");
  const [ana, ben] = [discord.person("ana"), discord.person("ben")];
  const digest = (subcommand: string, options: Record<string, string> = {}, user = ana, where = channel) =>
    discord.command({ name: "digest", subcommand, options, channel: where, user });
  const whispered = (interaction: DiscordInteraction) => discord.until(() => interaction.whispers[0]);
  const opened = async (interaction: DiscordInteraction) => {
    await discord.until(() => interaction.modal);
    return interaction;
  };
  /** Fills in a new one and saves it. */
  const make = async (fields: Record<string, string | string[]>, user = ana) => {
    const form = await opened(digest("create", {}, user));
    const proposal = await whispered(discord.submit(form, fields));
    const saved = discord.click(proposal, idIn(proposal, "digest-save"), user);
    await discord.until(() => saved.answers[0]);
    return proposal;
  };
  return { discord, channel, ana, ben, digest, whispered, opened, make };
}

function wordsOf({ components }: DiscordMessage): string {
  return components
    .flatMap(withInner)
    .map(({ content }) => String(content ?? ""))
    .join("\n");
}

function idIn({ components }: DiscordMessage, action: string): string {
  const ids = components.flatMap(withInner).map(({ custom_id: id }) => String(id ?? ""));
  return ids.find((id) => id.startsWith(`v1:${action}:`)) ?? assert.fail(`no ${action} in ${ids}`);
}

describe("a digest made with a form in Discord", () => {
  it("is asked for, corrected, looked at with its next three times, saved and changed", async (test) => {
    const { discord, channel, ana, digest, whispered, opened } = await openWorld(test);
    const form = await opened(digest("create", { about: "tea" }));
    assert.match(JSON.stringify(form.modal), /"value":"tea".*every weekday at 9 in Europe\/Berlin/);
    const fields = { topic: "news about tea", timetable: "now and then", caps: "much / 5", ticks: ["brief", "line"] };
    const wrong = await whispered(discord.submit(form, fields));
    assert.match(
      wordsOf(wrong),
      /Nothing was saved:\n- When: Expected a timetable.*\n- US dollars each time: Expected/,
    );
    const again = await opened(discord.click(wrong, idIn(wrong, "digest-again"), ana));
    assert.match(JSON.stringify(again.modal), /news about tea.*now and then.*much \/ 5/);
    const better = { timetable: "Mondays 08:30 in America/Port-au-Prince", caps: "0.20 / 5" };
    const proposal = await whispered(discord.submit(again, better));
    assert.match(wordsOf(proposal), /Digest about tea\*\*\nevery Monday at 08:30 \\\(America\/Port-au-Prince\\\)/);
    assert.equal(wordsOf(proposal).match(/Mon \d+ \w+ \d{4} 08:30/g)?.length, 3);
    assert.match(
      wordsOf(proposal),
      /At most 3 points; a line when there is nothing new; at most \$0\.20 each time and \$5/,
    );
    const before = await whispered(digest("list"));
    assert.match(wordsOf(before), /There are no digests/);
    const save = idIn(proposal, "digest-save");
    for (const _twice of [1, 2]) {
      const saved = discord.click(proposal, save, ana);
      await discord.until(() => saved.answers[0]);
    }
    assert.match(wordsOf(proposal), /Digest about tea: every Monday at 08:30.*next on Mon/);
    const list = await whispered(digest("list"));
    assert.equal(wordsOf(list).match(/Digest about tea/g)?.length, 1, "saved twice, it is one digest");
    assert.match(wordsOf(list), new RegExp(`by <@${ana.id}>\\n.*next on Mon`));

    const card = discord.click(list, idIn(list, "digest-card"), ana);
    await discord.until(() => card.answers[0]);
    const edit = await opened(discord.click(list, idIn(list, "digest-edit"), ana));
    assert.match(
      JSON.stringify(edit.modal),
      /Change digest.*"value":"tea".*every Monday at 08:30 in America\/Port-au-Prince.*0\.2 \/ 5/,
    );
    const change = await whispered(discord.submit(edit, { kind: ["talk"], timetable: "daily at 7" }));
    const changed = discord.click(change, idIn(change, "digest-save"), ana);
    await discord.until(() => changed.answers[0]);
    assert.match(wordsOf(change), /Changed\. Digest of this channel\nevery day at 07:00 \(Europe\/Berlin\)/);
    await discord.until(() => channel.messages.length === 2);
    const lines = channel.messages.map(wordsOf);
    const about = "Digest about tea: every Monday at 08:30 (America/Port-au-Prince), next on Mon";
    assert.ok((lines[0] ?? "").startsWith(`<@${ana.id}> set up what is told here from now on: ${about}`), lines.join());
    assert.match(lines[1] ?? "", /^<@\d+> changed what is told here: Digest of this channel: every day at 07:00/);
    assert.deepEqual(discord.pings, []);
  });

  it("is found by what somebody types of its name, next time or owner, and managed with buttons", async (test) => {
    const { discord, channel, ana, ben, digest, whispered, make } = await openWorld(test);
    await make({ topic: "tea" });
    await make({ topic: "coffee", timetable: "Fridays 16:00" }, ben);
    const type = async (value: string) => {
      const call = { name: "digest", subcommand: "manage", focused: "digest", value, channel, user: ana };
      const typing = discord.complete(call);
      return discord.until(() => typing.choices);
    };
    assert.equal((await type("")).length, 2);
    const [ofBen] = await type("ben");
    assert.match(ofBen?.name ?? "", /^Digest about coffee · next on Fri .* 16:00 · ben$/);
    assert.deepEqual(
      (await type("TEA")).map(({ name }) => name.replace(/ · .*/, "")),
      ["Digest about tea"],
    );
    assert.deepEqual(await type("x".repeat(100)), []);

    const id = ofBen?.value ?? "";
    const card = await whispered(digest("manage", { digest: id }));
    const press = async (action: string, message = card) => {
      const pressed = discord.click(message, idIn(message, action), ana);
      await discord.until(() => pressed.answers[0]);
      return pressed;
    };
    await press("digest-pause");
    assert.match(wordsOf(card), /coffee.*\n.*paused \\\(paused in this channel\\\)/);
    await press("digest-resume");
    assert.match(wordsOf(card), /next on Fri/);
    assert.match(wordsOf(await whispered(await press("digest-history"))), /was not told yet/);
    assert.match(wordsOf(await whispered(await press("digest-preview"))), /shown to you alone/);
    assert.match(wordsOf(await whispered(await press("digest-run"))), /comes here as soon as it is ready/);
    await press("digest-delete");
    assert.match(wordsOf(card), /Delete it\?/);
    await press("digest-card");
    await press("digest-delete");
    await press("digest-sure");
    assert.match(wordsOf(card), /Deleted: Digest about coffee/);
    assert.match(
      wordsOf(await whispered(digest("manage", { digest: "tea", action: "pause" }))),
      /Paused: Digest about tea/,
    );
    assert.match(wordsOf(await whispered(digest("manage", { digest: id }))), /no such digest/);
  });

  it("is nobody else's to save, and not seen or changed from another channel", async (test) => {
    const { discord, ana, ben, digest, whispered, opened, make } = await openWorld(test);
    const form = await opened(digest("create"));
    const proposal = await whispered(discord.submit(form, { topic: "tea" }));
    for (const action of ["digest-save", "digest-again"]) {
      const stolen = discord.click(proposal, idIn(proposal, action), ben);
      assert.match(wordsOf(await whispered(stolen)), /by somebody else: nothing was saved/);
    }
    await make({ topic: "coffee" });
    const list = await whispered(digest("list"));
    assert.doesNotMatch(wordsOf(list), /tea/);
    const id = idIn(list, "digest-card").split(":").at(-1) ?? "";
    const lounge = discord.channel("lounge");
    const elsewhere = await whispered(digest("list", {}, ana, lounge));
    assert.match(wordsOf(elsewhere), /There are no digests/);
    for (const action of ["pause", "delete", "run", "preview"]) {
      const forged = await whispered(digest("manage", { digest: id, action }, ana, lounge));
      assert.match(wordsOf(forged), new RegExp(`no digest ${id} in this channel`));
    }
  });

  it("is not offered where nothing can be told, and the missing permission is named", async (test) => {
    const { discord, digest, whispered, ana } = await openWorld(test);
    const mute = discord.channel("mute", { denied: PERMISSIONS.SendMessages });
    const refused = digest("create", {}, ana, mute);
    assert.match(wordsOf(await whispered(refused)), /\*\*Send Messages\*\*/);
    assert.equal(refused.modal, null);
  });

  it("shows as many as Discord takes in one message", async (test) => {
    const { digest, whispered, make } = await openWorld(test);
    for (let number = 1; number <= 14; number += 1) await make({ topic: `${number} ${"long words ".repeat(300)}` });
    const list = await whispered(digest("list"));
    assert.match(wordsOf(list), /2 more: .*\/digest manage/);
  });
});
