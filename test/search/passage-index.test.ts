import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import fc from "fast-check";
import pino from "pino";
import { createPassageIndex, type IndexedDocument, type PassageIndex } from "../../src/search/passage-index.ts";

const log = pino({ level: "silent" });

describe("search in an index of passages", () => {
  it("gives each document once, with its best passage as the snippet", async () => {
    const index = await indexOf(
      page("Lighthouses", "A tower with a lamp.", "The keeper winds the clockwork every four hours.", "Fog horns."),
      page("Clocks", "A keeper of clocks."),
    );
    const hits = index.search("How often does the lighthouse keeper wind the clockwork?", 5);
    assert.deepEqual(
      hits.map(({ title }) => title),
      ["Lighthouses", "Clocks"],
    );
    assert.match(hits[0]?.snippet ?? "", /every four hours/);
  });

  it("centres a long passage's snippet on the words of the question", async () => {
    const filler = "Nothing of interest is said in this sentence. ".repeat(20);
    const index = await indexOf(page("Notes", `${filler}The retention period is ninety days. ${filler}`));
    const [hit] = index.search("retention period", 1);
    assert.match(hit?.snippet ?? "", /retention period is ninety days/);
    assert.ok((hit?.snippet.length ?? 0) <= 300);
  });

  it("prefers the document that the question names", async () => {
    const index = await indexOf(
      page("Harbour Review", "Toto toured with a review of harbour songs. Toto, Toto, Toto."),
      page("Toto (band)", "The band was formed in 1977."),
      page("Bands of 1977", "Formed in 1977: many a band was formed, and each band formed a band."),
    );
    assert.equal(index.search("When was Toto formed?", 3)[0]?.title, "Toto (band)");
  });

  it("ranks a document with a lower prior below one that fits as well", async () => {
    const index = await indexOf(
      { ...page("Old notes", "Retries use exponential backoff."), prior: 0.5 },
      page("New notes", "Retries use exponential backoff."),
    );
    assert.deepEqual(
      index.search("exponential backoff", 2).map(({ title }) => title),
      ["New notes", "Old notes"],
    );
  });

  it("finds words in other inflections, with other accents and in other letter case", async () => {
    const index = await indexOf(page("Café Zürich", "They were retrying failed requests."));
    for (const query of ["retry a failing request", "CAFE", "zurich"])
      assert.equal(index.search(query, 1).length, 1, query);
  });

  it("finds the parts of a compound identifier and the identifier itself", async () => {
    const index = await indexOf(page("Client", "Set `retryConfig` to change it."));
    for (const query of ["retry config", "retryConfig", "RETRYCONFIG"])
      assert.equal(index.search(query, 1).length, 1, query);
  });

  it("finds words in scripts without spaces, however the text around them is cut", async () => {
    const index = await indexOf(
      page("北京", "北京大学位于北京市海淀区。"),
      page("東京", "東京タワーは港区にある電波塔です。"),
      page("กรุงเทพ", "กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย"),
      page("서울", "서울은 대한민국의 수도이다."),
      page("Москва", "Москва — столица России."),
    );
    const titleOf = (query: string) => index.search(query, 1)[0]?.title;
    assert.equal(titleOf("北京大学在哪里?"), "北京");
    assert.equal(titleOf("海淀"), "北京");
    assert.equal(titleOf("東京タワー"), "東京");
    assert.equal(titleOf("เมืองหลวง"), "กรุงเทพ");
    assert.equal(titleOf("대한민국의 수도"), "서울");
    assert.equal(titleOf("столица"), "Москва");
  });

  it("scores every word of a question in a large index, where few of them are looked for first", async () => {
    const words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];
    // "alpha" is the rarest by a hair, so it is looked for; that "foxtrot" counts too makes the difference.
    const passages = Array.from({ length: 25_000 }, (_, number) => `${words[(number + 1) % 11] ?? "golf"} golf hotel`);
    const index = await indexOf(page("Long", ...passages), page("Both", "alpha foxtrot hotel"));
    assert.equal(index.search(words.join(" "), 2)[0]?.title, "Both");
  });

  it("searches for common words when a question has no others", async () => {
    const index = await indexOf(page("The The", "Who is it? It is what it is."));
    assert.equal(index.search("who is it", 1).length, 1);
  });

  it("finds nothing for a question without words", async () => {
    const index = await indexOf(page("Title", "Text"));
    for (const query of ["", "   ", "?!", '"', "\u0000"]) assert.deepEqual(index.search(query, 5), [], query);
  });

  it("reads no query syntax into a question, whatever its characters are", async () => {
    const index = await indexOf(page("Title", "Text about NEAR misses and the AND gate."));
    const syntax = fc.constantFrom(
      '"',
      "'",
      "AND",
      "OR",
      "NOT",
      "NEAR(",
      ")",
      "*",
      "^",
      ":",
      "title:",
      "-",
      "+",
      "{",
      "\\",
      ";",
    );
    const piece = fc.oneof(syntax, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.constant("gate"));
    const query = fc.array(piece).map((pieces) => pieces.join(" "));
    fc.assert(
      fc.property(query, (text) => Array.isArray(index.search(text, 3))),
      { numRuns: 500 },
    );
    assert.equal(index.search('AND "gate', 1).length, 1);
  });

  it("asks a large index for the telling words of a question only, unless there are no others", async () => {
    const reports = Array.from({ length: 21_000 }, (_, number) => page(`Page ${number}`, `Report ${number}`));
    const index = await indexOf(...reports, page("Zebras", "a zebra"), page("Quaggas", "a report on a quagga"));
    const titles = index.search("report on zebra and quagga", 10).map(({ title }) => title);
    assert.deepEqual(titles.sort(), ["Quaggas", "Zebras"]);
    assert.equal(index.search("reports", 10).length, 10);
  });

  it("answers a question of thousands of words", async () => {
    const index = await indexOf(page("Title", "word7 stands here"));
    const question = Array.from({ length: 5_000 }, (_, number) => `word${number}`).join(" ");
    assert.equal(index.search(question, 1).length, 1);
  });
});

