import type { PageReader } from "../ports.ts";
import { cleanLine } from "../untrusted.ts";
import { decodeText } from "./decode-text.ts";
import { joinPieces, linkBareAddresses } from "./linked-text.ts";

/** JSON and lines of JSON as they are written, one value a line; addresses in it become links. */
export const jsonReader: PageReader = {
  mediaTypes: ["application/json", "text/json"],
  async read({ bytes, charset }, { signal }) {
    signal.throwIfAborted();
    const source = decodeText(bytes, charset).trim();
    const { text, links } = joinPieces(linkBareAddresses(isDense(source) ? spread(source) : source));
    return { title: cleanLine(titleOf(text), MAX_TITLE_CHARS), publishedAt: null, text, links, anchors: [] };
  },
};

/** Written for machines: hardly any line breaks. */
function isDense(source: string): boolean {
  return (source.match(/\n/g)?.length ?? 0) < source.length / MAX_LINE_CHARS;
}

/**
 * Breaks lines and indents, character for character: parsing and writing the data again would change long numbers
 * and overflow on deep nesting.
 */
function spread(source: string): string {
  const chunks: string[] = [];
  let depth = 0;
  const newLine = () => `\n${"  ".repeat(Math.min(depth, MAX_INDENTS))}`;
  for (const [token] of source.matchAll(/"(?:[^"\\]|\\[\s\S])*"?|[{[]\s*[}\]]|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (token === "{" || token === "[") {
      depth++;
      chunks.push(token, newLine());
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      chunks.push(newLine(), token);
    } else if (token === ",") chunks.push(token, newLine());
    else chunks.push(token === ":" ? ": " : token);
  }
  return chunks.join("");
}

/** The first title or name at the top of the data. */
function titleOf(text: string): string {
  const top = text.slice(0, TOP_CHARS);
  return /^ {0,4}"(?:title|name)": ?"((?:[^"\\\n]|\\.){1,200})"/m.exec(top)?.[1] ?? "";
}

const MAX_LINE_CHARS = 500;
const MAX_INDENTS = 10;
const TOP_CHARS = 5000;
const MAX_TITLE_CHARS = 120;
