import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { pino } from "pino";
import { createSlackPlatform, type SlackPlatform } from "../../adapters/slack/slack.ts";
import { readConfig } from "../../src/config.ts";
import { createService } from "../../src/wire-service.ts";
import { newDataDirectory } from "../helpers/databases.ts";
import { type FakeSlack, type Fault, startFakeSlack } from "../helpers/fake-slack.ts";
import { addChannel, addUser, type SlackMessage } from "../helpers/fake-slack-world.ts";
import { AS_IN_MANIFEST } from "../helpers/slack-platform.ts";

const log = pino({ level: process.env.TEST_LOG ?? "silent" });

async function openService(world: World) {
  const { fake, environment, closers } = world;
  const platform: SlackPlatform = createSlackPlatform({
    reception: { mode: "socket", appToken: fake.appToken },
    installed: { token: fake.tokenOf(fake.workspace) },
    apiUrl: fake.apiUrl,
    renderReport: (report) => `# ${report.question}\n\n${report.answer}\n`,
    log,
  });
  const service = createService(readConfig(environment), { log, platforms: [platform], listens: true, works: true });
  await service.start();
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await service.stop();
  };
  closers.unshift(stop);
  return { platform, stop };
}

async function openWorld(test: TestContext) {
  const fake = await startFakeSlack(AS_IN_MANIFEST);
  // Slack outlives the service.
  const closers: (() => Promise<void>)[] = [fake.close];
  test.after(async () => {
    for (const close of closers) await close();
  });
  const corpus = await mkdtemp(join(tmpdir(), "ruminate-slack-"));
  test.after(() => rm(corpus, { recursive: true, force: true }));
  await writeFile(
    join(corpus, "collector.md"),
    "# Collector\n\nThe collector listens on port 4317 for gRPC. The collector listens on port 4318 for HTTP.\n",
  );
  const user = addUser(fake.workspace, "ana");
  const channel = addChannel(fake.workspace, "policy");
  const environment: Record<string, string> = {
    DATA_DIR: await newDataDirectory(),
    CORPUS: corpus,
    SEARCH: "local",
  };
  return { fake, environment, closers, at: { workspace: fake.workspace, user, channel }, channel };
}

type World = Awaited<ReturnType<typeof openWorld>>;

const QUESTION = "Which port does the collector listen on for gRPC?";

function keyed(messages: readonly SlackMessage[], ending: RegExp): SlackMessage | undefined {
  return messages.find(({ metadata }) => ending.test(String(metadata?.event_payload.key ?? "")));
}

