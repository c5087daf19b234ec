import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkOne } from "../../helpers/check-statement.ts";

const PAGE = `The Orvale railway

On 12 May 2022 the assembly elected Solveig Rand as chair; she took over from Jonas Hede, who did not stand again after nine years. The line was planned by Ada Munro.
At first Jonas Hede wanted to sell the shed. In 2023 Solveig Rand opened the new depot.
While the Corran Four stayed together for the railway's song, shortly after its release they dismissed the singer Bertram Holt, touring in support of the song with the replacement Tilda Maar. Bertram Holt wrote the words. Today Tilda Maar lives in Orvale.`;

describe("two names that have changed places", () => {
  for (const [held, altered] of [
    [
      "Solveig Rand: chair since 12 May 2022; predecessor Jonas Hede had served nine years.",
      "Jonas Hede: chair since 12 May 2022; predecessor Solveig Rand had served nine years.",
    ],
    [
      "Shortly after the song was released, the Corran Four dismissed Bertram Holt and toured with the replacement Tilda Maar.",
      "Shortly after the song was released, the Corran Four dismissed Tilda Maar and toured with the replacement Bertram Holt.",
    ],
  ] as const)
    it(altered, () => {
      assert.equal(checkOne(held, PAGE).verdict, "supported");
      assert.equal(checkOne(altered, PAGE).verdict, "unsupported");
      assert.match(checkOne(altered, PAGE).reason, /have other parts in the page/);
    });

  it("are told apart by who does it, in either voice", () => {
    assert.equal(checkOne("Bertram Holt was dismissed by the Corran Four.", PAGE).verdict, "supported");
  });
});
