import type { PageReader } from "../ports.ts";
import { decodeText } from "./decode-text.ts";
import { joinPieces, type LinkedPiece, linkBareAddresses } from "./linked-text.ts";

/** Comma-, semicolon- or tab-separated values as a Markdown table; the first row is its head. */
export const csvReader: PageReader = {
  mediaTypes: ["text/csv", "text/tab-separated-values"],
  async read({ bytes, charset }, { signal }) {
    signal.throwIfAborted();
    const source = decodeText(bytes, charset).replace(/\r\n?/g, "\n");
    const { text, links } = joinPieces(tablePieces(parseRows(source, separatorOf(source))));
    return { title: "", publishedAt: null, text, links, anchors: [] };
  },
};

/** The candidate that stands most often in the first line outside of quotes. */
function separatorOf(source: string): string {
  const head = source
    .slice(0, source.indexOf("\n") + 1 || undefined)
    .slice(0, MAX_HEAD_CHARS)
    .replace(/"[^"]*"/g, "");
  const counted = [",", ";", "\t", "|"].map((mark) => ({ mark, count: head.split(mark).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}

/** https://www.rfc-editor.org/rfc/rfc4180: a quoted field may hold separators, line breaks and doubled quotes. */
function parseRows(source: string, separator: string): string[][] {
  const mark = separator === "|" ? "\\|" : separator;
  const field = new RegExp(`"((?:[^"]|"")*)"[^${mark}\\n]*|([^${mark}\\n]*)`, "y");
  const rows: string[][] = [[]];
  for (let position = 0; position < source.length; ) {
    field.lastIndex = position;
    const match = field.exec(source);
    const value = match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? "";
    rows.at(-1)?.push(value);
    position += match?.[0].length ?? 0;
    if (source[position] === "\n" && position < source.length - 1) rows.push([]);
    position++;
  }
  return rows.filter((row) => row.some((value) => value.trim() !== ""));
}

function tablePieces(rows: string[][]): LinkedPiece[] {
  const width = rows[0]?.length ?? 0;
  const pieces: LinkedPiece[] = [];
  for (const [index, row] of rows.entries()) {
    const cells = row.map((value) => value.replace(/\s+/g, " ").trim().replaceAll("|", "\\|"));
    while (cells.length < width) cells.push("");
    for (const piece of linkBareAddresses(`| ${cells.join(" | ")} |\n`)) pieces.push(piece);
    if (index === 0) pieces.push({ text: `|${" --- |".repeat(cells.length)}\n`, url: null });
  }
  return pieces;
}

const MAX_HEAD_CHARS = 10_000;
