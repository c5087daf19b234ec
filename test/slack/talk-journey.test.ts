import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { createSlackPlatform } from "../../adapters/slack/slack.ts";
import { readConfig } from "../../src/config.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { createService } from "../../src/wire-service.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { startFakeSlack } from "../helpers/fake-slack.ts";
import { addChannel, addUser, type SlackMessage } from "../helpers/fake-slack-world.ts";

async function openWorld(test: TestContext, historyPace: "full" | "off" = "full") {
  const fake = await startFakeSlack();
  const user = addUser(fake.workspace, "ana", { displayName: "Ana Lindt" });
  const ben = addUser(fake.workspace, "ben", { displayName: "Ben Okafor" });
  const channel = addChannel(fake.workspace, "policy", { kind: "private" });
  const other = addChannel(fake.workspace, "lounge");
  const corpus = await mkdtemp(join(tmpdir(), "ruminate-talk-"));
  const notes = "# Collector\n\nThe collector listens on port 4317 for gRPC.\n";
  await writeFile(join(corpus, "collector.md"), notes);
  const environment = { DATA_DIR: await newDataDirectory(), CORPUS: corpus, SEARCH: "local" };
  const platform = createSlackPlatform({
    reception: { mode: "socket", appToken: fake.appToken },
    installed: { token: fake.tokenOf(fake.workspace) },
    apiUrl: fake.apiUrl,
    historyPace,
    renderReport: ({ answer }) => answer,
    log: silentLog,
  });
  const options = { log: silentLog, platforms: [platform], listens: true, works: true };
  const service = createService(readConfig(environment), options);
  await service.start();
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await service.stop();
  };
  test.after(async () => {
    await stop();
    await fake.close();
    await rm(corpus, { recursive: true, force: true });
  });
  const place = (person = user, where = channel) => ({ workspace: fake.workspace, user: person, channel: where });
  return { fake, channel, other, place, ben, stop, dataDirectory: environment.DATA_DIR };
}

function keyed(messages: readonly SlackMessage[], ending: RegExp): SlackMessage | undefined {
  return messages.find(({ metadata }) => ending.test(String(metadata?.event_payload.key ?? "")));
}

