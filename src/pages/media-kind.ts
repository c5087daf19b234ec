import type { PageBytes } from "../ports.ts";
import { latin1 } from "./decode-text.ts";
import { unreadable } from "./fetch-failure.ts";

/** The forms of document that can be read here; one reader each. */
export type MediaKind = "html" | "markdown" | "text" | "json" | "csv" | "feed" | "pdf";

/**
 * What a document really is: by its first bytes where they are plain, else by the declared type, else by its name.
 *
 * @throws {RuminateError} PAGE_UNREADABLE for pictures, archives and everything else that is not text, naming it
 */
export function mediaKindOf({ url, bytes, mediaType }: PageBytes): MediaKind {
  const head = latin1(bytes.subarray(0, 1024));
  if (head.includes("%PDF-")) return "pdf";
  refuseBinary(bytes);
  const named = kindOfName(url);
  const declared = KINDS_BY_TYPE.get(mediaType) ?? kindOfSuffix(mediaType);
  const start = head
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "")
    .replaceAll("\0", "")
    .trimStart();
  if (/^<(?:\?xml|rss|feed|rdf:rdf)/i.test(start) && /<(?:rss|feed|rdf:rdf)\b/i.test(start)) return "feed";
  if (/^<(?:!doctype html|html)\b/i.test(start)) return "html";
  if (declared === "html") return /^[{[]\s*["{[\]}]/.test(start) ? "json" : "html";
  if (declared === "feed") return "text";
  if (declared !== null && declared !== "text" && declared !== "pdf") return declared;
  // A server that sends a page as plain text wants its source to be seen; for other kinds it knows no better type.
  if (declared === "text") return named === null || named === "html" || named === "feed" ? "text" : named;
  if (named !== null) return named;
  return guess(start);
}

/** The media type that a file's name promises; "" for a name that promises nothing. */
export function mediaTypeOfName(url: string): string {
  return TYPES_BY_EXTENSION.get(extensionOf(url)) ?? "";
}

function kindOfName(url: string): MediaKind | null {
  return KINDS_BY_TYPE.get(mediaTypeOfName(url)) ?? null;
}

function kindOfSuffix(mediaType: string): MediaKind | null {
  if (mediaType.endsWith("+json")) return "json";
  return mediaType.startsWith("text/") ? "text" : null;
}

function guess(start: string): MediaKind {
  if (/^[{[]\s*["{[\]}\d]/.test(start)) return "json";
  return /<(?:head|body|title|meta|div|p|h1|table|ul)\b[^>]*>/i.test(start) ? "html" : "text";
}

function extensionOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return /\.([a-z0-9]{1,10})$/i.exec(path)?.[1]?.toLowerCase() ?? "";
}

function refuseBinary(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 16)).toString("hex");
  const known = BINARY_STARTS.find(([pattern]) => pattern.test(start));
  if (known !== undefined) throw unreadable(`This is ${known[1]}, not a text. Try another source.`);
  if (!/^(?:fffe|feff)/.test(start) && hasBinaryBytes(bytes.subarray(0, 8192))) {
    throw unreadable("This is binary data, not a text. Try another source.");
  }
}

/** Control bytes that no text has; a few strays are forgiven. Zero bytes on one side only are UTF-16. */
function hasBinaryBytes(sample: Uint8Array): boolean {
  const zeros = [0, 0];
  let controls = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
    else if (byte < 9 || (byte > 13 && byte < 27)) controls++;
  }
  const [fewer = 0, more = 0] = zeros.sort((a, b) => a - b);
  const isUtf16 = more > sample.length * 0.2 && fewer < sample.length * 0.01;
  return controls > sample.length * 0.05 || (!isUtf16 && fewer + more > sample.length * 0.01);
}

/**
 * The first 16 bytes in hexadecimal. https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern and, for the rest,
 * the documents of the formats themselves.
 */
const BINARY_STARTS: readonly [RegExp, string][] = [
  [/^(?:89504e47|ffd8ff|47494638|424d.{8}0000|49492a00|4d4d002a|52494646.{8}57454250|00000100)/, "a picture"],
  [/^(?:494433|fff[23ab]|4f676753|664c6143|52494646.{8}(?:57415645|41564920)|1a45dfa3|.{8}66747970)/, "sound or video"],
  [/^504b0304/, "a ZIP archive, an e-book or an Office document"],
  [/^(?:d0cf11e0|7b5c727466)/, "an Office document of an old kind"],
  [/^(?:1f8b|425a68|377abcaf|fd377a58|52617221|28b52ffd)/, "a packed file"],
  [/^(?:7f454c46|4d5a[0-9a-f]{2}00|cafebabe|cffaedfe|0061736d)/, "a program"],
  [/^(?:774f4646|774f4632|4f54544f|0001000000)/, "a font"],
  [/^53514c69746520666f726d61742033/, "a database"],
];

const KINDS_BY_TYPE: ReadonlyMap<string, MediaKind> = new Map([
  ["text/html", "html"],
  ["application/xhtml+xml", "html"],
  ["text/markdown", "markdown"],
  ["text/x-markdown", "markdown"],
  ["text/plain", "text"],
  ["application/pdf", "pdf"],
  ["application/x-pdf", "pdf"],
  ["application/json", "json"],
  ["text/json", "json"],
  ["text/csv", "csv"],
  ["text/tab-separated-values", "csv"],
  ["application/rss+xml", "feed"],
  ["application/atom+xml", "feed"],
  ["application/rdf+xml", "feed"],
  ["application/xml", "feed"],
  ["text/xml", "feed"],
]);

const TYPES_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ["html", "text/html"],
  ["htm", "text/html"],
  ["xhtml", "application/xhtml+xml"],
  ["md", "text/markdown"],
  ["markdown", "text/markdown"],
  ["mdx", "text/markdown"],
  ["txt", "text/plain"],
  ["text", "text/plain"],
  ["rst", "text/plain"],
  ["adoc", "text/plain"],
  ["log", "text/plain"],
  ["pdf", "application/pdf"],
  ["json", "application/json"],
  ["csv", "text/csv"],
  ["tsv", "text/tab-separated-values"],
  ["rss", "application/rss+xml"],
  ["atom", "application/atom+xml"],
  ["xml", "application/xml"],
]);
