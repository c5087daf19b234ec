import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { renderAnswerText } from "../../adapters/terminal/answer-text.ts";
import type { AnswerView } from "../../src/chat-ports.ts";

const PROSE = "The **marsh heron** of Velm eats voles and dead fish in winter, and it nests in April. [1]";
const ITEM = "- It lives at the lake Orr, together with the storks of Velm and with the many grebes there.";
const CODE = `\`\`\`js\nconst heron = { eats: ["voles", "dead fish", "frogs", "the occasional mouse"], nests: "April" };\n\`\`\``;
const TABLE = `| Source | Statement |\n| --- | --- |\n| Marsh heron | ${"It eats voles in winter. ".repeat(4)}[1] |`;

function view(body: string): AnswerView {
  const sources = [
    {
      number: 1,
      title: "@\u2060birds/heron: A bird",
      url: "file:///home/me/node_modules/@birds/heron/README.md",
      date: null,
    },
    { number: 2, title: "Velm", url: "https://velm.example/birds", date: "2026-05-02T10:00:00Z" },
  ];
  return { body, sources, footer: ["1 of 1 statements confirmed"] } as unknown as AnswerView;
}

describe("an answer in a terminal", () => {
  it("is broken between words, item by item, and code and tables stay whole", () => {
    const text = stripVTControlCharacters(
      renderAnswerText(view([PROSE, ITEM, CODE, TABLE].join("\n\n")), { isTerminal: true, columns: 40 }),
    );
    const prose = "The marsh heron of Velm eats voles and\ndead fish in winter, and it nests in\nApril. [1]";
    assert.ok(text.startsWith(prose), text);
    assert.ok(text.includes("\n- It lives at the lake Orr, together\n  with the storks of Velm"), text);
    assert.ok(text.includes(CODE));
    assert.ok(text.includes(TABLE));
  });

  it("is as it was written in a pipe", () => {
    const text = renderAnswerText(view([PROSE, ITEM].join("\n\n")), { isTerminal: false, columns: 40 });
    assert.ok(text.startsWith(`${PROSE}\n\n${ITEM}\n\nSources\n`));
  });

  it("names the place of a source once, and its date", () => {
    const text = renderAnswerText(view(PROSE), { isTerminal: false });
    assert.match(text, /^\[1\] @birds\/heron: A bird$/m);
    assert.match(text, /^\[2\] Velm \(velm\.example, 2026-05-02\)$/m);
  });
});
