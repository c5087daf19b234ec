import assert from "node:assert/strict";
import { it } from "node:test";
import { UNLIMITED } from "../../src/chat/quotas.ts";
import { placeRefusal, resolveSettings, type StoredSetting, suggestValues } from "../../src/chat/settings.ts";
import type { PlaceKind } from "../../src/chat-ports.ts";
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

it("channels that others read along in are off until admins allow them, the nearest word counts, and the operator's no is final", () => {
  const stored = (workspace: string, channel?: string): StoredSetting[] => [
    { scope: "workspace", name: "shared channels", value: workspace },
    ...(channel === undefined ? [] : [{ scope: "channel" as const, name: "shared channels", value: channel }]),
  ];
  const may = (settings: StoredSetting[], sharedChannels?: "yes" | "no") =>
    placeRefusal(resolveSettings(settings, { ...UNLIMITED, sharedChannels }), "C1", "shared") === null;
  assert.deepEqual(
    [may([]), may(stored("on")), may(stored("on", "off")), may(stored("off", "on"))],
    [false, true, false, true],
  );
  assert.deepEqual([may([], "yes"), may(stored("off"), "yes"), may(stored("off", "on"), "yes")], [true, false, true]);
  assert.deepEqual([may([], "no"), may(stored("on", "on"), "no")], [false, false]);
});

it("channels are kept out by either list, direct messages by none, and the way out is named", () => {
  const refusal = (name: string, kind: PlaceKind = "channel") =>
    placeRefusal(resolveSettings([{ scope: "workspace", name, value: "C0002, C0003" }], UNLIMITED), "C0001", kind);
  assert.match(
    refusal("allowed channels") ?? "",
    /none of them\. Ask me in a direct message .* ask an admin to add it/,
  );
  assert.equal(refusal("blocked channels"), null);
  assert.equal(refusal("allowed channels", "direct"), null);
  const blocked = resolveSettings([{ scope: "workspace", name: "blocked channels", value: "C0001" }], UNLIMITED);
  assert.match(placeRefusal(blocked, "C0001", "channel") ?? "", /do not answer in this channel\. Ask me in a direct/);
  const forOthers = placeRefusal(resolveSettings([], UNLIMITED), "C0001", "shared") ?? "";
  assert.match(forOthers, /ask an admin to allow it with `settings channel shared channels on`/);
  const final = placeRefusal(resolveSettings([], { ...UNLIMITED, sharedChannels: "no" }), "C0001", "shared") ?? "";
  assert.match(final, /ask the person who runs me/);
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
      (await desk.change(ADA, { scope: "person", name: "depth", value: "Deep" })).text,
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
      (await desk.change(ADA, { scope: "channel", name: "answers", value: "off" })).text,
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

  it("of channels are lists of ids, shown so that they can be found, and nobody allows what the operator forbids", async (test) => {
    const desk = settingsDesk(await open(test), { ...UNLIMITED, sharedChannels: "no" });
    const set = (name: string, value: string) => desk.change(ADMIN, { scope: "workspace", name, value });
    const { text, links } = await set("blocked channels", "<#C0456|policy>, C0789 C0456");
    assert.match(text, /^Saved\. blocked channels: <#C0456>, <#C0789> \(set for the workspace\)/);
    assert.deepEqual(links, ["<#C0456>", "<#C0789>"]);
    const field = (await desk.view(ADMIN)).fields.find(({ name }) => name === "blocked channels");
    assert.deepEqual([field?.isOfChannels, field?.value], [true, "C0456, C0789"]);
    assert.match((await set("shared channels", "on")).text, /Whoever runs me has turned shared channels off/);
    assert.match(
      (await desk.describe(ADA)).text,
      /- shared channels: off\n- allowed channels: all\n- blocked channels: <#/,
    );
  });

  it("say what was expected of a value that is none", async (test) => {
    const desk = settingsDesk(await open(test));
    for (const [name, value, expected] of [
      ["time zone", "Mars/Olympus", /a time zone such as/],
      ["language", "Klingonish", /a language such as/],
      ["depth", "bottomless", /quick, standard, deep, not “bottomless”/],
    ] as const)
      assert.match((await desk.change(ADA, { scope: "person", name, value })).text, expected);
    for (const [name, value] of [
      ["blocked sites", "not a site"],
      ["questions per day", "-3"],
      ["cost per month", "lots"],
      ["allowed channels", "policy"],
      ["shared channels", "maybe"],
    ] as const)
      assert.match((await desk.change(ADMIN, { scope: "workspace", name, value })).text, /expected/);
    assert.match(
      (await desk.change(ADMIN, { scope: "channel", name: "cost per month", value: "5" })).text,
      /is set for the workspace/,
    );
  });
});
