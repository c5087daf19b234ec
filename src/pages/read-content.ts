import type { PageBytes, PageContent, PageReader } from "../ports.ts";
import type { MediaKind } from "./media-kind.ts";

/** Reads a document of a known kind in this thread; the reader is loaded when it is first needed. */
export async function readContent(kind: MediaKind, page: PageBytes, signal: AbortSignal): Promise<PageContent> {
  const reader = await LOAD_READER[kind]();
  return reader.read(page, { signal });
}

const LOAD_READER: Record<MediaKind, () => Promise<PageReader>> = {
  html: async () => (await import("./html.ts")).htmlReader,
  pdf: async () => (await import("./pdf.ts")).pdfReader,
  feed: async () => (await import("./feed.ts")).feedReader,
  markdown: async () => (await import("./markdown.ts")).markdownReader,
  json: async () => (await import("./json.ts")).jsonReader,
  csv: async () => (await import("./csv.ts")).csvReader,
  text: async () => (await import("./plain-text.ts")).plainTextReader,
};