describe("an index of passages on disk", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ruminate-index-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("keeps documents when it is closed and opened again", async () => {
    const file = join(folder, "kept.sqlite");
    await using(file, (index) => index.upsert([page("Kept", "Ships and harbours.")]));
    await using(file, async (index) => {
      assert.equal(index.search("harbours", 1)[0]?.title, "Kept");
      assert.deepEqual(Array.from(index.states().keys()), [page("Kept").url]);
    });
  });

  it("ranks by what it holds now, whoever wrote it", async () => {
    const file = join(folder, "changing.sqlite");
    await using(file, (index) =>
      using(file, async (other) => {
        await index.upsert([page("One", "a harbour, and much else that is said of it"), page("Two", "ships")]);
        const titles = () => index.search("harbour ships", 5).map(({ title }) => title);
        assert.deepEqual(titles(), ["Two", "One"]);
        await other.upsert([page("Three", "ships of the harbour")]);
        assert.deepEqual(titles(), ["Three", "Two", "One"]);
        await index.remove([page("Three").url]);
        assert.deepEqual(titles(), ["Two", "One"]);
        await index.upsert([{ ...page("Two", "boats"), fingerprint: "2" }]);
        assert.deepEqual(titles(), ["One"]);
      }),
    );
  });

  it("writes a document again only when its fingerprint has changed", async () => {
    const index = await indexOf(page("Page", "old words"));
    await index.upsert([page("Page", "new words")]);
    assert.equal(index.search("old", 1).length, 1);
    await index.upsert([{ ...page("Page", "new words"), fingerprint: "2" }]);
    assert.equal(index.search("old", 1).length, 0);
    assert.equal(index.search("new", 1).length, 1);
    assert.deepEqual(index.counts(), { documents: 1, passages: 1 });
  });

  it("keeps the last of several versions of a document that come in one call", async () => {
    const versions = ["first", "second", "third"].map((words, number) => ({
      ...page("Page", `${words} words`),
      otherNames: [`Name ${words}`],
      fingerprint: String(number),
    }));
    const index = await indexOf(...versions, page("Other", "other words"));
    assert.deepEqual(index.counts(), { documents: 2, passages: 2 });
    assert.deepEqual(index.search("first second", 5), []);
    assert.equal(index.search("third", 1)[0]?.title, "Page");
    assert.deepEqual(index.findTitles(["Name first", "Name second"]), []);
    assert.equal(index.findTitles(["Name third"]).length, 1);
  });

  it("keeps what a source gave before it failed", async () => {
    const index = await indexOf(page("Old", "old words"));
    async function* failing() {
      for (let number = 0; number < 50; number++) yield page(`Page ${number}`, `number ${number}`);
      throw new Error("the disk was pulled out");
    }
    await assert.rejects(index.upsert(failing()), /pulled out/);
    assert.deepEqual(index.counts(), { documents: 51, passages: 51 });
    assert.equal(index.search("number 49", 1)[0]?.title, "Page 49");
    assert.equal(index.findTitles(["Page 49"]).length, 1);
    await index.upsert([page("Later", "later words")]);
    assert.equal(index.search("later", 1).length, 1);
  });

  it("forgets every word and name of a removed document", async () => {
    const index = await indexOf(
      page("First Page", "apples"),
      page("Second Page", "pears", "plums"),
      page("Third Page", "figs"),
    );
    await index.remove([page("Second Page").url, "file:///never/seen"]);
    assert.deepEqual(index.search("pears plums second", 5), []);
    assert.deepEqual(index.findTitles(["Second Page"]), []);
    assert.deepEqual(index.counts(), { documents: 2, passages: 2 });
    assert.equal(index.search("figs", 1)[0]?.title, "Third Page");
  });

  it("builds a file again that is no database, is cut short or was written by another version", async () => {
    const file = join(folder, "damaged.sqlite");
    const damages: (() => void)[] = [
      () => writeFileSync(file, "no database at all".repeat(1_000)),
      () => truncateSync(file, 5_000),
      () => changeVersion(file),
    ];
    for (const damage of damages) {
      await using(file, (index) => index.upsert([page("Old", "old words")]));
      damage();
      await using(file, async (index) => {
        await index.upsert([page("New", "new words")]);
        assert.deepEqual(
          index.search("words", 5).map(({ title }) => title),
          ["New"],
        );
      });
    }
  });

  it("says in a sentence that a place cannot be looked at", () => {
    const loop = join(mkdtempSync(join(tmpdir(), "index-")), "loop");
    symlinkSync(loop, loop);
    assert.throws(() => createPassageIndex({ file: join(loop, "index.sqlite"), log }), {
      code: "DATA_DIRECTORY_UNUSABLE",
      message: /Choose a data directory that you may write to/,
    });
    rmSync(loop);
  });

  it("says in a sentence that a place cannot be written to", () => {
    const file = join(folder, "a-folder");
    mkdirSync(file);
    assert.throws(() => createPassageIndex({ file, log }), {
      code: "DATA_DIRECTORY_UNUSABLE",
      message: /cannot be written/,
    });
  });

  it("takes the documents of several processes that start on a new file at the same moment", async () => {
    const file = join(folder, "shared.sqlite");
    const writers = [1, 2, 3, 4].map((writer) => promisify(execFile)(process.execPath, writerArguments(file, writer)));
    await Promise.all(writers);
    await using(file, async (index) => {
      assert.deepEqual(index.counts(), { documents: 4 * 300 + 1, passages: 4 * 300 + 1 });
      assert.equal(index.search("number 299 of writer 3", 1)[0]?.title, "Page 299 of writer 3");
    });
  });

  it("leaves nothing half written when it is stopped", async () => {
    const index = await indexOf(page("Before", "words"));
    const long = page("Long", ...Array.from({ length: 20_000 }, (_, number) => `passage ${number}`));
    await assert.rejects(index.upsert([long], { signal: AbortSignal.abort(new Error("stop")) }), /stop/);
    assert.deepEqual(index.counts(), { documents: 1, passages: 1 });
    await index.upsert([page("After", "words")]);
    assert.equal(index.search("words", 5).length, 2);
  });

  it("lets the rest of the process run while it writes", async () => {
    const index = createPassageIndex({ file: ":memory:", log });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await index.upsert([
      page("Long", ...Array.from({ length: 20_000 }, (_, number) => `passage number ${number} of many`)),
    ]);
    clearInterval(timer);
    assert.ok(turns >= 3, `expected several turns of the event loop, got ${turns}`);
  });
});

