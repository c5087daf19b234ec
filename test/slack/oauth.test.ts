import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it, type TestContext } from "node:test";
import type { Removal } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { createInstallations } from "../../src/storage/installations.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { createSeal } from "../../src/storage/seal.ts";
import type { ThreadRef } from "../../src/types.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { addChannel, addUser } from "../helpers/fake-slack-world.ts";
import { installApp, installedIn } from "../helpers/slack-install.ts";
import { connect, freePort, type Mode, openBareStage } from "../helpers/slack-platform.ts";

const HOUR_MS = 3_600_000;

/** An app that many install, with its installations in a real database. */
async function openOffice(test: TestContext, { mode = "http" as Mode } = {}) {
  const clock = { ms: Date.now() };
  const now = (): number => clock.ms;
  const stage = await openBareStage({ fake: { now } });
  const database = await openDatabase({ url: null, dataDirectory: await newDataDirectory(), log: silentLog });
  await migrate(database);
  const seal = createSeal([randomBytes(32).toString("base64")]);
  const installations = createInstallations(database, { platform: "slack", seal });
  const { clientId, clientSecret } = stage.fake;
  const removals: Removal[] = [];
  const handlers = { onRemoved: async (removal: Removal) => void removals.push(removal) };
  async function open() {
    const port = await freePort();
    const installed = { installations, clientId, clientSecret, port, now };
    const platform = await connect(test, stage, { mode, port, handlers, platform: { installed } });
    return { platform, pages: `http://127.0.0.1:${port}` };
  }
  const first = await open();
  test.after(() => database.close());
  return { ...stage, ...first, open, clock, installations, database, removals };
}

type Office = Awaited<ReturnType<typeof openOffice>>;

/** Somebody adds the app. */
function install({ pages }: Pick<Office, "pages">, code: string, change: { state?: string } = {}) {
  return installApp(pages, code, change);
}

function at(office: Office, workspaceId: string, thread: Partial<ThreadRef> = {}) {
  const workspace = installedIn(office.fake, workspaceId);
  const user = addUser(workspace, "zoe");
  const channel = addChannel(workspace, "general");
  const place = { platform: "slack", workspaceId, channelId: channel.id, threadId: null, ...thread };
  return { workspace, user, channel, place };
}

for (const mode of ["http", "socket"] as const) {
  describe(`an app for many workspaces, over ${mode}`, () => {
    it("is installed in a browser, hears each workspace, and speaks there with its own token", async (test) => {
      const office = await openOffice(test, { mode });
      const { address, status } = await install(office, office.fake.oauth.agree("T0ONE"));
      await install(office, office.fake.oauth.agree("T0TWO"));
      assert.equal(status, 200);
      assert.match(address.searchParams.get("scope") ?? "", /app_mentions:read.*chat:write/);
      for (const id of ["T0ONE", "T0TWO"]) {
        const { place, ...here } = at(office, id);
        const { delivered } = office.fake.say(here, `<@${here.workspace.botUserId}> why?`);
        for (const { isAcknowledged } of await delivered) assert.equal(isAcknowledged, true);
        await office.platform.postNote(place, "Because.", `${id}:note`);
        assert.equal(here.channel.messages.at(-1)?.text, "Because.");
      }
      assert.deepEqual(
        office.heard.map(({ thread }) => thread.workspaceId),
        ["T0ONE", "T0TWO"],
      );
      const kept = JSON.stringify(await office.database.query("select * from installations"));
      assert.doesNotMatch(kept, /xoxb/);
    });
  });
}

