import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type AskResult, runRole } from "../helpers/run-ask.ts";

const PEOPLE = [
  { id: "U01", name: "ana", profile: { display_name: "Ana Lindt", real_name: "Ana Lindt-Berg" } },
  { id: "U02", name: "ben", profile: { display_name: "", real_name: "Ben Okafor" } },
];
const SLACK_DAY = [
  {
    type: "message",
    user: "U01",
    text: "Which queue do we take, <@U02>?",
    ts: "1795255200.000100",
    thread_ts: "1795255200.000100",
    reply_count: 2,
  },
  {
    type: "message",
    user: "U02",
    text: "We decided to take the queue on Postgres 17 &amp; nothing else.",
    ts: "1795255260.000200",
    thread_ts: "1795255200.000100",
  },
  {
    type: "message",
    subtype: "channel_join",
    user: "U02",
    text: "<@U02> has joined the channel",
    ts: "1795255270.000100",
  },
  {
    type: "message",
    subtype: "bot_message",
    bot_id: "B1",
    text: "We decided to deploy build 99 now.",
    ts: "1795255280.000100",
  },
  {
    type: "message",
    user: "U01",
    text: "Can somebody order 40 chairs for the new office <!channel>?",
    ts: "1795341600.000300",
  },
];
const person = (id: string, name: string) => ({ id, name, nickname: `${name} the Great`, isBot: false });
const DISCORD_CHANNEL = {
  guild: { id: "10000000001", name: "Acme" },
  channel: { id: "20000000001", name: "plans" },
  messages: [
    {
      id: "30000000001",
      type: "Default",
      timestamp: "2026-11-24T09:00:00+01:00",
      content: "Which hall do we rent, <@40000000002>?",
      author: person("40000000001", "Ana"),
      mentions: [person("40000000002", "Ben")],
    },
    {
      id: "30000000002",
      type: "Reply",
      timestamp: "2026-11-24T09:05:00+01:00",
      content: "We agreed on the small hall for 300 euros.",
      author: person("40000000002", "Ben"),
      reference: { messageId: "30000000001" },
    },
    {
      id: "30000000003",
      type: "Default",
      timestamp: "2026-11-24T09:06:00+01:00",
      content: "We decided on spam number 12.",
      author: { ...person("40000000003", "Bot"), isBot: true },
    },
    {
      id: "30000000004",
      type: "ChannelPinnedMessage",
      timestamp: "2026-11-24T09:07:00+01:00",
      content: "Pinned a message we decided on.",
      author: person("40000000001", "Ana"),
    },
  ],
};
/** The same as the API gives them. */
const DISCORD_API = [
  {
    id: "30000000002",
    type: 19,
    timestamp: "2026-11-24T08:05:00.000000+00:00",
    content: "We agreed on the small hall for 300 euros.",
    channel_id: "20000000001",
    author: { id: "40000000002", username: "ben_o", global_name: "Ben Okafor" },
    message_reference: { message_id: "30000000001" },
  },
];

let root = "";
let dataDirectory = "";

before(async () => {
  root = await mkdtemp(join(tmpdir(), "ruminate-digest-"));
  dataDirectory = join(root, "data");
  await mkdir(join(root, "export", "general"), { recursive: true });
  const files: Record<string, unknown> = {
    "export/users.json": PEOPLE,
    "export/channels.json": [{ id: "C024BE91L", name: "general" }],
    "export/general/2026-11-21.json": SLACK_DAY,
    "plans.json": DISCORD_CHANNEL,
    "api.json": DISCORD_API,
    "other.json": { recipes: [{ name: "soup" }] },
  };
  for (const [name, value] of Object.entries(files)) await writeFile(join(root, name), JSON.stringify(value));
  await writeFile(join(root, "broken.json"), '{"messages": [');
});

after(() => rm(root, { recursive: true, force: true }));

function digest(...args: string[]): Promise<AskResult> {
  return runRole("digest", args, { dataDirectory });
}

/** One sentence for people on standard error, nothing else. */
function assertRefused({ code, stdout, stderr }: AskResult, pattern: RegExp): void {
  assert.equal(code, 2, stderr);
  assert.match(stderr, pattern);
  assert.doesNotMatch(stderr.trim(), /\n/);
  assert.equal(stdout, "");
}

