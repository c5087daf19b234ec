import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import pino from "pino";
import { RuminateError, userMessageFor } from "../../src/errors.ts";
import {
  createLocalCorpus,
  indexFileFor,
  type LocalCorpus,
  type LocalCorpusOptions,
} from "../../src/search/local-corpus.ts";

const signal = new AbortController().signal;
let folder: string;
let opened: LocalCorpus[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ruminate-corpus-"));
  opened = [];
});
afterEach(async () => {
  for (const corpus of opened) await corpus.close();
  rmSync(folder, { recursive: true });
});

describe("a folder of documents", () => {
  it("is searched in all its kinds of files, at any depth", async () => {
    write("guide.md", "# Guide\n\nThe pump runs on diesel.");
    write("sub/old.markdown", "Notes\n=====\n\nThe turbine runs on steam.");
    write("sub/deep/notes.txt", "Field notes\n\nThe mill runs on wind.");
    write("manual.rst", "Manual\n======\n\nThe crane runs on hydraulics.");
    write("README", "The house has a cellar.");
    write("page.html", "<p>ignored here</p>");
    write("paper.PDF", "%PDF");
    write("program.js", "the spaceship runs on antimatter");
    const corpus = open({
      readText: async (path) => ({ title: `Title of ${path.slice(-4)}`, text: "The clock runs on quartz." }),
    });
    assert.equal((await corpus.refresh()).files, 7);
    assert.deepEqual(await titles(corpus, "diesel pump"), ["Guide"]);
    assert.deepEqual(await titles(corpus, "steam"), ["Notes"]);
    assert.deepEqual(await titles(corpus, "windmill wind"), ["Field notes"]);
    assert.deepEqual(await titles(corpus, "hydraulics"), ["Manual"]);
    assert.deepEqual((await titles(corpus, "quartz")).sort(), ["Title of .PDF", "Title of html"]);
    assert.deepEqual(await titles(corpus, "antimatter"), []);
    assert.equal((await titles(corpus, "cellar")).length, 1);
  });

  it("gives hits with the address of the file, whatever characters its name has", async () => {
    const path = write("Übersicht & mehr #1.md", "# Übersicht\n\nAlles über Leuchttürme.");
    const [hit] = await open().backend.search("Leuchttürme", { limit: 1, signal });
    assert.deepEqual(hit, {
      title: "Übersicht",
      url: pathToFileURL(path).href,
      snippet: "Alles über Leuchttürme.",
      publishedAt: null,
    });
  });

  it("is read in other encodings than UTF-8 too", async () => {
    writeFileSync(join(folder, "latin.txt"), Buffer.from("Gr\u00fc\u00dfe aus K\u00f6ln, sch\u00f6n", "latin1"));
    writeFileSync(join(folder, "wide.txt"), Buffer.from("\ufeffHarbour lights", "utf16le"));
    const corpus = open();
    assert.equal((await corpus.backend.search("Köln", { limit: 1, signal }))[0]?.snippet, "Grüße aus Köln, schön");
    assert.deepEqual(await titles(corpus, "harbour"), ["Harbour lights"]);
  });

  it("is walked through once, though links lead in circles and to the same place twice", async () => {
    write("real/page.md", "# Page\n\nwords");
    symlinkSync(folder, join(folder, "real", "up"));
    symlinkSync(join(folder, "real"), join(folder, "again"));
    symlinkSync(join(folder, "self"), join(folder, "self"));
    assert.equal((await open().refresh()).files, 1);
  });

  it("keeps to itself: a link that leads out is not followed", async () => {
    const outside = mkdtempSync(join(tmpdir(), "ruminate-outside-"));
    writeFileSync(join(outside, "secret.md"), "# Secret\n\nthe password");
    write("page.md", "# Page\n\nwords");
    symlinkSync(join(outside, "secret.md"), join(folder, "link.md"));
    symlinkSync(outside, join(folder, "linked"));
    const corpus = open();
    const { skipped } = await corpus.refresh();
    assert.deepEqual(await titles(corpus, "secret password"), []);
    assert.deepEqual(skipped, [{ path: join(folder, "link.md"), reason: "The link leads out of the folder." }]);
    rmSync(outside, { recursive: true });
  });

  it("leaves out hidden files and the packages of a project", async () => {
    write("page.md", "# Page\n\nwords");
    write(".git/notes.md", "# Hidden\n\nwords");
    write("node_modules/left-pad/README.md", "# Package\n\nwords");
    assert.deepEqual(await titles(open(), "words"), ["Page"]);
  });

  it("skips what cannot be read, says why, and does not try it again before it changes", async () => {
    write("good.md", "# Good\n\nwords");
    write("binary.txt", "words\0words");
    write("empty.md", "  \n");
    write("broken.pdf", "no pdf");
    write("large.txt", "words ".repeat(1_000));
    let tries = 0;
    const readText = async () => {
      tries++;
      throw new RuminateError("PAGE_UNREADABLE", "The PDF is damaged.");
    };
    const options = { readText, maxFileBytes: 5_000 };
    for (const corpus of [open(options), open(options)]) {
      const { files, skipped } = await corpus.refresh();
      assert.equal(files, 1);
      assert.deepEqual(
        new Map(skipped.map(({ path, reason }) => [path.slice(folder.length + 1), reason])),
        new Map([
          ["large.txt", "The file is larger than 0.005 MB."],
          ["binary.txt", "The file holds binary data, not text."],
          ["broken.pdf", "The PDF is damaged."],
          ["empty.md", "The file holds no text."],
        ]),
      );
    }
    assert.equal(tries, 1);
  });
});

