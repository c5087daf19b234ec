import { PassThrough, type Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { MIMEType } from "node:util";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { RuminateError } from "../errors.ts";

export interface BodyLimits {
  signal: AbortSignal;
  /** As received, before decompression. */
  maxReceivedBytes: number;
  maxDecodedBytes: number;
}

/**
 * Reads a body to its end, decompressed, counting both sides while it streams.
 *
 * @throws {RuminateError} PAGE_TOO_LARGE, PAGE_UNREADABLE for an unknown or stacked encoding
 */
export async function readBody(body: Readable, encoding: string, limits: BodyLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await pipeline(
    body,
    countedUpTo(limits.maxReceivedBytes),
    decoderFor(encoding),
    countedUpTo(limits.maxDecodedBytes),
    async (source: AsyncIterable<Uint8Array>) => {
      for await (const chunk of source) chunks.push(chunk);
    },
    { signal: limits.signal },
  );
  return Buffer.concat(chunks);
}

/** Media type in lower case and charset of a Content-Type header; `type` is "" without a header. */
export function parseContentType(header: string): { mediaType: string; charset: string | null } {
  if (header.trim() === "") return { mediaType: "", charset: null };
  try {
    const type = new MIMEType(header);
    return { mediaType: type.essence, charset: type.params.get("charset")?.toLowerCase() ?? null };
  } catch (error) {
    throw new RuminateError("PAGE_UNREADABLE", "The server does not say properly what kind of page it sends.", {
      cause: error,
    });
  }
}

/**
 * What a body is whose server named no type, or only "some bytes": a PDF by its mark (often sent so), else text if
 * nothing was named; null when it is neither.
 */
export function sniffMediaType(bytes: Uint8Array, named: string): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  if (head.includes("%PDF-")) return "application/pdf";
  if (named !== "" || head.includes("\0")) return null;
  return /^(?:\xef\xbb\xbf)?\s*</.test(head) ? "text/html" : "text/plain";
}

function countedUpTo(maxBytes: number) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    let received = 0;
    for await (const chunk of source) {
      received += chunk.length;
      if (received > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  };
}

export function tooLarge(maxBytes: number): RuminateError {
  const mebibytes = Math.round((maxBytes / 1_048_576) * 10) / 10;
  return new RuminateError("PAGE_TOO_LARGE", `The page is larger than ${mebibytes} MiB. Try another source.`);
}

function decoderFor(encoding: string): Transform {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return new PassThrough();
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      throw new RuminateError("PAGE_UNREADABLE", `The page is packed in a way that is not read: ${encoding}`);
  }
}
