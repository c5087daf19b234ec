import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { digestForm, digestProposal } from "../../adapters/slack/digest-forms.ts";
import { listContent } from "../../adapters/slack/digest-list.ts";
import { homeContents } from "../../adapters/slack/home-blocks.ts";
import { problemsOfMessage, problemsOfView } from "../../adapters/slack/limits.ts";
import { createSlackPlatform } from "../../adapters/slack/slack.ts";
import { formOf } from "../../src/chat/digest-form.ts";
import type { DigestForm, DigestLine } from "../../src/chat-ports.ts";
import { readConfig } from "../../src/config.ts";
import { createService } from "../../src/wire-service.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { type FakeSlack, startFakeSlack } from "../helpers/fake-slack.ts";
import { refusalOfBlocks } from "../helpers/fake-slack-blocks.ts";
import { addChannel, addUser, directChannel, type OpenView } from "../helpers/fake-slack-world.ts";

/** A whole service on Slack, with Ana and Ben in #policy. */
async function openWorld(test: TestContext, environment: Record<string, string> = {}) {
  const fake = await startFakeSlack();
  const ana = addUser(fake.workspace, "ana", { timeZone: "America/New_York" });
  const ben = addUser(fake.workspace, "ben");
  const channel = addChannel(fake.workspace, "policy");
  const platform = createSlackPlatform({
    reception: { mode: "socket", appToken: fake.appToken },
    installed: { token: fake.tokenOf(fake.workspace) },
    apiUrl: fake.apiUrl,
    renderReport: ({ answer }) => answer,
    log: silentLog,
  });
  const config = readConfig({ DATA_DIR: await newDataDirectory(), SEARCH: "local", ...environment });
  const service = createService(config, { log: silentLog, platforms: [platform], listens: true, works: true });
  await service.start();
  test.after(async () => {
    await service.stop();
    await fake.close();
  });
  const at = (user = ana, where = channel) => ({ workspace: fake.workspace, user, channel: where });
  const list = async (user = ana, where = channel) => {
    await fake.command(at(user, where), "digests");
    return fake.workspace.ephemerals.at(-1) ?? assert.fail("no list");
  };
  return { fake, ana, ben, channel, at, list };
}

const formIn = (fake: FakeSlack): Promise<OpenView> => fake.until(() => fake.workspace.modals.at(-1));
const wordsIn = (shown: unknown): string => JSON.stringify(shown);

