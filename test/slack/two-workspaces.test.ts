import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { ANSWER_ACTIONS } from "../../adapters/slack/answer-blocks.ts";
import { CANCEL_ACTION } from "../../adapters/slack/card-blocks.ts";
import { DIGEST_ACTIONS } from "../../adapters/slack/digest-list.ts";
import { OFFER_ACTIONS } from "../../adapters/slack/offers.ts";
import { createSlackPlatform } from "../../adapters/slack/slack.ts";
import { readConfig } from "../../src/config.ts";
import type { Database } from "../../src/ports.ts";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import { createInstallations } from "../../src/storage/installations.ts";
import { createSeal } from "../../src/storage/seal.ts";
import { createService } from "../../src/wire-service.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { type FakeSlack, startFakeSlack } from "../helpers/fake-slack.ts";
import { addChannel, addUser, type SlackMessage } from "../helpers/fake-slack-world.ts";
import { startReadingModel } from "../helpers/reading-model.ts";
import { ownSlack, slackRefusals } from "../helpers/service-stage.ts";
import { installApp, installedIn } from "../helpers/slack-install.ts";
import { AS_IN_MANIFEST, freePort } from "../helpers/slack-platform.ts";

const QUESTION = "quick: Which port does the collector listen on for gRPC?";
const TS = "1700000001.000100";

describe("two workspaces in which one app is installed, with people, channels and messages of the same ids", () => {
  it("are each answered with their own token, from their own messages, and see nothing of the other", async (test) => {
    const { fake, one, two } = await openTwo(test);
    await fake.say(one.here, `${one.mention} ${QUESTION}`, { ts: TS }).delivered;
    const first = await fake.until(() => answersIn(one)[0]);
    await fake.say(two.here, `${two.mention} ${QUESTION}`, { ts: TS }).delivered;
    const second = await fake.until(() => answersIn(two)[0]);
    assert.notEqual(runOf(first), runOf(second));
    assert.deepEqual([answersIn(one).length, answersIn(two).length], [1, 1]);
    for (const { workspace, channel } of [one, two])
      for (const call of fake.calls.filter(({ args }) => args.ts !== undefined && args.channel === channel.id))
        if (call.workspaceId === workspace.id) assert.ok(channel.messages.some(({ ts }) => ts === call.args.ts));
    fake.say(two.here, `${two.mention} history`);
    const told = await fake.until(() => two.workspace.ephemerals[0]);
    assert.equal(told.text.match(/collector listen/g)?.length, 1);
    await fake.openHome(two.here);
    const home = await fake.until(() => two.workspace.homes.get(two.here.user.id));
    assert.equal(JSON.stringify(home).match(/collector listen/g)?.length, 1);
    assert.match(JSON.stringify(home), /You, today: 1 /);
    assert.deepEqual(slackRefusals(fake), []);
  });

  it("act on nothing of each other by buttons, forms, words, Slack's own Stop and deletions", async (test) => {
    const { fake, one, two, close, database } = await openTwo(test);
    fake.say(one.here, `${one.mention} ${QUESTION}`, { ts: TS });
    const answer = await fake.until(() => answersIn(one)[0]);
    const isClosed = close();
    fake.say(one.here, `${one.mention} ${QUESTION} And for HTTP?`, { ts: "1700000002.000100" });
    await isClosed;
    fake.say(one.here, `${one.mention} and for UDP?`, { threadTs: "1700000002.000100", ts: "1700000003.000100" });
    const offer = await fake.until(() => ownSlack(one.channel.messages, /:offer$/)[0]);
    const [, card = assert.fail("no card")] = ownSlack(one.channel.messages, /:card$/);
    const before = await snapshot(database(), one);

    // Their ids as somebody in the other workspace would send them, who manages that workspace.
    const press = (of: SlackMessage, actionId: string, chosen?: string) =>
      fake.press(two.here, of, chosen === undefined ? { actionId } : { actionId, chosen });
    await press(card, CANCEL_ACTION);
    for (const name of ["redo", "deeper", "download", "remove"] as const) await press(answer, ANSWER_ACTIONS[name]);
    for (const name of ["note", "queue", "replace"] as const) await press(offer, OFFER_ACTIONS[name]);
    await press(answer, ANSWER_ACTIONS.feedback, `good:${runOf(answer)}`);
    await fake.until(() => two.workspace.ephemerals.length === 9);
    for (const { text } of two.workspace.ephemerals) assert.match(text, /not kept any more/);
    await press(answer, ANSWER_ACTIONS.followUp);
    const form = await fake.until(() => two.workspace.modals[0]);
    await fake.submit(two.here, form, { text: "And for QUIC?" });
    await fake.say(two.here, `${two.mention} stop`, { threadTs: "1700000002.000100" }).delivered;
    await fake.stopSession(two.here, "1700000002.000100");
    await fake.command(two.here, "cancel");
    for (const ts of ["1700000002.000100", "1700000003.000100"]) {
      const gone = { ...card, ts, channel: two.channel.id };
      await fake.deleteMessage(two.here, gone);
    }
    assert.deepEqual(await snapshot(database(), one), before);
    assert.deepEqual(ownSlack(two.channel.messages, /./), []);
    assert.deepEqual(await database().query("select * from runs where workspace_id = $1", [two.workspace.id]), []);
    assert.deepEqual(await database().query("select * from feedback"), []);
    assert.deepEqual([slackRefusals(fake), fake.pings], [[], []]);
  });

  it("see and change no digest of each other, and one goes with its own app only", async (test) => {
    const { fake, one, two, database } = await openTwo(test);
    const words = "digest every weekday at 9: news about pg-boss";
    await fake.command(one.here, words);
    const id = /digest start (\w+)/.exec(one.workspace.ephemerals[0]?.text ?? "")?.[1] ?? assert.fail("no digest");
    await fake.command(one.here, `digest start ${id}`);
    const before = await database().query("select * from digests");
    for (const verb of ["start", "pause", "resume", "run", "preview", "history", "delete"])
      await fake.command(two.here, `digest ${verb} ${id}`);
    const { message } = fake.say(two.here, "Good morning.");
    for (const name of ["run", "preview", "remove", "edit"] as const) {
      const actionId = DIGEST_ACTIONS[name];
      await fake.press(two.here, withButton(message, actionId, id), { actionId });
    }
    await fake.command(two.here, `digest edit ${id}`);
    await fake.until(() => two.workspace.ephemerals.length === 12);
    for (const { text } of two.workspace.ephemerals) assert.match(text, /There is no digest \w+ in this channel/);
    await fake.command(two.here, "digests");
    assert.match(two.workspace.ephemerals[12]?.text ?? "", /no digests/);
    assert.deepEqual(await database().query("select * from digests"), before);
    assert.deepEqual(await database().query("select * from runs"), []);
    await fake.uninstall(two.workspace);
    assert.deepEqual(await database().query("select * from digests"), before);
    await fake.uninstall(one.workspace);
    assert.deepEqual(await database().query("select * from digests"), []);
  });
});

