import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHostAllowed } from "../src/domain-rules.ts";

describe("domain rules", () => {
  it("allow everything without a list", () => {
    assert.ok(isHostAllowed("example.org", { allowed: [], blocked: [] }));
  });

  it("mean a domain and everything below it, however the entry is written", () => {
    for (const entry of [
      "example.org",
      "*.example.org",
      ".Example.org",
      "https://www.example.org/path?q",
      "www.example.org",
    ]) {
      const rules = { allowed: [entry], blocked: [] };
      assert.ok(isHostAllowed("example.org", rules), entry);
      assert.ok(isHostAllowed("docs.EXAMPLE.org.", rules), entry);
      assert.ok(!isHostAllowed("badexample.org", rules), entry);
      assert.ok(!isHostAllowed("example.org.evil.net", rules), entry);
    }
  });

  it("know whole top-level domains", () => {
    assert.ok(isHostAllowed("www.nasa.gov", { allowed: ["gov", ".edu"], blocked: [] }));
    assert.ok(!isHostAllowed("gov.example.org", { allowed: ["gov"], blocked: [] }));
  });

  it("let blocking win, and take an empty entry for none", () => {
    assert.ok(!isHostAllowed("bad.example.org", { allowed: ["example.org"], blocked: ["bad.example.org"] }));
    assert.ok(isHostAllowed("example.org", { allowed: [], blocked: ["", " "] }));
  });
});
