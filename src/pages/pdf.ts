import { getDocumentProxy } from "unpdf";
import type { PageContent, PageReader } from "../ports.ts";
import { cleanLine } from "../untrusted.ts";
import { unreadable } from "./fetch-failure.ts";
import { isoDate } from "./iso-date.ts";
import { joinPieces } from "./linked-text.ts";
import { linesOfPage, type TextLine, type TextRun } from "./pdf-lines.ts";
import { piecesOfPages } from "./pdf-text.ts";

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * PDF to Markdown in reading order, with an anchor at each page. Takes some 5 ms a page: run it in a worker.
 *
 * Rejects with PAGE_UNREADABLE for broken and locked files and for scans, which have pictures instead of text.
 */
export const pdfReader: PageReader = {
  mediaTypes: ["application/pdf", "application/x-pdf"],
  async read({ bytes }, { signal }) {
    const pdf = await openPdf(bytes);
    try {
      return await readPdf(pdf, signal);
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
};

async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    // A copy, as pdf.js takes the buffer away; verbosity 0 = it prints errors only.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    throw failureOfPdf(error);
  }
}

async function readPdf(pdf: PdfDocument, signal: AbortSignal): Promise<PageContent> {
  const pages: TextLine[][] = [];
  const startedAt = performance.now();
  for (let number = 1; number <= pdf.numPages && performance.now() - startedAt < MAX_READING_MS; number++) {
    signal.throwIfAborted();
    pages.push(await linesOf(pdf, number));
  }
  const pieces = piecesOfPages(pages);
  if (pieces.length === 0) {
    throw unreadable("This PDF consists of pictures of pages (a scan) and has no text. Try another source.");
  }
  if (pages.length < pdf.numPages) {
    pieces.push({ text: `\n\n(Pages ${pages.length + 1} to ${pdf.numPages} were not read.)`, url: null });
  }
  const { title, publishedAt } = await factsOf(pdf);
  const content = joinPieces(pieces);
  return { ...content, title: title || titleIn(content.text), publishedAt };
}

async function linesOf(pdf: PdfDocument, number: number): Promise<TextLine[]> {
  const page = await pdf.getPage(number);
  const { items, styles } = await page.getTextContent();
  const runs: TextRun[] = [];
  for (const item of items) {
    if (!("str" in item) || item.str.trim() === "") continue;
    const [a = 0, b = 0, , d = 0, x = 0, y = 0] = item.transform as number[];
    // Text that stands on its side is a stamp or the label of an axis.
    if (Math.abs(b) > Math.abs(a)) continue;
    const isMonospace = styles[item.fontName]?.fontFamily === "monospace";
    runs.push({ text: item.str, x, y, width: item.width, size: Math.abs(d) || item.height || 1, isMonospace });
  }
  const [left = 0, , right = 0] = page.view;
  page.cleanup();
  return linesOfPage(
    runs.map((run) => ({ ...run, x: run.x - left })),
    right - left,
  );
}

async function factsOf(pdf: PdfDocument): Promise<{ title: string; publishedAt: string | null }> {
  const { info } = await pdf.getMetadata();
  const facts = info as { Title?: unknown; CreationDate?: unknown };
  const title = typeof facts.Title === "string" ? cleanLine(facts.Title, MAX_TITLE_CHARS) : "";
  const created = typeof facts.CreationDate === "string" ? facts.CreationDate : "";
  const date = /^(?:D:)?(\d{8})/.exec(created)?.[1] ?? "";
  return { title: MACHINE_TITLE.test(title) ? "" : title, publishedAt: isoDate(date) };
}

/** The heading of the first page: it stands near the top and in the largest letters of all. */
function titleIn(text: string): string {
  const heading = /^# (.+)$/m.exec(text.slice(0, TITLE_REACH)) ?? /^#{2,4} (.+)$/m.exec(text.slice(0, TITLE_REACH));
  return cleanLine(heading?.[1] ?? "", MAX_TITLE_CHARS);
}

function failureOfPdf(error: unknown): Error {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException")
    return unreadable("This PDF is locked with a password. Try another source.", { cause: error });
  return unreadable("This PDF is broken and cannot be read. Try another source.", { cause: error });
}

const MAX_READING_MS = 12_000;
const MAX_TITLE_CHARS = 200;
const TITLE_REACH = 3000;
/** Names that programs give: file names, "Microsoft Word - …", "untitled". */
const MACHINE_TITLE =
  /^(?:microsoft (?:word|powerpoint|excel) - |untitled|document\d*$|.{0,120}\.(?:docx?|tex|dvi|pdf|indd|pptx?|xlsx?|qxd)$)/i;