function page(title: string, ...passages: string[]): IndexedDocument {
  const url = `file:///pages/${encodeURIComponent(title)}`;
  return { url, title, passages: passages.map((text) => ({ heading: "", text })), fingerprint: "1" };
}

async function indexOf(...documents: IndexedDocument[]): Promise<PassageIndex> {
  const index = createPassageIndex({ file: ":memory:", log });
  await index.upsert(documents);
  return index;
}

async function using(file: string, work: (index: PassageIndex) => Promise<void>): Promise<void> {
  const index = createPassageIndex({ file, log });
  try {
    await work(index);
  } finally {
    index.close();
  }
}

function changeVersion(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 999; ALTER TABLE documents ADD COLUMN future TEXT");
  database.close();
}

/** A process that writes 300 pages of its own and one that all write. */
function writerArguments(file: string, writer: number): string[] {
  const script = `
    import pino from "pino";
    import { createPassageIndex } from ${JSON.stringify(new URL("../../src/search/passage-index.ts", import.meta.url).href)};
    const index = createPassageIndex({ file: ${JSON.stringify(file)}, log: pino({ level: "silent" }) });
    const page = (title) => ({ url: title, title, passages: [{ heading: "", text: title }], fingerprint: "1" });
    for (let number = 0; number < 300; number += 10) {
      const some = Array.from({ length: 10 }, (_, more) => page("Page " + (number + more) + " of writer ${writer}"));
      await index.upsert([...some, page("Shared page")]);
    }
    index.close();`;
  return ["--input-type=module", "--eval", script];
}
