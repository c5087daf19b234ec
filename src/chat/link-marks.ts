import type { Nodes, Root } from "mdast";
import { parseMarkdown } from "./parse-markdown.ts";

/**
 * Markdown in which each citation mark `[3]` leads to its source: `[[3](address)]`. The brackets stay outside of the link,
 * so that neighbours do not run together (`[1][2]`) and a mark after a figure is not read as one of its digits.
 *
 * @param addressOf where a number leads, or null when its mark stays as it is
 */
export function linkMarks(markdown: string, addressOf: (number: number) => string | null): string {
  const places = textPlaces(parseMarkdown(markdown));
  let linked = "";
  let position = 0;
  for (const { start, end } of places) {
    const text = markdown.slice(start, end).replace(MARK, (mark, digits: string) => {
      const address = addressOf(Number(digits));
      return address === null ? mark : `[[${digits}](${linkTarget(address)})]`;
    });
    linked += markdown.slice(position, start) + text;
    position = end;
  }
  return linked + markdown.slice(position);
}

// Not `\[3]`, and not the words of a link.
const MARK = /(?<!\\)\[(\d{1,4})\](?![(:])/g;

/** An address as it may stand between the parentheses of a link. */
export function linkTarget(address: string): string {
  return address.replace(/[()<>\s|\\]/g, (character) =>
    encodeURIComponent(character).replace("(", "%28").replace(")", "%29"),
  );
}

/** Where plain text stands, outside of links, in order. */
function textPlaces(root: Root): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = [];
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "link" || node.type === "linkReference") continue;
    if (node.type === "text") {
      const { start, end } = node.position ?? {};
      places.push({ start: start?.offset ?? 0, end: end?.offset ?? 0 });
    }
    if ("children" in node) waiting.push(...node.children);
  }
  return places.sort((a, b) => a.start - b.start);
}
