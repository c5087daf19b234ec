import type { Page } from "../../src/types.ts";

/** A page for tests. `[[words|address]]` in the text becomes a link; parts are cut at lines of dashes. */
export function makePage(url: string, title: string, markup: string, publishedAt: string | null = null): Page {
  const links: Page["links"] = [];
  let text = "";
  let position = 0;
  for (const match of markup.matchAll(/\[\[([^|\]]+)\|([^\]]+)\]\]/g)) {
    text += markup.slice(position, match.index);
    links.push({ start: text.length, end: text.length + (match[1] ?? "").length, url: match[2] ?? "" });
    text += match[1];
    position = match.index + match[0].length;
  }
  text += markup.slice(position);
  return {
    url,
    title,
    publishedAt,
    readAt: "2026-11-23T08:00:00.000Z",
    text,
    links,
    anchors: [],
    parts: cutAtDashes(text),
  };
}

function cutAtDashes(text: string): Page["parts"] {
  const parts: Page["parts"] = [];
  let start = 0;
  for (const match of text.matchAll(/^-----\n/gm)) {
    parts.push({ start, end: match.index + match[0].length, heading: null });
    start = match.index + match[0].length;
  }
  return [...parts, { start, end: text.length, heading: null }];
}
