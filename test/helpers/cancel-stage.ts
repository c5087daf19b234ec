import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { ModelPurpose } from "../../src/ports.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import type { FakeReply } from "./fake-model-server.ts";
import { addChannel, addUser, type SlackChannel, type SlackMessage, type SlackUser } from "./fake-slack-world.ts";
import { startReadingModel } from "./reading-model.ts";
import { openSlackService, ownSlack } from "./service-stage.ts";
import { until } from "./until.ts";

/**
 * Where the questions stay: behind somebody else's that takes the only place; at the n-th model call of a purpose, which
 * is not answered, or answered so; at the post of the answer, which Slack does not take.
 */
export type Gate =
  | { at: "queue" }
  | { at: "model"; purpose: ModelPurpose; nth: number; reply?: FakeReply }
  | { at: "answer" };

export const WAYS = ["button", "native stop", "word", "command", "deletion"] as const;
export type Way = (typeof WAYS)[number];

/** Asked by Ana, each in a channel of its own. */
export interface Question {
  text: string;
  runId: string;
  channel: SlackChannel;
  message: SlackMessage;
}

export type CancelStage = Awaited<ReturnType<typeof openCancelStage>>;

interface StageOptions {
  gate: Gate | null;
  environment: Record<string, string>;
  /** Of each model call. */
  costUsd: number;
}

/** Slack with the service, with Ana, Ben and Cleo, who is an admin; what Ana asks stays at the gate. */
export async function openCancelStage(test: TestContext, { gate, environment, costUsd }: StageOptions) {
  const isOpen = Promise.withResolvers<void>();
  test.after(() => isOpen.resolve());
  const calls = new Map<string, number>();
  const model = await startReadingModel(test, {
    condense: () => "",
    costUsd,
    instead: async (purpose, { messages }) => {
      const name = `${purpose} ${/collector \d+/.exec(JSON.stringify(messages))?.[0]}`;
      const count = (calls.get(name) ?? 0) + 1;
      calls.set(name, count);
      if (gate?.at === "queue") await isOpen.promise;
      if (gate?.at !== "model" || gate.purpose !== purpose || count !== gate.nth) return null;
      if (gate.reply !== undefined) return gate.reply;
      await isOpen.promise;
      return null;
    },
  });
  const { fake, ana, ben, mention, database } = await openSlackService(test, {
    environment: { RUNS_PER_WORKER: "20", RUNS_PER_PERSON: "20", ...model.environment, ...environment },
    isUnhurried: true,
  });
  const cleo = addUser(fake.workspace, "cleo", { isAdmin: true });
  const elsewhere = addChannel(fake.workspace, "elsewhere");
  const place = (user: SlackUser, channel: SlackChannel) => ({ workspace: fake.workspace, user, channel });
  let takesAnswers = gate?.at !== "answer";
  fake.faults.push(({ args }) => {
    return !takesAnswers && /:answer:/.test(JSON.stringify(args.metadata ?? "")) ? { status: 500 } : null;
  });
  if (gate?.at === "queue") {
    fake.say(place(ben, addChannel(fake.workspace, "first")), `${mention} Which port is the first one on?`);
    await until(() => model.requests[0], { what: "the question that comes first is at work" });
  }

  return {
    people: { ana, ben, cleo },
    elsewhere,
    database,
    openGate: (): void => {
      takesAnswers = true;
      isOpen.resolve();
    },
    ask: async (index: number): Promise<Question> => {
      const channel = addChannel(fake.workspace, `room${index}`);
      const text = `Which port does the collector ${index} listen on for gRPC?`;
      const { message, delivered } = fake.say(place(ana, channel), `${mention} ${text}`);
      await delivered;
      const thread = { platform: "slack", workspaceId: fake.workspace.id, channelId: channel.id, threadId: null };
      const [run] = await createRunStore(database()).listRecent({ limit: 1, thread });
      return { text, channel, message, runId: run?.id ?? assert.fail(`${text} is not stored`) };
    },
    /** The question is at its gate, or ended. */
    reached: async ({ text, channel, runId }: Question, { shows, state }: { shows: RegExp; state: string | null }) => {
      const isShown = () =>
        ownSlack(channel.messages, /:card$/).some(({ blocks }) => shows.test(JSON.stringify(blocks)));
      await fake.until(isShown);
      // After the first refusal others may not even ask.
      if (gate?.at === "model" && gate.reply === undefined) {
        const name = `${gate.purpose} ${/collector \d+/.exec(text)?.[0]}`;
        await until(() => (calls.get(name) ?? 0) >= gate.nth, { what: `${text} is at its gate` });
      }
      const stored = async () => (await createRunStore(database()).find(runId))?.state;
      if (state !== null) await until(async () => (await stored()) === state, { what: `${text} is ${state}` });
    },
    stop: async (question: Question, { who, way, where }: { who: SlackUser; way: Way; where: SlackChannel }) => {
      const { runId, message } = question;
      const here = place(who, where);
      switch (way) {
        case "button": {
          const button = { type: "button", action_id: "ruminate_cancel", value: runId };
          const [card = assert.fail("no card")] = ownSlack(question.channel.messages, /:card$/);
          const shown = { ...card, blocks: [{ type: "actions", elements: [button] }] };
          return void (await fake.press(here, shown, { actionId: "ruminate_cancel" }));
        }
        case "native stop":
          return void (await fake.stopSession(here, message.ts));
        case "word":
          return void (await fake.say(here, `${mention} stop`, { threadTs: message.ts }).delivered);
        case "command":
          return void (await fake.command(here, "cancel"));
        case "deletion":
          return void (await fake.deleteMessage(here, { ...message, channel: where.id }));
      }
    },
    /** What a person was told alone in a channel; told once. */
    hears: async (who: SlackUser, where: SlackChannel, words: RegExp): Promise<void> => {
      const { ephemerals } = fake.workspace;
      const heard = await fake.until(() =>
        ephemerals.find(({ user, channel }) => user === who.id && channel === where.id),
      );
      ephemerals.splice(ephemerals.indexOf(heard), 1);
      assert.match(heard.text, words);
    },
    stateOf: async ({ runId }: Question): Promise<unknown> =>
      (await database().query("select state, cancel_requested_at from runs where id = $1", [runId]))[0],
    /** ":card", ":answer:0": what the app left in the thread, in order. */
    endings: ({ channel }: Question): string[] =>
      ownSlack(channel.messages, /./).map(({ metadata }) => String(metadata?.event_payload.key).replace(/^[^:]*/, "")),
    /** Model calls that were paid for, their cost, and what counts against the quotas. */
    spent: async ({ runId, channel }: Question) => {
      const [paid] = await database().query<{ calls: number; recorded: number }>(PAID, [runId]);
      const [used] = await database().query<{ questions: number; counted: number }>(USED, [`%:${channel.id}`]);
      return { ...{ calls: 0, recorded: 0, questions: 0, counted: 0 }, ...paid, ...used };
    },
  };
}

const PAID = `select count(*) filter (where cost_usd > 0)::int as calls,
    coalesce(sum(cost_usd), 0)::double precision as recorded
  from model_calls where run_id = $1`;
const USED = `select runs as questions, cost_usd as counted from quotas where scope = 'channel' and subject like $1`;
