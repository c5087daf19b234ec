import { type Sentence, sentencesOf, stem, termsOf, wordsOf } from "../../words.ts";
import { headOf, pieceStems } from "./document-question.ts";
import { type ReadSentence, readSentence } from "./reading.ts";
import type { ReadPage } from "./scene.ts";

/** What can be quoted of a document by itself: a sentence, an item of a list, a row of a table, the facts of an option. */
export interface Line {
  page: ReadPage;
  /** What is quoted: without the list mark, on one line. */
  text: string;
  /** Stems that carry meaning. */
  terms: ReadonlySet<string>;
  /** Stems of what its page is about. */
  head: ReadonlySet<string>;
  /** The headings above, outermost first. */
  headings: readonly string[];
  /** Stems of the headings above and of the items that this one belongs to. */
  heading: ReadonlySet<string>;
  /** Stems of the one thing that it describes, such as an option; empty when it describes none. */
  about: ReadonlySet<string>;
  /** Place in the page: 0 = first; about, where parts before it were not read. */
  index: number;
  kind: "sentence" | "item" | "row" | "facts";
  /** The block of code that it introduces; "" for none. */
  code: string;
}

/** All lines of the parts that were read, in order. */
export function linesOf(page: ReadPage): Line[] {
  const lines: Line[] = [];
  const parts = Array.from(page.view.parts).sort(([a], [b]) => a - b);
  for (const [part, { text }] of parts)
    for (const line of linesOfPart(text, page, part * LINES_OF_PART)) lines.push(line);
  return lines;
}

const LINES_OF_PART = 100;

function linesOfPart(text: string, page: ReadPage, first: number): Line[] {
  const lines: Line[] = [];
  const headings: string[] = [];
  const items: { indent: number; text: string }[] = [];
  let header: string[] = [];
  const add = (kind: Line["kind"], words: string, code = "") => {
    const read = readSentence({ text: words, start: 0, end: words.length }, lines.length);
    lines.push(lineOf(read, { kind, page, headings, items, code, index: first + lines.length }));
  };
  for (const block of blocksOf(text)) {
    if (block.kind !== "row") header = [];
    if (block.kind !== "item" && block.kind !== "code") items.length = 0;
    switch (block.kind) {
      case "heading":
        headings.length = Math.min(headings.length, block.level - 1);
        headings[block.level - 1] = block.text;
        break;
      case "code": {
        const before = lines.at(-1);
        if (before?.text.endsWith(":")) before.code = block.text;
        break;
      }
      case "row": {
        const cells = cellsOf(block.text);
        if (header.length === 0) header = cells;
        else if (cells.some((cell) => /[\p{L}\p{N}]/u.test(cell))) add("row", rowText(header, cells));
        break;
      }
      case "item":
        while ((items.at(-1)?.indent ?? -1) >= block.indent) items.pop();
        if (block.text.length <= MAX_ITEM_CHARS) add("item", block.text);
        else for (const sentence of sentencesOf(block.text)) add("sentence", sentence.text);
        items.push(block);
        break;
      case "text":
        for (const { kind, text: words } of sentencesOrFacts(block.text, headings.at(-1) ?? "")) add(kind, words);
    }
  }
  return lines;
}

