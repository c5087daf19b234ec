import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, deliverAnswer } from "../../src/research/citations.ts";
import { locatable, textFragmentLink } from "../../src/research/text-fragment.ts";
import type { Passage, Source } from "../../src/types.ts";
import { jump } from "../helpers/text-fragment.ts";
import { readAs } from "../pages/read-as.ts";

const URL_OF_PAGE = "https://example.org/";

/** A passage of the page; the nth place where it stands. */
function passageIn(page: string, text: string, nth = 1): Passage {
  let start = -1;
  for (let found = 0; found < nth; found += 1) start = page.indexOf(text, start + 1);
  return { text, start, end: start + text.length };
}

describe("textFragmentLink", () => {
  it("names a long passage by its first and last words", () => {
    const text = Array.from({ length: 20 }, (_, index) => `w${index}`).join(" ");
    assert.equal(
      textFragmentLink(URL_OF_PAGE, { text }),
      `${URL_OF_PAGE}#:~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19`,
    );
  });

  it("encodes the signs that have a meaning in a fragment", () => {
    const link = textFragmentLink(URL_OF_PAGE, { text: "well-known, A&B", before: "so-called," });
    assert.equal(link, `${URL_OF_PAGE}#:~:text=so%2Dcalled%2C-,well%2Dknown%2C%20A%26B`);
  });

  it("goes behind a fragment that the address has already", () => {
    const link = textFragmentLink(`${URL_OF_PAGE}#top`, { text: "three plain words" });
    assert.equal(link, `${URL_OF_PAGE}#top:~:text=three%20plain%20words`);
  });

  it("leaves files and other schemes as they are", () => {
    assert.equal(textFragmentLink("file:///docs/a.md", { text: "three plain words" }), "file:///docs/a.md");
  });

  it("leaves out what the page does not show: bars, backticks and the signs of a list", () => {
    const link = textFragmentLink(URL_OF_PAGE, { text: "> - The bridge is `300 m` long." });
    assert.equal(link, `${URL_OF_PAGE}#:~:text=The%20bridge%20is%20300%20m%20long.`);
  });

  it("looks for no word of which it is not sure how it is shown", () => {
    const link = textFragmentLink(URL_OF_PAGE, { text: "About 10^5 grams of **salt** are in it now." });
    assert.equal(link, `${URL_OF_PAGE}#:~:text=grams%20of,are%20in%20it%20now.`.replace("grams%20of,", ""));
  });

  it("takes the place of another text fragment", () => {
    const link = textFragmentLink(`${URL_OF_PAGE}#:~:text=old`, { text: "three plain words" });
    assert.equal(link, `${URL_OF_PAGE}#:~:text=three%20plain%20words`);
  });
});

describe("locatable", () => {
  const page = [
    "The toll is 3 euros, and no one is exempt. In 2020 it rose.",
    "For lorries - since 2021 - the toll is 3 euros, and no one is exempt.",
    "- For buses: the toll is 3 euros, and no one is exempt.",
  ].join("\n\n");
  const visible = page.replace("- For buses", "For buses").split("\n\n");
  const text = "the toll is 3 euros, and no one is exempt.";

  it("adds nothing to a passage that stands first with its words", () => {
    const passage = passageIn(page, "In 2020 it rose.");
    assert.deepEqual(locatable(passage, { text: page, anchors: [] }), passage);
  });

  it("names the page of a PDF, in the link too", () => {
    const anchors = [
      { start: 0, label: "page 1" },
      { start: page.indexOf("In 2020"), label: "page 2" },
      { start: page.length - 1, label: "page 3" },
    ];
    const passage = locatable(passageIn(page, "In 2020 it rose."), { text: page, anchors });
    assert.equal(passage.anchor, "page 2");
    assert.equal(textFragmentLink(URL_OF_PAGE, passage), `${URL_OF_PAGE}#page=2:~:text=In%202020%20it%20rose.`);
    assert.equal(textFragmentLink(`${URL_OF_PAGE}#top`, passage), `${URL_OF_PAGE}#top:~:text=In%202020%20it%20rose.`);
  });

  it("lets the link find the passage itself where the same words stand earlier in the page", () => {
    for (const nth of [1, 2]) {
      const passage = passageIn(page, text, nth);
      const link = textFragmentLink(URL_OF_PAGE, locatable(passage, { text: page, anchors: [] }));
      assert.notDeepEqual(
        jump(visible, textFragmentLink(URL_OF_PAGE, passage)),
        { block: nth, at: 0 },
        "found by chance",
      );
      assert.equal(jump(visible, link)?.block, nth, link);
    }
  });

  it("takes as many words before it as tell the place from the others", () => {
    const rows = ["north", "south"].map((side) => `On the ${side} bank and right at the end the toll is 3 euros.`);
    const both = rows.join(" ");
    const passage = passageIn(both, "the toll is 3 euros.", 2);
    const link = textFragmentLink(URL_OF_PAGE, locatable(passage, { text: both, anchors: [] }));
    assert.deepEqual(jump([both], link), { block: 0, at: passage.start }, link);
  });

  it("does so in Chinese, where no blanks part the words", () => {
    const chinese = "北桥 收费三元。\n\n南桥 收费三元。";
    const passage = passageIn(chinese, "收费三元。", 2);
    const link = textFragmentLink(URL_OF_PAGE, locatable(passage, { text: chinese, anchors: [] }));
    assert.deepEqual(jump(chinese.split("\n\n"), link), { block: 1, at: 3 }, link);
  });
});

