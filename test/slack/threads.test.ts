import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { startReadingModel } from "../helpers/reading-model.ts";
import { openSlackService, ownSlack, slackRefusals } from "../helpers/service-stage.ts";

const FIRST = "Which port does the collector listen on for gRPC?";
const ALONE = "Which port does the collector listen on for HTTP?";

describe("a question in Slack", () => {
  it("whose deletion is told first is not answered, and one whose edit is told first is answered once", async (test) => {
    const { fake, channel, at, mention } = await openSlackService(test);
    const [first, second] = ["1700000001.000100", "1700000002.000100"];
    const about = { type: "message", channel: channel.id, channel_type: "channel", hidden: true };
    await fake.sendEvent(fake.workspace, { ...about, subtype: "message_deleted", deleted_ts: first }, channel);
    const message = { type: "message", ts: second, user: "UANA", text: `${mention} quick: ${FIRST}` };
    await fake.sendEvent(
      fake.workspace,
      { ...about, subtype: "message_changed", message, ts: "1700000003.1" },
      channel,
    );
    for (const ts of [first, second]) await fake.say(at(), `${mention} quick: ${FIRST}`, { ts }).delivered;
    await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
    await fake.settled();
    assert.deepEqual(
      ownSlack(channel.messages, /./).map(({ threadTs }) => threadTs),
      [second, second],
    );
  });

  it("ends with the app's removal: nothing more is posted, and nothing of it is left", async (test) => {
    const gate = Promise.withResolvers<void>();
    const model = await startReadingModel(test, { condense: () => ALONE, before: onceOpen(gate.promise) });
    const { fake, channel, at, mention, restart } = await openSlackService(test, { environment: model.environment });
    const { message } = fake.say(at(), `${mention} quick: ${FIRST}`);
    await fake.until(() => model.requests.length > 0 && ownSlack(channel.messages, /:card$/)[0]);
    const [removal] = await fake.uninstall(fake.workspace);
    assert.equal(removal?.isAcknowledged, true);
    fake.setTokenState(fake.workspace, "account_inactive");
    gate.resolve();
    // With a token again: were anything left of the run, it would go on.
    fake.setTokenState(fake.workspace, "valid");
    await restart();
    const next = fake.say(at(), `${mention} quick: ${FIRST}`).message;
    await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
    const threads = ownSlack(channel.messages, /./).map(({ threadTs }) => threadTs);
    assert.deepEqual(threads, [message.ts, next.ts, next.ts]);
  });
});

