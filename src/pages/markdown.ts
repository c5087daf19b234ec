import type { PageReader } from "../ports.ts";
import { cleanLine } from "../untrusted.ts";
import { decodeText } from "./decode-text.ts";
import { isoDate } from "./iso-date.ts";
import { joinPieces, resolveLink, squeezeBlankLines } from "./linked-text.ts";
import { inlinePieces } from "./markdown-inline.ts";
import { takeApart } from "./markdown-source.ts";
import { unwrapLines } from "./unwrap-lines.ts";

/**
 * Markdown stays Markdown, but links become their words with the address beside them, and what a rendered page would
 * not show goes: front matter, comments, tags, link definitions, badges, the stars of emphasis.
 */
export const markdownReader: PageReader = {
  mediaTypes: ["text/markdown", "text/x-markdown"],
  async read({ url, bytes, charset }, { signal }) {
    signal.throwIfAborted();
    const { text: source, matter, definitions } = takeApart(decodeText(bytes, charset));
    const pieces = inlinePieces(unwrapLines(source), { definitions, addressOf: (target) => resolveLink(target, url) });
    const { text, links } = joinPieces(squeezeBlankLines(pieces));
    const title = matter.get("title") ?? /^ {0,3}#{1,6}[ \t]+(\S.*)$/m.exec(text)?.[1] ?? "";
    return {
      title: cleanLine(title.replaceAll("`", ""), MAX_TITLE_CHARS),
      publishedAt: isoDate(matter.get("date") ?? ""),
      text,
      links,
      anchors: [],
    };
  },
};

const MAX_TITLE_CHARS = 200;
