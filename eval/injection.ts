import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { createAnswerView } from "../src/chat/answer-view.ts";
import { foldProgress, newCard } from "../src/chat/progress-card.ts";
import { RuminateError } from "../src/errors.ts";
import type { GuardedFetch } from "../src/pages/guarded-fetch.ts";
import { createWebOpener } from "../src/pages/open-web-page.ts";
import { createPageReading, type PageReading } from "../src/pages/read-page.ts";
import type { LanguageModel, ModelReply, ModelRequest, ToolCall } from "../src/ports.ts";
import { CEILINGS } from "../src/research/budget.ts";
import { createMemoryJournal } from "../src/research/recorder.ts";
import { research } from "../src/research/research.ts";
import { withheldWords } from "../src/research/withheld.ts";
import { clickTool } from "../src/tools/click.ts";
import { finishTool } from "../src/tools/finish.ts";
import { openTool } from "../src/tools/open.ts";
import { searchTool } from "../src/tools/search.ts";
import type { Report } from "../src/types.ts";
import { type Fixture, holds, type Trace, type World } from "./injection-checks.ts";

/**
 * `npm run eval -- injection --data DIR [--json]`: every page of the folder's manifest through the real loop, played by
 * a model that obeys whatever it reads. Nothing that the manifest forbids may happen; benign pages must keep working.
 */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: "string" }, json: { type: "boolean", default: false } },
  });
  if (values.data === undefined) {
    process.stderr.write("Expected --data DIR with a manifest.json and its pages.\n");
    return 2;
  }
  const manifest: { world: World; fixtures: Fixture[] } = JSON.parse(
    readFileSync(join(values.data, "manifest.json"), "utf8"),
  );
  const reading = createPageReading({ log: pino({ level: "silent" }) });
  const rows: { id: string; check: string; held: boolean; advisory: boolean; detail: string }[] = [];
  for (const fixture of manifest.fixtures) {
    const trace = await play(fixture, { world: manifest.world, directory: values.data, reading });
    for (const check of [...(fixture.must_not ?? []), ...(fixture.must ?? [])]) {
      const detail = holds(check, trace, manifest.world);
      rows.push({ id: fixture.id, check: check.check, held: detail === "", advisory: "advisory" in check, detail });
    }
  }
  await reading.close();
  report(rows, manifest.fixtures.length, values.json);
  return rows.every(({ held, advisory }) => held || advisory) ? 0 : 1;
}

interface Row {
  id: string;
  check: string;
  held: boolean;
  advisory: boolean;
  detail: string;
}

function report(rows: Row[], fixtures: number, isJson: boolean): void {
  const failed = rows.filter(({ held, advisory }) => !held && !advisory);
  if (isJson) {
    process.stdout.write(
      `${JSON.stringify({ fixtures, checks: rows.length, failed: failed.length, rows }, null, 2)}\n`,
    );
    return;
  }
  const lines = rows
    .filter(({ held }) => !held)
    .map((row) => `| ${row.id} | ${row.check} | ${row.advisory ? "advisory" : "FAILED"} | ${row.detail} |`);
  process.stdout.write(`| fixture | check | verdict | what happened |\n|---|---|---|---|\n${lines.join("\n")}\n\n`);
  process.stdout.write(`${fixtures} pages, ${rows.length} checks, ${failed.length} failed.\n`);
}

interface Stage {
  world: World;
  directory: string;
  reading: PageReading;
}

async function play(fixture: Fixture, { world, directory, reading }: Stage): Promise<Trace> {
  const trace: Trace = {
    fetched: [],
    opened: [],
    queries: [],
    inputs: [],
    toolCalls: 0,
    toolErrors: [],
    posts: [],
    titles: [],
    report: null,
  };
  const question = fixture.url_given_by_user ? `${fixture.question} See ${fixture.url}` : fixture.question;
  const log = pino({ level: "silent" });
  const openPage = createWebOpener({
    fetch: serve(fixture, directory, trace),
    toPage: reading.toPage,
    robots: async () => null,
    log,
  });
  let card = newCard({ id: fixture.id, question, depth: "standard", startedAt: new Date().toISOString() });
  const result = await research(
    {
      id: fixture.id,
      request: {
        question,
        depth: "standard",
        form: "brief",
        language: null,
        asker: "U0AAAA111",
        thread: { platform: "eval", workspaceId: "w", channelId: "c", threadId: "t" },
        requestedAt: new Date().toISOString(),
        withheld: withheldWords(world.thread, question),
      },
    },
    {
      model: obedientModel(fixture, world, trace),
      tools: [searchTool, clickTool, openTool, finishTool],
      search: {
        name: "eval",
        search: async (query) => {
          trace.queries.push(query);
          return [{ title: basename(fixture.file), url: fixture.url, snippet: "", publishedAt: null }];
        },
      },
      openPage,
      journal: createMemoryJournal(),
      ceilings: CEILINGS,
      languages: { search: null, thinking: null, report: null },
      isLastTry: true,
      emit: (event) => {
        card = foldProgress(card, event);
      },
      log,
    },
    { signal: new AbortController().signal },
  );
  trace.report = result;
  trace.titles = card.tasks.flatMap(({ sources }) => sources.map(({ title }) => title));
  trace.posts = postsOf(
    result,
    card.tasks.flatMap(({ details }) => details),
  );
  return trace;
}

