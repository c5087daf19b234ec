import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { onlyNews } from "../../src/jobs/digest-news.ts";
import { makeReport } from "../helpers/runs.ts";

const SOURCES = [{ number: 1, title: "A page", url: "https://example.org/1", publishedAt: null, readAt: "" }];
const told = [
  "The queue supports PGlite as a backend.",
  "The release of version 5 moved to May.",
  "It costs 12 euros a month.",
];

/** The points of a digest that are left when these were told before. */
function newsIn(...points: string[]): string[] {
  const answer = points.map((point) => `- ${point} [1]`).join("\n");
  const before = told.map((statement) => ({ statement, urls: [] }));
  return (onlyNews(makeReport("r", { answer, sources: SOURCES }), before).news ?? []).map(({ statement }) => statement);
}

describe("news of a digest", () => {
  it("are no points that were told before, in the same words or nearly", () => {
    assert.deepEqual(newsIn(...told, "PGlite is supported by the queue as a backend."), []);
  });

  it("are those that turn a told one round, or move its date or figure, and they come first", () => {
    const turned = [
      "The queue does not support PGlite as a backend.",
      "The queue no longer supports PGlite as a backend.",
      "The release of version 5 moved to June.",
      "It costs 15 euros a month.",
    ];
    assert.deepEqual(newsIn("A dashboard was announced.", ...turned), [...turned, "A dashboard was announced."]);
  });
});
