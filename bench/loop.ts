import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pino } from "pino";
import { splitIntoParts } from "../src/pages/parts.ts";
import type { LanguageModel, ModelReply, ModelRequest, ToolCall } from "../src/ports.ts";
import { CEILINGS } from "../src/research/budget.ts";
import { tokensOf } from "../src/research/conversation.ts";
import { createMemoryJournal } from "../src/research/recorder.ts";
import { research } from "../src/research/research.ts";
import { clickTool } from "../src/tools/click.ts";
import { finishTool } from "../src/tools/finish.ts";
import { openTool } from "../src/tools/open.ts";
import { searchTool } from "../src/tools/search.ts";
import type { Page, Report } from "../src/types.ts";
import { estimateTokens } from "../src/words.ts";
import { atMost, type Bench, type Measurement, measured, median } from "./measurement.ts";

const root = join(import.meta.dirname, "..");
const QUESTION = "How much electricity did the Zephyr grid deliver in 2012 and who audited it?";

/** The loop without network: a model that answers at once, pages from memory. */
export async function run(): Promise<Bench> {
  return {
    title: "The loop",
    measurements: [
      ...(await overhead()),
      ...(await prompts()),
      ...(await promptsOfLongPages()),
      ...startUp(),
      ...memory(),
    ],
  };
}

async function overhead(): Promise<Measurement[]> {
  const times: number[] = [];
  for (let index = 0; index < 15; index++) {
    const startedAt = performance.now();
    await oneRun({ contextTokens: 128_000, pageChars: 12_000 });
    times.push(performance.now() - startedAt);
  }
  return [atMost("loop overhead of a run with 5 pages (median of 15)", median(times), 50, "ms")];
}

async function prompts(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const contextTokens of [8_000, 32_000]) {
    for (const pageChars of [12_000, 600_000]) {
      const { largestPrompt } = await oneRun({ contextTokens, pageChars, pages: 12 });
      const what = `largest prompt and its reply, window ${contextTokens}, 12 pages of ${pageChars} characters`;
      measurements.push(atMost(what, largestPrompt, contextTokens, "tokens"));
    }
  }
  return measurements;
}

async function promptsOfLongPages(): Promise<Measurement[]> {
  const short = await oneRun({ contextTokens: 128_000, pageChars: 12_000 });
  const long = await oneRun({ contextTokens: 128_000, pageChars: 60_000 });
  return [
    atMost("model calls for a search, 5 pages of 12,000 characters and an answer", short.calls, 8, "calls"),
    atMost("prompt tokens of the same, all calls", short.promptTokens, 40_000, "tokens"),
    atMost(
      "the same with pages of 60,000 characters, against the short ones",
      (100 * long.promptTokens) / short.promptTokens,
      110,
      "%",
    ),
  ];
}

/** Cold starts of whole processes: bare Node against Node with everything that `ask` imports. */
function startUp(): Measurement[] {
  const time = (args: string[]) => {
    const startedAt = performance.now();
    execFileSync(process.execPath, args, { cwd: root, stdio: "ignore" });
    return performance.now() - startedAt;
  };
  const rounds = Array.from({ length: 9 }, () => [time(["-e", "0"]), time(["src/main.ts", "ask", "--help"])] as const);
  const bare = median(rounds.map(([value]) => value));
  const loaded = median(rounds.map(([, value]) => value));
  return [
    measured("bare Node (median of 9)", bare, "ms"),
    atMost("modules loaded, beyond bare Node", loaded - bare, 150, "ms"),
  ];
}

function memory(): Measurement[] {
  const rss = (runs: number) => {
    const script = `import(${JSON.stringify(join(root, "bench/loop.ts"))}).then((bench) => bench.runsAtOnce(${runs})).then((megabytes) => console.log(megabytes))`;
    return Number(execFileSync(process.execPath, ["--expose-gc", "-e", script], { cwd: root, encoding: "utf8" }));
  };
  const one = median([rss(1), rss(1), rss(1)]);
  const many = median([rss(21), rss(21), rss(21)]);
  return [
    atMost("memory of one run, without the database", one, 120, "MB"),
    atMost("each further run at the same time", (many - one) / 20, 2, "MB"),
  ];
}

/** Peak resident memory in MB of so many runs at the same time, in this process. */
export async function runsAtOnce(runs: number): Promise<number> {
  await Promise.all(
    Array.from({ length: runs }, () => oneRun({ contextTokens: 32_000, pageChars: 12_000, latencyMs: 50 })),
  );
  return process.resourceUsage().maxRSS / 1024;
}

