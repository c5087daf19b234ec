import { mediaKindOf } from "../../src/pages/media-kind.ts";
import { readContent } from "../../src/pages/read-content.ts";
import type { PageBytes, PageContent } from "../../src/ports.ts";

/** Reads a document in this thread, as the worker would; a string is sent as UTF-8. */
export async function readAs(mediaType: string, source: string | Uint8Array, url = PAGE_URL): Promise<PageContent> {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const page: PageBytes = { url, bytes, mediaType, charset: null };
  return readContent(mediaKindOf(page), page, new AbortController().signal);
}

/** Words and addresses of the links, in order. */
export function linksOf(content: PageContent): [words: string, url: string][] {
  return content.links.map(({ start, end, url }) => [content.text.slice(start, end), url]);
}

/** An article that Readability takes for one. */
export function article(body: string, head = ""): string {
  return `<!doctype html><html><head><title>Power in the north</title>${head}</head><body>
    <nav><a href="/">Home</a> <a href="/news">News</a></nav>
    <article><h1>Power in the north</h1>${paragraphs(5)}${body}</article>
    <footer><a href="/imprint">Imprint</a> All rights reserved.</footer></body></html>`;
}

export const PAGE_URL = "https://example.org/news/power.html";

/** Paragraphs that differ, as those of an article do. */
export function paragraphs(count: number): string {
  const paragraph = (year: number) =>
    `<p>The Zephyr grid delivered ${year - 2008}.2 terawatt hours in ${year}, and the auditor, who had doubted it, confirmed the figure.</p>`;
  return Array.from({ length: count }, (_, index) => paragraph(2012 + index)).join("");
}
