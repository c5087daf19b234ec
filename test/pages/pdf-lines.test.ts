import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { linesOfPage, type TextRun } from "../../src/pages/pdf-lines.ts";

const PAGE_WIDTH = 595;
const SIZE = 10.95;

function run(text: string, x: number, y: number, width: number): TextRun {
  return { text, x, y, width, size: SIZE, isMonospace: false };
}

/** A line as programs write it that draw each word by itself, every space 0.3 of the letters' size. */
function words(text: string, x: number, y: number, width: number): TextRun[] {
  const list = text.split(" ");
  const space = SIZE * 0.3;
  const wordWidth = (width - space * (list.length - 1)) / list.length;
  return list.map((word, index) => run(word, x + index * (wordWidth + space), y, wordWidth));
}

const rows = Array.from({ length: 20 }, (_, index) => ({ index, y: 700 - index * 13.5 }));
const inOrder = [...rows.map(({ index }) => `left line ${index}`), ...rows.map(({ index }) => `right line ${index}`)];

describe("The lines of a PDF page", () => {
  it("go down each column although only 17 points lie between them", () => {
    const runs = rows.flatMap(({ index, y }) => [
      run(`left line ${index}`, 71, y, 218),
      run(`right line ${index}`, 306, y, 218),
    ]);
    assert.deepEqual(
      linesOfPage(runs, PAGE_WIDTH).map(({ text }) => text),
      inOrder,
    );
  });

  it("go down each column when every word is drawn by itself, under a title across both", () => {
    const runs = rows.flatMap(({ index, y }) => [
      ...words(`left line ${index}`, 71, y, 218),
      ...words(`right line ${index}`, 306, y, 218),
    ]);
    const title = words("A title of many words that reaches over the two columns of this page", 100, 740, 400);
    assert.deepEqual(
      linesOfPage([...runs, ...title], PAGE_WIDTH).map(({ text }) => text),
      [title.map(({ text }) => text).join(" "), ...inOrder],
    );
  });

  it("go across a page of one column, and across the rows of a table of figures", () => {
    const text = rows.flatMap(({ index, y }) =>
      words(`line ${index} goes over the whole width of the page`, 71, y, 453),
    );
    assert.equal(linesOfPage(text, PAGE_WIDTH)[0]?.text, "line 0 goes over the whole width of the page");
    const table = rows.flatMap(({ index, y }) => [run(`Region ${index}`, 71, y, 60), run(`${index}.5`, 400, y, 20)]);
    assert.equal(linesOfPage(table, PAGE_WIDTH)[3]?.text, "Region 3 | 3.5");
  });

  it("mark raised figures and put no space where letters touch", () => {
    const runs = [
      run("10", 71, 700, 12),
      { ...run("6", 83, 704, 4), size: 7 },
      run("km", 90, 700, 14),
      run("/h", 104, 700, 9),
    ];
    assert.deepEqual(
      linesOfPage(runs, PAGE_WIDTH).map(({ text }) => text),
      ["10^6 km/h"],
    );
  });
});
