import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";

export interface UntilOptions {
  /** What is waited for, for whoever reads the failure. */
  what: string;
  withinMs?: number;
}

/**
 * Waits until there is an answer that is not false, null or undefined, and gives it back; fails when the time is over.
 * A wait without an end would go on after its test has timed out, and with it the whole process of the tests.
 */
export async function until<Answer>(
  ask: () => Awaitable<Answer | false | null | undefined>,
  { what, withinMs = 30_000 }: UntilOptions,
): Promise<Answer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer != null) return answer;
    assert.ok(performance.now() < deadline, `Waited ${withinMs} ms in vain: ${what}.`);
    await wait(LOOK_AGAIN_MS);
  }
}

type Awaitable<Value> = Value | Promise<Value>;

const LOOK_AGAIN_MS = 5;
