import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { createExtractiveReader } from "../src/model/extractive.ts";
import type { LanguageModel } from "../src/ports.ts";
import { CEILINGS } from "../src/research/budget.ts";
import { createMemoryJournal } from "../src/research/recorder.ts";
import { research } from "../src/research/research.ts";
import { clickTool } from "../src/tools/click.ts";
import { finishTool } from "../src/tools/finish.ts";
import { openTool } from "../src/tools/open.ts";
import { searchTool } from "../src/tools/search.ts";
import type { Report } from "../src/types.ts";
import { type Corpus, openCorpus } from "./multihop-corpus.ts";
import { type Judged, judge, type Question, summarize } from "./multihop-judge.ts";

const MAX_PAGES = 6;

/**
 * `npm run eval -- multihop --data DIR [--set NAME] [--split open|train] [--limit N] [--json] [--misses]`: questions
 * whose answer stands behind another page, through the real loop with the extractive reader, at most 6 opened pages.
 * DIR holds `NAME.jsonl` (or `NAME-train.jsonl`) and `NAME-corpus.jsonl`.
 */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: "string" },
      set: { type: "string" },
      split: { type: "string", default: "open" },
      limit: { type: "string", default: "100000" },
      json: { type: "boolean", default: false },
      misses: { type: "boolean", default: false },
    },
  });
  const names =
    values.data === undefined
      ? []
      : setsIn(values.data).filter((name) => values.set === undefined || name === values.set);
  if (values.data === undefined || names.length === 0) {
    process.stderr.write("Expected --data DIR with NAME.jsonl and NAME-corpus.jsonl, found no such pair.\n");
    return 2;
  }
  const results: Judged[] = [];
  for (const name of names) {
    const file = join(values.data, values.split === "train" ? `${name}-train.jsonl` : `${name}.jsonl`);
    if (!existsSync(file)) continue;
    const corpus = await openCorpus(join(values.data, `${name}-corpus.jsonl`));
    for (const question of readRows<Question>(file).slice(0, Number(values.limit))) {
      results.push(await ask(name, question, corpus));
    }
    corpus.close();
  }
  const summary = summarize(results);
  if (values.json) process.stdout.write(`${JSON.stringify({ summary, results }, null, 2)}\n`);
  else process.stdout.write(`${renderTable(summary)}\n${values.misses ? renderMisses(results) : ""}`);
  return summary.every(({ isReached }) => isReached) ? 0 : 1;
}

function setsIn(directory: string): string[] {
  return globSync("*-corpus.jsonl", { cwd: directory })
    .map((file) => basename(file, "-corpus.jsonl"))
    .sort();
}

function readRows<Row>(file: string): Row[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}

async function ask(set: string, question: Question, corpus: Corpus): Promise<Judged> {
  const opened: string[] = [];
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const report = await answer(question, corpus, (url) => opened.push(url));
  const cpu = process.cpuUsage(cpuBefore);
  const times = { wallMs: performance.now() - startedAt, cpuMs: (cpu.user + cpu.system) / 1000 };
  return judge(set, question, { report, opened, corpus, times });
}

const reader: LanguageModel = createExtractiveReader();

function answer(question: Question, corpus: Corpus, onOpen: (url: string) => void): Promise<Report> {
  return research(
    {
      id: question.id,
      request: {
        question: question.question,
        depth: "standard",
        form: "brief",
        language: null,
        asker: "eval",
        thread: { platform: "eval", workspaceId: "", channelId: "", threadId: null },
        requestedAt: new Date().toISOString(),
      },
    },
    {
      model: reader,
      tools: [searchTool, clickTool, openTool, finishTool],
      search: corpus.search,
      openPage: async (url, options) => {
        onOpen(url);
        return corpus.openPage(url, options);
      },
      journal: createMemoryJournal(),
      ceilings: { ...CEILINGS, standard: { ...CEILINGS.standard, pages: MAX_PAGES } },
      languages: { search: null, thinking: null, report: null },
      isLastTry: true,
      emit: () => {},
      log: pino({ level: "silent" }),
    },
    { signal: new AbortController().signal },
  );
}

function renderTable(summary: ReturnType<typeof summarize>): string {
  const head =
    "| set | questions | R@6 | goal | all gold opened | answer in opened | answer in cited | goal | searches | p50 / p95 ms | CPU p95 ms | statements confirmed | nothing found | held |";
  const rows = summary.map((row) => {
    const cells = [
      row.name,
      row.questions,
      percent(row.recall),
      row.recallGoal === null ? "" : `≥ ${percent(row.recallGoal)}`,
      percent(row.allOpened),
      percent(row.inOpened),
      percent(row.inCited),
      row.citedGoal === null ? "" : `≥ ${percent(row.citedGoal)}`,
      row.searches.toFixed(1),
      `${row.p50Ms.toFixed(0)} / ${row.p95Ms.toFixed(0)}`,
      row.p95CpuMs.toFixed(0),
      percent(row.confirmed),
      row.nothingFound,
      row.recallGoal === null ? "" : row.isReached ? "yes" : "NO",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [head, head.replace(/[^|]+/g, "---"), ...rows].join("\n");
}

function renderMisses(results: readonly Judged[]): string {
  const missed = results.filter(({ recall, inCited }) => recall < 1 || inCited === false);
  return missed
    .map(
      ({ set, id, type, question, answer: gold, opened, cited }) =>
        `\n${set} ${id} (${type})\n  ${question}\n  expected: ${gold}\n  opened: ${opened.join(" | ")}\n  cited: ${cited.join(" / ")}`,
    )
    .join("\n");
}

function percent(share: number): string {
  return Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)}%`;
}
