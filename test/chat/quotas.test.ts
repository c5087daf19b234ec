import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type QuotaKey, type QuotaLimits, quotaKeysOf, refusalOf, usageInWords } from "../../src/chat/quotas.ts";

const NOW = new Date("2026-12-31T18:30:30Z");
const REQUEST = {
  asker: "slack:U1",
  thread: { platform: "slack", workspaceId: "T1", channelId: "C1", threadId: null },
};
const LIMITS: QuotaLimits = {
  runsPerPersonAndDay: 5,
  runsPerChannelAndMonth: 50,
  runsPerWorkspaceAndMonth: 500,
  costUsdPerWorkspaceAndMonth: 20,
};

const refusal = (used: (key: QuotaKey) => { runs: number; costUsd: number }) =>
  refusalOf(quotaKeysOf(REQUEST, NOW), LIMITS, used, NOW);

describe("the quotas", () => {
  it("count by day for a person, by month for a channel and a workspace", () => {
    assert.deepEqual(quotaKeysOf(REQUEST, NOW), [
      { scope: "person", subject: "slack:U1", period: "2026-12-31" },
      { scope: "channel", subject: "slack:T1:C1", period: "2026-12" },
      { scope: "workspace", subject: "slack:T1", period: "2026-12" },
    ]);
  });

  it("tell what was used and what is left", () => {
    const used = ({ scope }: QuotaKey) => (scope === "person" ? { runs: 1, costUsd: 0.25 } : { runs: 7, costUsd: 3 });
    const words = (limits: QuotaLimits) => usageInWords(quotaKeysOf(REQUEST, NOW), limits, used, NOW).split("\n");
    assert.deepEqual(words(LIMITS), [
      "- You, today: 1 of 5 questions, $0.25. The count starts again at 00:00 UTC, in 5 h 30 m.",
      "- This channel, this month: 7 of 50 questions, $3.00. The count starts again on January 1 at 00:00 UTC.",
      "- This workspace, this month: 7 of 500 questions, $3.00 of $20.00. The count starts again on January 1 at 00:00 UTC.",
    ]);
    const without = {
      runsPerPersonAndDay: null,
      runsPerChannelAndMonth: null,
      runsPerWorkspaceAndMonth: null,
      costUsdPerWorkspaceAndMonth: null,
    };
    assert.equal(words(without)[0], "- You, today: 1 question, $0.25.");
  });

  it("let a request pass that is below every limit", () => {
    assert.equal(
      refusal(() => ({ runs: 4, costUsd: 19.99 })),
      null,
    );
  });

  it("say what is used up, how much, and when it starts again", () => {
    const only =
      (scope: QuotaKey["scope"], runs: number, costUsd = 0) =>
      (key: QuotaKey) =>
        key.scope === scope ? { runs, costUsd } : { runs: 0, costUsd: 0 };
    assert.equal(
      refusal(only("person", 5)),
      "You have used 5 of 5 questions today. The count starts again at 00:00 UTC, in 5 h 30 m.",
    );
    assert.equal(
      refusal(only("channel", 50)),
      "This channel has used 50 of 50 questions this month. The count starts again on January 1 at 00:00 UTC.",
    );
    assert.equal(
      refusal(only("workspace", 0, 20.5)),
      "This workspace has spent $20.50 of $20.00 this month. The count starts again on January 1 at 00:00 UTC.",
    );
  });
});