interface RunShape {
  contextTokens: number;
  pageChars: number;
  pages?: number;
  /** How long the model thinks; so that runs at the same time overlap. */
  latencyMs?: number;
}

interface RunFigures {
  report: Report;
  largestPrompt: number;
  promptTokens: number;
  calls: number;
}

async function oneRun({ contextTokens, pageChars, pages = 5, latencyMs = 0 }: RunShape): Promise<RunFigures> {
  const figures = { largestPrompt: 0, promptTokens: 0, calls: 0 };
  const model: LanguageModel = {
    name: "instant",
    contextTokens,
    notice: null,
    async complete(request) {
      const promptTokens = tokensOf(request.messages) + estimateTokens(JSON.stringify(request.tools));
      figures.largestPrompt = Math.max(figures.largestPrompt, promptTokens + request.maxOutputTokens);
      figures.promptTokens += promptTokens;
      figures.calls += 1;
      if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
      return reply(request, pages, promptTokens);
    },
  };
  const report = await research(
    { id: "bench", request: { ...REQUEST, requestedAt: new Date().toISOString() } },
    {
      model,
      tools: [searchTool, clickTool, openTool, finishTool],
      search: { name: "memory", search: async () => Array.from({ length: pages }, (_, index) => hit(index)) },
      openPage: async (url) => makePage(url, pageChars),
      journal: createMemoryJournal(),
      ceilings: CEILINGS,
      languages: { search: null, thinking: null, report: null },
      isLastTry: true,
      emit: () => {},
      log: pino({ level: "silent" }),
    },
    { signal: new AbortController().signal },
  );
  if (report.outcome === "nothing-found")
    throw new Error("The bench's run found nothing: its script does not fit the loop.");
  return { report, ...figures };
}

const REQUEST = {
  question: QUESTION,
  depth: "standard",
  form: "brief",
  language: null,
  asker: "bench",
  thread: { platform: "bench", workspaceId: "", channelId: "", threadId: null },
} as const;

/** Plans, searches twice, opens the pages two or three a turn, finishes, writes. */
function reply({ purpose, messages }: ModelRequest, pages: number, promptTokens: number): ModelReply {
  const turn = messages.filter(({ role }) => role === "assistant").length;
  const usage = { promptTokens, cachedTokens: 0, completionTokens: 50, costUsd: 0 };
  const answer = (text: string, toolCalls: ToolCall[] = []): ModelReply => ({
    text,
    toolCalls,
    stopReason: toolCalls.length > 0 ? "tool-calls" : "stop",
    usage,
    model: "instant",
    providerState: null,
  });
  if (purpose === "plan") return answer(JSON.stringify({ sub_questions: [QUESTION] }));
  if (purpose !== "browse") return answer("The Zephyr grid delivered 41 GWh in 2012. 【1†delivered 41 GWh in 2012】");
  if (turn === 0)
    return answer("", [call("search", { query: "Zephyr grid 2012" }), call("search", { query: "Zephyr audit" })]);
  const first = (turn - 1) * 3;
  if (first >= pages) return answer("", [call("finish", {})]);
  const ids = Array.from({ length: Math.min(3, pages - first) }, (_, index) => first + index + 1);
  return answer(
    "",
    ids.map((link_id) => call("click", { link_id })),
  );
}

function call(name: string, args: Record<string, unknown>): ToolCall {
  return { id: `${name}-${JSON.stringify(args)}`, name, arguments: args };
}

function hit(index: number) {
  return {
    title: `Zephyr report ${index}`,
    url: `https://site-${index}.example/`,
    snippet: "The Zephyr grid in 2012.",
    publishedAt: null,
  };
}

function makePage(url: string, chars: number): Page {
  const paragraph = "The operators met in spring and discussed the wind, the masts and the weather at some length. ";
  const filler = `${paragraph.repeat(6)}\n\n`.repeat(Math.ceil(chars / (paragraph.length * 6 + 2)));
  const text =
    `The Zephyr grid delivered 41 GWh in 2012. Its books were audited by Harrow & Pike. ${url}\n\n${filler}`.slice(
      0,
      chars,
    );
  return {
    url,
    title: `Zephyr ${url}`,
    publishedAt: null,
    readAt: new Date().toISOString(),
    text,
    links: [],
    anchors: [],
    parts: splitIntoParts(text, []),
  };
}
