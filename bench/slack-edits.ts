import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import { createAnswerView } from "../src/chat/answer-view.ts";
import { createLiveCard, DIRECT_OUTBOX, postAnswer } from "../src/jobs/delivery.ts";
import { startingCard } from "../src/jobs/run-cards.ts";
import type { ProgressEvent } from "../src/types.ts";
import { type FakeSlack, startFakeSlack } from "../test/helpers/fake-slack.ts";
import { addChannel } from "../test/helpers/fake-slack-world.ts";
import { makeReport, makeRun } from "../test/helpers/runs.ts";
import { atMost, type Bench, measured } from "./measurement.ts";
import { slackOn } from "./slack-platform.ts";

const RUNS = 10;
const AT_WORK_MS = 65_000;
const EVENT_MS = 300;
// Slack allows some 50 edits a minute in a workspace; the goal leaves room for others.
const MOST_EDITS = 40;

/** Ten runs of one workspace at once, each with news three times a second, against Slack's own limits. */
export async function run(): Promise<Bench> {
  const fake = await startFakeSlack();
  const log = pino({ level: "silent" });
  const platform = slackOn(fake, log);
  const channels = Array.from({ length: RUNS }, (_, index) => addChannel(fake.workspace, `room-${index}`));
  try {
    const runs = channels.map(({ id: channelId }, index) => {
      const thread = { platform: "slack", workspaceId: fake.workspace.id, channelId, threadId: null };
      return makeRun({ id: `run-${index}`, thread });
    });
    await Promise.all(
      runs.map(async (asked) => {
        const card = createLiveCard(asked, startingCard(asked), { platform, outbox: DIRECT_OUTBOX, log });
        const endsAt = performance.now() + AT_WORK_MS;
        for (let step = 0; performance.now() < endsAt; step += 1) {
          card.emit(newsOf(step));
          await wait(EVENT_MS);
        }
        const report = makeReport(asked.id, { answer: "It is so." });
        card.emit({ type: "run-end", outcome: "answered", stopReason: "finished", usage: report.usage });
        await card.flush();
        await postAnswer(asked, report, platform, { outbox: DIRECT_OUTBOX, notice: null });
      }),
    );
    const parts = platform.countAnswerParts(createAnswerView(makeReport("run"), "brief", null));
    const delivered = channels.filter(({ messages }) => messages.filter(isAnswer).length === parts).length;
    const cards = channels.flatMap(({ messages }) => messages.filter(({ metadata }) => isKey(metadata, ":card")));
    return {
      title: `Slack: ${RUNS} runs at work for ${AT_WORK_MS / 1000} s in one workspace`,
      measurements: [
        atMost("chat.update calls within a minute", mostWithinAMinute(editsOf(fake)), MOST_EDITS, ""),
        measured("chat.update calls in all", editsOf(fake).length),
        atMost("calls that Slack refused", fake.calls.filter(isRefused).length, 0, ""),
        atMost("answers that were not delivered", RUNS - delivered, 0, ""),
        atMost("plans that do not show the end", cards.filter(({ blocks }) => !isDone(blocks)).length, 0, ""),
      ],
    };
  } finally {
    await platform.close();
    await fake.close();
  }
}

function newsOf(step: number): ProgressEvent {
  return { type: "search-end", query: `query ${step}`, hits: step };
}

function editsOf({ calls }: FakeSlack): number[] {
  return calls.filter(({ method }) => method === "chat.update").map(({ at }) => at);
}

function mostWithinAMinute(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
}

type Message = FakeSlack["workspace"]["channels"] extends Map<string, { messages: (infer Each)[] }> ? Each : never;

function isAnswer({ metadata }: Message): boolean {
  return isKey(metadata, ":answer:");
}

function isKey(metadata: Message["metadata"], part: string): boolean {
  return String(metadata?.event_payload.key ?? "").includes(part);
}

function isDone(blocks: Message["blocks"]): boolean {
  return /"title":"Done /.test(JSON.stringify(blocks));
}

function isRefused({ reply, method }: FakeSlack["calls"][number]): boolean {
  return !reply.ok && method !== "agents.sessions.setStatus";
}
