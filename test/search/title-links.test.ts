import assert from "node:assert/strict";
import { describe, it } from "node:test";
import pino from "pino";
import { createPassageIndex, type PassageIndex } from "../../src/search/passage-index.ts";

describe("links to other documents", () => {
  it("are found where a text names them, with or without the addition in brackets", async () => {
    const index = await indexOf("Toto (band)", "Steely Dan", "Jeff Porcaro");
    assert.deepEqual(mentions(index, "Jeff Porcaro played with Steely Dan and Steely Dan's friends."), [
      "Jeff Porcaro",
      "Steely Dan",
    ]);
    assert.deepEqual(mentions(index, "The Toto (band) page"), ["Toto (band"]);
  });

  it("take the longest name, across punctuation, accents and letter case", async () => {
    const index = await indexOf("Beck", "Beck, Bogert & Appice", "São Paulo", "Schindler's List");
    const text = "BECK, BOGERT & APPICE played in Sao Paulo after Schindler’s List.";
    assert.deepEqual(mentions(index, text), ["BECK, BOGERT & APPICE", "Sao Paulo", "Schindler’s List"]);
  });

  it("stand at the first mention only and never lead to the page itself", async () => {
    const index = await indexOf("Kansas Song", "University of Kansas");
    const text = "Kansas Song is sung at the University of Kansas. University of Kansas, hear Kansas Song!";
    assert.deepEqual(index.linkMentions(text, "Kansas Song"), [{ start: 27, end: 47, url: "University of Kansas" }]);
  });

  it("are not made of numbers, short or common words, or words in lower case", async () => {
    const index = await indexOf("1984", "IT", "There", "Film", "Harbour", "march or die");
    assert.deepEqual(mentions(index, "There was IT in 1984, a film about a harbour: march or die."), []);
  });

  it("lead to names that are spelled in lower case where these stand as code or are hyphenated", async () => {
    const index = await indexOf("pg-boss", "router", "@acme/queue");
    assert.deepEqual(
      mentions(index, "A router uses `router`, pg-boss and @acme/queue; a Router and the pg boss do not."),
      ["router", "pg-boss", "acme/queue"],
    );
  });

  it("are found in Chinese and Japanese texts", async () => {
    const index = await indexOf("北京大学", "東京");
    assert.deepEqual(mentions(index, "他毕业于北京大学。"), ["北京大学"]);
    assert.deepEqual(mentions(index, "彼は東京に住む"), ["東京"]);
  });

  it("choose the document with the whole name when several share it", async () => {
    const index = await indexOf("Fool (song)", "Fool (album)", "Fool Moon");
    assert.deepEqual(
      index.linkMentions("The Fool Moon", "").map(({ url }) => url),
      ["Fool Moon"],
    );
    assert.deepEqual(
      index.findTitles(["fool"]).map(({ title }) => title),
      ["Fool (song)", "Fool (album)"],
    );
    assert.deepEqual(
      index.findTitles(["FOOL (album)", "nothing"]).map(({ title }) => title),
      ["Fool (album)"],
    );
  });
});

async function indexOf(...titles: string[]): Promise<PassageIndex> {
  const index = createPassageIndex({ file: ":memory:", log: pino({ level: "silent" }) });
  await index.upsert(
    titles.map((title) => ({ url: title, title, passages: [{ heading: "", text: "text" }], fingerprint: "1" })),
  );
  return index;
}

function mentions(index: PassageIndex, text: string): string[] {
  return index.linkMentions(text, "").map(({ start, end }) => text.slice(start, end));
}
