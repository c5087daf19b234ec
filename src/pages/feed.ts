import type { PageReader } from "../ports.ts";
import { cleanLine } from "../untrusted.ts";
import { charsetInMarkup, decodeText } from "./decode-text.ts";
import { isoDate } from "./iso-date.ts";
import { joinPieces, type LinkedPiece, resolveLink } from "./linked-text.ts";
import { createMarkdownWriter } from "./markdown-writer.ts";
import { readTags, recordTags } from "./markup-events.ts";
import { joinBlocks } from "./text-flow.ts";
import { emptyHead, readVisibleMarkup } from "./visible-markup.ts";

/** RSS and Atom: each entry a heading that links to it, with its date, its author and its text below. */
export const feedReader: PageReader = {
  mediaTypes: ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"],
  async read({ url, bytes, charset }, { signal }) {
    signal.throwIfAborted();
    const { title, entries } = parseFeed(decodeText(bytes, charset ?? charsetInMarkup(bytes)));
    const pieces = entries.flatMap((entry, index) => [plain(index === 0 ? "" : "\n\n"), ...entryPieces(entry, url)]);
    const dates = entries.map((entry) => isoDate(entry.date)).filter((date) => date !== null);
    return {
      title: cleanLine(title, MAX_TITLE_CHARS),
      publishedAt: dates.sort().at(-1) ?? null,
      ...joinPieces(pieces),
      anchors: [],
    };
  },
};

interface Entry {
  title: string;
  link: string;
  date: string;
  author: string;
  /** HTML, or plain text, which reads the same. */
  content: string;
}

/** Only the order of the tags is looked at, not their nesting: the depth of a hostile feed costs nothing. */
function parseFeed(xml: string): { title: string; entries: Entry[] } {
  const feed = { title: "", entries: [] as Entry[] };
  let entry: Entry | null = null;
  let field: { tag: string; name: keyof Entry; text: string } | null = null;
  readTags(
    xml,
    { isXml: true },
    {
      open(tag, attributes) {
        if (tag === "item" || tag === "entry") {
          entry = { title: "", link: "", date: "", author: "", content: "" };
          feed.entries.push(entry);
        }
        if (tag === "link" && entry !== null && (attributes.rel ?? "alternate") === "alternate") {
          entry.link ||= attributes.href ?? "";
        }
        const name = FIELDS.get(tag);
        if (field === null && name !== undefined) field = { tag, name, text: "" };
      },
      text(data) {
        if (field !== null) field.text += data;
      },
      close(tag) {
        if (field?.tag === tag) {
          const text = field.text.trim();
          if (entry === null) feed.title ||= field.name === "title" ? text : "";
          else if (field.name === "content") entry.content = text.length > entry.content.length ? text : entry.content;
          else entry[field.name] ||= text;
          field = null;
        }
        if (tag === "item" || tag === "entry") entry = null;
      },
    },
  );
  return feed;
}

function entryPieces({ title, link, date, author, content }: Entry, feedUrl: string): LinkedPiece[] {
  const url = resolveLink(link, feedUrl);
  const heading = cleanLine(textOf(title), MAX_TITLE_CHARS) || url || "Entry";
  const line = [isoDate(date)?.slice(0, 10), author === "" ? null : `by ${cleanLine(textOf(author), 100)}`];
  const facts = line.filter((fact) => fact !== null && fact !== undefined).join(", ");
  const body = htmlPieces(content, url ?? feedUrl);
  return [
    plain("## "),
    { text: heading, url },
    ...(facts === "" ? [] : [plain(`\n\n${facts}`)]),
    ...(body.length === 0 ? [] : [plain("\n\n"), ...body]),
  ];
}

function htmlPieces(html: string, baseUrl: string): LinkedPiece[] {
  const writer = createMarkdownWriter((href) => resolveLink(href, baseUrl));
  readVisibleMarkup(recordTags(html), emptyHead(), writer);
  return joinBlocks(writer.finish());
}

/** Titles may hold escaped HTML. */
function textOf(html: string): string {
  return htmlPieces(html, "about:blank")
    .map(({ text }) => text)
    .join("");
}

function plain(text: string): LinkedPiece {
  return { text, url: null };
}

const MAX_TITLE_CHARS = 200;
/** https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287, Dublin Core, content module. */
const FIELDS: ReadonlyMap<string, keyof Entry> = new Map([
  ["title", "title"],
  ["link", "link"],
  ["pubDate", "date"],
  ["published", "date"],
  ["updated", "date"],
  ["dc:date", "date"],
  ["author", "author"],
  ["dc:creator", "author"],
  ["description", "content"],
  ["summary", "content"],
  ["content", "content"],
  ["content:encoded", "content"],
]);
