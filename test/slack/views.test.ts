import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answerContents } from "../../adapters/slack/answer-blocks.ts";
import { planAnswer } from "../../adapters/slack/answer-parts.ts";
import { BOT_EVENTS, slackManifest, toYaml } from "../../adapters/slack/app-manifest.ts";
import { BOT_SCOPES } from "../../adapters/slack/bot-scopes.ts";
import { planContents, rootContents, summaryContents } from "../../adapters/slack/card-blocks.ts";
import { type MessageContent, problemsOfMessage, problemsOfView } from "../../adapters/slack/limits.ts";
import { followUpForm, opinionForm, questionForm } from "../../adapters/slack/modals.ts";
import { noteContents } from "../../adapters/slack/notes.ts";
import { previews } from "../../adapters/slack/preview.ts";
import { readText } from "../../adapters/slack/slack-text.ts";
import { createAnswerView } from "../../src/chat/answer-view.ts";
import { defuse } from "../../src/chat/defuse.ts";
import { parseMarkdown } from "../../src/chat/parse-markdown.ts";
import { newCard } from "../../src/chat/progress-card.ts";
import type { AnswerView } from "../../src/chat-ports.ts";
import { pingsOf, refusalOfBlocks, refusalOfView } from "../helpers/fake-slack-blocks.ts";
import { METHODS } from "../helpers/fake-slack-methods.ts";
import type { SlackBlock, SlackView } from "../helpers/fake-slack-world.ts";
import { makeReport } from "../helpers/runs.ts";

const HOSTILE = "<!channel> <@U0123ABC> <!subteam^S1|all> @here <https://evil.test|click> [x](javascript:alert(1)) *b*";

/** Both say yes: the adapter's own check, and the one that was written a second time for the fake. */
function assertFits({ text, blocks }: MessageContent): void {
  assert.deepEqual(problemsOfMessage({ text, blocks }), []);
  assert.equal(blocks.length === 0 ? null : refusalOfBlocks(blocks, "message"), null);
}

function assertQuiet({ text, blocks }: MessageContent): void {
  const pings = pingsOf(text, blocks as unknown as SlackBlock[]).filter((ping) => !ping.includes("UANA"));
  assert.deepEqual(pings, []);
}

function everyContent(answer: AnswerView): MessageContent[] {
  const plan = planAnswer(answer);
  return plan.parts.flatMap((_part, index) => answerContents(answer, plan, index));
}

/** Where a reader could be led: by the Markdown, and by elements of their own. */
function linksOf({ blocks }: MessageContent): string[] {
  const urls: string[] = [];
  const look = (_key: string, value: { type?: string; url?: string } | null) => {
    if (typeof value?.url === "string") urls.push(value.url);
    return value;
  };
  JSON.stringify(blocks, look);
  for (const block of blocks) if (block.type === "markdown") JSON.stringify(parseMarkdown(block.text), look);
  return urls;
}