describe("the index of a folder", () => {
  it("reads again only the files that changed, and forgets those that vanished", async () => {
    const changed = write("changed.md", "# Changed\n\nold words");
    const vanished = write("vanished.md", "# Vanished\n\nwords");
    write("same.md", "# Same\n\nwords");
    assert.equal(await filesRead(open()), 3);
    assert.equal(await filesRead(open()), 0);
    appendFileSync(changed, "\n\nfresh additions");
    unlinkSync(vanished);
    write("new.md", "# New\n\nwords");
    const corpus = open();
    assert.equal(await filesRead(corpus), 2);
    assert.deepEqual((await titles(corpus, "words")).sort(), ["Changed", "New", "Same"]);
    assert.deepEqual(await titles(corpus, "fresh additions"), ["Changed"]);
  });

  it("notices a change that keeps size and time of the file", async () => {
    const path = write("page.md", "# Page\n\nblack");
    const { atime, mtime } = statSync(path);
    await open().refresh();
    writeFileSync(path, "# Page\n\nwhite");
    utimesSync(path, atime, mtime);
    assert.deepEqual(await titles(open(), "white"), ["Page"]);
  });

  it("takes operators for what they are when it is searched alone", async () => {
    write("tea.md", "# Tea\n\nTea is traded here.");
    write("sort.md", "# Sort\n\nAfter the date, sort by lang.");
    assert.deepEqual(await titles(open(), "tea sort:date lang:de after:2026-01-31"), ["Tea"]);
  });

  it("is made by the first search, and searches wait until it is complete", async () => {
    for (let number = 0; number < 50; number++) write(`page-${number}.md`, `# Page ${number}\n\nshared words`);
    const corpus = open();
    const found = await Promise.all([1, 2, 3].map(() => corpus.backend.search("shared words", { limit: 100, signal })));
    assert.deepEqual(
      found.map(({ length }) => length),
      [50, 50, 50],
    );
  });

  it("skips a file that changes while it is read, and takes it in the next time", async () => {
    write("good.md", "# Good\n\nwords");
    const path = write("live.html", "first");
    let isBusy = true;
    const corpus = open({
      readText: async () => {
        if (isBusy) appendFileSync(path, "more");
        return { title: "Live", text: "words" };
      },
    });
    assert.deepEqual((await corpus.refresh()).skipped, [{ path, reason: "The file changed while it was read." }]);
    isBusy = false;
    assert.deepEqual((await corpus.refresh()).skipped, []);
    assert.deepEqual((await titles(corpus, "words")).sort(), ["Good", "Live"]);
  });

  it("skips a file that vanishes while it is read", async () => {
    write("good.md", "# Good\n\nwords");
    const path = write("gone.html", "words");
    const corpus = open({
      readText: async () => {
        unlinkSync(path);
        return { title: "Gone", text: "words" };
      },
    });
    assert.deepEqual((await corpus.refresh()).skipped, [{ path, reason: "The file has vanished." }]);
    assert.deepEqual(await titles(corpus, "words"), ["Good"]);
  });

  it("is built again when its file turns out to be damaged in the middle of a search", async () => {
    for (let number = 0; number < 300; number++)
      write(`page-${number}.md`, `# Page ${number}\n\n${"shared words ".repeat(50)}`);
    await open().refresh();
    for (const corpus of opened.splice(0)) await corpus.close();
    damageMiddle(indexFile());
    assert.equal((await titles(open(), "shared words")).length, 10);
  });

  it("can be made and used by two processes at once", async () => {
    for (let number = 0; number < 200; number++) write(`page-${number}.md`, `# Page ${number}\n\nshared words`);
    const searches = [1, 2].map(() => promisify(execFile)(process.execPath, searchArguments()));
    for (const { stdout } of await Promise.all(searches)) assert.equal(stdout, "200 files, 10 hits");
    assert.equal(await filesRead(open()), 0);
  });

  it("stops in the middle of its work when it is closed or given up, and goes on another time", async () => {
    for (let number = 0; number < 100; number++) write(`page-${number}.html`, "words");
    const controller = new AbortController();
    const corpus = open({
      readText: async (path) => {
        if (path.endsWith("page-50.html")) controller.abort(new Error("given up"));
        return { title: "Page", text: "words" };
      },
    });
    await assert.rejects(corpus.refresh({ signal: controller.signal }), /given up/);
    const readText = async () => ({ title: "Page", text: "words" });
    assert.equal((await open({ readText }).refresh()).files, 100);
  });

  it("lets a search give up waiting while the index is made for the others", async () => {
    write("page.html", "words");
    const reading = Promise.withResolvers<void>();
    const corpus = open({
      readText: async () => {
        await reading.promise;
        return { title: "Page", text: "words" };
      },
    });
    const patient = corpus.backend.search("words", { limit: 1, signal });
    const hasty = corpus.backend.search("words", { limit: 1, signal: AbortSignal.timeout(10) });
    await assert.rejects(hasty, { name: "TimeoutError" });
    reading.resolve();
    assert.equal((await patient).length, 1);
  });

  it("has one file for the same folders in any order, and others for other folders", () => {
    assert.equal(indexFileFor("/data", ["/a", "/b/../b"]), indexFileFor("/data", ["/b", "/a"]));
    assert.notEqual(indexFileFor("/data", ["/a"]), indexFileFor("/data", ["/a", "/b"]));
  });
});

