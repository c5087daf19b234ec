import type { PageBytes, PageContent, PageReader } from "../ports.ts";
import { createArticleFinder } from "./article.ts";
import { dropBoilerplate } from "./boilerplate.ts";
import { charsetInMarkup, decodeText } from "./decode-text.ts";
import { unreadable } from "./fetch-failure.ts";
import { joinPieces, resolveLink } from "./linked-text.ts";
import { createMainPart } from "./main-part.ts";
import { createMarkdownWriter } from "./markdown-writer.ts";
import { type MarkupSink, recordTags, type TagRecord } from "./markup-events.ts";
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
  const tags = recordTags(html);
  const { head, blocks } = articleOf(tags, url) ?? readWhole(tags, url, (sink) => sink);
  if (bytes.length > MAX_HTML_BYTES && blocks.length > 0) blocks.push(paragraph(NOTE_OF_CUT));
  const facts = factsOf(head);
  const { text, links } = joinPieces(joinBlocks(withAuthor(blocks, facts.author)));
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
function articleOf(tags: TagRecord, url: string): ReadPage | null {
  const head = emptyHead();
  const addressOf = addressResolver(head, url);
  const finder = createArticleFinder(addressOf);
  readVisibleMarkup(tags, head, finder);
  if (finder.isTooMuch()) return mainPartOf(tags, url);
  // The finder resolved the links already; "#" stands for one inside the page.
  const writer = createMarkdownWriter((address) => (address.startsWith("#") ? null : address));
  if (!finder.play(factsOf(head).title, writer)) return null;
  const blocks = dropBoilerplate(writer.finish());
  return isArticle(blocks) ? { head, blocks } : null;
}

/** Long references and lists say themselves where their navigation ends; null for a page that does not. */
function mainPartOf(tags: TagRecord, url: string): ReadPage | null {
  const read = readWhole(tags, url, createMainPart);
  return isArticle(read.blocks) ? read : null;
}

function readWhole(tags: TagRecord, url: string, within: (sink: MarkupSink) => MarkupSink): ReadPage {
  const head = emptyHead();
  const writer = createMarkdownWriter(addressResolver(head, url));
  readVisibleMarkup(tags, head, within(writer));
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

/** A line in front of the article, unless its beginning names the author already. */
function withAuthor(blocks: Block[], author: string): Block[] {
  const beginning = blocks.slice(0, 5).flatMap(({ pieces }) => pieces.map(({ text }) => text));
  if (author === "" || blocks.length === 0 || beginning.join("").includes(author)) return blocks;
  return [paragraph(`By ${author}`), ...blocks];
}

function headingOf(text: string): string {
  return /^#{1,6} (.{1,200})/m.exec(text)?.[1] ?? "";
}

function paragraph(text: string): Block {
  return { pieces: [{ text, url: null }], isItem: false, isTight: false };
}

// The tags of so much are read in about 1 s (measured); what is larger is data in the shape of a page.
const MAX_HTML_BYTES = 15_000_000;
const NOTE_OF_CUT = `(The page is longer than ${MAX_HTML_BYTES / 1_000_000} MB; the rest was not read.)`;
const MIN_ARTICLE_CHARS = 250;
const MAX_LINK_SHARE = 0.5;
