import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createCardUpdater } from "../../src/chat/card-updater.ts";
import { RuminateError } from "../../src/errors.ts";
import type { ProgressCard } from "../../src/types.ts";
import { silentLog } from "../helpers/databases.ts";
import { createRecordingPlatform } from "../helpers/recording-platform.ts";

const THREAD = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" };

function cardOf(title: string): ProgressCard {
  const startedAt = "2026-11-27T12:00:00.000Z";
  return { runId: "r1", question: "Why?", depth: "standard", title, state: "running", tasks: [], startedAt };
}

/** A platform whose edits fail so often, with the titles that it was asked to show. */
function openUpdater(failures: RuminateError[]) {
  const tried: string[] = [];
  const platform = {
    ...createRecordingPlatform(),
    limits: { answerPartChars: 1_000, cardEditIntervalMs: 1 },
    updateCard: async (_message: unknown, { title }: ProgressCard) => {
      tried.push(title);
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
    },
  };
  const open = async () => ({ message: { thread: THREAD, messageId: "m1" }, isNew: false });
  return { tried, updater: createCardUpdater(platform, open, silentLog) };
}

const noRoom = () => new RuminateError("POST_FAILED", "There is no room.", { isRetryable: true, retryAfterMs: 1 });

describe("the card of a research", () => {
  it("shows its last state although the platform did not take it at first", async () => {
    const { tried, updater } = openUpdater([noRoom(), noRoom()]);
    updater.show(cardOf("Done"));
    await updater.flush();
    assert.deepEqual(tried, ["Done", "Done", "Done"]);
  });

  it("is given up after three tries, or at once when its message is gone", async () => {
    const full = openUpdater([noRoom(), noRoom(), noRoom(), noRoom()]);
    full.updater.show(cardOf("Done"));
    await full.updater.flush();
    assert.equal(full.tried.length, 3);
    const gone = openUpdater([new RuminateError("POST_FAILED", "The message is gone.", { isRetryable: false })]);
    gone.updater.show(cardOf("Done"));
    await gone.updater.flush();
    assert.deepEqual(gone.tried, ["Done"]);
  });

  it("does not go back to a state that a newer one has replaced", async () => {
    const { tried, updater } = openUpdater([noRoom()]);
    updater.show(cardOf("Searching"));
    updater.show(cardOf("Done"));
    await updater.flush();
    assert.deepEqual(tried, ["Searching", "Done"]);
  });
});
