import assert from "node:assert/strict";
import { type CheckedStatement, checkAnswer } from "../../src/research/citations.ts";
import { makePage } from "./pages.ts";

/** Checks one sentence against the one page that it names. A page's title is its first line unless told. */
export function checkOne(statement: string, text: string, title = text.split("\n")[0] ?? ""): CheckedStatement {
  const page = makePage("https://example.org/page", title, text);
  const marked = statement.replace(/([.!?]?)$/, " 【1】$1");
  const [checked, ...more] = checkAnswer(marked, [{ number: 1, hops: 0, foundBy: "search", query: null, page }]);
  assert.ok(checked !== undefined && more.length === 0, `not one sentence: ${statement}`);
  return checked;
}
