import type { PageBytes, PageContent, PageReader } from "../ports.ts";
import { createArticleFinder } from "./article.ts";
import { dropBoilerplate } from "./boilerplate.ts";
import { charsetInMarkup, decodeText } from "./decode-text.ts";
import { unreadable } from "./fetch-failure.ts";
import { joinPieces, resolveLink } from "./linked-text.ts";
import { createMarkdownWriter } from "./markdown-writer.ts";
import { factsOf } from "./page-facts.ts";
import { findWall } from "./page-walls.ts";
import { type Block, joinBlocks } from "./text-flow.ts";
import { emptyHead, type PageHead, readVisibleMarkup } from "./visible-markup.ts";

/**
 * HTML to Markdown: the article that Readability finds, or the whole page where there is no article (lists of links,
 * short pages, pages with too many elements). Takes up to a few seconds for large pages: run it in a worker.
 */
export const htmlReader: PageReader = {
  mediaTypes: ["text/html", "application/xhtml+xml"],
  async read(page, { signal }) {
    signal.throwIfAborted();
    return readHtml(page);
  },
};

function readHtml({ url, bytes, charset }: PageBytes): PageContent {
  const source = bytes.subarray(0, MAX_HTML_BYTES);
  const html = decodeText(source, charset ?? charsetInMarkup(source));
  const { head, blocks } = articleOf(html, url) ?? wholePage(html, url);
  if (bytes.length > MAX_HTML_BYTES) blocks.push(noteOfCut());
  const { text, links } = joinPieces(joinBlocks(blocks));
  const facts = factsOf(head);
  const { hasPasswordField, scriptCount } = head;
  const wall = findWall({ html, title: facts.title, text, hasPasswordField, scriptCount });
  if (wall !== null) throw unreadable(wall.reason, { details: { wall: wall.kind } });
  return { title: facts.title || headingOf(text), publishedAt: facts.publishedAt, text, links, anchors: [] };
}

interface ReadPage {
  head: PageHead;
  blocks: Block[];
}

/** Null when the page has no article, or when what was found is hardly one. */
function articleOf(html: string, url: string): ReadPage | null {
  const head = emptyHead();
  const addressOf = addressResolver(head, url);
  const finder = createArticleFinder(addressOf);
  readVisibleMarkup(html, head, finder);
  if (finder.isOverfull()) return null;
  // The finder resolved the links already; "#" stands for one inside the page.
  const writer = createMarkdownWriter((address) => (address.startsWith("#") ? null : address));
  if (!finder.play(head.title, writer)) return null;
  const blocks = dropBoilerplate(writer.finish());
  return isArticle(blocks) ? { head, blocks } : null;
}

function wholePage(html: string, url: string): ReadPage {
  const head = emptyHead();
  const writer = createMarkdownWriter(addressResolver(head, url));
  readVisibleMarkup(html, head, writer);
  return { head, blocks: writer.finish() };
}

function addressResolver(head: PageHead, url: string): (href: string) => string | null {
  return (href) => {
    const base = head.baseHref === null ? url : (resolveLink(head.baseHref, url) ?? url);
    return resolveLink(href, base);
  };
}

/** Enough text, and more of it outside of links than in them. */
function isArticle(blocks: Block[]): boolean {
  let chars = 0;
  let linked = 0;
  for (const piece of joinBlocks(blocks)) {
    chars += piece.text.length;
    if (piece.url !== null) linked += piece.text.length;
  }
  return chars >= MIN_ARTICLE_CHARS && linked / chars < MAX_LINK_SHARE;
}

function headingOf(text: string): string {
  return /^#{1,6} (.{1,200})/m.exec(text)?.[1] ?? "";
}

function noteOfCut(): Block {
  const text = `(The page is longer than ${MAX_HTML_BYTES / 1_000_000} MB; the rest was not read.)`;
  return { pieces: [{ text, url: null }], isItem: false, isTight: false };
}

// Above this Readability with linkedom takes more than 3 s (measured); the largest articles have about 2 MB.
const MAX_HTML_BYTES = 5_000_000;
const MIN_ARTICLE_CHARS = 250;
const MAX_LINK_SHARE = 0.5;
