import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { segmentsOf } from "../../adapters/slack/streams.ts";
import { createAnswerView } from "../../src/chat/answer-view.ts";
import { newCard } from "../../src/chat/progress-card.ts";
import type { AnswerView } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import type { ThreadRef } from "../../src/types.ts";
import type { Fault } from "../helpers/fake-slack.ts";
import type { SlackMessage } from "../helpers/fake-slack-world.ts";
import { makeReport } from "../helpers/runs.ts";
import { openStage, type SlackStage, type StageOptions } from "../helpers/slack-platform.ts";

const KEY = "run:answer:0";
const card = newCard({ id: "run", question: "Why?", depth: "quick", startedAt: "2026-11-22T10:00:00.000Z" });
const sources = Array.from({ length: 2 }, (_, index) => ({
  ...{ number: index + 1, title: `Page ${index + 1}`, url: `https://example.org/${index + 1}` },
  ...{ publishedAt: null, readAt: "" },
}));

function answerOf(text: string): AnswerView {
  const report = makeReport("run", { answer: text, sources });
  return { ...createAnswerView(report, "report", "A notice."), asker: "slack:T0FAKE:UANA" };
}

const LONG = answerOf(`## Why\n\n${"Because of this <!channel> and that [1][2]. ".repeat(90)}`);

/** Ana asked in her conversation with the app, and sees the plan. */
async function openConversation(test: TestContext, options: StageOptions = {}) {
  const stage = await openStage(test, options);
  const { message, delivered } = stage.fake.say(stage.at(stage.direct), "Why?");
  await delivered;
  const { id: channelId } = stage.direct;
  const thread: ThreadRef = { platform: "slack", workspaceId: "T0FAKE", channelId, threadId: message.ts };
  await stage.platform.postCard(thread, card, "run:card");
  return { ...stage, thread, post: (answer = LONG) => stage.platform.postAnswerPart(thread, answer, 0, KEY) };
}

type Conversation = Awaited<ReturnType<typeof openConversation>>;

function callsOf({ fake }: SlackStage, method: string) {
  return fake.calls.filter((call) => call.method === method);
}

/** What Ana sees below her question and the plan. */
function answersIn({ direct }: Conversation): SlackMessage[] {
  return direct.messages.slice(2).filter(({ isDeleted }) => !isDeleted);
}

const partly = (error: unknown) => error instanceof RuminateError && error.code === "POST_FAILED" && error.isRetryable;

/** As the worker does after a failure, or the next process: it looks, then posts. */
async function postAfterLooking(conversation: Conversation): Promise<void> {
  const found = await conversation.platform.findPosted(conversation.thread, KEY);
  if (found === null) await conversation.post();
}

function assertWhole([message, ...others]: SlackMessage[]): void {
  assert.equal(others.length, 0);
  assert.equal(message?.stream, null);
  assert.equal(message?.metadata?.event_payload.key, KEY);
  const shown = JSON.stringify([message?.text, message?.blocks]);
  for (const part of ["Because of this", "Page 2", "A notice.", "ruminate_follow_up", "ruminate_feedback"])
    assert.ok(shown.includes(part), part);
}

