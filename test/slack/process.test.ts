import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { newDataDirectory } from "../helpers/databases.ts";
import { startFakeSlack } from "../helpers/fake-slack.ts";
import { addChannel, addUser, directChannel } from "../helpers/fake-slack-world.ts";
import { runRole } from "../helpers/run-ask.ts";
import { until } from "../helpers/until.ts";

const MAIN = join(import.meta.dirname, "../../src/main.ts");

/** The product as a process beside a Slack, with one document. */
async function startServer(test: TestContext) {
  const fake = await startFakeSlack();
  test.after(() => fake.close());
  const corpus = await mkdtemp(join(tmpdir(), "ruminate-slack-"));
  test.after(() => rm(corpus, { recursive: true, force: true }));
  await writeFile(join(corpus, "collector.md"), "# Collector\n\nThe collector listens on port 4317 for gRPC.\n");
  const user = addUser(fake.workspace, "ana");
  const channel = addChannel(fake.workspace, "policy");
  const token = fake.tokenOf(fake.workspace);
  const dataDirectory = await newDataDirectory();
  let output = "";
  const start = () => {
    const child = spawn(process.execPath, [MAIN, "serve"], {
      env: {
        PATH: process.env.PATH,
        SLACK_BOT_TOKEN: token,
        SLACK_APP_TOKEN: fake.appToken,
        SLACK_API_URL: fake.apiUrl,
        DATA_DIR: dataDirectory,
        CORPUS: corpus,
        SEARCH: "local",
        PORT: "0",
        LOG_LEVEL: "debug",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    test.after(() => child.kill("SIGKILL"));
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    return child;
  };
  const child = start();
  await fake.until(() => fake.connections() > 0);
  const ask = async () => {
    await fake.command({ workspace: fake.workspace, user, channel }, "Which port does the collector listen on?");
    return fake.until(() =>
      channel.messages.find(({ metadata }) => /:answer:0$/.test(String(metadata?.event_payload.key))),
    );
  };
  return { fake, user, token, dataDirectory, child, start, ask, output: () => output };
}

describe("the server process", () => {
  it("answers in Slack with nothing but its tokens set, writes no token, and stops when told to", async (test) => {
    const { fake, token, child, ask, output: written } = await startServer(test);
    const answer = await ask();
    assert.match(JSON.stringify(answer.blocks), /4317/);
    child.kill("SIGTERM");
    const ended = () => child.exitCode ?? child.signalCode;
    const code = await until(ended, { what: "the server ends" });
    const output = written();
    assert.equal(code, 0, output.slice(-2_000));
    assert.equal(output.includes(token) || output.includes(fake.appToken), false);
  });

  it("leaves one whole answer in a conversation when it is killed while it sends it", async (test) => {
    const { fake, user, child, start } = await startServer(test);
    const direct = directChannel(fake.workspace, user.id);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    fake.faults.push(({ method }) => {
      if (method !== "chat.stopStream" || child.killed) return null;
      child.kill("SIGKILL");
      return { kind: "silent" };
    });
    fake.say({ workspace: fake.workspace, user, channel: direct }, "Which port does the collector listen on?");
    await ended;
    const [half] = direct.messages.filter(({ stream }) => stream !== null);
    assert.match(half?.text ?? "", /4317/);
    start();
    const whole = await fake.until(() =>
      direct.messages.find(({ metadata }) => /:answer:0$/.test(String(metadata?.event_payload.key))),
    );
    assert.equal(half?.isDeleted, true);
    assert.match(JSON.stringify(whole.blocks), /4317.*ruminate_follow_up/s);
    const shown = direct.messages.filter(({ isDeleted, botId }) => !isDeleted && botId !== null);
    assert.deepEqual(
      shown.map(({ metadata }) => String(metadata?.event_payload.key).replace(/^[^:]*/, "")),
      [":card", ":answer:0"],
    );
  });

  it("lets its operator look and forget while it runs, and forgets a workspace that removed the app", async (test) => {
    const { fake, dataDirectory, ask } = await startServer(test);
    await ask();
    const runs = (...args: string[]) => runRole("runs", args, { dataDirectory });
    const list = async () => (await runs("list")).stdout;
    const listed = await until(async () => (await list()).match(/answered .*collector/)?.input, { what: "it is done" });
    const [id = ""] = listed.split(" ");
    assert.match((await runs("show", id)).stdout, /messages: \d+\n/);
    const wrong = await runs("show", "nothing");
    assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /Expected the id of one run, got "nothing"/);
    assert.match(
      (await runRole("usage", [], { dataDirectory })).stdout,
      /^(?:Usage of|No model was asked in) the last 30 days/,
    );
    assert.match((await runRole("usage", ["--days", "no"], { dataDirectory })).stderr, /--days to be a whole number/);
    assert.match((await runs("retry", id)).stderr, /Only runs that failed can be tried again; this one is done/);
    await fake.uninstall(fake.workspace);
    await until(async () => (await list()) === "There are no runs.\n", { what: "the runs are forgotten" });
  });
});
