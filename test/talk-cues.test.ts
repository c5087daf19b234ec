import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pointsAmong } from "../src/talk-cues.ts";
import { sentencesOf } from "../src/words.ts";

const kindsIn = (text: string) => pointsAmong(sentencesOf(text)).map(({ kind }) => kind);

describe("what in a message is worth telling", () => {
  it("is told by its words, in English and German", () => {
    const cases: [string, string[]][] = [
      ["ok, agreed: freeze Thu 18:00 to Mon 09:00", ["decision"]],
      ["let’s keep it until end of March", ["decision"]],
      ["we won't ship the dark mode this quarter", ["decision"]],
      ["Wir haben beschlossen, am Montag umzuziehen.", ["decision"]],
      ["who owns the on-call rota for the weekend?", ["question"]],
      ["can somebody review the migration?", ["request"]],
      ["Kannst du bitte die Rechnung prüfen?", ["request"]],
      ["I'll fix it today, PR by 5pm", ["promise"]],
      ["the upgrade on prod is done, took 11 min", ["news"]],
      ["We decided to take the second plan. Who tells the customer about it?", ["decision", "question"]],
    ];
    for (const [text, kinds] of cases) assert.deepEqual(kindsIn(text), kinds, text);
  });

  it("is not small talk, and nothing that was left open is a decision", () => {
    for (const text of [
      "lunch?",
      "great work!",
      "Thanks for the notes, that helps a lot.",
      "we haven't decided on the queue yet",
      "it was never agreed on by anybody",
      "noch nicht entschieden, wir warten",
    ])
      assert.ok(!kindsIn(text).includes("decision") && kindsIn(text).length === 0, text);
  });
});
