import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { pino } from "pino";
import { createPageReading, type PageReading } from "../../src/pages/read-page.ts";
import type { ReadingLimits } from "../../src/pages/reading-pool.ts";
import { pdfFile } from "./pdf-file.ts";
import { article, PAGE_URL, paragraphs } from "./read-as.ts";

const log = pino({ level: "silent" });
const { signal } = new AbortController();
// Slow machines are not what these tests are about.
const PATIENT: Partial<ReadingLimits> = { timeoutMs: 120_000, documentTimeoutMs: 120_000 };

function pageOf(source: string | Uint8Array, mediaType = "text/html") {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  return { url: PAGE_URL, bytes, mediaType, charset: null };
}

async function withReading(
  limits: Partial<ReadingLimits>,
  work: (reading: PageReading) => Promise<void>,
): Promise<void> {
  const reading = createPageReading({ log, limits });
  try {
    await work(reading);
  } finally {
    await reading.close();
  }
}

describe("Hostile pages", () => {
  const reading = createPageReading({ log, limits: PATIENT });
  after(() => reading.close());
  const seen = paragraphs(5);
  const spans = Array.from({ length: 200_000 }, (_, index) => ` a${index}=1`).join("");
  const rules = Array.from({ length: 50_000 }, (_, index) => `.a.b${index}{display:none}`).join("");

  const documents: [what: string, html: string][] = [
    ["100,000 nested elements", `${"<div>".repeat(100_000)}${seen}${"</div>".repeat(100_000)}`],
    ["100,000 nested elements and as many stray ends", `${"<div>".repeat(100_000)}${seen}${"</b>".repeat(100_000)}`],
    ["100,000 links and emphases that never end", `${"<a href=x><b><i>".repeat(33_000)}${seen}`],
    ["tables in tables without end", `${"<table><tr><td>".repeat(30_000)}${seen}`],
    ["an element with 200,000 attributes", `<div${spans}>${seen}</div>`],
    ["an attribute of 5 MB", `<p title="${"x".repeat(5_000_000)}">${seen}`],
    ["a script of 10 MB", `<script>${"x=1;".repeat(2_500_000)}</script>${seen}`],
    ["a comment without an end", `${seen}<!-- ${"x".repeat(2_000_000)}`],
    ["200,000 empty elements", `${"<span></span>".repeat(200_000)}${seen}`],
    ["200,000 opening brackets", `${"<".repeat(200_000)}${seen}`],
    ["a style sheet of 50,000 rules", `<style>${rules}</style>${'<p class="a c">x</p>'.repeat(2_000)}${seen}`],
    ["a million invisible characters", `<p>${"\u200b ".repeat(1_000_000)}</p>${seen}`],
    ["a million marks on one letter", `<p>a${"\u0301".repeat(1_000_000)}</p>${seen}`],
  ];
  for (const [what, html] of documents) {
    it(`are read in spite of ${what}`, async () => {
      const page = await reading.toPage(pageOf(html), { signal });
      assert.match(page.text, /4\.2 terawatt hours in 2012[\s\S]*8\.2 terawatt hours in 2016/);
      assert.equal(page.parts.at(-1)?.end, page.text.length);
    });
  }

  it("are read in spite of broken bytes and a charset that does not exist", async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode(seen), 0xff, 0xfe, 0xc3, 0x28, 0x80]);
    const page = await reading.toPage({ ...pageOf(bytes), charset: "x-no-such" }, { signal });
    assert.match(page.text, /4\.2 terawatt hours in 2012/);
  });

  it("of 10 MB are read to their end, in parts", async () => {
    const sentence = "<p>The grid delivered more than anyone had thought it could.</p>";
    const page = await reading.toPage(pageOf(`<main>${sentence.repeat(160_000)}<p>The end.</p></main>`), { signal });
    assert.match(page.text, /The end\.$/);
    assert.ok(page.parts.length > 1500);
  });

  it("with 100,000 links keep the first 20,000 of them", async () => {
    const links = Array.from({ length: 100_000 }, (_, index) => `<a href="/p${index}">link ${index}</a> `);
    const page = await reading.toPage(pageOf(links.join("")), { signal });
    assert.equal(page.links.length, 20_000);
    assert.match(page.text, /link 99999$/);
  });

  it("without a text are refused in words", async () => {
    for (const html of ["", " \n", `${"<template>".repeat(50_000)}${seen}`, "<select><option>x</select>"]) {
      await assert.rejects(reading.toPage(pageOf(html), { signal }), {
        code: "PAGE_UNREADABLE",
        message: /has no text/,
      });
    }
  });
});