describe("what was said, asked for in Slack", () => {
  it("is told in the thread of whoever asks, with the permalinks of the messages, and looked up where it is open", async (test) => {
    const { fake, channel, other, place, ben, stop, dataDirectory } = await openWorld(test);
    const decided = fake.say(place(ben), "We decided to move the queue to Postgres 17, <!channel>.").message;
    fake.say(place(ben), "My lunch was a xylograph of colours.");
    fake.say(place(), "Which port does the collector listen on for gRPC?");
    fake.say(place(ben, other), "We decided to paint the lounge green.");
    const wish = "summarise this channel and research the open questions";
    const asked = fake.say(place(), `<@${fake.workspace.botUserId}> ${wish}`).message;
    const answer = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    assert.equal(answer.threadTs, asked.ts);
    const words = JSON.stringify(answer.blocks);
    assert.match(words, /Ben Okafor: .*We decided to move the queue to Postgres 17/);
    assert.match(words, new RegExp(`/archives/${channel.id}/p${decided.ts.replace(".", "")}`));
    assert.match(words, /Looked up: Which port/);
    assert.match(words, /listens on port 4317/);
    assert.doesNotMatch(words, /lounge|xylograph/);
    assert.deepEqual(fake.pings, []);
    assert.equal(other.messages.filter(({ botId }) => botId !== null).length, 0);
    await stop();
    await assertNotKept(dataDirectory, "xylograph");
  });

  it("is told as a digest to the channel itself, and later only what was said since", async (test) => {
    const { fake, channel, other, place, ben } = await openWorld(test);
    const ask = (words: string) => fake.say(place(), `<@${fake.workspace.botUserId}> ${words}`);
    const told = (count: number) =>
      fake.until(() => {
        const answers = channel.messages.filter(({ metadata }) =>
          /:answer:0$/.test(String(metadata?.event_payload.key ?? "")),
        );
        return answers.length >= count && answers[count - 1];
      });
    ask("every Friday at 16:00 summarise this channel");
    const created = await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("digest start")));
    const id = /digest start (\w+)/.exec(created.text)?.[1] ?? "";
    fake.say(place(ben), "We decided to move the queue to Postgres 17, <!channel>.");
    fake.say(place(ben, other), "We decided to paint the lounge green.");
    ask(`digest run ${id}`);
    const first = await told(1);
    assert.equal(first.threadTs, null);
    assert.doesNotMatch(JSON.stringify(first.blocks), /"type":"(?:actions|rich_text)"/);
    const details = await fake.until(() => keyed(channel.messages, /:details:0$/));
    assert.equal(details.threadTs, first.ts);
    assert.match(JSON.stringify(details.blocks), /Details and sources.*"type":"rich_text".*ruminate_follow_up/);
    assert.match(JSON.stringify(first.blocks), /Ben Okafor: .*move the queue to Postgres 17/);
    assert.match(JSON.stringify(first.blocks), /archives/);
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("comes here")));
    fake.say(place(ben), "We decided to rent 40 chairs for the party.");
    ask(`digest run ${id}`);
    const second = await told(2);
    assert.match(JSON.stringify(second.blocks), /40 chairs/);
    assert.doesNotMatch(JSON.stringify(second.blocks), /Postgres|lounge/);
    assert.deepEqual(fake.pings, []);
    assert.equal(other.messages.filter(({ botId }) => botId !== null).length, 0);
  });

  it("is told together with the news of a topic, in one message and one numbering", async (test) => {
    const { fake, channel, place, ben, stop, dataDirectory } = await openWorld(test);
    await fake.command(place(), "digest");
    const form = await fake.until(() => fake.workspace.modals.at(-1));
    const both = { kind: "both", topic: "the port of the collector", timetable: "every Friday at 16:00" };
    await fake.submit(place(), form, both);
    await fake.submit(place(), await fake.until(() => fake.workspace.modals.at(-1)), {});
    fake.say(place(ben), "We decided to move the queue to Postgres 17, <!channel>. My lunch was a xylograph.");
    await fake.command(place(), "digests");
    const list = await fake.until(() => fake.workspace.ephemerals.find(({ via }) => via === "ack"));
    assert.match(JSON.stringify(list.blocks), /Digest of this channel and about the port of the collector/);
    await fake.press(place(), list, { actionId: "ruminate_digest_run" });
    const told = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    const words = JSON.stringify(told.blocks);
    assert.match(words, /What is new: this channel, and the port of the collector/);
    assert.match(words, /Ben Okafor: .*move the queue to Postgres 17/);
    assert.match(words, /listens on port 4317/);
    assert.match(words, new RegExp(`/archives/${channel.id}/`));
    assert.deepEqual(fake.pings, []);
    await stop();
    await assertNotKept(dataDirectory, "xylograph");
  });

  it("is previewed by whoever wants to, alone, and told afterwards all the same", async (test) => {
    const { fake, channel, place, ben } = await openWorld(test);
    await fake.command(place(), "digest");
    const form = await fake.until(() => fake.workspace.modals.at(-1));
    await fake.submit(place(), form, { kind: "talk", timetable: "every Friday at 16:00" });
    await fake.submit(place(), await fake.until(() => fake.workspace.modals.at(-1)), {});
    fake.say(place(ben), "We decided to move the queue to Postgres 17, <!channel>.");
    await fake.command(place(ben), "digests");
    const list = await fake.until(() => fake.workspace.ephemerals.find(({ via }) => via === "ack"));
    await fake.press(place(ben), list, { actionId: "ruminate_digest_preview" });
    const shown = await fake.until(() =>
      fake.workspace.ephemerals.find(({ blocks }) => JSON.stringify(blocks).includes("Preview, for you alone")),
    );
    assert.equal(shown.user, ben.id);
    assert.match(JSON.stringify(shown.blocks), /Ben Okafor: .*move the queue to Postgres 17.*archives/);
    assert.doesNotMatch(JSON.stringify(shown.blocks), /"type":"(?:actions|context_actions)"/);
    const ours = channel.messages.filter(({ botId }) => botId !== null).map(({ text }) => text);
    assert.equal(ours.length, 1, "the channel hears that there is a digest, and nothing of it");
    assert.match(ours[0] ?? "", /^Ana Lindt set up what is told here/);
    await fake.press(place(ben), list, { actionId: "ruminate_digest_run" });
    const told = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    assert.match(JSON.stringify(told.blocks), /move the queue to Postgres 17/);
    assert.deepEqual(fake.pings, []);
  });

  it("pauses a digest at once where Slack gives no history, and tells its owner why", async (test) => {
    const { fake, place } = await openWorld(test, "off");
    const ask = (words: string) => fake.say(place(), `<@${fake.workspace.botUserId}> ${words}`);
    ask("every Friday at 16:00 summarise this channel");
    const created = await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("digest start")));
    ask(`digest run ${/digest start (\w+)/.exec(created.text)?.[1] ?? ""}`);
    const words = await fake.until(() =>
      fake.workspace.ephemerals.find(({ text }) => text.includes("could not be told")),
    );
    assert.match(words.text, /switched off here.*It is paused/);
  });

  it("is said to be not available where Slack gives no history", async (test) => {
    const { fake, channel, place } = await openWorld(test, "off");
    fake.say(place(), `<@${fake.workspace.botUserId}> summarise this channel`);
    const card = await fake.until(() =>
      channel.messages.find(({ blocks }) => /switched off here/.test(JSON.stringify(blocks))),
    );
    assert.doesNotMatch(JSON.stringify(card.blocks), /Nothing was thrown away/);
  });
});

/** No row of any table holds the word. */
async function assertNotKept(dataDirectory: string, word: string): Promise<void> {
  const database = await openDatabase({ url: null, dataDirectory, log: silentLog });
  try {
    const tables = await database.query<{ name: string }>(
      "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
    );
    assert.ok(tables.some(({ name }) => name.endsWith(".runs")));
    for (const { name } of tables) {
      const sql = `select count(*)::int as found from ${name} as entry where entry::text like $1`;
      const [row] = await database.query<{ found: number }>(sql, [`%${word}%`]);
      assert.equal(row?.found, 0, `${name} holds a copy`);
    }
  } finally {
    await database.close();
  }
}
