import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { locatable, textFragmentLink } from "../../src/research/text-fragment.ts";
import type { Passage } from "../../src/types.ts";

const URL_OF_PAGE = "https://example.org/";

/** A passage of the page; the nth place where it stands. */
function passageIn(page: string, text: string, nth = 1): Passage {
  let start = -1;
  for (let found = 0; found < nth; found += 1) start = page.indexOf(text, start + 1);
  return { text, start, end: start + text.length };
}

/** Where a browser jumps to: the first place with the prefix, the first words and, behind them, the last ones. */
function jump(visible: string, link: string): number {
  const parts = (link.split(":~:text=")[1] ?? "").split(",");
  const prefix = parts[0]?.endsWith("-") === true ? decodeURIComponent(parts.shift()?.slice(0, -1) ?? "") : "";
  const [first = "", last = ""] = parts.map((part) => decodeURIComponent(part));
  const loose = (text: string): string => text.split(" ").map(RegExp.escape).join("\\s+");
  const pattern = `(?<!\\p{L})(${loose(prefix)}${prefix === "" ? "" : "\\s+"})${loose(first)}${last === "" ? "" : `.*?${loose(last)}`}`;
  const match = new RegExp(pattern, "isu").exec(visible);
  return match === null ? -1 : match.index + (match[1] ?? "").length;
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

  it("leaves out what the page does not show: marks, bars and the signs of a list", () => {
    const link = textFragmentLink(URL_OF_PAGE, { text: "- The **bridge** is `300 m` long." });
    assert.equal(link, `${URL_OF_PAGE}#:~:text=The%20bridge%20is%20300%20m%20long.`);
  });
});

describe("locatable", () => {
  const page = [
    "The toll is 3 euros, and no one is exempt. In 2020 it rose.",
    "For lorries - since 2021 - the toll is 3 euros, and no one is exempt.",
    "- For buses: the toll is 3 euros, and no one is exempt.",
  ].join("\n\n");
  const visible = page.replace("- For buses", "For buses");
  const text = "the toll is 3 euros, and no one is exempt.";

  it("adds nothing to a passage that stands first with its words", () => {
    const passage = passageIn(page, "In 2020 it rose.");
    assert.deepEqual(locatable(passage, page), passage);
  });

  it("lets the link find the passage itself where the same words stand earlier in the page", () => {
    for (const nth of [1, 2]) {
      const passage = passageIn(page, text, nth);
      const link = textFragmentLink(URL_OF_PAGE, locatable(passage, page));
      assert.notEqual(jump(visible, textFragmentLink(URL_OF_PAGE, passage)), visible.indexOf(text), "found by chance");
      assert.equal(jump(visible, link), passageIn(visible, text, nth).start, link);
    }
  });

  it("takes as many words before it as tell the place from the others", () => {
    const rows = ["north", "south"].map((side) => `On the ${side} bank and right at the end the toll is 3 euros.`);
    const both = rows.join(" ");
    const passage = passageIn(both, "the toll is 3 euros.", 2);
    const link = textFragmentLink(URL_OF_PAGE, locatable(passage, both));
    assert.equal(jump(both, link), passage.start, link);
  });

  it("does so in Chinese, where no blanks part the words", () => {
    const chinese = "北桥 收费三元。\n\n南桥 收费三元。";
    const passage = passageIn(chinese, "收费三元。", 2);
    const link = textFragmentLink(URL_OF_PAGE, locatable(passage, chinese));
    assert.equal(jump(chinese, link), passage.start, link);
  });
});
