import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pino } from "pino";
import { splitIntoParts } from "../src/pages/parts.ts";
import { createPageReading, type PageReading } from "../src/pages/read-page.ts";
import type { Page } from "../src/types.ts";
import { atLeast, atMost, type Bench, type Measurement, measured, median } from "./measurement.ts";

const { signal } = new AbortController();
const sentence =
  "The Zephyr grid delivered 4.2 terawatt hours in 2012, and the auditor, who had doubted it, confirmed the figure. ";

/** Pages of all sizes through the worker threads: what they cost, and what the other runs notice of them. */
export async function run(): Promise<Bench> {
  const reading = createPageReading({ log: pino({ level: "silent" }) });
  try {
    return {
      title: "Reading pages",
      measurements: [
        ...(await firstPage(reading)),
        ...(await articles(reading)),
        ...(await stalls(reading)),
        ...(await shortTexts(reading)),
        ...parts(),
        ...loading(),
      ],
    };
  } finally {
    await reading.close();
  }
}

async function firstPage(reading: PageReading): Promise<Measurement[]> {
  const startedAt = performance.now();
  await open(reading, articleOf(10));
  return [measured("the first HTML page, with the start of a thread", performance.now() - startedAt, "ms")];
}

/** Own articles of the size of news pages; `npm run eval -- extraction` measures real ones. */
async function articles(reading: PageReading): Promise<Measurement[]> {
  const page = articleOf(40);
  const what = `articles of ${Math.round(page.length / 1000)} kB`;
  const count = 120;
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await Promise.all(Array.from({ length: count }, () => open(reading, page)));
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = (process.cpuUsage(cpuBefore).user + process.cpuUsage(cpuBefore).system) / 1e6;
  return [
    atLeast(`${what}, read at once`, count / seconds, 45, "pages/s"),
    measured(`${what}, for each second of one core`, count / cpuSeconds, "pages"),
  ];
}

/**
 * What the main thread did for pages that are made to be slow: it was held up for at most so long. Its CPU time is
 * measured, since on a busy machine the wall clock measures the others.
 */
async function stalls(reading: PageReading): Promise<Measurement[]> {
  const hostile: [string, string][] = [
    ["100,000 nested tags", `${"<div>".repeat(100_000)}${sentence}${"</b>".repeat(100_000)}`],
    ["10 MB of paragraphs", `<p>${sentence}</p>`.repeat(85_000)],
    ["100,000 links", "<a href='/page'>a link of some words</a> ".repeat(100_000)],
    ["a table of 20,000 rows", `<table>${"<tr><td>a</td><td>b</td><td>c</td></tr>".repeat(20_000)}</table>`],
  ];
  const measurements: Measurement[] = [];
  for (const [what, html] of hostile) {
    const page = pageOf(html);
    const startedAt = performance.now();
    const { cpuMs, value } = await timed(() => outcomeOf(reading.toPage(page, { signal })));
    measurements.push(atMost(`main thread busy with ${what}`, cpuMs, 50, "ms"));
    measurements.push(measured(`${what}: ${value}, after`, performance.now() - startedAt, "ms"));
  }
  return measurements;
}

/** Texts up to 128 kB are read in the main thread: the largest of each kind. */
async function shortTexts(reading: PageReading): Promise<Measurement[]> {
  const text = `${sentence}See https://example.org/data?year=2012, **now**.\n\n`.repeat(760);
  const measurements: Measurement[] = [];
  for (const mediaType of ["text/plain", "text/markdown", "application/json", "text/csv"]) {
    const times: number[] = [];
    for (let index = 0; index < 9; index++) {
      times.push((await timed(() => reading.toPage({ ...pageOf(text), mediaType }, { signal }))).cpuMs);
    }
    measurements.push(
      atMost(`main thread busy with ${Math.round(text.length / 1000)} kB of ${mediaType}`, median(times), 50, "ms"),
    );
  }
  return measurements;
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ cpuMs: number; value: Value }> {
  const before = process.threadCpuUsage();
  const value = await work();
  const used = process.threadCpuUsage(before);
  return { cpuMs: (used.user + used.system) / 1000, value };
}

function parts(): Measurement[] {
  const line = sentence.repeat(5300).slice(0, 600_000);
  const startedAt = performance.now();
  const count = splitIntoParts(line, []).length;
  return [measured(`one line of 600,000 characters cut into ${count} parts`, performance.now() - startedAt, "ms")];
}

/** Until a page is opened, no parser is loaded; what remains is mostly Node taking the types out of our files. */
function loading(): Measurement[] {
  const file = join(import.meta.dirname, "../src/pages/read-page.ts");
  const script = `const before = process.threadCpuUsage();
    await import(${JSON.stringify(file)});
    const { user, system } = process.threadCpuUsage(before);
    console.log((user + system) / 1000);`;
  const times = Array.from({ length: 5 }, () =>
    Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" })),
  );
  return [atMost("loading the room before the first page (median of 5)", median(times), 100, "ms")];
}

async function open(reading: PageReading, html: string): Promise<string> {
  return outcomeOf(reading.toPage(pageOf(html), { signal }));
}

async function outcomeOf(page: Promise<Page>): Promise<string> {
  return page.then(
    ({ parts }) => `${parts.length} parts`,
    (error: Error) => error.message,
  );
}

function pageOf(source: string) {
  return {
    url: "https://example.org/page",
    bytes: new TextEncoder().encode(source),
    mediaType: "text/html",
    charset: null,
  };
}

/** As many paragraphs, three times as many elements around them: about what news pages have. */
function articleOf(paragraphs: number): string {
  const menu = `<nav>${'<div class="menu-item"><a href="/section">Section</a></div>'.repeat(paragraphs)}</nav>`;
  const cards =
    '<div class="card teaser"><a href="/other"><h3>Another story</h3><span class="date">Today</span></a></div>';
  const body = Array.from(
    { length: paragraphs },
    (_, index) => `<p>${index}. ${sentence.repeat(3)}<a href="/${index}">More</a></p>`,
  );
  return `<html><head><title>Power</title><script>${"x=1;".repeat(10_000)}</script></head><body>${menu}
    <article><h1>Power</h1>${body.join("")}</article><div class="sidebar">${cards.repeat(paragraphs)}</div></body></html>`;
}