describe("a question in Slack", () => {
  it("by command becomes a card in the channel, a plan and an answer in its thread, and a summary above", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    await openService(world);
    await fake.command(at, QUESTION);
    const answer = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    const root = keyed(channel.messages, /:root$/);
    const plan = keyed(channel.messages, /:card$/);
    assert.ok(root !== undefined && plan !== undefined);
    assert.deepEqual([root.threadTs, plan.threadTs, answer.threadTs], [null, root.ts, root.ts]);
    assert.match(JSON.stringify(answer.blocks), /4317/);
    const tasks = plan.blocks[0] as unknown as { type: string; tasks: { status: string }[] };
    assert.equal(tasks.type, "plan");
    assert.match(JSON.stringify(root.blocks), /full answer with its sources is in the thread/);
    assert.doesNotMatch(JSON.stringify(root.blocks), /ruminate_cancel/);
    assert.deepEqual(refusals(fake), []);
    assert.equal(
      channel.messages.filter(({ botId }) => botId !== null).some(({ unfurls }) => unfurls),
      false,
    );
  });

  it("by mention is answered in the thread of the message, once, however often Slack tells of it", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    await openService(world);
    const said = fake.say(at, `<@${fake.workspace.botUserId}> ${QUESTION}`);
    const [first, second] = await said.delivered;
    for (const delivery of [first, second, first]) if (delivery !== undefined) await fake.repeat(delivery);
    const answer = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    assert.equal(answer.threadTs, said.message.ts);
    const ours = channel.messages.filter(({ botId }) => botId !== null);
    assert.equal(ours.length, 2);
    assert.deepEqual(refusals(fake), []);
  });

  it("goes on under its buttons: again, as a file, and with an opinion", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    await openService(world);
    fake.say(at, `<@${fake.workspace.botUserId}> ${QUESTION}`);
    const answer = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    await fake.press(at, answer, { actionId: "ruminate_download" });
    const file = await fake.until(() => channel.messages.find(({ files }) => files.length > 0)?.files[0]);
    assert.match(file.content, /^# Which port/);
    const runId = String(answer.metadata?.event_payload.run_id);
    const forged = await fake.press(at, answer, { actionId: "ruminate_redo", value: "not-a-run" });
    assert.equal(forged.isAcknowledged, true);
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("not kept")));
    await fake.press(at, answer, { actionId: "ruminate_redo" });
    const second = await fake.until(() =>
      channel.messages.find(
        ({ metadata }) =>
          /:answer:0$/.test(String(metadata?.event_payload.key)) && metadata?.event_payload.run_id !== runId,
      ),
    );
    assert.equal(second.threadTs, answer.threadTs);
    await fake.press(at, answer, { actionId: "ruminate_feedback", chosen: `bad:${runId}` });
    const form = await fake.until(() => fake.workspace.modals[0]);
    await fake.submit(at, form, { reason: "outdated", text: "It moved." });
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("Thank you")));
    await fake.press(at, answer, { actionId: "ruminate_remove" });
    await fake.until(() => answer.isDeleted);
  });

  it("is answered once when Slack fails three times, and then takes it without saying so", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    await openService(world);
    const faults: Fault[] = [{ status: 500 }, { status: 503 }, { status: 500 }, { kind: "silent-after" }];
    fake.faults.push(({ method, args }) => {
      const isAnswer = method === "chat.postMessage" && /:answer:0/.test(JSON.stringify(args.metadata));
      return isAnswer ? (faults.shift() ?? null) : null;
    });
    await fake.command(at, QUESTION);
    await fake.until(() => keyed(channel.messages, /:answer:0$/));
    await fake.until(() => fake.calls.filter(({ method }) => method === "conversations.replies").length >= 4);
    await fake.settled();
    const keys = channel.messages.map(({ metadata }) => String(metadata?.event_payload.key).replace(/^[^:]*/, ""));
    assert.deepEqual(keys, [":root", ":card", ":answer:0"]);
    assert.deepEqual(faults, []);
  });

  it("is answered although Slack lets no message be edited for half a minute", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    await openService(world);
    fake.failNext("chat.update", { retryAfter: 30 });
    fake.say(at, `<@${fake.workspace.botUserId}> ${QUESTION}`);
    const answer = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    assert.match(JSON.stringify(answer.blocks), /4317/);
    const edits = fake.calls.filter(({ method }) => method === "chat.update").map(({ at: when }) => when);
    assert.ok(
      edits.slice(1).every((when) => when - (edits[0] ?? 0) >= 29_000),
      "nothing is edited before",
    );
  });

  it("pressed twice under the same answer, as Slack may tell it, is asked once; strangers of other workspaces stop nothing", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    await openService(world);
    fake.say(at, `<@${fake.workspace.botUserId}> ${QUESTION}`);
    const answer = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    const press = await fake.press(at, answer, { actionId: "ruminate_redo" });
    await fake.repeat(press);
    const answers = () =>
      channel.messages.filter(({ metadata }) => /:answer:0$/.test(String(metadata?.event_payload.key)));
    await fake.until(() => answers().length === 2);
    await fake.settled();
    assert.equal(
      channel.messages.filter(({ metadata }) => /:card$/.test(String(metadata?.event_payload.key))).length,
      2,
    );
    const there = fake.addWorkspace("T0OTHER");
    const stranger = { workspace: there, user: addUser(there, "zoe"), channel: addChannel(there, "policy") };
    const forged = await fake.press(stranger, answer, { actionId: "ruminate_redo" });
    const cancelled = await fake.press(stranger, { ...answer, blocks: CANCEL }, { actionId: "ruminate_cancel" });
    for (const { response } of [forged, cancelled]) assert.deepEqual(response ?? {}, {});
    assert.deepEqual(there.ephemerals, []);
    assert.equal(answers().length, 2);
  });

  it("that was taken down with the process goes on after a new start, and is answered once", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    const { stop } = await openService(world);
    await fake.command(at, QUESTION);
    await fake.until(() => keyed(channel.messages, /:root$/));
    await stop();
    await openService(world);
    await fake.until(() => keyed(channel.messages, /:answer:0$/));
    const keys = channel.messages.map(({ metadata }) => metadata?.event_payload.key).filter(Boolean);
    assert.equal(new Set(keys).size, keys.length);
    assert.deepEqual(keys.length, 3);
  });
});

