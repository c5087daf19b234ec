import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import { openStage } from "../helpers/slack-platform.ts";

const ADDRESS = "https://acme.slack.com/archives/C1/p1?thread_ts=1.0&cid=C1";
const ASKED = { state: "answered", at: "Fri 27 Nov 2026 09:00", url: null };

describe("the Home tab", () => {
  it("is made for whoever opens it, of what is theirs", async (test) => {
    const asked: unknown[] = [];
    const { fake, ana } = await openStage(test, {
      handlers: {
        onHome: async (person, workspace) => {
          asked.push([person, workspace.workspaceId]);
          return {
            usage: ["You, today: 3 of 20 questions, $0.12."],
            questions: [
              { ...ASKED, question: "Why is <!channel> the sky blue?", url: ADDRESS },
              ...Array(60).fill({ ...ASKED, question: "x".repeat(5_000) }),
            ],
            digests: [],
            settings: ["depth: deep (set for you)"],
          };
        },
      },
    });
    await fake.openHome({ workspace: fake.workspace, user: ana });
    await fake.until(() => fake.workspace.homes.has(ana.id));
    assert.deepEqual(asked, [[`slack:T0FAKE:${ana.id}`, "T0FAKE"]]);
    const home = JSON.stringify(fake.workspace.homes.get(ana.id));
    assert.match(home, /3 of 20 questions.*the sky blue\?.*answered.*Your digests.*None yet/);
    assert.match(home, /What is set.*depth: deep \(set for you\).*Change settings/);
    assert.ok(home.includes(`{"type":"link","url":"${ADDRESS}","text":"Why is`), "the question leads to its answer");
    assert.deepEqual(fake.pings, []);
  });

  it("is acknowledged once also when Slack refuses the page or it cannot be made, and is made when it is opened next", async (test) => {
    let isBroken = false;
    const { fake, ana } = await openStage(test, {
      fake: { retryDelaysMs: [0, 0, 0] },
      handlers: {
        onHome: async () => {
          if (isBroken) throw new RuminateError("DATABASE_UNAVAILABLE", "Gone for a moment.");
          return { usage: ["Nothing yet."], questions: [], digests: [], settings: [] };
        },
      },
    });
    const open = async () => (await fake.openHome({ workspace: fake.workspace, user: ana }))[0]?.attempts.length;
    const tries = () => fake.calls.filter(({ method }) => method === "views.publish").length;
    fake.failNext("views.publish", { error: "invalid_arguments" });
    assert.equal(await open(), 1);
    await fake.until(() => tries() === 1);
    isBroken = true;
    assert.equal(await open(), 1);
    isBroken = false;
    assert.equal(await open(), 1);
    await fake.until(() => fake.workspace.homes.has(ana.id));
    assert.equal(tries(), 2);
  });

  it("is not made when somebody opens the messages beside it", async (test) => {
    const { fake, ana } = await openStage(test);
    await fake.openHome({ workspace: fake.workspace, user: ana }, "messages");
    assert.equal(fake.workspace.homes.size, 0);
  });
});
