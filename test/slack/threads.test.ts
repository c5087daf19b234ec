import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { startReadingModel } from "../helpers/reading-model.ts";
import { openSlackService, ownSlack, slackRefusals } from "../helpers/service-stage.ts";

const ALONE = "Which port does the collector listen on for HTTP?";

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
});
