import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { csvReader } from "../../src/pages/csv.ts";
import { feedReader } from "../../src/pages/feed.ts";
import { htmlReader } from "../../src/pages/html.ts";
import { jsonReader } from "../../src/pages/json.ts";
import { markdownReader } from "../../src/pages/markdown.ts";
import { type MediaKind, mediaKindOf } from "../../src/pages/media-kind.ts";
import { pdfReader } from "../../src/pages/pdf.ts";
import { plainTextReader } from "../../src/pages/plain-text.ts";
import type { PageReader } from "../../src/ports.ts";

function kindOf(mediaType: string, source: string | number[], url = "https://example.org/x"): MediaKind {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : Uint8Array.from(source);
  return mediaKindOf({ url, bytes, mediaType, charset: null });
}

const READERS: [MediaKind, PageReader][] = [
  ["html", htmlReader],
  ["markdown", markdownReader],
  ["pdf", pdfReader],
  ["json", jsonReader],
  ["csv", csvReader],
  ["feed", feedReader],
  ["text", plainTextReader],
];
const BODIES: Partial<Record<MediaKind, string>> = { pdf: "%PDF-1.4", feed: "<rss>" };

describe("What a document is", () => {
  it("leads to the reader that names its type", () => {
    for (const [kind, { mediaTypes }] of READERS) {
      for (const mediaType of mediaTypes) assert.equal(kindOf(mediaType, BODIES[kind] ?? "x"), kind, mediaType);
    }
  });

  it("is believed when its type says so", () => {
    assert.equal(kindOf("text/html", "<p>x"), "html");
    assert.equal(kindOf("text/markdown", "<h1>x</h1>"), "markdown");
    assert.equal(kindOf("text/plain", "<p>code"), "text");
    assert.equal(kindOf("application/ld+json", "{}"), "json");
    assert.equal(kindOf("application/xml", "<note/>"), "text");
    assert.equal(kindOf("text/x-python", "# x"), "text");
  });

  it("is seen from its first bytes when the type lies or is missing", () => {
    assert.equal(kindOf("text/html", "%PDF-1.4 …"), "pdf");
    assert.equal(kindOf("application/pdf", "<!DOCTYPE html><p>Not found"), "html");
    assert.equal(kindOf("text/plain", "  <html lang=en>"), "html");
    assert.equal(kindOf("text/html", '{"a": 1}'), "json");
    assert.equal(kindOf("text/html", '<?xml version="1.0"?><rss version="2.0">'), "feed");
    assert.equal(kindOf("", "[1, 2]"), "json");
    assert.equal(kindOf("", "\ufeff<div class=x>"), "html");
    assert.equal(kindOf("application/octet-stream", "Just words."), "text");
  });

  it("is told by the name when the type says nothing in particular", () => {
    assert.equal(kindOf("text/plain", "# x", "https://example.org/README.md?raw=1"), "markdown");
    assert.equal(kindOf("application/octet-stream", "a,b", "file:///data/x.CSV"), "csv");
  });

  it("is refused in words when it is no text", () => {
    const refused: [number[], RegExp][] = [
      [[0x89, 0x50, 0x4e, 0x47, 13, 10], /a picture/],
      [[0x50, 0x4b, 3, 4], /ZIP archive/],
      [[0x1f, 0x8b, 8, 0], /packed file/],
      [[0x7f, 0x45, 0x4c, 0x46], /a program/],
      [Array.from({ length: 400 }, (_, index) => (index * 37) % 32), /binary data/],
    ];
    for (const [bytes, reason] of refused) {
      assert.throws(() => kindOf("text/html", bytes), { code: "PAGE_UNREADABLE", message: reason });
    }
  });

  it("is text in UTF-16 and with a stray zero byte", () => {
    assert.equal(kindOf("text/plain", Array.from(Buffer.from("Grid and power", "utf16le"))), "text");
    assert.equal(kindOf("text/html", `<p>a\0b${"x".repeat(200)}`), "html");
  });
});