describe("an answer in a conversation with one person", () => {
  it("appears while it is sent, and ends with sources, footer and buttons as any other", async (test) => {
    const conversation = await openConversation(test);
    const posted = await conversation.post();
    const [message] = answersIn(conversation);
    assertWhole(answersIn(conversation));
    assert.equal(posted.messageId, message?.ts);
    assert.equal(message?.threadTs, conversation.thread.threadId);
    assert.equal(callsOf(conversation, "chat.postMessage").length, 1, "only the plan");
    assert.ok(callsOf(conversation, "chat.appendStream").length >= 3);
    assert.match(message?.text ?? "", /\[\[1\]\(https:\/\/example\.org\/1\)\]/);
    assert.deepEqual(conversation.fake.pings, []);
    assert.deepEqual((await conversation.platform.findPosted(conversation.thread, KEY))?.messageId, message?.ts);
  });

  it("is posted whole in a channel, and where nobody waits for it", async (test) => {
    const conversation = await openConversation(test);
    const { policy, platform, fake, at } = conversation;
    const { message } = fake.say(at(policy), "Why?");
    const thread = { ...conversation.thread, channelId: policy.id, threadId: message.ts };
    await platform.postAnswerPart(thread, { ...LONG, runId: "other" }, 0, "other:answer:0");
    const { asker: _nobody, ...digest } = LONG;
    await conversation.post(digest);
    assert.equal(callsOf(conversation, "chat.startStream").length, 0);
    assertWhole(answersIn(conversation));
  });

  it("is posted whole where it has more bytes than a stream takes", async (test) => {
    const conversation = await openConversation(test);
    await conversation.post(answerOf(`Because of this: ${"это потому ".repeat(600)}[1][2].`));
    assert.equal(callsOf(conversation, "chat.startStream").length, 0);
    assertWhole(answersIn(conversation));
  });

  for (const error of ["unknown_method", "channel_type_not_supported", "missing_scope"])
    it(`is posted whole where Slack says ${error}, and is not tried as a stream again`, async (test) => {
      const conversation = await openConversation(test);
      conversation.fake.failNext("chat.startStream", { error }, 9);
      await conversation.post();
      assertWhole(answersIn(conversation));
      await conversation.post();
      assert.equal(callsOf(conversation, "chat.startStream").length, 1);
    });

  it("keeps its text when only what stands below has to be plainer", async (test) => {
    const conversation = await openConversation(test);
    conversation.fake.faults.push(({ args }) =>
      JSON.stringify(args.blocks ?? []).includes('"citation"') ? { error: "invalid_blocks" } : null,
    );
    await conversation.post();
    assertWhole(answersIn(conversation));
    assert.equal(callsOf(conversation, "chat.startStream").length, 1);
    assert.match(JSON.stringify(answersIn(conversation)[0]?.blocks), /"type":"link","url":"https:\/\/example.org\/2"/);
  });

  const broken: [string, string, Fault][] = [
    ["Slack took its beginning without saying so", "chat.startStream", { kind: "silent-after" }],
    ["Slack ended the stream", "chat.appendStream", { error: "message_not_in_streaming_state" }],
    ["the stream became too long", "chat.appendStream", { error: "msg_too_long" }],
    ["the connection broke", "chat.appendStream", { kind: "silent" }],
    ["no form of its end is taken", "chat.stopStream", { error: "invalid_blocks" }],
    ["its end did not arrive", "chat.stopStream", { kind: "silent" }],
  ];
  for (const [what, method, fault] of broken)
    it(`stands there once and whole after ${what}`, async (test) => {
      const conversation = await openConversation(test);
      conversation.fake.failNext(method, fault, method === "chat.stopStream" && "error" in fault ? 3 : 1);
      await assert.rejects(conversation.post(), partly);
      await postAfterLooking(conversation);
      assertWhole(answersIn(conversation));
      assert.equal(callsOf(conversation, "chat.startStream").length, 1);
    });

  it("is left alone when its end arrived without Slack saying so", async (test) => {
    const conversation = await openConversation(test);
    conversation.fake.failNext("chat.stopStream", { kind: "silent-after" });
    await assert.rejects(conversation.post(), partly);
    await postAfterLooking(conversation);
    assertWhole(answersIn(conversation));
    assert.equal(callsOf(conversation, "chat.delete").length, 0);
  });

  it("is posted whole when the stream died of old age", async (test) => {
    let ageMs = 0;
    const conversation = await openConversation(test, { fake: { now: () => Date.now() + ageMs } });
    conversation.fake.faults.push(({ method }) => {
      if (method === "chat.appendStream") ageMs = 6 * 60_000;
      return null;
    });
    await assert.rejects(conversation.post(), partly);
    await postAfterLooking(conversation);
    assertWhole(answersIn(conversation));
  });

  it("takes nothing away but what was begun for it", async (test) => {
    const conversation = await openConversation(test);
    const { platform, fake, at, direct, thread } = conversation;
    await platform.notify("slack:T0FAKE:UANA", "Your questions: 1 at work.", thread);
    await platform.postNote(thread, "A note.", "run:note");
    await fake.say(at(direct), "stop", { threadTs: thread.threadId ?? "" }).delivered;
    assert.equal(await platform.findPosted(thread, KEY), null);
    assert.equal(answersIn(conversation).length, 3);
    assert.equal(callsOf(conversation, "chat.delete").length, 0);
  });
});

describe("the segments of a stream", () => {
  it("are together the text, are few, and cut no character in two", () => {
    const texts = [
      "",
      "a",
      "word ".repeat(3_000),
      "😀".repeat(4_500),
      `a${"😀".repeat(4_000)}`,
      "line\n".repeat(1_800),
    ];
    for (const text of texts) {
      const segments = segmentsOf(text);
      assert.equal(segments.join(""), text);
      assert.ok(segments.length <= 13, `${segments.length} segments`);
      for (const segment of segments) assert.ok(segment.isWellFormed());
    }
  });
});