describe("an answer in Slack", () => {
  it("of 40,000 characters with tables, code, emoji, right-to-left text and 200 sources is within every limit", () => {
    const section = (n: number) =>
      [
        `## Part ${n} 😀 עברית العربية`,
        `${"Some words about the matter [1][2][200]. ".repeat(30)}`,
        `| Name | Value |\n| --- | --- |\n${`| row 👩‍👩‍👧 | ${"cell ".repeat(8)} |\n`.repeat(20)}`,
        `\`\`\`ts\n${`const value = ${n}; // ${"x".repeat(60)}\n`.repeat(10)}\`\`\``,
      ].join("\n\n");
    const body = Array.from({ length: 13 }, (_, n) => section(n)).join("\n\n");
    assert.ok(body.length > 40_000, String(body.length));
    const sources = Array.from({ length: 200 }, (_, index) => ({
      ...{ number: index + 1, title: `Source ${index + 1} ${"title ".repeat(30)}` },
      ...{ url: `https://example.org/${index + 1}/${"path/".repeat(20)}`, publishedAt: null, readAt: "" },
    }));
    const report = makeReport("run", { answer: body, sources });
    const answer = { ...createAnswerView(report, "report", null), asker: "slack:T1:UANA" };
    const { parts, hasFile } = planAnswer(answer);
    assert.equal(hasFile, true);
    assert.ok(parts.length <= 6, `${parts.length} messages`);
    for (const content of everyContent(answer)) assertFits(content);
    assert.deepEqual(planAnswer(answer), planAnswer(structuredClone(answer)));
  });

  it("pings nobody and forges no link, whatever the model or a page wrote", () => {
    const report = makeReport("run", {
      question: HOSTILE,
      answer: `${HOSTILE} [1]\n\n\`${HOSTILE}\`\n\n\`\`\`\n${HOSTILE}\n\`\`\`\n\n# ${HOSTILE}\n\n| ${HOSTILE} |\n| --- |`,
      sources: [{ number: 1, title: HOSTILE, url: "https://example.org/1", publishedAt: null, readAt: "" }],
    });
    const answer = { ...createAnswerView(report, "brief", HOSTILE), asker: "slack:T1:UANA" };
    for (const content of everyContent(answer)) {
      assertFits(content);
      assertQuiet(content);
      for (const url of linksOf(content)) assert.equal(url, "https://example.org/1");
    }
  });

  it("shows in a notification its first words, without marks, addresses and the lines of tables", () => {
    const sources = [{ number: 1, title: "Web", url: "https://example.org/1", publishedAt: null, readAt: "" }];
    const text = "## Short\n\nIt is **4317** [1].\n\n- one\n- two\n\n| a | b |\n| --- | :-: |\n| c | d |";
    const answer = createAnswerView(makeReport("run", { answer: text, sources }), "brief", null);
    const plan = planAnswer(answer);
    for (const [{ text: shown } = { text: "" }] of [answerContents(answer, plan, 0), noteContents({ text })])
      assert.match(shown, /^Short It is 4317( 1| \[1\])?\. one two a b c d/);
  });

  it("gives each mark a link to its source, and no link to a file of this machine", () => {
    const sources = [
      { number: 1, title: "Web", url: "https://example.org/1", publishedAt: null, readAt: "" },
      { number: 2, title: "Local", url: "file:///srv/docs/a.md", publishedAt: null, readAt: "" },
    ];
    const answer = createAnswerView(makeReport("run", { answer: "One [1]. Two [2].", sources }), "brief", null);
    const [rich] = answerContents(answer, planAnswer(answer), 0);
    assert.match(JSON.stringify(rich), /One \[\[1\]\(https:\/\/example\.org\/1\)\]\. Two \[2\]\./);
    assert.doesNotMatch(JSON.stringify(rich), /file:|srv/);
  });
});

describe("cards in Slack", () => {
  const card = {
    ...newCard({ id: "run", question: HOSTILE.repeat(40), depth: "deep", startedAt: "2026-11-22T10:00:00.000Z" }),
    asker: "slack:T1:UANA",
    title: HOSTILE.repeat(20),
  };

  it("fit and ping nobody but the asker, whatever the queries, titles and failures say", () => {
    const sources = Array.from({ length: 40 }, (_, n) => ({ title: HOSTILE, url: `https://example.org/${n}` }));
    const details = Array.from({ length: 60 }, () => defuse(HOSTILE).repeat(5));
    const tasks = card.tasks.map((task) => ({ ...task, details, sources, status: "running" as const }));
    for (const state of ["queued", "running", "done", "stopped", "failed"] as const) {
      const full = { ...card, tasks, state };
      for (const content of [...planContents(full), ...rootContents(full)]) {
        assertFits(content);
        assertQuiet(content);
      }
    }
    for (const content of summaryContents(HOSTILE, "slack:T1:UANA", HOSTILE)) assertQuiet(content);
  });

  it("can be cancelled while they are open, and not afterwards", () => {
    const shown = (state: "queued" | "running" | "done") => JSON.stringify(planContents({ ...card, state })[0]);
    assert.match(shown("queued"), /ruminate_cancel/);
    assert.match(shown("running"), /ruminate_cancel/);
    assert.doesNotMatch(shown("done"), /ruminate_cancel/);
  });
});

