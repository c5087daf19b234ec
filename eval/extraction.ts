/** How well pages are read: article text against what people marked as the article, links and table rows kept, speed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { pino } from "pino";
import { createPageReading } from "../src/pages/read-page.ts";
import type { Page } from "../src/types.ts";
import { linksWithin, rowsWithin, shingleScore, wordsOf } from "./extraction-measures.ts";

/** One line of `truth.jsonl`. */
interface Truth {
  file: string;
  url: string;
  articleBody: string;
}

interface PageResult {
  url: string;
  precision: number;
  recall: number;
  /** Null when the page was read; else the reason why not. */
  failure: string | null;
  links: Share;
  rows: Share;
}

interface Share {
  kept: number;
  of: number;
}

interface Speed {
  /** By the clock on the wall, which other programs slow down. */
  pagesPerSecond: number;
  /** By the time that the processor spent on them, threads and garbage collection included. */
  pagesPerCoreSecond: number;
}

/** Prints the scores of a folder with `truth.jsonl` and gzipped pages; 1 when a goal is missed, 2 without data. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: "string" }, json: { type: "boolean", default: false }, pages: { type: "boolean" } },
  });
  if (values.data === undefined) {
    process.stderr.write("--data DIR is needed: a folder with truth.jsonl and the pages it names.\n");
    return 2;
  }
  const { results, speed } = await readAll(values.data);
  const summary = summaryOf(results, speed);
  if (values.pages) for (const result of results.toSorted(byScore)) process.stderr.write(`${lineOf(result)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(summary, null, 2)}\n` : tableOf(summary));
  return summary.f1 >= GOALS.f1 && summary.pagesPerSecond >= GOALS.pagesPerSecond ? 0 : 1;
}

/** The pages go the product's way: worker threads, as many pages at once as it has threads. */
async function readAll(folder: string): Promise<{ results: PageResult[]; speed: Speed }> {
  const lines = readFileSync(join(folder, "truth.jsonl"), "utf8").trim().split("\n");
  const pages = lines.map((line) => {
    const truth = JSON.parse(line) as Truth;
    return { truth, bytes: new Uint8Array(gunzipSync(readFileSync(join(folder, truth.file)))) };
  });
  const reading = createPageReading({ log: pino({ level: "silent" }) });
  const { signal } = new AbortController();
  const read = async (truth: Truth, bytes: Uint8Array): Promise<Page | string> =>
    reading.toPage({ url: truth.url, bytes, mediaType: "text/html", charset: null }, { signal }).catch(String);
  // The first page of each thread pays for loading the parsers; it is read twice and counted once.
  await Promise.all(pages.slice(0, PAGES_AT_ONCE).map(({ truth, bytes }) => read(truth, bytes)));
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const outcomes = await inTurns(pages, ({ truth, bytes }) => read(truth, bytes));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const speed = { pagesPerSecond: pages.length / seconds, pagesPerCoreSecond: (pages.length * 1e6) / (user + system) };
  await reading.close();
  const results = pages.map(({ truth, bytes }, index) => resultOf(truth, bytes, outcomes[index] ?? "not read"));
  return { results, speed };
}

async function inTurns<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  const turn = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, turn));
  return results;
}

function resultOf(truth: Truth, bytes: Uint8Array, outcome: Page | string): PageResult {
  const page = typeof outcome === "string" ? null : outcome;
  const html = new TextDecoder().decode(bytes);
  // Two links to one address that touch each other are one link to a reader.
  const linkWords = page?.links.map(({ start, end }) => wordsOf(page.text.slice(start, end)).join(" ")) ?? [];
  const rows = (page?.text ?? "").split("\n").map((line) => wordsOf(line).join(" "));
  return {
    url: truth.url,
    ...shingleScore(truth.articleBody, page?.text ?? ""),
    failure: typeof outcome === "string" ? outcome : null,
    links: shareIn(linksWithin(html, truth.articleBody), linkWords),
    rows: shareIn(rowsWithin(html, truth.articleBody), rows),
  };
}

function shareIn(expected: string[], found: string[]): Share {
  return { kept: expected.filter((words) => found.some((each) => each.includes(words))).length, of: expected.length };
}

function summaryOf(results: PageResult[], speed: Speed) {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const precision = mean(results.map((result) => result.precision));
  const recall = mean(results.map((result) => result.recall));
  const total = (share: (result: PageResult) => Share): Share => ({
    kept: results.reduce((sum, result) => sum + share(result).kept, 0),
    of: results.reduce((sum, result) => sum + share(result).of, 0),
  });
  return {
    pages: results.length,
    failures: results.filter(({ failure }) => failure !== null).length,
    // As the benchmark's own script has it: of the means, not the mean of each page's F1.
    f1: (2 * precision * recall) / (precision + recall),
    precision,
    recall,
    links: total(({ links }) => links),
    rows: total(({ rows }) => rows),
    ...speed,
  };
}

function tableOf(summary: ReturnType<typeof summaryOf>): string {
  const rows = [
    ["pages", `${summary.pages} (${summary.failures} not read)`, ""],
    ["F1 of 4-word shingles", summary.f1.toFixed(3), `at least ${GOALS.f1}`],
    ["precision", summary.precision.toFixed(3), ""],
    ["recall", summary.recall.toFixed(3), ""],
    ["links of the article kept", `${summary.links.kept} of ${summary.links.of}`, "all"],
    ["table rows of the article kept", `${summary.rows.kept} of ${summary.rows.of}`, "all"],
    ["pages per second", summary.pagesPerSecond.toFixed(0), `at least ${GOALS.pagesPerSecond}`],
    ["pages for each second of one core", summary.pagesPerCoreSecond.toFixed(0), ""],
  ];
  return ["| what | measured | goal |", "|---|---|---|", ...rows.map((row) => `| ${row.join(" | ")} |`), ""].join("\n");
}

function byScore(a: PageResult, b: PageResult): number {
  return a.precision + a.recall - b.precision - b.recall;
}

function lineOf({ url, precision, recall, failure, links }: PageResult): string {
  const scores = `${precision.toFixed(2)} ${recall.toFixed(2)} links ${links.kept}/${links.of}`;
  return failure === null ? `${scores} ${url}` : `${scores} ${url} ${failure}`;
}

const PAGES_AT_ONCE = 2;
const GOALS = { f1: 0.952, pagesPerSecond: 45 };