/** Each block as it is written in the page, and as it is shown. */
const BLOCKS: readonly (readonly [string, string])[] = [
  ["<p>", "The Alder Bridge is 300 m long, well-known &amp; old. It was built in 1932 by John Stone."],
  ["<p>", "Cars pay 3 euros at the north gate, and the gate closes at 10 p.m. every day of the year."],
  ["<p>", "Cars pay 3 euros at the south gate, and the gate closes at 10 p.m. every day of the year."],
  [
    "<p>",
    "The setting <code>max_connections</code> is 100; <code>a|b</code> and <code>--no-color</code> are C# flags.",
  ],
  ["<li>", "The first item of the list says 42 apples."],
  ["<li>", "The second item of the list says 43 apples."],
  ["<tr>", "<td>Year</td><td>Vehicles</td><td>Toll in euros</td>"],
  ["<tr>", "<td>2022</td><td>18,400</td><td>46,000</td>"],
  ["<tr>", "<td>2023</td><td>21,900</td><td>46,000</td>"],
  [
    "<p>",
    "<em>Emphasis</em> and <a href='https://x.example'>a linked word</a> stand in<b>side</b> this sentence of 10<sup>5</sup> grams of H<sub>2</sub>O.",
  ],
  [
    "<p>",
    "Typographic “quotes”, an en–dash, a non-breaking&nbsp;space, an ellipsis… and soft&shy;hyphens are told apart.",
  ],
  [
    "<p>",
    "桥长300米，建于1932年，由约翰·斯通设计，桥上有四条车道，两旁各有一条人行道，每天大约有一万八千四百辆汽车从桥上通过，其中大部分是前往北方港口的卡车。",
  ],
  ["<p>", "يبلغ طول الجسر 300 متر وقد بني في عام 1932."],
  ["<p>", "Größe und Maße: die Brücke über die Elbe mißt 300 Meter; Zoll für Lkw: 5,50 €."],
  ["<p>", "It is 50% off, plus+signs, a/b slashes, a=b, [brackets], hash#tag, semi;colon, it's O'Neil's."],
  ["<p>", "Note: This is only a remark with the very same words."],
  ["<p>", "Hint: This is only a remark with the very same words."],
  ["<h2>", "The length of it"],
  ["<p>", "It is known to all."],
  ["<h2>", "The width of it"],
  ["<p>", "It is known to all."],
  ["<p>", "The price is $5.00 per 1,000 requests_per_minute *and* a literal star."],
];

function markupOf([tag, inner]: readonly [string, string]): string {
  const markup = `${tag}${inner}${tag.replace("<", "</")}`;
  if (tag === "<li>") return `<ul>${markup}</ul>`;
  return tag === "<tr>" ? `<table>${markup}</table>` : markup;
}

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&nbsp;": " ", "&shy;": "\u00ad" };
const plain = (inner: string): string =>
  inner.replace(/<[^>]+>/g, "").replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);

describe("the link of a citation", () => {
  // What is shown: each cell is a block of its own.
  const shown = BLOCKS.flatMap(([, inner], block) =>
    inner.split("</td>").flatMap((cell) => (plain(cell) === "" ? [] : [{ block, text: plain(cell) }])),
  );
  const texts = shown.map(({ text }) => text);
  const html = BLOCKS.map(markupOf).join("\n").replaceAll("</table>\n<table>", "").replaceAll("</ul>\n<ul>", "");

  async function jumps(reach: number): Promise<{ wrong: unknown[]; source: Source }> {
    const content = await readAs("text/html", `<title>Page</title><main>${html}</main>`, "https://example.org/page");
    const page = { ...content, url: "https://example.org/page", readAt: "2026-03-01T10:00:00Z", parts: [] };
    const wrong = BLOCKS.slice(reach).flatMap((_, index) => {
      const start = placeOf(page.text, index);
      const end = placeOf(page.text, index + reach).end;
      const passage = { text: page.text.slice(start.at, end), start: start.at, end };
      const link = textFragmentLink(page.url, locatable(passage, { text: page.text, anchors: [] }));
      const place = jump(texts, link);
      return place !== null && shown[place.block]?.block === index ? [] : [[passage.text, link, place]];
    });
    return { wrong, source: { number: 1, page, hops: 0, foundBy: "search", query: null } };
  }

  it("leads from each block of a page to its own place in it", async () => {
    assert.deepEqual((await jumps(0)).wrong, []);
  });

  it("does so for passages that reach over paragraphs, items, rows and headings", async () => {
    assert.deepEqual((await jumps(1)).wrong, []);
  });

  it("is made from the passage that the check found", async () => {
    const { source } = await jumps(0);
    const answer = "The setting `max_connections` is 100 [1]. Cars pay 3 euros at the south gate [1].";
    const { citations } = deliverAnswer(answer, checkAnswer(answer, [source]), [source]);
    const places = citations.map(({ passage }) => {
      assert.ok(passage);
      return jump(texts, textFragmentLink(source.page.url, passage))?.block ?? -1;
    });
    assert.deepEqual(
      places.map((place) => shown[place]?.block),
      [3, 2],
    );
  });
});

/** The text of a block in the stored page, from its first letter to its last. */
function placeOf(text: string, index: number): { at: number; end: number } {
  let from = 0;
  let found = { at: 0, end: 0 };
  for (const [, inner] of BLOCKS.slice(0, index + 1)) {
    const letters = plain(inner.replaceAll("</td>", " ")).match(/[\p{L}\p{N}]/gu) ?? [];
    const match = new RegExp(letters.join("[^\\p{L}\\p{N}]*"), "u").exec(text.slice(from));
    assert.ok(match, `not in the page: ${inner}`);
    found = { at: from + match.index, end: from + match.index + match[0].length };
    from = found.end;
  }
  return found;
}