describe("Reading pages in worker threads", () => {
  it("kills a page that takes too long and goes on with the next", async () => {
    await withReading({ ...PATIENT, documentTimeoutMs: 1, maxWorkers: 1 }, async (reading) => {
      const slow = reading.toPage(pageOf(pdfFile([[{ text: "x", x: 60, y: 700 }]]), "application/pdf"), { signal });
      const next = reading.toPage(pageOf(article("")), { signal });
      await assert.rejects(slow, { code: "PAGE_UNREADABLE", message: /could not be read within/ });
      assert.equal((await next).title, "Power in the north");
    });
  });

  it("gives up a page that needs too much memory and goes on with the next", async () => {
    await withReading({ ...PATIENT, maxHeapMb: 48, maxWorkers: 1 }, async (reading) => {
      const large = reading.toPage(pageOf(`<p>${"a &amp; b ".repeat(1_500_000)}`), { signal });
      const next = reading.toPage(pageOf(article("")), { signal });
      await assert.rejects(large, { code: "PAGE_UNREADABLE", message: /too much memory/ });
      assert.equal((await next).title, "Power in the north");
    });
  });

  it("gives the same page for the same bytes, whatever else is being read", async () => {
    await withReading({ ...PATIENT, maxWorkers: 2 }, async (reading) => {
      const sources = Array.from({ length: 12 }, (_, index) => article(`<p>Page ${index}.</p>`));
      const pages = await Promise.all(sources.map((source) => reading.toPage(pageOf(source), { signal })));
      for (const [index, page] of pages.entries()) assert.match(page.text, new RegExp(`Page ${index}\\.$`));
    });
  });

  it("reads a long text in a thread and a short one at once, to the same result", async () => {
    await withReading(PATIENT, async (reading) => {
      const short = await reading.toPage(pageOf("# Grid\n\nOne line.", "text/markdown"), { signal });
      const long = await reading.toPage(pageOf(`# Grid\n\n${"One line.\n\n".repeat(20_000)}`, "text/markdown"), {
        signal,
      });
      assert.deepEqual([short.title, short.text], ["Grid", "# Grid\n\nOne line."]);
      assert.equal(long.title, "Grid");
      assert.ok(long.parts.length > 10);
    });
  });

  it("ends with the caller's reason when it is called off, waiting or running", async () => {
    await withReading({ ...PATIENT, maxWorkers: 1 }, async (reading) => {
      const running = new AbortController();
      const waiting = new AbortController();
      const outcomes = [running, waiting].map(({ signal }) => reading.toPage(pageOf(article("")), { signal }));
      const next = reading.toPage(pageOf(article("")), { signal });
      running.abort(new Error("no more"));
      waiting.abort(new Error("not any more"));
      await assert.rejects(outcomes[0] as Promise<unknown>, /no more/);
      await assert.rejects(outcomes[1] as Promise<unknown>, /not any more/);
      assert.equal((await next).title, "Power in the north");
    });
  });

  it("lets nobody wait for ever once it is closed", async () => {
    const reading = createPageReading({ log, limits: { ...PATIENT, maxWorkers: 1 } });
    const outcomes = [1, 2].map(() => reading.toPage(pageOf(article("")), { signal }));
    const settled = Promise.allSettled(outcomes);
    await reading.close();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ["rejected", "rejected"],
    );
    await assert.rejects(reading.toPage(pageOf(article("")), { signal }), { code: "INTERNAL" });
  });
});
