import { createHash } from "node:crypto";
import { pino } from "pino";
import { runIdOf } from "../src/jobs/run-id.ts";
import { openDatabase } from "../src/storage/database.ts";
import type { FakeRequest } from "../test/helpers/fake-model-server.ts";
import type { House } from "./house.ts";
import { requestNumberOf } from "./model-script.ts";

/** The run that a question of the harness becomes. */
export function runOf(number: number): string {
  const thread = { platform: "recorder", workspaceId: "W1", channelId: "C1", threadId: `thread-${number}` };
  return runIdOf({ thread, messageId: `message-${number}` });
}

export function isAnswered({ recorder }: House, number: number): boolean {
  const key = `${runOf(number)}:answer:1`;
  return recorder.posts.some((post) => post.key === key);
}

/** Resolves with the questions that are still without their whole answer when the time is over. */
export async function untilAnswered(house: House, numbers: readonly number[], withinMs: number): Promise<number[]> {
  const deadline = Date.now() + withinMs;
  let open = [...numbers];
  for (;;) {
    open = open.filter((number) => !isAnswered(house, number));
    if (open.length === 0 || Date.now() > deadline) return open;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the platform saw that must not be: a key twice, a missing or a second answer, words for a failure. */
export function judgePosts({ recorder }: House, numbers: readonly number[]): string[] {
  const problems: string[] = [];
  const counts = new Map<string, number>();
  for (const { key } of recorder.posts) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [key, count] of counts) if (count > 1) problems.push(`${key} was posted ${count} times`);
  for (const number of numbers) {
    const own = recorder.posts.filter(({ key }) => key.startsWith(runOf(number)));
    const parts = own.filter(({ kind }) => kind === "answer").length;
    if (parts !== 2) problems.push(`question ${number} has ${parts} of 2 parts of its answer`);
    const notes = own.filter(({ kind }) => kind === "note").map(({ text }) => text);
    if (notes.length > 0) problems.push(`question ${number} got the words "${notes.join(" ")}"`);
    const answer = own.find(({ key }) => key.endsWith("answer:0"))?.text ?? "";
    if (parts > 0 && !/metres/.test(answer)) problems.push(`question ${number} got an answer without its facts`);
  }
  return problems;
}

/**
 * What was paid for twice: a request to the model for a step that was stored before the request came. Looks into the
 * database, so every process must have ended when it is the embedded one.
 */
export async function judgePayments(house: House): Promise<string[]> {
  const { databaseUrl: url, dataDirectory, model } = house;
  const log = pino({ level: "silent" });
  const database = await openDatabase({ url, dataDirectory, log });
  try {
    const rows = await database.query<{ run_id: string; recorded_at: string }>(
      "select run_id, recorded_at from journal where kind in ('plan', 'model') order by run_id, index",
    );
    const stored = Map.groupBy(rows, ({ run_id: runId }) => runId);
    const asked = Map.groupBy(model.requests, requestNumberOf);
    return Array.from(asked).flatMap(([number, requests]) =>
      repeatedPayments(
        requests,
        (stored.get(runOf(number)) ?? []).map(({ recorded_at: at }) => Date.parse(at)),
      ).map((problem) => `question ${number}: ${problem}`),
    );
  } finally {
    await database.close();
  }
}

/** Requests to the model that came more than once, where no process died with one on its way. */
export function repeatedCalls({ model }: House): string[] {
  const tries = Map.groupBy(model.requests, ({ messages }) => hashOf(messages));
  const repeated = Array.from(tries.values()).filter((requests) => requests.length > 1);
  return repeated.map(([first]) => `request ${first === undefined ? "?" : requestNumberOf(first)} was paid for twice`);
}

/** The steps of a run are its different prompts, in the order in which they first came. */
function repeatedPayments(requests: readonly FakeRequest[], storedAt: readonly number[]): string[] {
  const steps = Array.from(Map.groupBy(requests, ({ messages }) => hashOf(messages)).values());
  const problems = steps.flatMap((tries, step) => {
    const at = storedAt[step];
    const late = at === undefined ? [] : tries.filter((request) => request.at > at);
    return late.length === 0 ? [] : [`step ${step} was stored and asked for again`];
  });
  if (steps.length > storedAt.length)
    problems.push(`${steps.length} steps were paid for, ${storedAt.length} are stored`);
  return problems;
}

function hashOf(messages: unknown): string {
  return createHash("sha256").update(JSON.stringify(messages)).digest("hex");
}
