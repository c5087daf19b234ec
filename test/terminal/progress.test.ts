import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { createLinePrinter, createLivePanel } from "../../adapters/terminal/progress.ts";
import { foldProgress, newCard } from "../../src/chat/progress-card.ts";

const CARD = newCard({ id: "r", question: "Why?", depth: "standard", startedAt: "2026-11-23T08:00:00.000Z" });

function withSearches(count: number) {
  const queries = Array.from({ length: count }, (_, index) => `a query with many words in it, number ${index}`);
  return queries.reduce((card, query) => foldProgress(card, { type: "search-end", query, hits: 8 }), CARD);
}

function screen(columns: number | undefined): { stream: PassThrough & { columns?: number }; text: () => string } {
  const stream: PassThrough & { columns?: number } = new PassThrough();
  stream.columns = columns;
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return { stream, text: () => stripVTControlCharacters(text) };
}

describe("progress in a terminal", () => {
  it("is drawn over itself: as many lines up as were drawn", () => {
    const { stream, text } = screen(80);
    const raw: string[] = [];
    stream.on("data", (chunk: string) => raw.push(chunk));
    const panel = createLivePanel(stream);
    panel.draw(withSearches(1));
    const lines = text().split("\n").length - 1;
    panel.draw(withSearches(2));
    assert.ok(raw.join("").includes(`\u001b[${lines}A`));
  });

  it("fits the width, and shows whole lines on a terminal that does not tell its width", () => {
    const narrow = screen(30);
    createLivePanel(narrow.stream).draw(withSearches(2));
    assert.ok(
      narrow
        .text()
        .split("\n")
        .every((line) => line.length < 30),
    );
    const silent = screen(0);
    createLivePanel(silent.stream).draw(withSearches(2));
    assert.match(silent.text(), /"a query with many words in it, number 1": 8 results/);
  });

  it("stays on the screen however many searches there are", () => {
    const { stream, text } = screen(80);
    createLivePanel(stream).draw(withSearches(40));
    assert.ok(text().split("\n").length <= 20);
    assert.match(text(), /… 36 more/);
  });
});

describe("progress in a pipe", () => {
  it("says each fact once, on a line of its own", () => {
    const { stream, text } = screen(undefined);
    const printer = createLinePrinter(stream);
    printer.start("Why?");
    printer.draw(withSearches(1));
    printer.draw(withSearches(2));
    printer.draw(withSearches(2));
    assert.deepEqual(text().trim().split("\n"), [
      "Researching: Why?",
      'Search: "a query with many words in it, number 0": 8 results',
      'Search: "a query with many words in it, number 1": 8 results',
    ]);
  });
});
