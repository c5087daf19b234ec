import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerContents as discordContents } from "../../adapters/discord/answer-view.ts";
import { answerContents as slackContents } from "../../adapters/slack/answer-blocks.ts";
import { planAnswer } from "../../adapters/slack/answer-parts.ts";
import { renderAnswerText } from "../../adapters/terminal/answer-text.ts";
import { createAnswerView } from "../../src/chat/answer-view.ts";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import type { Citation, Report } from "../../src/types.ts";
import { makeReport } from "../helpers/runs.ts";

const citation = (statement: string, rest: Partial<Citation> = {}): Citation => {
  const base = { number: 1, url: "https://example.org/1", passage: null, verdict: "supported" as const, reason: "" };
  return { ...base, statement, ...rest };
};

/** The report as each door shows it. */
function shown(report: Report): Record<string, string> {
  const view = createAnswerView(report, "report", null);
  const plan = planAnswer(view);
  const slack = plan.parts.map((_part, index) => slackContents(view, plan, index));
  return {
    terminal: renderAnswerText(view, { isTerminal: false }),
    slack: JSON.stringify(slack),
    discord: JSON.stringify(discordContents(view, renderMarkdownReport)),
  };
}

describe("the line about the check", () => {
  const citations = [
    citation("The bridge is long."),
    citation("The bridge is new.", { isSecondOpinion: true }),
    // Two sources, of which code saw one confirm it.
    citation("The bridge is red.", { isSecondOpinion: true }),
    citation("The bridge is red.", { number: 2 }),
    citation("The bridge is safe.", { verdict: "weak", reason: "Put otherwise." }),
  ];

  it("tells apart what only a model's second opinion confirmed, at every door", () => {
    const report = makeReport("run", { citations, uncited: [] });
    for (const [door, text] of Object.entries(shown(report)))
      assert.match(
        text,
        /3 of 4 statements confirmed in the sources' own text, 1 of them only by a model's second opinion, 1 could not be confirmed/,
        door,
      );
    assert.match(renderMarkdownReport(report), /2 of 4 statements .* by code .*, 1 more by a second opinion/);
  });

  it("does not speak of opinions when none was asked for", () => {
    const plain = citations.map(({ isSecondOpinion: _, ...each }) => each);
    const report = makeReport("run", { citations: plain, uncited: [] });
    for (const text of [...Object.values(shown(report)), renderMarkdownReport(report)])
      assert.doesNotMatch(text, /opinion/);
  });
});
