import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type FakeModel, type FakeReply, type FakeRequest, startFakeModel } from "../test/helpers/fake-model-server.ts";
import { type Child, startChild } from "./child-process.ts";
import { questionAbout, writeCorpus } from "./corpus.ts";
import { respond } from "./model-script.ts";
import { type Recorder, startRecorder } from "./recorder.ts";

export interface HouseOptions {
  /** Null for the embedded database. */
  databaseUrl: string | null;
  /** Closes the house: no process is started any more, and nobody asks. */
  signal: AbortSignal;
  /** How long the model thinks. */
  modelDelayMs?: number;
  environment?: Record<string, string>;
}

/** A question as the chat platform has it. */
export interface Asked {
  number: number;
  askedAt: number;
  /** When the product took it; null until then. */
  ackedAt: number | null;
}

/** The product's processes with everything around them: model, documents, chat platform, and people who ask. */
export interface House {
  /** Of the embedded database. */
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
  readonly recorder: Recorder;
  readonly model: FakeModel;
  readonly questions: readonly Asked[];
  readonly children: Child[];
  /** Asked for each request to the model, before the usual answer. */
  treatModel: (request: FakeRequest) => Promise<FakeReply | null>;
  /** Whose request it is: each process has a key of its own. */
  childOf(request: FakeRequest): Child | null;
  start(what: { listens: boolean; works: boolean }, environment?: Record<string, string>): Child;
  /** Says it again until somebody acknowledges it, as platforms do. Resolves then. */
  ask(details?: { asker?: string; text?: string }): Promise<Asked>;
  /** One delivery of one event: the HTTP status, or null when nobody answered. */
  say(message: object): Promise<number | null>;
  /** The question is deleted in the chat. */
  withdraw(number: number): Promise<void>;
  message(number: number, details?: { asker?: string; text?: string; eventId?: string }): object;
  close(): Promise<void>;
}

export async function openHouse({
  databaseUrl,
  signal,
  modelDelayMs = 60,
  environment = {},
}: HouseOptions): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "ruminate-faults-"));
  writeCorpus(join(folder, "corpus"));
  const recorder = await startRecorder();
  const model = await startFakeModel({
    respond: async (request) => {
      const special = await house.treatModel(request);
      return special ?? { ...respond(request), delayMs: modelDelayMs };
    },
  });
  const shared: Record<string, string> = {
    CORPUS: join(folder, "corpus"),
    SEARCH: "local",
    DATA_DIR: join(folder, "data"),
    OPENAI_BASE_URL: model.baseUrl,
    MODELS: "fake-model",
    RUNS_PER_PERSON: "50",
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    ...environment,
  };
  const questions: Asked[] = [];
  const children: Child[] = [];

  async function send(path: string, message: object): Promise<number | null> {
    const port = children.find((child) => child.isAlive() && child.port() !== null)?.port();
    if (port == null) return null;
    try {
      const body = JSON.stringify(message);
      return (await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body })).status;
    } catch {
      // It died before it answered: nobody knows whether the message was stored.
      return null;
    }
  }

  const house: House = {
    dataDirectory: shared.DATA_DIR ?? "",
    databaseUrl,
    recorder,
    model,
    questions,
    children,
    treatModel: async () => null,
    childOf: ({ headers }) => children.find((_, index) => headers.authorization === `Bearer ${keyOf(index)}`) ?? null,
    start: (what, own = {}) => {
      signal.throwIfAborted();
      const environment = { ...shared, OPENAI_API_KEY: keyOf(children.length), ...own };
      const child = startChild({ ...what, recorderUrl: recorder.url, environment });
      children.push(child);
      return child;
    },
    ask: async (details) => {
      const asked: Asked = { number: questions.length, askedAt: Date.now(), ackedAt: null };
      questions.push(asked);
      const message = house.message(asked.number, details);
      while ((await house.say(message)) !== 200) await wait(RESEND_MS, null, { signal });
      asked.ackedAt = Date.now();
      return asked;
    },
    say: (message) => send("/say", message),
    withdraw: async (number) => {
      await send("/withdraw", house.message(number));
    },
    message: (
      number,
      { asker = `recorder:person-${number % 7}`, text = `quick: ${questionAbout(number)}`, eventId } = {},
    ) => ({
      eventId: eventId ?? `event-${number}`,
      messageId: `message-${number}`,
      thread: { platform: "recorder", workspaceId: "W1", channelId: "C1", threadId: `thread-${number}` },
      asker,
      text,
      sentAt: new Date().toISOString(),
    }),
    close: once(async () => {
      for (const child of children) if (child.isAlive()) child.kill("SIGKILL");
      await Promise.all(children.map(({ exited }) => exited));
      await Promise.all([recorder.close(), model.close()]);
      rmSync(folder, { recursive: true, force: true });
    }),
  };
  signal.addEventListener("abort", house.close, { once: true });
  return house;
}

const RESEND_MS = 200;
/** Whoever asks again waits for the first time. */
function once(work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | null = null;
  return () => {
    working ??= work();
    return working;
  };
}

const keyOf = (index: number): string => `sk-of-process-${index}`;
