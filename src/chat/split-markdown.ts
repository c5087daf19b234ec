import type { List, Nodes, RootContent, Table } from "mdast";
import { parseMarkdown } from "./parse-markdown.ts";

/**
 * Markdown in parts of at most `maxChars`, each a whole document of its own. Cuts are made at headings where that leaves
 * no part nearly empty, else between blocks; only what is too long by itself is cut inside: tables between rows (the head
 * is repeated), code between lines (the fence is closed and opened again), lists between items, text between sentences or
 * words, never inside a link.
 */
export function splitMarkdown(markdown: string, maxChars: number): string[] {
  const blocks = blocksOf(markdown).flatMap((block) => fitBlock(block, maxChars));
  const parts: Block[][] = [];
  let current: Block[] = [];
  for (const block of blocks) {
    if (current.length > 0 && lengthOf([...current, block]) > maxChars) {
      const cut = bestCut(current, maxChars);
      parts.push(current.slice(0, cut));
      current = current.slice(cut);
      // What was carried over may be too long together with this block.
      if (current.length > 0 && lengthOf([...current, block]) > maxChars) {
        parts.push(current);
        current = [];
      }
    }
    current.push(block);
  }
  if (current.length > 0) parts.push(current);
  return parts.map((part) => part.map(({ text }) => text).join(BETWEEN));
}

/** A piece of Markdown between blank lines. */
interface Block {
  kind: RootContent["type"];
  text: string;
  node: RootContent | null;
}

const BETWEEN = "\n\n";
// A part that ends at a heading should still be worth a message of its own.
const LEAST_SHARE = 0.4;

function blocksOf(markdown: string): Block[] {
  return parseMarkdown(markdown).children.map((node) => ({ kind: node.type, text: sourceOf(node, markdown), node }));
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((total, { text }) => total + text.length + BETWEEN.length, -BETWEEN.length);
}

/** How many of the blocks stay in this part: up to the last heading that is far enough down, else all of them. */
function bestCut(blocks: readonly Block[], maxChars: number): number {
  for (let cut = blocks.length - 1; cut > 0; cut -= 1) {
    if (blocks[cut]?.kind === "heading" && lengthOf(blocks.slice(0, cut)) >= maxChars * LEAST_SHARE) return cut;
  }
  // A heading at the end belongs to what comes next.
  return blocks.length > 1 && blocks.at(-1)?.kind === "heading" ? blocks.length - 1 : blocks.length;
}

function fitBlock(block: Block, maxChars: number): Block[] {
  if (block.text.length <= maxChars) return [block];
  const pieces = cutBlock(block, maxChars);
  return pieces.map((text) => ({ kind: block.kind, text, node: null }));
}

function cutBlock({ node, text }: Block, maxChars: number): string[] {
  switch (node?.type) {
    case "code":
      return cutCode(text, maxChars);
    case "table":
      return cutTable(node, text, maxChars);
    case "list":
      return cutList(node, text, maxChars);
    default:
      return cutText(text, maxChars, node === null ? [] : linksIn(node));
  }
}

function cutCode(text: string, maxChars: number): string[] {
  const [opening = "```", ...rest] = text.split("\n");
  const fence = /^\s*(`{3,}|~{3,})/.exec(opening)?.[1];
  // Indented code has no fence.
  if (fence === undefined) return cutText(text, maxChars, []);
  const lines = rest.at(-1)?.trim().startsWith(fence) ? rest.slice(0, -1) : rest;
  const room = maxChars - opening.length - fence.length - 2;
  if (room < 1) return cutText(text, maxChars, []);
  const groups = group(
    lines.flatMap((line) => chunks(line, room)),
    "\n",
    room,
  );
  return groups.map((group) => `${opening}\n${group}\n${fence}`);
}

function cutTable(node: Table, text: string, maxChars: number): string[] {
  const [head = "", rule = "", ...rows] = text.split("\n");
  const room = maxChars - head.length - rule.length - 2;
  const isCuttable = node.children.length === rows.length + 1 && rows.every((row) => row.length <= room);
  if (!isCuttable) return cutText(text, maxChars, linksIn(node));
  return group(rows, "\n", room).map((group) => `${head}\n${rule}\n${group}`);
}

function cutList(node: List, text: string, maxChars: number): string[] {
  const start = offsetOf(node);
  const items = node.children.flatMap((item) => {
    const itemStart = offsetOf(item) - start;
    const source = text.slice(itemStart, (item.position?.end.offset ?? 0) - start);
    return source.length <= maxChars ? [source] : cutText(source, maxChars, linksIn(item));
  });
  return group(items, "\n", maxChars);
}

/** @param links places that must stay whole, counted from the start of the text */
function cutText(text: string, maxChars: number, links: readonly Place[]): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > maxChars) {
    const end = cutAt(text, start, start + maxChars, links);
    pieces.push(text.slice(start, end).trim());
    start = end;
  }
  pieces.push(text.slice(start).trim());
  return pieces.filter((piece) => piece !== "");
}

/** The best place to cut in the last half: after a line, a sentence, a word; before a link that would be torn. */
function cutAt(text: string, start: number, limit: number, links: readonly Place[]): number {
  const half = start + Math.floor((limit - start) / 2);
  for (const border of [/\n/g, /[.!?。！？](?=\s|$)|[。！？]/g, /\s/g]) {
    const ends = Array.from(text.slice(half, limit).matchAll(border), (match) => half + match.index + match[0].length);
    const end = ends.findLast((candidate) => tornBy(candidate, links) === null);
    if (end !== undefined) return end;
  }
  const torn = tornBy(limit, links);
  if (torn !== null && torn.start > start) return torn.start;
  // Never between the halves of one character.
  return /[\ud800-\udbff]/.test(text[limit - 1] ?? "") ? limit - 1 : limit;
}

interface Place {
  start: number;
  end: number;
}

function tornBy(position: number, links: readonly Place[]): Place | null {
  return links.find(({ start, end }) => start < position && position < end) ?? null;
}

/** Links and code within a block, counted from its start. */
function linksIn(block: Nodes): Place[] {
  const origin = offsetOf(block);
  const places: Place[] = [];
  const waiting: Nodes[] = [block];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "link" || node.type === "inlineCode") {
      places.push({ start: offsetOf(node) - origin, end: (node.position?.end.offset ?? 0) - origin });
    } else if ("children" in node) waiting.push(...node.children);
  }
  return places;
}

/** Joins neighbours as long as they fit together. */
function group(pieces: readonly string[], between: string, maxChars: number): string[] {
  const groups: string[] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last !== undefined && last.length + between.length + piece.length <= maxChars)
      groups[groups.length - 1] = last + between + piece;
    else groups.push(piece);
  }
  return groups;
}

function chunks(line: string, size: number): string[] {
  return line.length <= size ? [line] : cutText(line, size, []);
}

function sourceOf(node: RootContent, markdown: string): string {
  return markdown.slice(offsetOf(node), node.position?.end.offset ?? 0);
}

function offsetOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}
