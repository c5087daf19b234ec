import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAnswerView } from "../../src/chat/answer-view.ts";
import { newCard } from "../../src/chat/progress-card.ts";
import { RuminateError } from "../../src/errors.ts";
import type { ThreadRef } from "../../src/types.ts";
import { addChannel, addUser, type SlackChannel, type SlackUser } from "../helpers/fake-slack-world.ts";
import { makeReport } from "../helpers/runs.ts";
import { openStage, type SlackStage } from "../helpers/slack-platform.ts";

const card = newCard({ id: "run", question: "Why?", depth: "quick", startedAt: "2026-11-22T10:00:00.000Z" });
const sources = [{ number: 1, title: "A page", url: "https://example.org/1", publishedAt: null, readAt: "" }];
const answer = createAnswerView(makeReport("run", { answer: "Because [1].", sources }), "brief", null);

function thread({ policy }: SlackStage, threadId: string | null = null): ThreadRef {
  return { platform: "slack", workspaceId: "T0FAKE", channelId: policy.id, threadId };
}

function failsWith(slackError: string, isRetryable: boolean) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof RuminateError);
    assert.equal(error.code, "POST_FAILED");
    assert.equal(error.details.slackError, slackError);
    assert.equal(error.isRetryable, isRetryable);
    return true;
  };
}