describe("digest --talk", () => {
  it("tells what a Slack export says, each point with the permalink of its message", async () => {
    const { code, stdout, stderr } = await digest(
      "--talk",
      join(root, "export/general"),
      "--workspace",
      "acme.slack.com",
    );
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /- \*\*Decided:\*\* Ben Okafor: "We decided to take the queue on Postgres 17 & nothing else\." \[1\]/,
    );
    assert.match(stdout, /- \*\*Asked:\*\* Ana Lindt: "Can somebody order 40 chairs/);
    assert.match(stdout, /Ana Lindt: "Which queue do we take, Ben Okafor\?"/);
    assert.match(
      stdout,
      /\[1\] Ben Okafor, 21 Nov 2026, 10:01 UTC .*\n {4}https:\/\/acme\.slack\.com\/archives\/C024BE91L\/p1795255260000200\?thread_ts=1795255200\.000100&cid=C024BE91L\n/,
    );
    assert.match(stdout, /(\d+) of \1 statements confirmed/);
    assert.match(stdout, /extractive mode/);
    assert.doesNotMatch(stdout, /build 99|joined|@|U02|one source/);
  });

  it("tells what a Discord channel says, in the format of the exporter and of the API", async () => {
    const exported = await digest("--talk", join(root, "plans.json"));
    assert.equal(exported.code, 0, exported.stderr);
    assert.match(
      exported.stdout,
      /\*\*Decided:\*\* Ben the Great: "We agreed on the small hall for 300 euros\." \[1\]/,
    );
    assert.match(exported.stdout, /https:\/\/discord\.com\/channels\/10000000001\/20000000001\/30000000002\n/);
    assert.match(exported.stdout, /"Which hall do we rent, Ben the Great\?"/);
    assert.doesNotMatch(exported.stdout, /spam|Pinned/);
    assert.match(exported.stderr, /Researching: What was said in #plans/);
    const api = await digest("--talk", join(root, "api.json"), "--channel", "#hall");
    assert.match(api.stdout, /Ben Okafor: "We agreed on the small hall/);
    assert.match(api.stdout, /https:\/\/discord\.com\/channels\/@me\/20000000001\/30000000002\n/);
    assert.match(api.stderr, /#hall/);
  });

  it("tells only what was said since then, and says when that is nothing", async () => {
    const { stdout } = await digest("--talk", join(root, "export/general"), "--since", "2026-11-22");
    assert.match(stdout, /40 chairs/);
    assert.doesNotMatch(stdout, /Postgres/);
    const none = await digest("--talk", join(root, "export/general"), "--since", "2099-01-01");
    assert.equal(none.code, 0);
    assert.equal(none.stdout, "Nothing was said in #general in that time; the newest message is of 2026-11-22.\n");
  });

  it("gives the digest as one JSON object and as a Markdown file", async () => {
    const file = join(root, "digest.md");
    const { stdout } = await digest("--talk", join(root, "plans.json"), "--json", "--out", file);
    const report = JSON.parse(stdout);
    assert.equal(report.outcome, "answered");
    assert.match(report.citations[0].url, /30000000002$/);
    assert.match(await readFile(file, "utf8"), /small hall for 300 euros/);
  });

  it("keeps no message that the digest does not tell", async () => {
    const secret = "xylograph";
    const talk = join(root, "private.json");
    const [first, ...others] = DISCORD_CHANNEL.messages;
    const quiet = { ...first, id: "30000000009", content: `Lunch was a fine ${secret} of colours today.` };
    await writeFile(talk, JSON.stringify({ ...DISCORD_CHANNEL, messages: [first, quiet, ...others] }));
    const told = await runRole("digest", ["--talk", talk], { dataDirectory: join(root, "kept") });
    assert.equal(told.code, 0, told.stderr);
    const names = await readdir(join(root, "kept"), { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    assert.ok(files.length > 0);
    for (const { parentPath, name } of files) {
      const bytes = await readFile(join(parentPath, name));
      assert.ok(!bytes.includes(secret), `${name} holds no copy`);
    }
  });

  it("says in one sentence what is wrong", async () => {
    assertRefused(await digest(), /Expected either --topic with words or --talk/);
    assertRefused(await digest("--talk", join(root, "nowhere.json")), /there is no such file or folder/);
    assertRefused(await digest("--talk", join(root, "broken.json")), /it is no JSON/);
    assertRefused(await digest("--talk", join(root, "other.json")), /holds neither/);
    assertRefused(await digest("--talk", join(root, "plans.json"), "--since", "soon"), /Expected --since/);
    assertRefused(await digest("--talk", join(root, "plans.json"), "--length", "endless"), /Expected --length/);
    assertRefused(await digest("--talk", join(root, "plans.json"), "--shout"), /--shout/);
  });
});
