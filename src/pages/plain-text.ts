import type { PageReader } from "../ports.ts";
import { cleanLine } from "../untrusted.ts";
import { decodeText } from "./decode-text.ts";
import { joinPieces, linkBareAddresses, squeezeBlankLines } from "./linked-text.ts";

/** Text as it is; addresses in it become links. A short first line with nothing below it is taken as the title. */
export const plainTextReader: PageReader = {
  mediaTypes: ["text/plain"],
  async read({ bytes, charset }, { signal }) {
    signal.throwIfAborted();
    const source = decodeText(bytes, charset).replace(/\r\n?/g, "\n");
    const { text, links } = joinPieces(squeezeBlankLines(linkBareAddresses(source)));
    return { title: cleanLine(titleOf(text), MAX_TITLE_CHARS), publishedAt: null, text, links, anchors: [] };
  },
};

/** A line that stands alone, or is underlined as in reStructuredText. */
function titleOf(text: string): string {
  const [first = "", second = ""] = text.split("\n", 2);
  const standsAlone = second.trim() === "" || /^([=\-~*#^"])\1{2,}\s*$/.test(second);
  return standsAlone && first.trim().length <= MAX_TITLE_CHARS ? first : "";
}

const MAX_TITLE_CHARS = 120;