describe("a digest made with a form in Slack", () => {
  it("is asked for, looked at with its next three times, saved, listed, changed and deleted", async (test) => {
    const { fake, at, list, ben, channel } = await openWorld(test);
    await fake.command(at(), "digest");
    const form = await formIn(fake);
    assert.match(wordsIn(form.view), /America\/New_York/);
    const wrong = await fake.submit(at(), form, { topic: "PostgreSQL", timetable: "now and then", runCap: "much" });
    assert.deepEqual(Object.keys((wrong.response?.errors ?? {}) as object).sort(), ["runCap", "timetable"]);
    await fake.submit(at(), form, { topic: "news about PostgreSQL", timetable: "Mondays 08:30", runCap: "0.20" });
    const proposal = await formIn(fake);
    assert.match(wordsIn(proposal.view), /Digest about PostgreSQL.*every Monday at 08:30 \(America\/New_York\)/);
    assert.equal(wordsIn(proposal.view).match(/Mon \d+ \w+ \d{4} 08:30/g)?.length, 3);
    assert.match(wordsIn((await list()).blocks), /There are no digests/);
    const saved = await fake.submit(at(), proposal, {});
    assert.deepEqual(fake.workspace.modals, []);
    await fake.until(() =>
      fake.workspace.ephemerals.find(({ text }) => /PostgreSQL: every Monday.*next on/.test(text)),
    );
    await fake.repeat(saved);
    const told = await fake.until(() => channel.messages.find(({ text }) => text.includes("set up")));
    assert.match(
      told.text,
      /^ana set up what is told here from now on: Digest about PostgreSQL: every Monday at 08:30 \(America\/New_York\), next on Mon/,
    );
    const listed = await list(ben);
    const line = wordsIn(listed.blocks);
    assert.equal(line.match(/ruminate_digest_edit/g)?.length, 1, "sent twice, it is one digest");
    assert.match(line, /every Monday at 08:30 \(America\/New_York\); next on Mon.*"user_id":"UANA"/);

    await fake.press(at(ben), listed, { actionId: "ruminate_digest_edit" });
    const filled = await formIn(fake);
    assert.match(wordsIn(filled.view), /"initial_value":"PostgreSQL".*every Monday at 08:30.*"initial_value":"0.2"/);
    await fake.submit(at(ben), filled, { timetable: "daily at 7", kind: "talk" });
    await fake.submit(at(ben), await formIn(fake), {});
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.startsWith("Changed.")));
    await fake.until(() => channel.messages.find(({ text }) => /^ben changed what is told here/.test(text)));
    const changed = await list();
    assert.match(wordsIn(changed.blocks), /Digest of this channel.*every day at 07:00 \(America\/New_York\); next on/);

    const id = /"value":"pause:(\w+)"/.exec(wordsIn(changed.blocks))?.[1] ?? assert.fail("no menu");
    await fake.press(at(), changed, { actionId: "ruminate_digest_more", chosen: `pause:${id}` });
    await fake.until(() => /paused in this channel.*Go on/.test(wordsIn(changed.blocks)));
    assert.match(wordsIn((await list()).blocks), /paused in this channel.*Go on/);
    await fake.press(at(), changed, { actionId: "ruminate_digest_more", chosen: `resume:${id}` });
    await fake.until(() => /next on/.test(wordsIn(changed.blocks)));
    assert.match(wordsIn(changed.blocks), /ruminate_digest_delete.*Delete this digest\?/);
    await fake.press(at(), changed, { actionId: "ruminate_digest_delete" });
    await fake.until(() => /There are no digests/.test(wordsIn(changed.blocks)));
    assert.match(wordsIn((await list()).blocks), /There are no digests/);
    assert.equal(channel.messages.length, 2, "one line for the new one, one for the change");
    assert.deepEqual(fake.pings, []);
    assert.deepEqual(refusals(fake), []);
  });

  it("is told to nobody else where its maker talks with the app alone", async (test) => {
    const { fake, ana, at } = await openWorld(test);
    const direct = directChannel(fake.workspace, ana.id);
    await fake.command(at(ana, direct), "digest daily at 7: the ECB");
    const { id } = /digest start (?<id>\w+)/.exec(wordsIn(fake.workspace.ephemerals))?.groups ?? assert.fail("no id");
    await fake.command(at(ana, direct), `digest start ${id}`);
    await fake.settled();
    assert.deepEqual(
      direct.messages.filter(({ text }) => text.includes("set up")),
      [],
    );
  });

  it("is made on the Home tab for a channel that the app is in, and stands there afterwards", async (test) => {
    const { fake, ana, channel, at } = await openWorld(test);
    const outside = addChannel(fake.workspace, "outside", { hasBot: false });
    const home = async () => {
      const shown = fake.calls.length;
      await fake.openHome({ workspace: fake.workspace, user: ana });
      await fake.until(() => fake.calls.slice(shown).find(({ method }) => method === "views.publish"));
      return fake.workspace.homes.get(ana.id) ?? assert.fail("no Home");
    };
    await fake.pressInView({ workspace: fake.workspace, user: ana }, await home(), { actionId: "ruminate_digest_new" });
    const form = await formIn(fake);
    const wish = { topic: "pg-boss", timetable: "every weekday at 9" };
    const refused = await fake.submit(at(), form, { ...wish, channel: outside.id });
    assert.match(wordsIn(refused.response), /"channel":"I am not in #outside/);
    await fake.submit(at(), form, { ...wish, channel: channel.id });
    await fake.submit(at(), await formIn(fake), {});
    const shown = await home();
    assert.match(wordsIn(shown), /Digest about pg-boss/);
    await fake.pressInView({ workspace: fake.workspace, user: ana }, shown, { actionId: "ruminate_digest_edit" });
    const edit = await formIn(fake);
    assert.doesNotMatch(wordsIn(edit.view), /conversations_select/);
    await fake.submit(at(), edit, { topic: "pg-boss and graphile" });
    await fake.submit(at(), await formIn(fake), {});
    const renamed = () => /pg-boss and graphile/.test(wordsIn(fake.workspace.homes.get(ana.id)));
    await fake.until(renamed);
    assert.deepEqual(refusals(fake), []);
  });

  it("cannot be saved, seen or changed by a forged or strange form, or from another channel", async (test) => {
    const { fake, at, list, ana, ben } = await openWorld(test);
    await fake.command(at(), "digest");
    await fake.submit(at(), await formIn(fake), { topic: "PostgreSQL" });
    const proposal = await formIn(fake);
    const stolen = await fake.submit(at(ben), proposal, {});
    assert.match(wordsIn(stolen.response), /by somebody else: nothing was saved/);
    assert.match(wordsIn((await list()).blocks), /There are no digests/);
    closeAll(fake);
    const forged = { ...proposal, view: { ...proposal.view, private_metadata: "not ours" } };
    fake.workspace.modals.push(forged);
    await fake.submit(at(), forged, {});
    closeAll(fake);
    await fake.command(at(), "digest");
    await fake.submit(at(), await formIn(fake), { topic: "PostgreSQL" });
    await fake.submit(at(), await formIn(fake), {});
    const listed = await list();
    const id = /"value":"pause:(\w+)"/.exec(wordsIn(listed.blocks))?.[1] ?? assert.fail("no menu");
    const other = addChannel(fake.workspace, "lounge");
    await fake.press(at(ben, other), listed, { actionId: "ruminate_digest_edit", value: id });
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes(`no digest ${id}`)));
    await fake.press(at(ben, other), listed, { actionId: "ruminate_digest_delete", value: id });
    const home = { type: "home", blocks: listed.blocks };
    await fake.pressInView({ workspace: fake.workspace, user: ben }, home, { actionId: "ruminate_digest_delete" });
    assert.match(wordsIn((await list(ana)).blocks), new RegExp(id));
    assert.deepEqual(fake.workspace.modals, []);
  });

  it("is not made by a form of another workspace or for a channel that is not here", async (test) => {
    const { fake, at, list } = await openWorld(test);
    await fake.command(at(), "digest");
    const form = await formIn(fake);
    const context = JSON.stringify({ channelId: "CELSEWHERE", digestId: null, draftId: null });
    const forged = { ...form, view: { ...form.view, private_metadata: context } };
    const refused = await fake.submit(at(), forged, { topic: "PostgreSQL" });
    assert.match(wordsIn(refused.response), /"errors":.*I am not in this conversation/);
    const edit = JSON.stringify({ channelId: at().channel.id, digestId: "abcde", draftId: null });
    const other = { ...form, view: { ...form.view, private_metadata: edit } };
    fake.workspace.modals.push(other);
    const strange = await fake.submit(at(), other, { topic: "PostgreSQL" });
    assert.match(wordsIn(strange.response), /There is no digest abcde in this channel/);
    assert.match(wordsIn((await list()).blocks), /There are no digests/);
  });

  it("is listed within Slack's limits, whatever it is called and however many there are", () => {
    const long = "long <!channel> words ".repeat(200);
    const line: DigestLine = {
      ...{ id: "k3f9x", name: long, owner: "slack:T1:U1", when: long, state: long, last: long, cost: long },
      isActive: true,
    };
    const content = listContent(Array(60).fill(line));
    assert.deepEqual(problemsOfMessage(content), []);
    assert.equal(refusalOfBlocks(content.blocks, "message"), null);
    assert.match(wordsIn(content.blocks), /40 more/);
    const home = homeContents({
      settings: Array(50).fill(long),
      usage: Array(50).fill(long),
      questions: Array(50).fill({
        question: long,
        state: long,
        at: long,
        url: `https://example.org/${"x".repeat(4_000)}`,
      }),
      digests: Array(60).fill(line),
    });
    assert.deepEqual(problemsOfView(home), []);
    assert.equal(refusalOfBlocks(home.blocks, "home"), null);
    const form: DigestForm = { ...formOf(null, long), topic: long.repeat(2), timetable: long, runCap: long };
    const view = digestForm(form, { channelId: "C1", digestId: "k3f9x", draftId: "k3f9x" });
    assert.deepEqual(problemsOfView(view), []);
    const proposal = { kind: "proposal", draftId: "k3f9x", title: long, lines: Array(90).fill(long) } as const;
    assert.deepEqual(problemsOfView(digestProposal(proposal, { channelId: "C1", digestId: null, draftId: null })), []);
  });

  it("says so when Slack takes no form any more", async (test) => {
    const { fake, at, list } = await openWorld(test);
    const listed = await list();
    fake.failNext("views.open", { error: "expired_trigger_id" });
    await fake.press(at(), listed, { actionId: "ruminate_digest_new" });
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("Try once more")));
  });
});

function closeAll(fake: FakeSlack): void {
  fake.workspace.modals.length = 0;
}

function refusals(fake: FakeSlack): string[] {
  return fake.calls.filter(({ reply }) => !reply.ok).map(({ method, reply }) => `${method} ${reply.error}`);
}
