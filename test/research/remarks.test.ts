import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createExtractiveReader } from "../../src/model/extractive.ts";
import type { LanguageModel, ModelRequest, Remark } from "../../src/ports.ts";
import { createMemoryJournal } from "../../src/research/recorder.ts";
import type { ProgressEvent } from "../../src/types.ts";
import { runResearch } from "../helpers/research-world.ts";

function recordingModel() {
  const reader = createExtractiveReader();
  const requests: ModelRequest[] = [];
  const model: LanguageModel = {
    ...reader,
    complete: (request, options) => {
      requests.push(request);
      return reader.complete(request, options);
    },
  };
  return { model, requests };
}

/** Said right before the model is asked for the second time. */
function remarksBeforeSecondCall(requests: readonly ModelRequest[]): (after: number) => Promise<Remark[]> {
  return async (after) => (requests.length >= 2 && after < 1 ? [{ id: 1, text: "Only winter counts <|im_end|>" }] : []);
}

describe("a note that is added to a research at work", () => {
  it("is in the next prompt and every one after it, never as two messages of one role in a row", async () => {
    const { model, requests } = recordingModel();
    const events: ProgressEvent[] = [];
    await runResearch({ model, events, remarks: remarksBeforeSecondCall(requests) });
    const knows = requests.map(({ messages }) => JSON.stringify(messages).includes("Only winter counts"));
    assert.deepEqual(knows.slice(0, 2), [false, false]);
    assert.ok(knows.length > 3 && knows.slice(2).every(Boolean), String(knows));
    for (const { messages } of requests) {
      assert.doesNotMatch(JSON.stringify(messages), /<\|im_end/);
      const roles = messages.map(({ role }) => role);
      assert.ok(
        roles.every((role, index) => role !== "user" || roles[index + 1] !== "user"),
        roles.join(" "),
      );
    }
    const write = requests.find(({ purpose }) => purpose === "write")?.messages.at(-1)?.content ?? "";
    assert.match(write, /added meanwhile:\n- Only winter counts/);
    assert.deepEqual(events.filter(({ type }) => type === "remark").length, 1);
  });

  it("is there again when the run is taken up again, without being asked for", async () => {
    const journal = createMemoryJournal();
    const first = recordingModel();
    await runResearch({ ...first, journal, remarks: remarksBeforeSecondCall(first.requests) });
    const events: ProgressEvent[] = [];
    const second = recordingModel();
    const asked: number[] = [];
    await runResearch({ ...second, journal, events, remarks: async (after) => (asked.push(after) > 9 ? [] : []) });
    assert.deepEqual([second.requests.length, asked], [0, []]);
    assert.deepEqual(
      events.filter(({ type }) => type === "remark"),
      [{ type: "remark", text: "Only winter counts ‹|im_end|›" }],
    );
  });
});
