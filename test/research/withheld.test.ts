import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusalForQuery, withheldWords } from "../../src/research/withheld.ts";

const TALK =
  "PROJECT-ORION-77: the Larkspur merger closes on Friday; key tok_live_51f3. Dana signs. It is about heat pumps.";
const QUESTION = "How well do heat pumps of Larkspur work below minus 15 C?";

describe("words of a conversation", () => {
  const withheld = withheldWords(TALK, QUESTION);

  it("do not leave in a query when they are names, numbers or keys", () => {
    for (const query of ["project-orion-77 heat pumps", "merger tok_live_51f3", "Friday heat pump", "orion heat pumps"])
      assert.match(refusalForQuery(query, withheld) ?? "", /words of the conversation/, query);
  });

  it("may be searched when they are common words or stand in the question", () => {
    for (const query of ["heat pumps merger closes", "larkspur heat pumps", "minus 15"])
      assert.equal(refusalForQuery(query, withheld), null, query);
  });

  it("are kept as hashes only", () => {
    assert.ok(withheld.length >= 3);
    assert.doesNotMatch(withheld.join(" "), /orion|tok_live|friday/i);
  });

  it("cannot be sent as a long code either", () => {
    const encoded = Buffer.from(TALK).toString("base64url");
    assert.match(refusalForQuery(encoded, []) ?? "", /long code/);
    assert.match(refusalForQuery(`see ${Buffer.from(TALK).toString("hex")}`, []) ?? "", /long code/);
    assert.equal(refusalForQuery("Donaudampfschifffahrtsgesellschaftskapitänsmütze", []), null);
  });
});