describe("a folder that cannot be searched", () => {
  const cases: [string, () => string, RegExp][] = [
    [
      "is missing",
      () => join(folder, "nowhere"),
      /does not exist\. Name a folder with Markdown, HTML, text or PDF files\.$/,
    ],
    ["is a file", () => write("page.md", "# Page"), /is a file, not a folder\. Name the folder that holds it\.$/],
    ["is empty", () => emptyFolder(), /holds no documents\. Name a folder/],
    ["holds other files only", () => dirname(write("program.js", "1")), /holds no documents\. Name a folder/],
    [
      "holds binaries only",
      () => dirname(write("data.txt", "\0\0")),
      /No document in .* could be read \(.*data\.txt: The file holds binary data, not text\)\. Name/,
    ],
  ];
  for (const [state, place, message] of cases) {
    it(`is refused in one sentence that says what to do when it ${state}`, async () => {
      const corpus = open({ directories: [place()] });
      await assert.rejects(corpus.refresh(), (error) => message.test(userMessageFor(error)));
      await assert.rejects(corpus.backend.search("words", { limit: 1, signal }), { code: "SEARCH_UNAVAILABLE" });
    });
  }

  it("is refused when it may not be read", {
    skip: process.getuid?.() === 0 && "root may read everything",
  }, async () => {
    const place = emptyFolder(0o000);
    await assert.rejects(open({ directories: [place] }).refresh(), /may not be read by this user/);
  });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function emptyFolder(mode = 0o755): string {
  mkdirSync(join(folder, "empty"), { mode });
  return join(folder, "empty");
}

function indexFile(): string {
  return join(folder, ".data", "index.sqlite");
}

function open(options: Partial<LocalCorpusOptions> = {}): LocalCorpus {
  const readText = async () => ({ title: "", text: "" });
  const defaults = { directories: [folder], indexFile: indexFile(), maxFileBytes: 1_000_000, readText };
  const corpus = createLocalCorpus({ ...defaults, log: pino({ level: "silent" }), ...options });
  opened.push(corpus);
  return corpus;
}

async function titles(corpus: LocalCorpus, query: string): Promise<string[]> {
  return (await corpus.backend.search(query, { limit: 10, signal })).map(({ title }) => title);
}

async function filesRead(corpus: LocalCorpus): Promise<number> {
  let count = 0;
  await corpus.refresh({
    onProgress: ({ filesRead: read }) => {
      count = read;
    },
  });
  return count;
}

/** Keeps the header, so that it shows only when the pages behind it are read. */
function damageMiddle(file: string): void {
  const { size } = statSync(file);
  const descriptor = openSync(file, "r+");
  for (let page = 8; page * 4_096 < size - 4_096; page += 2)
    writeSync(descriptor, Buffer.alloc(4_096, 7), 0, 4_096, page * 4_096);
  truncateSync(file, size);
}

function searchArguments(): string[] {
  const module = new URL("../../src/search/local-corpus.ts", import.meta.url).href;
  const script = `
    import pino from "pino";
    import { createLocalCorpus } from ${JSON.stringify(module)};
    const corpus = createLocalCorpus({
      directories: [${JSON.stringify(folder)}], indexFile: ${JSON.stringify(indexFile())}, maxFileBytes: 1e6,
      readText: async () => ({ title: "", text: "" }), log: pino({ level: "silent" }),
    });
    const { files } = await corpus.refresh();
    const hits = await corpus.backend.search("shared words", { limit: 10, signal: new AbortController().signal });
    process.stdout.write(files + " files, " + hits.length + " hits");
    await corpus.close();`;
  return ["--input-type=module", "--eval", script];
}