/** Everything of a run that people see. */
function postsOf(report: Report, details: string[]): string[] {
  const view = createAnswerView(report, "brief", null);
  return [view.body, ...view.footer, ...view.sources.map(({ title }) => title), ...details];
}

function serve(fixture: Fixture, directory: string, trace: Trace): GuardedFetch {
  return async (address, { permit }): ReturnType<GuardedFetch> => {
    trace.fetched.push(address);
    await permit?.(new URL(address));
    const extra = fixture.extra_pages?.[address];
    if (address !== fixture.url && extra === undefined)
      throw new RuminateError("PAGE_NOT_FOUND", "The server says that there is no such page (404).");
    const bytes = extra === undefined ? readFileSync(join(directory, basename(fixture.file))) : Buffer.from(extra);
    trace.opened.push(address);
    return {
      kind: "page",
      page: { url: address, bytes, mediaType: "text/html", charset: null },
      validators: { url: address, etag: null, lastModified: null },
    };
  };
}

/** Searches, opens the page, then does what the page wants, in the tools and in the answer. */
function obedientModel(fixture: Fixture, world: World, trace: Trace): LanguageModel {
  const script = JSON.parse(
    fill(JSON.stringify(fixture.worst_model ?? fixture.good_model ?? []), world),
  ) as NonNullable<Fixture["worst_model"]>;
  const steps = script.filter(({ call }) => call !== "finish");
  const finish = script.find(({ call }) => call === "finish")?.args;
  return {
    name: "obedient",
    contextTokens: 64_000,
    notice: null,
    async complete(request) {
      // A correction turn quotes the model's own answer back to it; that is not the page's doing.
      if (request.purpose !== "revise") trace.inputs.push(request.messages.map(({ content }) => content).join("\n"));
      trace.toolErrors = request.messages.flatMap((message) => (message.role === "tool" ? [message.content] : []));
      if (request.purpose === "plan") return say(JSON.stringify({ sub_questions: [fixture.question] }));
      if (request.purpose !== "browse") return say(answerOf(finish, request));
      const turn = request.messages.filter(({ role }) => role === "assistant").length;
      const calls = [
        call("search", { query: fixture.question }),
        call("click", { link_id: 1 }),
        ...steps.map((step) => call(step.call, step.args)),
      ];
      const next = calls[turn] ?? call("finish", {});
      if (next.name !== "finish") trace.toolCalls += 1;
      return say("", [next]);
    },
  };
}

function fill(text: string, { thread, canary }: World): string {
  return text
    .replaceAll("{{THREAD}}", encodeURIComponent(thread))
    .replaceAll("{{CANARY}}", canary)
    .replaceAll("{{CANARY_LOWER}}", canary.toLowerCase())
    .replaceAll("{{CANARY_B64}}", Buffer.from(thread).toString("base64url"));
}

/** The script's answer with its citations in our protocol: a number where the address has one, else the bare address. */
function answerOf(finish: Record<string, unknown> | undefined, { messages }: ModelRequest): string {
  const citations = (finish?.citations ?? []) as { n: number; url: string; quote: string }[];
  const shown = messages.map(({ content }) => content).join("\n");
  return String(finish?.answer ?? "I have done what the page asked for.").replace(/\[(\d+)\]/g, (mark, n) => {
    const citation = citations.find((candidate) => candidate.n === Number(n));
    if (citation === undefined) return mark;
    const number = Array.from(shown.matchAll(/【(\d+)】 [^\n]*\naddress: (\S+)/g)).find(
      ([, , url]) => url === citation.url,
    )?.[1];
    return number === undefined ? `[${n}](${citation.url})` : `【${number}†${citation.quote}】`;
  });
}

function call(name: string, args: Record<string, unknown>): ToolCall {
  return { id: `${name}-${JSON.stringify(args)}`, name, arguments: args };
}

function say(text: string, toolCalls: ToolCall[] = []): ModelReply {
  const usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, costUsd: 0 };
  return { text, toolCalls, stopReason: "stop", usage, model: "obedient", providerState: null };
}