function lineOf(
  { text, terms }: ReadSentence,
  rest: Pick<Line, "kind" | "page" | "headings" | "code" | "index"> & { items: readonly { text: string }[] },
): Line {
  const { items, headings, ...line } = rest;
  const above = [...headings, ...items.map((item) => item.text.slice(0, MAX_CONTEXT_CHARS))];
  const entry = ENTRY.exec(text)?.[1] ?? ENTRY.exec(items.at(-1)?.text ?? "")?.[1];
  const title = headings.at(-1) ?? "";
  const option = OPTION_HEADING.exec(title)?.[1] ?? "";
  const about = new Set(spelledApart(entry ?? option));
  const head = headOf(line.page);
  return {
    ...line,
    head,
    text: text.replace(/^>\s*/, ""),
    // Of facts only what is said of the name: the name stands in the heading.
    terms:
      line.kind === "facts"
        ? new Set(termsOf(text.slice(text.indexOf(" – ") + 1)))
        : new Set([...terms, ...pieceStems(text)]),
    headings: headings.filter((heading) => heading !== undefined),
    heading: new Set(above.flatMap((words) => [...wordsOf(words ?? "").map(stem), ...pieceStems(words ?? "")])),
    // The page's own name describes nothing in it.
    about: about.isSubsetOf(head) ? NONE : about,
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Of `bodyTimeout`, the body and the timeout. */
function spelledApart(name: string): string[] {
  const pieces = pieceStems(name);
  return pieces.length > 0 ? pieces : wordsOf(name).map(stem);
}

/** "`bodyTimeout` {number}", "**bodyTimeout** `number`", "`retries` (optional) - …". */
const ENTRY = /^(?:`([^`\s]+)`|\*\*([^*\s]+)\*\*)(?:\s*[:–—({-]|\s+`|\s+is\b)/;
/** A heading that is one name of code, whatever stands behind it: "`level` (String)", "autoStart", "options.timeout". */
const OPTION_HEADING = /^(`[^`\s]+`|\.?[\w.]*(?:[a-z][A-Z]|[_.])[\w.()]*|[a-z][\w]*)(?:\s*\(.*\))?$/;
const MAX_CONTEXT_CHARS = 80;
const MAX_ITEM_CHARS = 400;

type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "item"; indent: number; text: string }
  | { kind: "code" | "row" | "text"; text: string };

/** Lines that belong together: an item goes on in the lines that are indented below it. */
function* blocksOf(text: string): Generator<Block> {
  let fence: string[] | null = null;
  let item: { indent: number; lines: string[] } | null = null;
  const finish = function* (): Generator<Block> {
    if (item !== null) yield { kind: "item", indent: item.indent, text: item.lines.join(" ") };
    item = null;
  };
  for (const raw of text.split("\n")) {
    // What is set apart as a quote or a note has items and paragraphs like the rest.
    const line = raw.replace(/^ {0,3}>(?: |$)/, "");
    if (/^\s*(?:```|~~~)/.test(line)) {
      yield* finish();
      if (fence !== null) yield { kind: "code", text: [...fence, line].join("\n") };
      fence = fence === null ? [line] : null;
      continue;
    }
    if (fence !== null) {
      fence.push(line);
      continue;
    }
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const mark = /^(\s*)(?:[-*+•]|\d+[.)])\s+(\S.*)$/.exec(line);
    const goesOn: boolean = item !== null && /^\s+\S/.test(line);
    if (goesOn && mark === null && item !== null) {
      item.lines.push(line.trim());
      continue;
    }
    yield* finish();
    if (heading !== null) yield { kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" };
    else if (mark !== null) item = { indent: mark[1]?.length ?? 0, lines: [mark[2] ?? ""] };
    else if (/^\s*\|/.test(line)) yield { kind: "row", text: line };
    else if (line.trim() !== "") yield { kind: "text", text: line };
  }
  yield* finish();
}

function cellsOf(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.replaceAll("\\|", "|").trim());
}

/** "fast-check: 4.x; node: ≥12.17.0": what a cell says is in its column's name too. */
function rowText(header: readonly string[], cells: readonly string[]): string {
  return cells
    .map((cell, column) => [header[column] ?? "", cell].filter((words) => words !== "").join(": "))
    .filter((_, column) => cells[column] !== "")
    .join("; ");
}

/** "Default: `Infinity`" says something only together with the name above it. */
function sentencesOrFacts(text: string, heading: string): { kind: "sentence" | "facts"; text: string }[] {
  const fact = /^(?:\*\*)?\p{Lu}[\p{L} ]{1,20}(?:\*\*)?:(?:\*\*)?\s+\S.{0,100}$/u.test(text.trim());
  if (fact && heading !== "")
    return [
      { kind: "facts", text: `${heading.replace(/\s*\([^)]*\):*$|:+$/, "")} – ${text.trim().replace(/\\$/, "")}` },
    ];
  return sentencesOf(text).map((sentence: Sentence) => ({ kind: "sentence", text: sentence.text.trim() }));
}
