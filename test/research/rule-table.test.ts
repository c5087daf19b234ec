import assert from "node:assert/strict";
import { test } from "node:test";
import { type JudgedRow, tabulateRules } from "../../eval/rule-table.ts";

const row = (label: JudgedRow["label"], verdict: JudgedRow["verdict"], reason: string): JudgedRow => ({
  label,
  verdict,
  reason,
});

test("a rule's reasons count as one whatever words they name, right and wrong ones apart", () => {
  const rules = tabulateRules([
    row("unsupported", "unsupported", 'The page denies "open", the statement does not.'),
    row("unsupported", "unsupported", 'The page denies "paid", the statement does not; "Ada" is not in the page.'),
    row("supported", "unsupported", 'The page denies "won", the statement does not.'),
    row("supported", "supported", ""),
  ]);
  assert.deepEqual(rules, [
    {
      rule: "The page denies …, the statement does not",
      caught: 2,
      onlyCaught: 1,
      alarms: 1,
      onlyAlarms: 1,
      weak: 0,
      precision: 2 / 3,
    },
    { rule: "… is not in the page", caught: 1, onlyCaught: 0, alarms: 0, onlyAlarms: 0, weak: 0, precision: 1 },
  ]);
});

test("what was called weak decides nothing; words listed one after the other are one place", () => {
  const rules = tabulateRules([row("supported", "weak", 'The passage does not speak of "barn", "oats".')]);
  assert.deepEqual(
    rules.map(({ rule, weak, precision }) => ({ rule, weak, precision })),
    [{ rule: "The passage does not speak of …", weak: 1, precision: null }],
  );
});