type Workspace = ReturnType<typeof peopleIn>;

function answersIn({ channel }: Workspace): SlackMessage[] {
  return ownSlack(channel.messages, /:answer:0$/);
}

function runOf({ metadata }: SlackMessage): string {
  return String(metadata?.event_payload.run_id);
}

/** All that is stored of a workspace's questions, and what stands in its channel. */
async function snapshot(database: Database, { workspace, channel }: Workspace): Promise<unknown> {
  const runs = await database.query(
    "select id, state, cancel_requested_at, request from runs where workspace_id = $1 order by id",
    [workspace.id],
  );
  return { runs, messages: channel.messages.map(({ ts, isDeleted, blocks }) => ({ ts, isDeleted, blocks })) };
}

function withButton(message: SlackMessage, actionId: string, value: string): SlackMessage {
  return { ...message, blocks: [{ type: "actions", elements: [{ type: "button", action_id: actionId, value }] }] };
}

/** Ana manages each workspace, and is in #policy. */
function peopleIn(fake: FakeSlack, workspaceId: string) {
  const workspace = installedIn(fake, workspaceId);
  const user = addUser(workspace, "ana", { isAdmin: true });
  const channel = addChannel(workspace, "policy");
  return { workspace, channel, here: { workspace, user, channel }, mention: `<@${workspace.botUserId}>` };
}

/** One service with one app, which T0ONE and T0TWO installed. */
async function openTwo(test: TestContext) {
  let gate = Promise.resolve();
  let atGate = Promise.withResolvers<void>();
  const model = await startReadingModel(test, {
    condense: () => "Which port does the collector listen on for UDP?",
    before: () => {
      atGate.resolve();
      return gate;
    },
  });
  const fake = await startFakeSlack(AS_IN_MANIFEST);
  const corpus = await mkdtemp(join(tmpdir(), "ruminate-two-"));
  await writeFile(join(corpus, "collector.md"), "# Collector\n\nThe collector listens on port 4317 for gRPC.\n");
  let opened: Database | null = null;
  const database = (): Database => opened ?? assert.fail("the database is not open");
  const seal = createSeal([randomBytes(32).toString("base64")]);
  const installations = createInstallations(
    { query: (sql, values) => database().query(sql, values) },
    { platform: "slack", seal },
  );
  const { clientId, clientSecret, signingSecret } = fake;
  const port = await freePort();
  const platform = createSlackPlatform({
    reception: { mode: "http", signingSecret, port },
    installed: { installations, clientId, clientSecret, port },
    apiUrl: fake.apiUrl,
    renderReport: renderMarkdownReport,
    log: silentLog,
  });
  const config = readConfig({
    ...{ DATA_DIR: await newDataDirectory(), CORPUS: corpus, SEARCH: "local" },
    ...model.environment,
  });
  const service = createService(config, {
    ...{ log: silentLog, platforms: [platform], listens: true, works: true },
    onOpen: (database) => {
      opened = database;
    },
  });
  await service.start();
  const open = Promise.withResolvers<void>();
  test.after(async () => {
    open.resolve();
    await service.stop();
    await fake.close();
    await rm(corpus, { recursive: true, force: true });
  });
  fake.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  for (const id of ["T0ONE", "T0TWO"]) await installApp(`http://127.0.0.1:${port}`, fake.oauth.agree(id));
  return {
    fake,
    one: peopleIn(fake, "T0ONE"),
    two: peopleIn(fake, "T0TWO"),
    database,
    /** From now on the model does not answer; resolves when it is asked. */
    close: (): Promise<void> => {
      gate = open.promise;
      atGate = Promise.withResolvers<void>();
      return atGate.promise;
    },
  };
}
