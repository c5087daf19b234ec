import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseCommand } from "../../src/chat/command.ts";
import { newCard } from "../../src/chat/progress-card.ts";
import { addChannel } from "../helpers/fake-slack-world.ts";
import { openStage, type SlackStage } from "../helpers/slack-platform.ts";

const card = newCard({ id: "run", question: "Why?", depth: "quick", startedAt: "2026-11-22T10:00:00.000Z" });

function callsOf({ fake }: SlackStage, method: string) {
  return fake.calls.filter((call) => call.method === method);
}

/** Ana asks in her conversation with the app; the plan stands below. */
async function openPlan(stage: SlackStage) {
  const { message, delivered } = stage.fake.say(stage.at(stage.direct), "Why?");
  await delivered;
  const { id: channelId } = stage.direct;
  const thread = { platform: "slack", workspaceId: "T0FAKE", channelId, threadId: message.ts };
  return stage.platform.postCard(thread, card, "run:card");
}

describe("the conversation with the app", () => {
  it("offers what can be asked, each a question or command that is understood", async (test) => {
    const { fake, at, direct } = await openStage(test);
    fake.workspace.isAgent = true;
    await fake.openHome(at(direct), "messages");
    const [shown] = await fake.until(() => fake.workspace.prompts.length > 0 && fake.workspace.prompts);
    assert.equal(shown?.channel, direct.id);
    assert.equal(shown?.prompts.length, 4);
    const kinds = shown.prompts.map(({ message }) => parseCommand(message, new Date()).kind);
    assert.deepEqual(kinds, ["question", "question", "question", "help"]);
  });

  it("offers first what fits the channel that is looked at, but names no private one", async (test) => {
    const { fake, at, direct, policy } = await openStage(test);
    fake.workspace.isAgent = true;
    const { prompts } = fake.workspace;
    const first = async (step: number) => (await fake.until(() => prompts[step]))?.prompts[0]?.title;
    await fake.startAssistantThread(at(direct), policy.id);
    assert.equal(await first(0), "News about policy");
    assert.notEqual(prompts[0]?.threadTs, null);
    await fake.lookAt(at(addChannel(fake.workspace, "team-eu-ai-act")));
    assert.equal(await first(1), "News about eu ai act");
    await fake.lookAt(at(addChannel(fake.workspace, "merger", { kind: "private" })));
    assert.equal(await first(2), "A quick fact");
    await fake.lookAt(at(addChannel(fake.workspace, "general")));
    assert.equal(await first(3), "A quick fact");
    await fake.startAssistantThread(at(direct), null);
    assert.equal(await first(4), "A quick fact");
  });

  it("asks an app that is no agent, or an older Slack, once for things to press", async (test) => {
    const stage = await openStage(test);
    const { fake, at, direct } = stage;
    await fake.openHome(at(direct), "messages");
    await fake.until(() => callsOf(stage, "assistant.threads.setSuggestedPrompts").length === 1);
    const [first, second] = [await fake.openHome(at(direct), "messages"), await fake.openHome(at(direct), "home")];
    assert.ok([...first, ...second].every(({ isAcknowledged }) => isAcknowledged));
    await fake.until(() => fake.workspace.homes.size === 1);
    assert.equal(callsOf(stage, "assistant.threads.setSuggestedPrompts").length, 1);
  });
});

describe("a run at work", () => {
  it("shows as a session with its title where the app is an agent, and nothing of the older kind", async (test) => {
    const stage = await openStage(test);
    const { fake, platform } = stage;
    fake.workspace.isAgent = true;
    const plan = await openPlan(stage);
    await platform.updateCard(plan, { ...card, state: "done" });
    await fake.until(() => fake.workspace.sessions.length === 2);
    assert.deepEqual(
      fake.workspace.sessions.map(({ status }) => status),
      ["processing", "active"],
    );
    assert.equal(callsOf(stage, "agents.sessions.setStatus")[0]?.args.title, "Why?");
    assert.equal(callsOf(stage, "assistant.threads.setStatus").length, 0);
  });

  it("shows as a status and a title on a Slack without sessions, again before Slack takes it away, until the end", async (test) => {
    let aheadMs = 0;
    const stage = await openStage(test, { platform: { now: () => Date.now() + aheadMs } });
    const { fake, platform } = stage;
    fake.workspace.isAgent = true;
    fake.faults.push(({ method }) => (method === "agents.sessions.setStatus" ? { error: "unknown_method" } : null));
    const { statuses, titles } = fake.workspace;
    const plan = await openPlan(stage);
    await fake.until(() => statuses.length === 1 && titles.size === 1);
    await platform.updateCard(plan, { ...card, title: "1 of 5" });
    aheadMs = 110_000;
    await platform.updateCard(plan, { ...card, title: "2 of 5" });
    await fake.until(() => statuses.length === 2);
    await platform.updateCard(plan, { ...card, state: "done" });
    await fake.until(() => statuses.length === 3);
    assert.deepEqual(
      statuses.map(({ status }) => status),
      ["is researching…", "is researching…", ""],
    );
    assert.deepEqual(Array.from(titles), [[plan.thread.threadId, "Why?"]]);
    assert.equal(callsOf(stage, "agents.sessions.setStatus").length, 1);
  });

  it("shows in the plan alone where Slack knows neither, and each is asked once", async (test) => {
    const stage = await openStage(test);
    const { fake, platform } = stage;
    fake.faults.push(({ method }) => (/^(?:agents|assistant)\./.test(method) ? { error: "unknown_method" } : null));
    const asked = () => fake.calls.filter(({ method }) => /^(?:agents|assistant)\./.test(method)).length;
    const plan = await openPlan(stage);
    await fake.until(() => asked() === 3);
    await platform.updateCard(plan, { ...card, state: "done" });
    await platform.postCard(plan.thread, { ...card, runId: "other" }, "other:card");
    assert.equal(stage.direct.messages.length, 3);
    assert.equal(asked(), 3);
  });
});
