import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { column, type DrawnText, pdfFile } from "./pdf-file.ts";
import { linksOf, readAs } from "./read-as.ts";

const read = (pages: DrawnText[][], info: Record<string, string> = {}) =>
  readAs("application/pdf", pdfFile(pages, info));

const isUnreadable = (reason: RegExp) => (error: { code?: string; message?: string }) => {
  assert.equal(error.code, "PAGE_UNREADABLE");
  assert.match(error.message ?? "", reason);
  return true;
};

const leftColumn = [
  "The Zephyr grid delivered 4.2 terawatt",
  "hours in the year 2012, more than any",
  "grid of its size. The auditor did not be-",
  "lieve the figure at first and asked for",
  "the meters of all substations.",
  "",
  "Only in the spring of the next year did",
  "the office confirm that the meters had",
  "been read by the book, and that nothing",
  "had been counted twice. It said so on",
];
const rightColumn = [
  "the first page of its report. The state-of-the-",
  "art meters had been worth it.",
  "",
  "Since then the grid has been measured",
  "every quarter. No other network of the",
  "country is watched so closely, and none",
  "has grown as fast. Costs fell by a third",
  "while the number of turbines doubled in",
  "the same time. The full data is found at",
  "https://example.org/data.csv.",
];

describe("Reading a PDF", () => {
  it("reads two columns one after the other, across the title and below it", async () => {
    const { title, text, anchors } = await read([
      [
        { text: "Power in the north", x: 200, y: 740, size: 20 },
        {
          text: "A report on the Zephyr grid, written for the assembly of the northern towns and its committees",
          x: 70,
          y: 712,
        },
        ...column(leftColumn, { x: 60, y: 680 }),
        ...column(rightColumn, { x: 320, y: 680 }),
        { text: "1", x: 300, y: 40 },
      ],
    ]);
    assert.equal(title, "Power in the north");
    assert.equal(
      text,
      [
        "# Power in the north",
        "A report on the Zephyr grid, written for the assembly of the northern towns and its committees",
        "The Zephyr grid delivered 4.2 terawatt hours in the year 2012, more than any grid of its size. The auditor did not believe the figure at first and asked for the meters of all substations.",
        "Only in the spring of the next year did the office confirm that the meters had been read by the book, and that nothing had been counted twice. It said so on the first page of its report. The state-of-the-art meters had been worth it.",
        "Since then the grid has been measured every quarter. No other network of the country is watched so closely, and none has grown as fast. Costs fell by a third while the number of turbines doubled in the same time. The full data is found at https://example.org/data.csv.",
      ].join("\n\n"),
    );
    assert.deepEqual(anchors, [{ start: 0, label: "page 1" }]);
  });

  it("marks where each page begins, drops headers and page numbers, joins what goes on over the page", async () => {
    const page = (number: number, lines: string[]) => [
      { text: `Annual report ${number}`, x: 60, y: 760, size: 9 },
      ...column(lines, { x: 60, y: 700 }),
      { text: `- ${number} -`, x: 300, y: 30 },
    ];
    const { text, anchors } = await read([
      page(1, ["The first page ends in the middle of a", "sentence that"]),
      page(2, ["goes on here and ends."]),
      page(3, ["The third page is short."]),
    ]);
    assert.equal(
      text,
      "The first page ends in the middle of a sentence that goes on here and ends.\n\nThe third page is short.",
    );
    assert.deepEqual(
      anchors.map(({ start, label }) => [label, text.slice(start, start + 9)]),
      [
        ["page 1", "The first"],
        ["page 2", "goes on h"],
        ["page 3", "The third"],
      ],
    );
  });

  it("makes headings of larger letters, items of bullets, code of fixed-width letters", async () => {
    const { text } = await read([
      [
        { text: "Supply", x: 60, y: 740, size: 16 },
        { text: "Wind", x: 60, y: 715, size: 13 },
        ...column(["Wind brought most of it, as in the years before and after.", "\x95 at sea", "\x95 on land"], {
          x: 60,
          y: 695,
        }),
        ...column(["grid {", "  zephyr: 4.2", "}"], { x: 60, y: 640 }).map(
          (line): DrawnText => ({ ...line, font: "Courier" }),
        ),
      ],
    ]);
    assert.match(text, /^# Supply\n\n## Wind\n\nWind brought most of it/);
    assert.match(text, /\n\n- at sea\n- on land\n\n/);
    assert.match(text, /```\ngrid \{\n\s*zephyr: 4\.2\n\}\n```$/);
  });

  it("keeps the cells of a table row together, in a line of their own reading order", async () => {
    const rows = [
      ["Region", "2011", "2012"],
      ["North", "3.9", "4.2"],
      ["South", "1.1", "1.3"],
    ];
    const cells = rows.flatMap((row, line) =>
      row.map((text, cell) => ({ text, x: 60 + cell * 180, y: 700 - line * 30 })),
    );
    const { text } = await read([cells]);
    assert.deepEqual(text.split("\n\n"), ["Region | 2011 | 2012", "North | 3.9 | 4.2", "South | 1.1 | 1.3"]);
  });

  it("takes title and date from the document, unless the title is a file name", async () => {
    const text = [[{ text: "Only text.", x: 60, y: 700 }]];
    const named = await read(text, { Title: "Power in the north", CreationDate: "D:20130201093000+01'00'" });
    assert.deepEqual([named.title, named.publishedAt], ["Power in the north", "2013-02-01T00:00:00.000Z"]);
    const unnamed = await read(text, { Title: "Microsoft Word - final2.docx" });
    assert.deepEqual([unnamed.title, unnamed.publishedAt], ["", null]);
  });

  it("links the addresses that stand in the text", async () => {
    const content = await read([[{ text: "See https://example.org/a_(b)?c=1, or ask.", x: 60, y: 700 }]]);
    assert.deepEqual(linksOf(content), [["https://example.org/a_(b)?c=1", "https://example.org/a_(b)?c=1"]]);
  });

  it("says what is the matter with a broken file, a locked one and a scan", async () => {
    const whole = pdfFile([[{ text: "Only text.", x: 60, y: 700 }]]);
    await assert.rejects(readAs("application/pdf", whole.slice(0, 200)), isUnreadable(/broken/));
    await assert.rejects(readAs("application/pdf", "%PDF-1.7\nnothing of the kind"), isUnreadable(/broken/));
    await assert.rejects(readAs("application/pdf", pdfFile([[]])), isUnreadable(/pictures of pages/));
    const locked = Buffer.from(whole)
      .toString("latin1")
      .replace(
        "/Root 1 0 R",
        `/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (${"o".repeat(32)}) /U (${"u".repeat(32)}) /P -4 >> /ID [(0123456789abcdef) (0123456789abcdef)]`,
      );
    await assert.rejects(readAs("application/pdf", Buffer.from(locked, "latin1")), isUnreadable(/password/));
  });
});
