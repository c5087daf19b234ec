import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SettingsField } from "../../src/chat-ports.ts";
import type { SettingChange } from "../../src/types.ts";
import { openStage } from "../helpers/slack-platform.ts";

const DEPTH: SettingsField = {
  ...{ scope: "person", name: "depth", hint: "How much is read" },
  ...{ choices: ["quick", "standard", "deep"], expected: "quick, standard, deep", value: "quick", usual: "standard" },
};
const SITES: SettingsField = {
  ...{ scope: "workspace", name: "blocked sites", hint: "Sites that are not opened" },
  ...{ choices: null, expected: "a list of sites", value: null, usual: "none" },
};

describe("the settings in Slack", () => {
  it("open as a form from the command, are saved, and say at the field what is wrong", async (test) => {
    const saved: { person: string; channelId: string; changes: readonly SettingChange[] }[] = [];
    const { fake, ana, policy, at, heard } = await openStage(test, {
      handlers: {
        onSettings: async () => ({ fields: [DEPTH, SITES] }),
        onSettingsSaved: async (person, { channelId }, changes) => {
          saved.push({ person, channelId, changes });
          const isWrong = changes.some(({ value }) => value === "nonsense");
          return isWrong ? [{ scope: "workspace", name: "blocked sites", problem: "expected a list of sites" }] : [];
        },
      },
    });
    await fake.command(at(policy), "settings");
    const [form] = fake.workspace.modals;
    assert.ok(form !== undefined);
    assert.match(JSON.stringify(form.view), /For you.*not set \(standard\).*For the workspace.*Blocked sites/);
    const wrong = await fake.submit(at(policy), form, {
      "person:depth": "deep",
      "workspace:blocked sites": "nonsense",
    });
    assert.deepEqual(wrong.response, {
      response_action: "errors",
      errors: { "workspace:blocked sites": "expected a list of sites" },
    });
    await fake.submit(at(policy), form, { "person:depth": "-", "workspace:blocked sites": "example.com" });
    assert.deepEqual(saved.at(-1), {
      person: `slack:T0FAKE:${ana.id}`,
      channelId: policy.id,
      changes: [
        { scope: "person", name: "depth", value: null },
        { scope: "workspace", name: "blocked sites", value: "example.com" },
      ],
    });
    assert.deepEqual(fake.workspace.modals, []);
    assert.deepEqual(heard, []);
  });

  it("open from the Home tab, where there is no channel", async (test) => {
    const places: string[] = [];
    const { fake, ana } = await openStage(test, {
      handlers: {
        onSettings: async (_person, { channelId }) => {
          places.push(channelId);
          return { fields: [DEPTH] };
        },
      },
    });
    const place = { workspace: fake.workspace, user: ana };
    await fake.openHome(place);
    const home = await fake.until(() => fake.workspace.homes.get(ana.id));
    await fake.pressInView(place, home, { actionId: "ruminate_open_settings" });
    assert.equal(fake.workspace.modals.length, 1);
    assert.deepEqual(places, [""]);
  });

  it("are changed by words as well, which the core understands", async (test) => {
    const { fake, policy, at, heard } = await openStage(test);
    await fake.command(at(policy), "settings depth deep");
    assert.equal(heard[0]?.text, "settings depth deep");
    assert.deepEqual(fake.workspace.modals, []);
  });
});
