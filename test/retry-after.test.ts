import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRetryAfter } from "../src/retry-after.ts";

const now = new Date("2026-11-22T12:00:00Z");

describe("Retry-After", () => {
  it("is read as seconds or as a date", () => {
    assert.equal(parseRetryAfter("120", now), 120_000);
    assert.equal(parseRetryAfter(" 1.5 ", now), 1_500);
    assert.equal(parseRetryAfter("Sun, 22 Nov 2026 12:00:30 GMT", now), 30_000);
  });

  it("is never negative, and null when it says nothing", () => {
    assert.equal(parseRetryAfter("Sun, 22 Nov 2026 11:00:00 GMT", now), 0);
    for (const header of ["", "soon", null, undefined]) assert.equal(parseRetryAfter(header, now), null);
  });
});
