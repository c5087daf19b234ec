import assert from "node:assert/strict";
import { it } from "node:test";
import { UNLIMITED } from "../../src/chat/quotas.ts";
import { resolveSettings, type StoredSetting, suggestValues } from "../../src/chat/settings.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { settingsDesk } from "../helpers/settings.ts";

const HERE = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: null };
const ADA = { asker: "test:ada", thread: HERE };
const ADMIN = { asker: "test:admin", thread: HERE };

it("the nearest setting counts, and what is no value any more does not", () => {
  const stored: StoredSetting[] = [
    { scope: "workspace", name: "depth", value: "quick" },
    { scope: "workspace", name: "form", value: "table" },
    { scope: "channel", name: "depth", value: "deep" },
    { scope: "channel", name: "form", value: "poem" },
    { scope: "person", name: "answers", value: "off" },
  ];
  const { depth, form, mayAsk, digests } = resolveSettings(stored, UNLIMITED);
  assert.deepEqual(
    { depth, form, mayAsk, digests },
    { depth: "deep", form: "table", mayAsk: true, digests: "everyone" },
  );
});

it("limits that are set in chat only lower those of the operator", () => {
  const operator = { ...UNLIMITED, runsPerPersonAndDay: 10 };
  const at = (value: string) =>
    resolveSettings([{ scope: "workspace", name: "questions per day", value }], operator).limits.runsPerPersonAndDay;
  assert.deepEqual([at("5"), at("50")], [5, 10]);
});

it("a list under the field holds what fits", () => {
  assert.deepEqual(suggestValues("depth", ""), ["default", "quick", "standard", "deep"]);
  assert.deepEqual(suggestValues("time zone", "berl"), ["Europe/Berlin"]);
  assert.deepEqual(suggestValues("language", "germ"), ["German"]);
  assert.deepEqual(suggestValues("nothing", "x"), []);
});

describeOnEachEngine("the settings", (open) => {
  it("are kept for a person in every channel, for a channel, and for a workspace", async (test) => {
    const desk = settingsDesk(await open(test));
    assert.match(
      await desk.change(ADA, { scope: "person", name: "depth", value: "Deep" }),
      /^Saved\. depth: deep \(set for you\)/,
    );
    await desk.change(ADMIN, { scope: "channel", name: "form", value: "table" });
    await desk.change(ADMIN, { scope: "workspace", name: "language", value: "deutsch" });
    const elsewhere = { ...HERE, channelId: "C2" };
    const pick = ({ depth, form, language }: Awaited<ReturnType<typeof desk.of>>) => [depth, form, language];
    assert.deepEqual(pick(await desk.of(ADA)), ["deep", "table", "de"]);
    assert.deepEqual(pick(await desk.of({ ...ADA, thread: elsewhere })), ["deep", "brief", "de"]);
    assert.deepEqual(pick(await desk.of({ asker: "test:bob", thread: HERE })), ["standard", "table", "de"]);
    assert.deepEqual(pick(await desk.of({ ...ADA, thread: { ...HERE, workspaceId: "W2" } })), ["deep", "brief", null]);
    await desk.change(ADA, { scope: "person", name: "depth", value: null });
    assert.equal((await desk.of(ADA)).depth, "standard");
  });

  it("of a channel and a workspace are the admins'; others are told so, and nothing is saved", async (test) => {
    const desk = settingsDesk(await open(test));
    assert.match(
      await desk.change(ADA, { scope: "channel", name: "answers", value: "off" }),
      /Only admins may set answers/,
    );
    const problems = await desk.save(ADA, [
      { scope: "person", name: "depth", value: "deep" },
      { scope: "workspace", name: "cost per month", value: "1000000" },
    ]);
    assert.deepEqual(
      problems.map(({ name }) => name),
      ["cost per month"],
    );
    assert.equal((await desk.of(ADA)).depth, "standard");
    assert.deepEqual(new Set((await desk.view(ADA)).fields.map(({ scope }) => scope)), new Set(["person"]));
    assert.deepEqual(
      new Set((await desk.view(ADMIN)).fields.map(({ scope }) => scope)),
      new Set(["person", "channel", "workspace"]),
    );
    const home = { ...ADMIN, thread: { ...HERE, channelId: "" } };
    assert.ok((await desk.view(home)).fields.every(({ scope }) => scope !== "channel"));
  });

  it("say what was expected of a value that is none", async (test) => {
    const desk = settingsDesk(await open(test));
    for (const [name, value, expected] of [
      ["time zone", "Mars/Olympus", /a time zone such as/],
      ["language", "Klingonish", /a language such as/],
      ["depth", "bottomless", /quick, standard, deep, not “bottomless”/],
    ] as const)
      assert.match(await desk.change(ADA, { scope: "person", name, value }), expected);
    for (const [name, value] of [
      ["blocked sites", "not a site"],
      ["questions per day", "-3"],
      ["cost per month", "lots"],
    ] as const)
      assert.match(await desk.change(ADMIN, { scope: "workspace", name, value }), /expected/);
    assert.match(
      await desk.change(ADMIN, { scope: "channel", name: "cost per month", value: "5" }),
      /is set for the workspace/,
    );
  });
});
