import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readEvents } from "../../src/model/read-events.ts";

async function read(text: string, splitBytes = 7, maxBytes = 1_000_000): Promise<string[]> {
  const bytes = new TextEncoder().encode(text);
  async function* body() {
    for (let start = 0; start < bytes.length; start += splitBytes) yield bytes.subarray(start, start + splitBytes);
  }
  return Array.fromAsync(readEvents(body(), { maxBytes, onBytes: () => undefined }));
}

describe("readEvents", () => {
  it("skips comments and foreign fields, and joins several data lines", async () => {
    const events = await read(
      ": OPENROUTER PROCESSING\n\nevent: x\nid: 1\ndata: a\ndata:b\n\n: again\n\ndata: [DONE]\n\n",
    );
    assert.deepEqual(events, ["a\nb", "[DONE]"]);
  });

  it("reads every kind of line end, a byte order mark, and a last event without its empty line", async () => {
    assert.deepEqual(await read("\ufeffdata: a\r\n\r\ndata: b\r\rdata: c", 1), ["a", "b", "c"]);
  });

  it("gives the same events however the bytes are torn apart", async () => {
    const data = fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, " ").trim()));
    await fc.assert(
      fc.asyncProperty(data, fc.integer({ min: 1, max: 40 }), async (events, splitBytes) => {
        const text = events.map((event) => `data: ${event}\n\n: keep-alive\n\n`).join("");
        assert.deepEqual(await read(text, splitBytes), events);
      }),
      { numRuns: 200 },
    );
  });

  it("ends a reply that never ends", async () => {
    await assert.rejects(read(`data: ${"x".repeat(5_000)}`, 100, 1_000), RangeError);
  });
});