describe("an app for many workspaces", () => {
  it("is not installed with a state that is not of this browser, nor with a code that is not Slack's", async (test) => {
    const office = await openOffice(test);
    assert.notEqual((await install(office, office.fake.oauth.agree("T0ONE"), { state: "forged" })).status, 200);
    assert.notEqual((await install(office, "invented")).status, 200);
    assert.equal(await office.installations.find("T0ONE"), null);
  });

  it("does nothing in a workspace that never installed it", async (test) => {
    const office = await openOffice(test);
    const { workspace } = office.fake;
    const { delivered } = office.fake.say(office.at(office.policy), `<@${workspace.botUserId}> why?`);
    await delivered;
    assert.deepEqual(office.heard, []);
  });

  it("renews a token that is about to expire once, however many processes and calls there are", async (test) => {
    const office = await openOffice(test);
    await install(office, office.fake.oauth.agree("T0ONE", { isRotating: true }));
    const second = await office.open();
    const { workspace, place } = at(office, "T0ONE");
    // One post a second is what Slack takes in a channel.
    const channels = Array.from({ length: 8 }, (_, index) => addChannel(workspace, `room-${index}`));
    office.clock.ms += 11 * HOUR_MS;
    const posts = channels.map(({ id: channelId }, index) => {
      const { platform } = index % 2 === 0 ? office : second;
      return platform.postNote({ ...place, channelId }, "Hello.", `run-${index}:note`);
    });
    await Promise.all(posts);
    assert.equal(office.fake.oauth.refreshes(), 1);
    for (const { messages } of channels) assert.equal(messages.length, 1);
  });

  it("goes on with the old token while it lives when renewing fails, and asks to be installed again when it is over", async (test) => {
    const office = await openOffice(test);
    await install(office, office.fake.oauth.agree("T0ONE", { isRotating: true }));
    const { place } = at(office, "T0ONE");
    office.fake.faults.push(({ method }) => (method === "oauth.v2.access" ? { error: "invalid_refresh_token" } : null));
    office.clock.ms += 11 * HOUR_MS;
    await office.platform.postNote(place, "Still here.", "run-1:note");
    // The event of our own message needs a token, too.
    await office.fake.settled();
    office.clock.ms += 2 * HOUR_MS;
    // The claim of the failed renewal is of the database's clock: another process would wait for it to run out.
    await office.database.query("update installations set renewing_until = null");
    await assert.rejects(
      () => office.platform.postNote(place, "Gone?", "run-2:note"),
      (error) => error instanceof RuminateError && !error.isRetryable && error.details.slackError === "not_installed",
    );
  });

  it("goes on with renewed tokens while the database cannot keep them: Slack gives them once", async (test) => {
    const office = await openOffice(test);
    await install(office, office.fake.oauth.agree("T0ONE", { isRotating: true }));
    const { place, channel } = at(office, "T0ONE");
    office.installations.renew = async () => {
      throw new RuminateError("DATABASE_UNAVAILABLE", "Gone for a moment.", { isRetryable: true });
    };
    office.clock.ms += 11 * HOUR_MS;
    await office.platform.postNote(place, "Hello.", "run-1:note");
    office.clock.ms += HOUR_MS;
    await office.platform.postNote(place, "Still here.", "run-2:note");
    assert.equal(office.fake.oauth.refreshes(), 1);
    assert.equal(channel.messages.length, 2);
  });

  it("renews a token that Slack calls expired before its time once, also for the process that did not renew it", async (test) => {
    const office = await openOffice(test);
    await install(office, office.fake.oauth.agree("T0ONE", { isRotating: true }));
    const second = await office.open();
    const { workspace, place, channel } = at(office, "T0ONE");
    await office.platform.postNote(place, "one", "run-1:note");
    await second.platform.postNote(place, "two", "run-2:note");
    office.fake.setTokenState(workspace, "token_expired");
    await office.platform.postNote(place, "three", "run-3:note");
    await second.platform.postNote(place, "four", "run-4:note");
    assert.equal(office.fake.oauth.refreshes(), 1);
    assert.deepEqual(
      channel.messages.map(({ text }) => text),
      ["one", "two", "three", "four"],
    );
    office.fake.faults.push(({ method }) => (method === "oauth.v2.access" ? { error: "invalid_refresh_token" } : null));
    office.fake.setTokenState(workspace, "token_expired");
    await office.database.query("update installations set renewing_until = null");
    await assert.rejects(
      () => office.platform.postNote(place, "five", "run-5:note"),
      (error) => error instanceof RuminateError && !error.isRetryable && error.details.slackError === "not_installed",
    );
  });

  it("goes on with the token of a new installation, where the old one was revoked", async (test) => {
    const office = await openOffice(test);
    await install(office, office.fake.oauth.agree("T0ONE"));
    const second = await office.open();
    const { workspace, place, channel } = at(office, "T0ONE");
    await office.platform.postNote(place, "one", "run-1:note");
    office.fake.setTokenState(workspace, "token_revoked");
    await install(second, office.fake.oauth.agree("T0ONE"));
    await office.platform.postNote(place, "two", "run-2:note");
    assert.equal(channel.messages.length, 2);
    office.fake.setTokenState(workspace, "token_revoked");
    await assert.rejects(
      () => office.platform.postNote(place, "three", "run-3:note"),
      (error) => error instanceof RuminateError && !error.isRetryable && error.details.slackError === "token_revoked",
    );
    office.clock.ms += HOUR_MS;
    await office.fake.revokeTokens(workspace, { bot: [workspace.botUserId] });
    assert.equal(await office.installations.find("T0ONE"), null);
    assert.deepEqual(office.removals, [], "what is stored of the workspace stays");
  });

  it("forgets the token when it is removed, but not one that was given since", async (test) => {
    const office = await openOffice(test);
    await install(office, office.fake.oauth.agree("T0ONE"));
    const { workspace, place } = at(office, "T0ONE");
    office.clock.ms -= HOUR_MS;
    await office.fake.uninstall(workspace);
    assert.notEqual(await office.installations.find("T0ONE"), null);
    office.clock.ms += 2 * HOUR_MS;
    await office.fake.revokeTokens(workspace, { oauth: ["U0SOMEBODY"] });
    assert.notEqual(await office.installations.find("T0ONE"), null, "a person's token is none of ours");
    await office.fake.uninstall(workspace);
    assert.equal(await office.installations.find("T0ONE"), null);
    assert.deepEqual(
      office.removals.map(({ platform, workspaceId }) => [platform, workspaceId]),
      [
        ["slack", "T0ONE"],
        ["slack", "T0ONE"],
      ],
    );
    await assert.rejects(
      () => office.platform.postNote(place, "Hello?", "run-1:note"),
      (error) => error instanceof RuminateError && !error.isRetryable && error.details.slackError === "not_installed",
    );
  });

  it("of a whole organisation is one installation, and each workspace in it is kept apart", async (test) => {
    const office = await openOffice(test);
    await install(office, office.fake.oauth.agree("T0ONE", { enterpriseId: "E0ORG", isForOrganisation: true }));
    assert.notEqual(await office.installations.find("E0ORG"), null);
    const { place, ...here } = at(office, "T0ONE", { workspaceId: "E0ORG.T0ONE" });
    await office.fake.say(here, `<@${here.workspace.botUserId}> why?`).delivered;
    assert.equal(office.heard[0]?.thread.workspaceId, "E0ORG.T0ONE");
    await office.platform.postNote(place, "Because.", "run-1:note");
    assert.equal(here.channel.messages.at(-1)?.text, "Because.");
  });
});