describe("a question in a thread of Slack", () => {
  it("is understood by what was said there, which nobody else gets to see", async (test) => {
    const model = await startReadingModel(test, { condense: () => ALONE });
    const { fake, channel, at, ben, mention } = await openSlackService(test, { environment: model.environment });
    const root = fake.say(at(), "We can send traces by gRPC or by HTTP. The gateway is LARKSPUR-77.").message;
    fake.say(at(ben), "I would rather have the second.", { threadTs: root.ts });
    fake.say(at(), `${mention} quick: which port is the second one on?`, { threadTs: root.ts });
    const answer = await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
    assert.equal(answer.threadTs, root.ts);
    assert.match(JSON.stringify(answer.blocks), /4318/);
    const [plan] = ownSlack(channel.messages, /:card$/);
    assert.match(JSON.stringify(plan?.blocks), /Used 2 earlier messages/);
    assert.match(
      model.prompts("condense")[0] ?? "",
      /ana: We can send traces by gRPC or by HTTP.*ben: I would rather/s,
    );
    assert.doesNotMatch(model.prompts("browse").join(""), /LARKSPUR|rather have/);
    assert.deepEqual([...model.problems, ...slackRefusals(fake)], []);
  });

  it("that has an answer goes on with its sources under their numbers, also when the answer came by command", async (test) => {
    const model = await startReadingModel(test, { condense: () => ALONE });
    const { fake, channel, at, mention, restart } = await openSlackService(test, { environment: model.environment });
    await fake.command(at(), "quick: Which port does the collector listen on for gRPC?");
    const first = await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
    assert.match(JSON.stringify(first.blocks), /4317/);
    await restart();
    fake.say(at(), `${mention} quick: and for HTTP?`, { threadTs: first.threadTs ?? "" });
    const second = await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[1]);
    assert.match(JSON.stringify(second.blocks), /4318/);
    const plan = ownSlack(channel.messages, /:card$/)[1];
    assert.match(JSON.stringify(plan?.blocks), /1 earlier answer, 1 page read before/);
    assert.match(model.prompts("condense")[0] ?? "", /Earlier question: Which port .* for gRPC\?/);
    assert.match(model.prompts("browse").at(-1) ?? "", /Opened earlier in this conversation.*【1†Collector/s);
    assert.match(JSON.stringify(plan?.blocks), /0 pages/);
    assert.deepEqual([...model.problems, ...slackRefusals(fake)], []);
  });

  it("asks what to do while another is at work: as a note it reaches that one; forged and foreign presses do nothing", async (test) => {
    const gate = Promise.withResolvers<void>();
    const model = await startReadingModel(test, { condense: () => ALONE, before: onceOpen(gate.promise) });
    const { fake, channel, at, ben, mention } = await openSlackService(test, { environment: model.environment });
    const root = fake.say(at(), `${mention} quick: ${FIRST}`).message;
    await fake.until(() => model.requests.length > 0);
    fake.say(at(), `${mention} and HTTP as well`, { threadTs: root.ts });
    const offer = await fake.until(() => ownSlack(channel.messages, /:offer$/)[0]);
    assert.equal(offer.threadTs, root.ts);
    assert.match(JSON.stringify(offer.blocks), /Add it as a note.*Ask it afterwards.*Stop that, ask this/);
    await fake.press(at(ben), offer, { actionId: "ruminate_replace" });
    await fake.until(() =>
      fake.workspace.ephemerals.find(({ text }) => text.includes("Only the person who asked can choose")),
    );
    await fake.press(at(), offer, { actionId: "ruminate_note", value: "made-up" });
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("not kept any more")));
    await fake.press(at(), offer, { actionId: "ruminate_note" });
    await fake.until(() => /Noted for the research at work/.test(JSON.stringify(offer.blocks)));
    assert.doesNotMatch(JSON.stringify(offer.blocks), /ruminate_/);
    gate.resolve();
    await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
    assert.match(model.prompts("write").join(""), /added meanwhile:\\n- and HTTP as well/);
    assert.match(JSON.stringify(ownSlack(channel.messages, /:card$/)[0]?.blocks), /Note taken up: and HTTP as well/);
    assert.equal(ownSlack(channel.messages, /:card$/).length, 1);
    assert.deepEqual([...model.problems, ...slackRefusals(fake)], []);
  });

  it("is held as well when it comes at the same moment as another, and when a button asks it", async (test) => {
    const gate = Promise.withResolvers<void>();
    let isClosed = false;
    const before = () => (isClosed ? gate.promise : Promise.resolve());
    const model = await startReadingModel(test, { condense: () => ALONE, before });
    const { fake, channel, at, ben, mention } = await openSlackService(test, { environment: model.environment });
    const root = fake.say(at(), `${mention} quick: ${FIRST}`).message;
    const answer = await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
    isClosed = true;
    const threadTs = root.ts;
    fake.say(at(), `${mention} quick: and for HTTP?`, { threadTs });
    fake.say(at(ben), `${mention} quick: and for UDP?`, { threadTs });
    await fake.until(() => ownSlack(channel.messages, /:card$/).length === 2);
    const offers = () => ownSlack(channel.messages, /:offer$/);
    await fake.until(() => offers().length === 1);
    await fake.press(at(ben), answer, { actionId: "ruminate_redo" });
    await fake.until(() => offers().length === 2);
    await fake.press(at(), answer, { actionId: "ruminate_deeper" });
    await fake.until(() => offers().length === 3);
    await fake.press(at(), answer, { actionId: "ruminate_follow_up" });
    const form = await fake.until(() => fake.workspace.modals[0]);
    await fake.submit(at(), form, { text: "And for QUIC?" });
    await fake.until(() => offers().length === 4);
    assert.match(JSON.stringify(offers()[3]?.blocks), /What shall I do with “And for QUIC\?”/);
    await fake.settled();
    assert.equal(ownSlack(channel.messages, /:card$/).length, 2);
    gate.resolve();
    await fake.until(() => ownSlack(channel.messages, /:answer:0$/).length === 2);
    assert.deepEqual([...model.problems, ...slackRefusals(fake)], []);
  });

  it("waits its turn when that was chosen, also over a restart", async (test) => {
    const gate = Promise.withResolvers<void>();
    const model = await startReadingModel(test, { condense: () => ALONE, before: onceOpen(gate.promise) });
    const { fake, channel, at, mention, restart } = await openSlackService(test, { environment: model.environment });
    const root = fake.say(at(), `${mention} quick: ${FIRST}`).message;
    await fake.until(() => model.requests.length > 0);
    fake.say(at(), `${mention} quick: and for HTTP?`, { threadTs: root.ts });
    const offer = await fake.until(() => ownSlack(channel.messages, /:offer$/)[0]);
    await restart();
    await fake.press(at(), offer, { actionId: "ruminate_queue" });
    await fake.until(() => /comes next/.test(JSON.stringify(offer.blocks)));
    assert.equal(ownSlack(channel.messages, /:answer:0$/).length, 0);
    gate.resolve();
    await fake.until(() => ownSlack(channel.messages, /:answer:0$/).length === 2);
    const cards = ownSlack(channel.messages, /:card$/).map(({ blocks }) => JSON.stringify(blocks));
    assert.deepEqual(
      cards.map((card) => /1 earlier answer, 1 page read before/.test(card)),
      [false, true],
    );
    assert.match(model.prompts("condense")[0] ?? "", /Earlier question: Which port/);
  });

  it("takes the place of the other one, which ends with what it found; an admin may stop anybody's by word", async (test) => {
    const gate = Promise.withResolvers<void>();
    const model = await startReadingModel(test, { condense: () => ALONE, before: onceOpen(gate.promise) });
    const { fake, channel, at, ben, mention } = await openSlackService(test, { environment: model.environment });
    const root = fake.say(at(), `${mention} quick: ${FIRST}`).message;
    await fake.until(() => model.requests.length > 0);
    fake.say(at(), `${mention} quick: which port is for HTTP?`, { threadTs: root.ts });
    const offer = await fake.until(() => ownSlack(channel.messages, /:offer$/)[0]);
    await fake.press(at(), offer, { actionId: "ruminate_replace" });
    await fake.until(() => /Stopping that research/.test(JSON.stringify(offer.blocks)));
    await fake.until(() => /Stopped/.test(JSON.stringify(ownSlack(channel.messages, /:card$/)[0]?.blocks)));
    await fake.until(() => ownSlack(channel.messages, /:card$/)[1]);
    fake.say(at(ben), `${mention} stop`, { threadTs: root.ts });
    await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes("or an admin, can stop")));
    ben.isAdmin = true;
    fake.say(at(ben), `${mention} stop`, { threadTs: root.ts });
    await fake.until(() => /Stopped/.test(JSON.stringify(ownSlack(channel.messages, /:card$/)[1]?.blocks)));
    gate.resolve();
  });
});

/** The first reading waits for the gate; everything before and after it does not. */
function onceOpen(gate: Promise<void>): (purpose: string) => Promise<void> {
  return (purpose) => (purpose === "browse" ? gate : Promise.resolve());
}
