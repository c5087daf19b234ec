import type { Nodes, Root } from "mdast";
import { canonicalUrl } from "../canonical-url.ts";
import { defuse } from "./defuse.ts";
import { parseMarkdown } from "./parse-markdown.ts";

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Markdown in which nothing of foreign text is alive: its syntax tree decides what is text, link, image, HTML or code,
 * and the source is changed in those places only. Links lead to the given addresses alone (others become their words),
 * images become their description, HTML is shown or dropped, bare addresses and mentions are broken up invisibly.
 *
 * @param allowedUrls addresses of the opened sources
 */
export function makeSafe(markdown: string, allowedUrls: readonly string[]): string {
  const tree = parseMarkdown(markdown);
  const edits: Edit[] = [];
  collectEdits(tree, markdown, { edits, allowed: new Set(allowedUrls.map(canonicalUrl)) });
  return applyEdits(markdown, edits).trim();
}

interface Collector {
  edits: Edit[];
  allowed: ReadonlySet<string>;
}

function collectEdits(root: Root, markdown: string, { edits, allowed }: Collector): void {
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { start, end } = placeOf(node);
    const source = markdown.slice(start, end);
    switch (node.type) {
      case "text":
        edits.push({ start, end, text: defuse(source) });
        break;
      case "html":
        edits.push({ start, end, text: showHtml(source) });
        break;
      case "image":
      case "imageReference":
        edits.push({ start, end, text: defuse((node.alt ?? "").replace(/[[\]()]/g, "")) });
        break;
      case "definition":
        edits.push({ start, end, text: "" });
        break;
      case "link":
        if (!isAllowed(node.url, allowed)) edits.push(...unwrap(node));
        waiting.push(...node.children);
        break;
      default:
        if ("children" in node) waiting.push(...node.children);
    }
  }
}

/** What stands around the children goes: `[words](address)` becomes `words`. */
function unwrap(node: Nodes & { children: Nodes[] }): Edit[] {
  const { start, end } = placeOf(node);
  const [first, last] = [node.children[0], node.children.at(-1)];
  if (first === undefined || last === undefined) return [{ start, end, text: "" }];
  return [
    { start, end: placeOf(first).start, text: "" },
    { start: placeOf(last).end, end, text: "" },
  ];
}

function placeOf({ position }: Nodes): { start: number; end: number } {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

function applyEdits(markdown: string, edits: Edit[]): string {
  const pieces: string[] = [];
  let position = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(markdown.slice(position, start), text);
    position = end;
  }
  return [...pieces, markdown.slice(position)].join("");
}

/** `Promise<void>` is shown as code, a block loses its tags, a comment goes. */
function showHtml(source: string): string {
  if (/^<!(?![@#])/.test(source)) return "";
  if (/^<[^<>`\n]*>$/.test(source)) return `\`${source}\``;
  return defuse(source.replace(/<!--[\s\S]*?-->|<[^<>]*>/g, ""));
}

function isAllowed(url: string, allowed: ReadonlySet<string>): boolean {
  return /^https?:\/\//i.test(url) && allowed.has(canonicalUrl(url));
}
