import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { createLocalOpener } from "../../src/pages/local-files.ts";
import { createPageReading } from "../../src/pages/read-page.ts";
import { pdfFile } from "./pdf-file.ts";

describe("Opening local files", () => {
  const reading = createPageReading({ log: pino({ level: "silent" }) });
  const { signal } = new AbortController();
  let folder = "";
  let open: (name: string) => ReturnType<ReturnType<typeof createLocalOpener>>;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "ruminate-files-")));
    await mkdir(join(folder, "docs"));
    await writeFile(join(folder, "docs", "start here.md"), "# Start\n\nSee [more](more.txt).");
    await writeFile(join(folder, "docs", "more.txt"), "More words.");
    await writeFile(join(folder, "docs", "page.html"), "<title>Page</title><p>Short.</p>");
    await writeFile(join(folder, "docs", "report.pdf"), pdfFile([[{ text: "Only text.", x: 60, y: 700 }]]));
    await writeFile(join(folder, "docs", "picture.md"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]));
    await writeFile(join(folder, "docs", "empty.md"), "");
    await writeFile(join(folder, "docs", "huge.txt"), "x");
    await truncate(join(folder, "docs", "huge.txt"), 200_000_000);
    await writeFile(join(folder, "secret.txt"), "Outside.");
    await mkdir(join(folder, "docs-old"));
    await writeFile(join(folder, "docs-old", "x.md"), "Outside.");
    await symlink(join(folder, "secret.txt"), join(folder, "docs", "alias.txt"));
    await symlink(join(folder, "docs", "more.txt"), join(folder, "docs", "inner.txt"));
    const opener = createLocalOpener({ roots: [join(folder, "docs")], toPage: reading.toPage, maxBytes: 20_000_000 });
    open = (name) => opener(pathToFileURL(join(folder, name)).href, { signal });
  });
  after(async () => {
    await reading.close();
    await rm(folder, { recursive: true });
  });

  it("reads Markdown, text, HTML and PDF below the folders, with links to their neighbours", async () => {
    const page = await open("docs/start here.md");
    assert.equal(page.title, "Start");
    assert.equal(page.text, "# Start\n\nSee more.");
    assert.deepEqual(page.links, [{ start: 13, end: 17, url: pathToFileURL(join(folder, "docs/more.txt")).href }]);
    assert.deepEqual(page.parts, [{ start: 0, end: 18, heading: "Start" }]);
    assert.match(page.readAt, /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.equal(page.publishedAt, null);
    assert.equal((await open("docs/more.txt")).title, "More words.");
    assert.equal((await open("docs/page.html")).text, "Short.");
    assert.deepEqual((await open("docs/report.pdf")).anchors, [{ start: 0, label: "page 1" }]);
    assert.equal((await open("docs/inner.txt")).text, "More words.");
  });

  it("calls a document without a title by its file name", async () => {
    assert.equal((await open("docs/report.pdf")).title, "report.pdf");
  });

  it("refuses what lies outside, also through a symbolic link, and what is no file address", async () => {
    for (const name of ["secret.txt", "docs/../secret.txt", "docs/alias.txt", "docs-old/x.md"]) {
      await assert.rejects(open(name), { code: "PAGE_FORBIDDEN" }, name);
    }
    const opener = createLocalOpener({ roots: [folder], toPage: reading.toPage, maxBytes: 1000 });
    for (const url of ["https://example.org/", "file://host/share/x", "file:///a%2fb", "not an address"]) {
      await assert.rejects(opener(url, { signal }), { code: "PAGE_FORBIDDEN" }, url);
    }
  });

  it("says in words that a file is gone, too large, empty, a folder or not a text", async () => {
    await assert.rejects(open("docs/gone.md"), {
      code: "PAGE_NOT_FOUND",
      message: "There is no file gone.md (any more).",
    });
    await assert.rejects(open("docs/start here.md/x"), { code: "PAGE_NOT_FOUND" });
    await assert.rejects(open("docs/huge.txt"), {
      code: "PAGE_TOO_LARGE",
      message: /^huge\.txt has 200 MB; files up to 20 MB/,
    });
    await assert.rejects(open("docs/empty.md"), { code: "PAGE_UNREADABLE", message: /has no text/ });
    await assert.rejects(open("docs"), { code: "PAGE_UNREADABLE", message: /a folder/ });
    await assert.rejects(open("docs/picture.md"), { code: "PAGE_UNREADABLE", message: /a picture/ });
  });

  it("says that a file may not be read", {
    skip: process.getuid?.() === 0 ? "root may read every file" : false,
  }, async () => {
    await writeFile(join(folder, "docs", "closed.md"), "Closed.");
    await chmod(join(folder, "docs", "closed.md"), 0);
    await assert.rejects(open("docs/closed.md"), { code: "PAGE_UNREADABLE", message: /may not be read/ });
  });

  it("ends with the reason of the caller when it is called off", async () => {
    const opener = createLocalOpener({ roots: [folder], toPage: reading.toPage, maxBytes: 1000 });
    const reason = new Error("enough");
    await assert.rejects(opener("file:///x", { signal: AbortSignal.abort(reason) }), reason);
  });
});
