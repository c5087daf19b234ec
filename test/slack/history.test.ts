import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addChannel } from "../helpers/fake-slack-world.ts";
import { openSlackService, ownSlack, slackRefusals } from "../helpers/service-stage.ts";
import { until } from "../helpers/until.ts";

const QUESTION = "Which port does the collector listen on for gRPC & friends?";

describe("the history in Slack", () => {
  it("leads to each answer, for whoever asks for it alone, and tells nothing of other channels", async (test) => {
    const { fake, ana, ben, channel, at } = await openSlackService(test);
    const other = addChannel(fake.workspace, "secret", { kind: "private" });
    await fake.command({ ...at(), channel: other }, `quick ${QUESTION}`);
    await fake.command(at(), `quick ${QUESTION}`);
    const answer = await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
    await fake.until(() => ownSlack(other.messages, /:answer:0$/)[0]);
    const asked = async () => textOf((await fake.command(at(), "history")).response);
    const words = await until(async () => ((await asked()).includes("answered") ? asked() : null), {
      what: "the question is answered",
      withinMs: 30_000,
    });
    const path = `https://fake.slack.test/archives/${channel.id}/p${answer.ts.replace(".", "")}`;
    assert.ok(
      words.includes(`<${path}?thread_ts=${answer.threadTs}&amp;cid=${channel.id}|${QUESTION.replace("&", "&amp;")}>`),
      words,
    );
    assert.match(words, /> · answered · \w{3} \d{1,2} \w{3} \d{4} \d\d:\d\d$/);
    assert.ok(!words.includes(other.id), "the private channel's question stays there");
    assert.match(textOf((await fake.command(at(ben), "history")).response), /You asked nothing here/);
    fake.say({ ...at() }, `<@${fake.workspace.botUserId}> history`);
    const whispered = await fake.until(() => fake.workspace.ephemerals.find(({ text }) => text.includes(path)));
    assert.equal(whispered.user, ana.id);
    assert.deepEqual(slackRefusals(fake), []);
  });
});

function textOf(response: unknown): string {
  return (response as { text: string }).text;
}