describe("brought into a channel", () => {
  it("the bot says hello once for ever: told twice, after a restart, when it was gone meanwhile", async (test) => {
    const world = await openWorld(test);
    const { fake, at } = world;
    const { stop } = await openService(world);
    const channel = addChannel(fake.workspace, "new", { hasBot: false });
    const here = { ...at, channel };
    const [joined] = await fake.invite(here);
    assert.ok(joined !== undefined);
    await Promise.all([fake.repeat(joined), fake.repeat(joined)]);
    await stop();
    await openService(world);
    channel.members.delete(fake.workspace.botUserId);
    const [again] = await fake.invite(here);
    assert.equal(again?.isAcknowledged, true);
    assert.equal(channel.messages.length, 1);
    const said = JSON.stringify(channel.messages[0]?.blocks);
    for (const words of ["/research", "settings", "What I read here", "help"]) assert.ok(said.includes(words), words);
    assert.deepEqual(fake.pings, []);
    assert.deepEqual(refusals(fake), []);
    assert.equal(fake.calls.filter(({ method }) => method === "conversations.history").length, 0);
  });

  it("the bot offers questions to press: each opens a form with it, which asks in the channel as it was changed", async (test) => {
    const world = await openWorld(test);
    const { fake, at } = world;
    await openService(world);
    const channel = addChannel(fake.workspace, "new", { hasBot: false });
    const here = { ...at, channel };
    await fake.invite(here);
    const hello = channel.messages[0] ?? assert.fail("no hello");
    await fake.press(here, hello, { actionId: "ruminate_sample_0" });
    const form = await fake.until(() => fake.workspace.modals.at(-1));
    assert.match(
      JSON.stringify(form.view),
      /When is the next leap second.*"initial_option":\{"text":\{[^}]*\},"value":"quick"/,
    );
    await fake.submit(here, form, { text: QUESTION });
    const answer = await fake.until(() => keyed(channel.messages, /:answer:0$/));
    const root = keyed(channel.messages, /:root$/);
    assert.ok(root !== undefined && root.threadTs === null);
    assert.equal(answer.threadTs, root.ts);
    assert.match(JSON.stringify(keyed(channel.messages, /:card$/)?.blocks ?? root.blocks), /quick|4317|Done/);
    await fake.press(here, hello, { actionId: "ruminate_ask" });
    const own = await fake.until(() => fake.workspace.modals.at(-1));
    assert.doesNotMatch(JSON.stringify(own.view), /"initial_value"/);
    assert.deepEqual(refusals(fake), []);
  });

  it("says it although nobody heard that it had done so, and not a second time", async (test) => {
    const world = await openWorld(test);
    const { fake, at } = world;
    await openService(world);
    const channel = addChannel(fake.workspace, "new", { hasBot: false });
    fake.failNext("chat.postMessage", { kind: "silent-after" });
    const [joined] = await fake.invite({ ...at, channel });
    assert.equal(joined?.isAcknowledged, true, "with the next try");
    assert.equal(channel.messages.length, 1);
  });

  it("says nothing where others are brought in, where it may not be used, and where other organisations read along", async (test) => {
    const world = await openWorld(test);
    const { fake, at, channel } = world;
    world.environment = { ...world.environment, ALLOWED_CHANNELS: "slack:T0FAKE:CPOLICY,slack:T0FAKE:CSHARED" };
    await openService(world);
    const event = { type: "member_joined_channel", user: "UANA", channel: channel.id, channel_type: "C" };
    await fake.sendEvent(fake.workspace, event, channel);
    const closed = addChannel(fake.workspace, "closed", { hasBot: false });
    const shared = addChannel(fake.workspace, "shared", { hasBot: false, isExternallyShared: true });
    for (const place of [closed, shared]) await fake.invite({ ...at, channel: place });
    assert.deepEqual([channel.messages, closed.messages, shared.messages], [[], [], []]);
    await fake.invite({ ...at, channel });
    assert.equal(channel.messages.length, 1);
  });
});

const CANCEL = [{ type: "actions", elements: [{ type: "button", action_id: "ruminate_cancel", value: "any" }] }];

/** Calls that Slack did not like: there must be none. */
function refusals(fake: FakeSlack): string[] {
  return fake.calls
    .filter(({ reply, method }) => !reply.ok && method !== "agents.sessions.setStatus")
    .map(({ method, reply }) => `${method} ${reply.error}`);
}
