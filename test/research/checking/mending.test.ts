import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, deliverAnswer } from "../../../src/research/citations.ts";
import type { Source } from "../../../src/types.ts";
import { makePage } from "../../helpers/pages.ts";

const page = (number: number, text: string): Source => ({
  ...{ number, hops: 0, foundBy: "search", query: null },
  page: makePage(`https://example.org/${number}`, `Page ${number}`, text),
});
const SOURCES = [
  page(3, "The Alder bridge is 300 m long. It was built in 1932 by John Stone. It is painted red. It has four lanes."),
  page(4, "The Alder bridge carries 4,000 cars a day. The toll is 3 euros."),
];
const deliver = (answer: string): ReturnType<typeof deliverAnswer> =>
  deliverAnswer(answer, checkAnswer(answer, SOURCES), SOURCES);

/** What is given → what readers get. */
const MENDED: Record<string, [string, string]> = {
  "counts the items of a list anew when one was cut": [
    "1. The toll is 30 euros 【4】\n2. The toll is 3 euros 【4】\n   1. It was built in 1933 【3】\n   2. It has four lanes 【3】\n3. It was built in 1933 【3】\n4. It was built in 1932 【3】\n\nNow to more.\n\n5. It has four lanes 【3】",
    "1. The toll is 3 euros [1]\n   1. It has four lanes [2]\n2. It was built in 1932 [2]\n\nNow to more.\n\n5. It has four lanes [2]",
  ],
  "leaves lists of equal numbers, and numbers in code, as they are": [
    "1. The toll is 30 euros 【4】\n1. The toll is 3 euros 【4】\n\n```\n1. a\n2. b\n```",
    "1. The toll is 3 euros [1]\n\n```\n1. a\n2. b\n```",
  ],
  "takes a line out of a paragraph without tearing it": [
    "It has four lanes 【3】.\nThe toll is 30 euros 【4】.\nThe Alder bridge is 300 m long 【3】.",
    "It has four lanes [1].\nThe Alder bridge is 300 m long [1].",
  ],
  "takes a paragraph out of a block quotation": [
    "> The toll is 3 euros 【4】.\n>\n> The toll is 30 euros 【4】.\n>\n> It has four lanes 【3】.",
    "> The toll is 3 euros [1].\n>\n> It has four lanes [2].",
  ],
  "leaves no empty line of a block quotation at its ends": [
    "> The toll is 30 euros 【4】.\n>\n> It has four lanes 【3】.\n>\n> It was built in 1933 【3】.",
    "> It has four lanes [1].",
  ],
  "marks what cutting would tear out of emphasis": [
    "**The toll is 30 euros 【4】. The bridge has four lanes 【3】.**",
    "**The toll is 30 euros [1]. (unconfirmed) The bridge has four lanes [2].**",
  ],
  "marks what cutting would tear out of brackets": [
    "(The toll is 30 euros 【4】. The bridge has four lanes 【3】.)",
    "(The toll is 30 euros [1]. (unconfirmed) The bridge has four lanes [2].)",
  ],
  "keeps a bold lead whole when the sentence behind it is cut": [
    "**Toll.** The toll is 30 euros 【4】. **Length.** The Alder bridge is 300 m long 【3】.",
    "**Toll.** **Length.** The Alder bridge is 300 m long [1].",
  ],
  "takes brackets away that held only marks, and no others": [
    "The bridge (【99】, 【98】) has four lanes 【3】. Nobody calls `main()` or main().",
    "The bridge has four lanes [1]. Nobody calls `main()` or main().",
  ],
  "names a source once where a mark between its marks is gone": [
    "The toll is 3 euros 【4】 【3】 【4】.",
    "The toll is 3 euros [1].",
  ],
  "reads on behind a quotation or a list item with code that nobody closed": [
    "> ```\n> x[3]\n\nThe toll is 30 euros 【4】. The toll is 3 euros 【4】.",
    "> ```\n> x[3]\n\nThe toll is 3 euros [1].",
  ],
  "reads on behind a list item with code that nobody closed": [
    "- It has four lanes 【3】\n  ```\n  x[3]\n\nThe toll is 30 euros 【4】. The toll is 3 euros 【4】.",
    "- It has four lanes [1]\n  ```\n  x[3]\n\nThe toll is 3 euros [2].",
  ],
  "reads on behind code in which a mark is begun": [
    "```\n【3†torn\n```\n\nThe toll is 3 euros [4], or】 so 【4】.",
    "```\n【3†torn\n```\n\nThe toll is 3 euros [1], or so [1].",
  ],
  "leaves code that begins the answer code": [
    "    x[3] = 1\n\nThe toll is 3 euros 【4】.",
    "    x[3] = 1\n\nThe toll is 3 euros [1].",
  ],
  "reads no code from a backtick of one item to that of another": [
    "- One has ` in it, and four lanes 【3】\n- One has ` in it, and a toll of 3 euros 【4】",
    "- One has ` in it, and four lanes [1]\n- One has ` in it, and a toll of 3 euros [2]",
  ],
  "makes no link of a mark in double brackets": [
    "The toll is 3 euros [[4]](https://example.org/4). It has four lanes <sup>[3]</sup>.",
    "The toll is 3 euros [1]. It has four lanes [2].",
  ],
};

describe("the answer after the check", () => {
  for (const [promise, [given, expected]] of Object.entries(MENDED))
    it(promise, () => {
      assert.equal(deliver(given).answer, expected);
    });
});