describe("forms and previews", () => {
  it("fit into Slack's limits", () => {
    const context = { channelId: "C1", threadTs: "1.0", runId: "run" };
    for (const view of [
      questionForm(context, { question: "x".repeat(5_000) }),
      followUpForm(context),
      opinionForm(context),
    ]) {
      assert.deepEqual(problemsOfView(view), []);
      assert.equal(refusalOfView(view as unknown as SlackView), null);
    }
    for (const [name, preview] of Object.entries(previews())) {
      const { blocks, type } = preview as { blocks: SlackBlock[]; type?: string };
      assert.equal(refusalOfBlocks(blocks, type === "modal" ? "modal" : "message"), null, name);
    }
  });
});

describe("what a person wrote", () => {
  it("is read without Slack's markup", () => {
    const text = "<@UBOT> is 1 &lt; 2 &amp; who is <@U1|bea>? see <https://x.test|the page>, <#C1|policy>, <!here>";
    const read = readText(text, { botUserId: "UBOT" });
    assert.equal(read, "is 1 < 2 & who is @bea? see the page (https://x.test), #policy,");
  });
});

/** Called for us by the library, for files. */
const BY_LIBRARY: ReadonlySet<string> = new Set(["files.getUploadURLExternal", "files.completeUploadExternal"]);
/** These two need another scope for each kind of conversation. */
const BY_KIND: Readonly<Record<string, string[]>> = {
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.info": ["channels:read", "groups:read", "im:read"],
};

/** https://docs.slack.dev/reference/events (read 2026-11-27) */
function scopesOfEvent(name: string): string[] {
  if (name.startsWith("message.")) return [`${name.slice("message.".length)}:history`];
  if (name === "app_mention") return ["app_mentions:read"];
  return name === "member_joined_channel" ? ["channels:read", "groups:read"] : [];
}

describe("the manifest", () => {
  const folder = join(import.meta.dirname, "../../adapters/slack");

  it("in the repository is the one that the code makes, for both ways in", () => {
    const host = "https://ruminate.example";
    assert.equal(readFileSync(join(folder, "manifest.yaml"), "utf8"), `${toYaml(slackManifest(null))}\n`);
    assert.equal(readFileSync(join(folder, "manifest.http.yaml"), "utf8"), `${toYaml(slackManifest(host))}\n`);
  });

  it("subscribes to each event that is heard, and hears each event that it subscribes to", () => {
    const source = readdirSync(folder)
      .filter((name) => name.startsWith("hear-"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    assert.match(source, /app\.event\(name,/, "the older events are heard");
    const heard = Array.from(source.matchAll(/app\.event\("([^"]+)"/g), ([, name = ""]) => name);
    const subscribed = new Set(BOT_EVENTS.map((name) => name.replace(/^message\..*/, "message")));
    assert.deepEqual(new Set(heard), subscribed);
  });

  it("asks for each scope that a call or an event of ours needs, once, and for no other", () => {
    const source = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    const called = Object.entries(METHODS).filter(([name]) => source.includes(`"${name}"`) || BY_LIBRARY.has(name));
    const ofCalls = called.flatMap(([name, { scopes }]) => BY_KIND[name] ?? scopes);
    const needed = new Set([...ofCalls, ...BOT_EVENTS.flatMap(scopesOfEvent), "commands"]);
    assert.deepEqual(Array.from(BOT_SCOPES).sort(), Array.from(needed).sort());
  });
});
