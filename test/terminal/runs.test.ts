import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openDatabase } from "../../src/storage/database.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { runRole } from "../helpers/run-ask.ts";
import { makeRun } from "../helpers/runs.ts";

describe("npm run runs -- forget", () => {
  it("deletes what is stored of a run, a person, a channel or a workspace, and says how much it was", async () => {
    const dataDirectory = await newDataDirectory();
    const database = await openDatabase({ url: null, dataDirectory, log: silentLog });
    await migrate(database);
    const store = createRunStore(database);
    const thread = { platform: "slack", workspaceId: "T1", channelId: "C1", threadId: "1" };
    await store.insert(makeRun({ id: "run-a", asker: "slack:T1:U1", thread }));
    await store.insert(makeRun({ id: "run-b", asker: "slack:T1:U1", thread }));
    await store.insert(makeRun({ id: "run-c", asker: "slack:T1:U2", thread }));
    await store.insert(makeRun({ id: "run-d", asker: "slack:T1:U3", thread: { ...thread, channelId: "C2" } }));
    await database.close();
    const forget = async (...args: string[]) => {
      const { code, stdout, stderr } = await runRole("runs", ["forget", ...args], { dataDirectory });
      return code === 0 ? stdout : stderr;
    };
    const STAYS = "What was posted in the chat stays there.\n";
    assert.equal(await forget("--run", "run-a"), `Forgotten of run-a: 1 run. ${STAYS}`);
    assert.equal(await forget("--person", "slack:T1:U1"), `Forgotten of slack:T1:U1: 1 run. ${STAYS}`);
    assert.equal(await forget("--person", "slack:T1:U1"), "Nothing is stored of slack:T1:U1.\n");
    assert.equal(await forget("--channel", "slack:T1:C1"), `Forgotten of slack:T1:C1: 1 run. ${STAYS}`);
    assert.match(await forget("--workspace", "slack"), /"slack" is not the name of a workspace/);
    assert.match(await forget("--workspace", "slack:T1", "--person", "slack:T1:U3"), /^Usage: /m);
    assert.match(await forget(), /^Usage: /m);
    assert.equal(await forget("--workspace", "slack:T1"), `Forgotten of slack:T1: 1 run. ${STAYS}`);
    assert.equal((await runRole("runs", [], { dataDirectory })).stdout, "There are no runs.\n");
  });
});
