import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { newDataDirectory } from "../helpers/databases.ts";
import { startFakeSlack } from "../helpers/fake-slack.ts";
import { addChannel, addUser } from "../helpers/fake-slack-world.ts";
import { until } from "../helpers/until.ts";

const MAIN = join(import.meta.dirname, "../../src/main.ts");

describe("the server process", () => {
  it("answers in Slack with nothing but its tokens set, writes no token, and stops when told to", async (test) => {
    const fake = await startFakeSlack();
    test.after(() => fake.close());
    const corpus = await mkdtemp(join(tmpdir(), "ruminate-slack-"));
    test.after(() => rm(corpus, { recursive: true, force: true }));
    await writeFile(join(corpus, "collector.md"), "# Collector\n\nThe collector listens on port 4317 for gRPC.\n");
    const user = addUser(fake.workspace, "ana");
    const channel = addChannel(fake.workspace, "policy");
    const token = fake.tokenOf(fake.workspace);
    const child = spawn(process.execPath, [MAIN, "serve"], {
      env: {
        PATH: process.env.PATH,
        SLACK_BOT_TOKEN: token,
        SLACK_APP_TOKEN: fake.appToken,
        SLACK_API_URL: fake.apiUrl,
        DATA_DIR: await newDataDirectory(test),
        CORPUS: corpus,
        SEARCH: "local",
        PORT: "0",
        LOG_LEVEL: "debug",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    test.after(() => child.kill("SIGKILL"));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    await fake.until(() => fake.connections() > 0);
    await fake.command({ workspace: fake.workspace, user, channel }, "Which port does the collector listen on?");
    const answer = await fake.until(() =>
      channel.messages.find(({ metadata }) => /:answer:0$/.test(String(metadata?.event_payload.key))),
    );
    assert.match(JSON.stringify(answer.blocks), /4317/);
    child.kill("SIGTERM");
    const ended = () => child.exitCode ?? child.signalCode;
    assert.equal(await until(ended, { what: "the server ends" }), 0, output.slice(-2_000));
    assert.equal(output.includes(token) || output.includes(fake.appToken), false);
  });
});
