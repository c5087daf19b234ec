import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { addChannel, addUser } from "../helpers/fake-slack-world.ts";
import { openSlackService, ownSlack, slackRefusals } from "../helpers/service-stage.ts";

const QUESTION = "quick: Which port does the collector listen on for gRPC?";

async function openWorld(test: TestContext, environment: Record<string, string> = {}) {
  const world = await openSlackService(test, { environment });
  const { fake, at, channel, mention } = world;
  const admin = addUser(fake.workspace, "boss", { isAdmin: true });
  const lounge = addChannel(fake.workspace, "lounge");
  const whispered = (words: RegExp) => fake.until(() => fake.workspace.ephemerals.find(({ text }) => words.test(text)));
  return {
    ...{ ...world, admin, lounge, whispered },
    ask: (where = channel) => fake.say({ ...at(), channel: where }, `${mention} ${QUESTION}`).message,
    set: async (words: string, user = admin) =>
      String((await fake.command({ ...at(user), channel }, `settings ${words}`)).response?.text),
    answers: (where = channel) => fake.until(() => ownSlack(where.messages, /:answer:0$/)[0]),
  };
}

describe("where the app answers in Slack", () => {
  it("is not where other organisations read along, until an admin allows it there; nobody else can", async (test) => {
    const { fake, ana, channel, ask, set, whispered, answers } = await openWorld(test);
    channel.isExternallyShared = true;
    ask();
    const refusal = await whispered(/other organisations read along/);
    assert.match(
      refusal.text,
      /direct message, or ask an admin to allow it with `settings channel shared channels on`/,
    );
    assert.equal(refusal.user, ana.id);
    assert.match(await set("channel shared channels on", ana), /Only admins may set shared channels/);
    assert.match(await set("channel shared channels on"), /Saved\. shared channels: on \(set for this channel\)/);
    ask();
    await answers();
    assert.match(await set("channel shared channels off"), /Saved/);
    assert.equal(ownSlack(channel.messages, /./).length, 2, "a plan and an answer, of the second question only");
    assert.deepEqual(slackRefusals(fake), []);
  });

  it("is not where others read along either when Slack tells it only after the question was taken", async (test) => {
    const { fake, channel, at } = await openWorld(test);
    channel.isExternallyShared = true;
    fake.failNext("conversations.info", { delayMs: 1_500 }, 2);
    const command = await fake.command({ ...at(), channel }, QUESTION);
    assert.match(String(command.response?.text), /^On it/);
    await fake.until(() =>
      channel.messages.find((message) => /other organisations read along/.test(JSON.stringify(message))),
    );
    assert.deepEqual(ownSlack(channel.messages, /:answer:/), [], "a plan that says why, and no answer");
    assert.deepEqual(slackRefusals(fake), []);
  });

  it("is nowhere where others read along if whoever runs the app says so, whatever an admin wants", async (test) => {
    const { channel, ask, set, whispered } = await openWorld(test, { SLACK_SHARED_CHANNELS: "no" });
    channel.isExternallyShared = true;
    assert.match(await set("workspace shared channels on"), /Whoever runs me has turned shared channels off/);
    ask();
    assert.match((await whispered(/other organisations/)).text, /ask the person who runs me to allow it/);
    assert.deepEqual(ownSlack(channel.messages, /./), []);
  });

  it("is chosen by an admin from Slack's own list of channels, and shown on their Home tab by name", async (test) => {
    const { fake, ana, admin, channel, lounge, at, ask, set, whispered, answers } = await openWorld(test);
    await fake.openHome({ workspace: fake.workspace, user: admin });
    const home = () => fake.workspace.homes.get(admin.id) ?? assert.fail("no Home");
    await fake.until(() => fake.workspace.homes.get(admin.id));
    await fake.pressInView({ workspace: fake.workspace, user: admin }, home(), { actionId: "ruminate_open_settings" });
    const form = await fake.until(() => fake.workspace.modals.at(-1));
    assert.match(JSON.stringify(form.view), /Allowed channels.*"type":"multi_conversations_select".*Blocked channels/);
    await fake.submit(at(admin), form, { "workspace:allowed channels": [lounge.id] });
    await fake.until(() => JSON.stringify(home()).includes(`{"type":"channel","channel_id":"${lounge.id}"}`));
    ask();
    const refusal = await whispered(/this is none of them/);
    assert.match(refusal.text, /in a direct message or in one of those, or ask an admin to add it/);
    const digest = await fake.command({ ...at(), channel }, "digest daily at 7: the ECB");
    assert.match(String(digest.response?.text), /this is none of them/);
    ask(lounge);
    await answers(lounge);
    assert.match(
      await set(`workspace blocked channels <#${lounge.id}|lounge>`),
      /blocked channels: <#CLOUNGE> \(set for/,
    );
    assert.match(await set("workspace allowed channels default"), /Saved\. allowed channels: all/);
    ask(lounge);
    await whispered(/The admins chose that I do not answer in this channel/);
    const others = await fake.command({ ...at(ana), channel: lounge }, "help");
    assert.match(String(others.response?.text), /Ask me a question/, "help is no question");
    ask();
    await answers();
    assert.deepEqual([fake.pings, slackRefusals(fake)], [[], []]);
  });
});
