import { readFile } from "node:fs/promises";
import { basename, dirname, extname } from "node:path";
import { RuminateError } from "../errors.ts";
import { cleanLine, cleanText } from "../untrusted.ts";
import { plainMarkdown } from "./plain-markdown.ts";
import { plainText } from "./plain-text.ts";

export interface DocumentText {
  /** Null when the document does not say what it is called. */
  title: string | null;
  text: string;
}

/** Extracts the text of an HTML or PDF file. Rejects with PAGE_UNREADABLE and a reason in words. */
export type ReadText = (path: string, options: { signal: AbortSignal }) => Promise<{ title: string; text: string }>;

/**
 * Text of a file for the index, with "# …" headings, cleaned. Markdown and plain text are read here, as only their words
 * matter; other kinds by `readText`.
 *
 * @throws {RuminateError} PAGE_UNREADABLE for what is no text; errors of the file system as they are
 */
export async function readDocument(
  path: string,
  { readText, signal }: { readText: ReadText; signal: AbortSignal },
): Promise<DocumentText> {
  const ending = extname(path).toLowerCase();
  if (OTHER_KINDS.has(ending)) return named(await readText(path, { signal }));
  const source = cleanText(decodeText(await readFile(path, { signal })));
  return named(ending === ".md" || ending === ".markdown" ? plainMarkdown(source) : plainText(source));
}

/** A title for a file that does not tell one: README after its folder, others after the file. */
export function titleFromPath(path: string): string {
  const name = basename(path, extname(path));
  const telling = /^(?:readme|index)$/i.test(name) ? basename(dirname(path)) : name;
  return telling.replace(/[-_]+/g, " ").trim() || basename(path);
}

/**
 * UTF-8, or UTF-16 with a byte order mark; else Windows-1252, in which every byte means something.
 *
 * @throws {RuminateError} PAGE_UNREADABLE for bytes that are no text
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (isBinary(bytes.subarray(0, SNIFFED_BYTES))) {
    throw new RuminateError("PAGE_UNREADABLE", "The file holds binary data, not text.");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the oldest texts of a folder often are not.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Text holds no zero bytes and hardly any other control characters. */
function isBinary(start: Uint8Array): boolean {
  const controls = start.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== ESCAPE)).length;
  return start.includes(0) || controls > start.length / 50;
}

function named({ title, text }: DocumentText): DocumentText {
  return { title: title === null ? null : cleanLine(title, MAX_TITLE_CHARS) || null, text };
}

const OTHER_KINDS: ReadonlySet<string> = new Set([".html", ".htm", ".pdf"]);
const MAX_TITLE_CHARS = 200;
const SNIFFED_BYTES = 8_192;
/** Terminal colours in a log. */
const ESCAPE = 27;