describe("when Slack is difficult", () => {
  it("an answer whose citations it does not know is posted with plain links, and so are the next ones at once", async (test) => {
    const stage = await openStage(test);
    stage.fake.faults.push(({ args }) =>
      JSON.stringify(args.blocks ?? []).includes('"citation"') ? { error: "invalid_blocks" } : null,
    );
    await stage.platform.postAnswerPart(thread(stage), answer, 0, "run:answer:0");
    await stage.platform.postAnswerPart(thread(stage), answer, 0, "run:answer:1");
    const posts = stage.fake.calls.filter(({ method }) => method === "chat.postMessage");
    assert.deepEqual(
      posts.map(({ reply }) => reply.ok),
      [false, true, true],
    );
    assert.match(JSON.stringify(stage.policy.messages[0]?.blocks), /"type":"link","url":"https:\/\/example.org\/1"/);
  });

  it("a server that knows no Markdown blocks and no plans still gets card and answer in words", async (test) => {
    const stage = await openStage(test);
    stage.fake.faults.push(({ args }) =>
      /"type":"(?:markdown|plan|rich_text)"/.test(JSON.stringify(args.blocks ?? []))
        ? { error: "invalid_blocks" }
        : null,
    );
    await stage.platform.postCard(thread(stage, await rootOf(stage)), card, "run:card");
    await stage.platform.postAnswerPart(thread(stage, stage.policy.messages[0]?.ts), answer, 0, "run:answer:0");
    assert.match(JSON.stringify(stage.policy.messages[1]?.blocks), /Understand the question/);
    assert.match(JSON.stringify(stage.policy.messages[2]?.blocks), /Because/);
  });

  it("an answer of 40,000 characters and 200 sources is taken at the first try, in a channel and in a conversation", async (test) => {
    const stage = await openStage(test);
    const { fake, at, policy, direct, platform } = stage;
    const many = Array.from({ length: 200 }, (_, index) => ({
      ...{ number: index + 1, title: `Source ${index + 1}`, url: `https://example.org/${index + 1}` },
      ...{ publishedAt: null, readAt: "" },
    }));
    const section = `## Part 😀 עברית\n\n${"Some words about it [1][200]. ".repeat(60)}\n\n| a | b |\n| --- | --- |\n| 👩‍👩‍👧 | c |\n\n`;
    const report = makeReport("run", { answer: section.repeat(22), sources: many });
    assert.ok(report.answer.length > 40_000);
    for (const channel of [policy, direct]) {
      const { message, delivered } = fake.say(at(channel), "Why?");
      await delivered;
      const place = { ...thread(stage, message.ts), channelId: channel.id };
      const view = createAnswerView({ ...report, runId: channel.id }, "report", null);
      const long = { ...view, asker: "slack:T0FAKE:UANA" };
      const count = platform.countAnswerParts(long);
      for (let part = 0; part < count; part += 1)
        await platform.postAnswerPart(place, long, part, `${channel.id}:answer:${part}`);
      const posted = channel.messages.filter(({ botId }) => botId !== null);
      assert.equal(posted.length, count);
      assert.equal(posted.at(-1)?.files.length, 1);
      assert.ok(posted.every(({ stream }) => stream === null));
    }
    assert.deepEqual(
      fake.calls.filter(({ reply }) => !reply.ok).map(({ method, reply }) => `${method} ${reply.error}`),
      [],
    );
  });

  it("a place that is gone for good is told apart from one that may come back", async (test) => {
    const stage = await openStage(test);
    const post = () => stage.platform.postNote(thread(stage), "Hello.", "run:note");
    stage.policy.isArchived = true;
    await assert.rejects(post, failsWith("is_archived", false));
    stage.policy.isArchived = false;
    stage.policy.members.delete(stage.fake.workspace.botUserId);
    await assert.rejects(post, failsWith("not_in_channel", false));
    // Of a private channel Slack does not even say that it is there.
    stage.policy.kind = "private";
    await assert.rejects(post, failsWith("channel_not_found", false));
    stage.policy.members.add(stage.fake.workspace.botUserId);
    stage.fake.failNext("chat.postMessage", { error: "service_unavailable" }, 9);
    await assert.rejects(post, failsWith("service_unavailable", true));
  });

  it("the time zone of a person is told when Slack tells it, and is nobody's trouble when not", async (test) => {
    const { fake, platform, ana } = await openStage(test);
    assert.equal(await platform.timeZoneOf(`slack:T0FAKE:${ana.id}`), ana.timeZone);
    fake.failNext("users.info", { error: "internal_error" }, 9);
    assert.equal(await platform.timeZoneOf(`slack:T0FAKE:${ana.id}`), null);
  });

  it("a person who left is told apart from one of whom Slack tells nothing at the moment", async (test) => {
    const { fake, platform, policy, ana } = await openStage(test);
    const place = { platform: "slack", workspaceId: fake.workspace.id, channelId: policy.id, threadId: null };
    const isGone = (userId: string) => platform.isGone(`slack:T0FAKE:${userId}`, place);
    assert.deepEqual([await isGone(ana.id), await isGone("U0NOBODY")], [false, true]);
    ana.isDeactivated = true;
    assert.equal(await isGone(ana.id), true);
    fake.faults.push(({ method }) => (method === "users.info" ? { error: "missing_scope" } : null));
    assert.equal(await isGone(ana.id), false);
  });

  it("a token that is of no more use ends what is posted with it, at the first try", async (test) => {
    for (const state of ["token_revoked", "account_inactive", "invalid_auth", "token_expired"] as const) {
      const stage = await openStage(test);
      await stage.platform.postNote(thread(stage), "Hello.", "run:note");
      stage.fake.setTokenState(stage.fake.workspace, state);
      await assert.rejects(() => stage.platform.postNote(thread(stage), "Hello.", "run:note"), failsWith(state, false));
      assert.equal(stage.fake.calls.filter(({ reply }) => !reply.ok).length, 1);
    }
  });

  for (const error of ["msg_too_long", "msg_blocks_too_long"])
    it(`an answer of which Slack says ${error} goes into a file, whole, and the next one is tried as ever`, async (test) => {
      const stage = await openStage(test);
      const place = thread(stage, await rootOf(stage));
      const body = `Because [1]. ${"And much more <!channel>. ".repeat(300)}The end.`;
      const long = createAnswerView(makeReport("run", { answer: body, sources }), "brief", null);
      stage.fake.failNext("chat.postMessage", { error }, 3);
      await stage.platform.postAnswerPart(place, long, 0, "run:answer:0");
      const [, posted, ...others] = stage.policy.messages;
      assert.equal(others.length, 0);
      assert.match(posted?.text ?? "", /^Because .*it is in the file\.$/s);
      assert.match(posted?.files[0]?.content ?? "", /Because .*The end\..*A page.*https:\/\/example\.org\/1/s);
      assert.deepEqual(stage.fake.pings, []);
      assert.equal((await stage.platform.findPosted(place, "run:answer:0"))?.messageId, posted?.ts);
      await stage.platform.postAnswerPart(place, long, 0, "other:answer:0");
      assert.match(JSON.stringify(stage.policy.messages[2]?.blocks), /"citation"/);
    });

  it("a request to wait is kept, and the post is made afterwards", async (test) => {
    const stage = await openStage(test);
    stage.fake.failNext("chat.postMessage", { retryAfter: 1 });
    await stage.platform.postNote(thread(stage), "Hello.", "run:note");
    assert.equal(stage.policy.messages.length, 1);
    const [refused, made] = stage.fake.calls.filter(({ method }) => method === "chat.postMessage");
    assert.ok((made?.at ?? 0) - (refused?.at ?? 0) >= 950);
  });

  it("a post that was made although nobody heard of it is found by its key, and never made again blindly", async (test) => {
    const stage = await openStage(test);
    stage.fake.failNext("chat.postMessage", { kind: "silent-after" });
    const place = thread(stage, await rootOf(stage));
    await assert.rejects(() => stage.platform.postAnswerPart(place, answer, 0, "run:answer:0"), RuminateError);
    const found = await stage.platform.findPosted(place, "run:answer:0");
    assert.equal(found?.messageId, stage.policy.messages[1]?.ts);
    assert.equal(stage.policy.messages.length, 2);
    assert.equal(await stage.platform.findPosted(place, "run:answer:1"), null);
  });

  it("a card of which only the message in the channel was posted is completed under the same message", async (test) => {
    const stage = await openStage(test);
    const place = thread(stage);
    // The second post is the plan in the thread.
    let posts = 0;
    stage.fake.faults.push(({ method }) =>
      method === "chat.postMessage" && ++posts === 2 ? { error: "is_archived" } : null,
    );
    await assert.rejects(() => stage.platform.postCard(place, card, "run:card"), failsWith("is_archived", false));
    assert.equal(await stage.platform.findPosted(place, "run:card"), null);
    const posted = await stage.platform.postCard(place, card, "run:card");
    assert.equal(posted.thread.threadId, stage.policy.messages[0]?.ts);
    assert.equal(stage.policy.messages.length, 2);
  });

  it("a command that cannot be read, and one that needs no answer, are acknowledged in words that fit", async (test) => {
    const { fake, policy, at } = await openStage(test);
    const said = async (text: string) => String((await fake.command(at(policy), text)).response?.text);
    assert.match(await said("digest now and then: x"), /^On it/, "what is wrong with it is said by whoever reads it");
    assert.match(await said("stop"), /^Stopping it/);
    assert.match(await said("Why?"), /^On it\. The answer comes in a thread/);
  });

  it("a command where the bot is not a member is answered with the way out, and not stored", async (test) => {
    const stage = await openStage(test);
    const elsewhere = addChannel(stage.fake.workspace, "elsewhere", { hasBot: false });
    await stage.fake.command(stage.at(elsewhere), "Why?");
    assert.match(stage.fake.workspace.ephemerals[0]?.text ?? "", /not in #elsewhere.*\/invite/);
    assert.equal(stage.heard.length, 0);
  });

  it("a channel that other organisations read along in is known by its events, and is looked up where there is none", async (test) => {
    const { fake, policy, at, platform, direct } = await openStage(test);
    const kindOf = (channel: SlackChannel) =>
      platform.placeKind({ platform: "slack", workspaceId: fake.workspace.id, channelId: channel.id, threadId: null });
    const looks = () => fake.calls.filter(({ method }) => method === "conversations.info").length;
    policy.isExternallyShared = true;
    await fake.say(at(policy), `<@${fake.workspace.botUserId}> Why?`).delivered;
    assert.deepEqual([await kindOf(policy), await kindOf(direct), looks()], ["shared", "direct", 0]);
    const other = addChannel(fake.workspace, "other", { isExternallyShared: true });
    const own = addChannel(fake.workspace, "own");
    assert.deepEqual([await kindOf(other), await kindOf(own), looks()], ["shared", "channel", 2]);
  });

  it("who manages another organisation manages nothing here", async (test) => {
    const { fake, policy, platform } = await openStage(test);
    const place = { platform: "slack", workspaceId: fake.workspace.id, channelId: policy.id, threadId: null };
    const [own, guest] = [
      addUser(fake.workspace, "boss", { isAdmin: true }),
      addUser(fake.workspace, "guest", { isAdmin: true, teamId: "T0THEIRS" }),
    ];
    const mayAll = ({ id }: SlackUser) => platform.isAdmin(`slack:${fake.workspace.id}:${id}`, place);
    assert.deepEqual([await mayAll(own), await mayAll(guest)], [true, false]);
  });

  it("an app that is no agent is asked for sessions once", async (test) => {
    const stage = await openStage(test);
    const place = thread(stage, await rootOf(stage));
    const asked = () => stage.fake.calls.filter(({ method }) => method === "agents.sessions.setStatus").length;
    await stage.platform.postCard(place, card, "run:card");
    await stage.fake.until(() => asked() === 1);
    await stage.platform.postCard(place, { ...card, runId: "other" }, "other:card");
    assert.equal(asked(), 1);
  });
});

describe("what is heard", () => {
  it("is what people ask: no bots, no edits, no talk among people", async (test) => {
    const stage = await openStage(test);
    const { fake, policy, direct, at, heard } = stage;
    const event = { type: "message", channel: policy.id, channel_type: "channel", user: "UANA", text: "hi", ts: "1.1" };
    await fake.say(at(policy), "nobody mentioned").delivered;
    await fake.sendEvent(fake.workspace, { ...event, channel: direct.id, channel_type: "im", bot_id: "B1" });
    await fake.sendEvent(fake.workspace, {
      ...event,
      channel: direct.id,
      channel_type: "im",
      subtype: "message_changed",
    });
    await stage.platform.postNote(thread(stage), "ours", "run:note");
    await fake.say(at(direct), "directly").delivered;
    const { message } = fake.say(at(policy), `<@${fake.workspace.botUserId}> mentioned`);
    await fake.until(() => heard.length === 2);
    await fake.settled();
    assert.deepEqual(heard.map(({ text }) => text).sort(), ["directly", "mentioned"]);
    assert.equal(heard.find(({ text }) => text === "mentioned")?.thread.threadId, message.ts);
  });

  it("are also a deleted question, the Cancel button and Slack's own Stop", async (test) => {
    const stage = await openStage(test);
    const { fake, policy, at, cancelled, withdrawn, heard } = stage;
    const { message, delivered } = fake.say(at(policy), `<@${fake.workspace.botUserId}> Why?`);
    await delivered;
    const posted = await stage.platform.postCard(thread(stage, message.ts), card, "run:card");
    const plan = policy.messages.find(({ ts }) => ts === posted.messageId);
    assert.ok(plan !== undefined);
    await fake.press(at(policy), plan, { actionId: "ruminate_cancel" });
    assert.deepEqual(cancelled, [{ runId: "run", person: "slack:T0FAKE:UANA" }]);
    await fake.stopSession(at(policy), message.ts);
    assert.equal(heard.at(-1)?.text, "stop");
    assert.equal(heard.at(-1)?.thread.threadId, message.ts);
    await fake.deleteMessage(at(policy), message);
    assert.deepEqual(
      withdrawn.map(({ messageId }) => messageId),
      [message.ts],
    );
  });

  it("is a form when the command comes without words", async (test) => {
    const { fake, policy, at, heard } = await openStage(test);
    await fake.command(at(policy), "");
    const form = await fake.until(() => fake.workspace.modals[0]);
    await fake.submit(at(policy), form, { text: "Why?", depth: "deep", form: "table" });
    assert.deepEqual(
      heard.map(({ text, thread: { channelId } }) => [text, channelId]),
      [["deep table: Why?", policy.id]],
    );
  });

  it("is a message that somebody wants researched, in its thread", async (test) => {
    const { fake, policy, at, heard } = await openStage(test);
    const { message } = fake.say(at(policy), "Is &lt;this&gt; true?");
    await fake.shortcut(at(policy), message, "ruminate_research_this");
    const form = await fake.until(() => fake.workspace.modals[0]);
    await fake.submit(at(policy), form, {});
    assert.equal(heard[0]?.text, "Is <this> true?");
    assert.equal(heard[0]?.thread.threadId, message.ts);
  });
});

/** Somebody's message, to be the top of a thread. */
async function rootOf({ fake, policy, at }: SlackStage): Promise<string> {
  const { message, delivered } = fake.say(at(policy), "Hello");
  await delivered;
  return message.ts;
}
