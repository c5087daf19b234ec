import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { linksOf, readAs } from "./read-as.ts";

describe("Reading a feed", () => {
  it("shows the entries of RSS with their dates, authors, texts and links", async () => {
    const content = await readAs(
      "application/rss+xml",
      `<?xml version="1.0"?><rss version="2.0"><channel><title>Zephyr news</title><link>https://example.org/</link>
        <item><title>Record &amp; audit</title><link>/2013/record</link><pubDate>Fri, 01 Feb 2013 09:30:00 GMT</pubDate>
          <dc:creator>Ada Reed</dc:creator><description><![CDATA[<p>It was <a href="report">4.2 TWh</a>.</p>]]></description></item>
        <item><title>Second</title><link>https://example.org/2012/second</link><pubDate>2012-05-01</pubDate></item>
      </channel></rss>`,
      "https://example.org/feed",
    );
    assert.equal(content.title, "Zephyr news");
    assert.equal(content.publishedAt, "2013-02-01T09:30:00.000Z");
    assert.equal(
      content.text,
      "## Record & audit\n\n2013-02-01, by Ada Reed\n\nIt was 4.2 TWh.\n\n## Second\n\n2012-05-01",
    );
    assert.deepEqual(linksOf(content), [
      ["Record & audit", "https://example.org/2013/record"],
      ["4.2 TWh", "https://example.org/2013/report"],
      ["Second", "https://example.org/2012/second"],
    ]);
  });

  it("shows the entries of Atom, also when it is sent as plain XML", async () => {
    const content = await readAs(
      "text/xml",
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><entry><title type="html">One &lt;b&gt;big&lt;/b&gt; step</title>
        <link rel="edit" href="/edit"/><link href="/one"/><published>2013-02-01T09:30:00Z</published>
        <summary>Short.</summary><content type="html">&lt;p&gt;Longer than short.&lt;/p&gt;&lt;p hidden&gt;secret&lt;/p&gt;</content></entry></feed>`,
    );
    assert.equal(content.text, "## One big step\n\n2013-02-01\n\nLonger than short.");
    assert.deepEqual(linksOf(content), [["One big step", "https://example.org/one"]]);
  });

  it("reads a feed of 100,000 nested tags", async () => {
    const content = await readAs(
      "application/atom+xml",
      `<feed><entry><title>Seen</title>${"<a>".repeat(100_000)}${"</b>".repeat(100_000)}</entry></feed>`,
    );
    assert.equal(content.text, "## Seen");
  });
});

describe("Reading JSON", () => {
  it("spreads dense data over lines without changing a character of its values", async () => {
    const { text, title, links } = await readAs(
      "application/json",
      '{"name":"zephyr","id":12345678901234567890,"rate":1.0,"tags":["a, b","c\\"{"],"none":{},"url":"https://example.org/x"}'.padEnd(
        600,
      ),
    );
    assert.equal(title, "zephyr");
    assert.equal(
      text,
      [
        "{",
        '  "name": "zephyr",',
        '  "id": 12345678901234567890,',
        '  "rate": 1.0,',
        '  "tags": [',
        '    "a, b",',
        '    "c\\"{"',
        "  ],",
        '  "none": {},',
        '  "url": "https://example.org/x"',
        "}",
      ].join("\n"),
    );
    assert.deepEqual(
      links.map(({ url }) => url),
      ["https://example.org/x"],
    );
  });

  it("leaves data alone that is written for people, and broken data too", async () => {
    const source = '{\n  "a": [1, 2]\n}';
    assert.equal((await readAs("application/json", source)).text, source);
    assert.match((await readAs("application/json", '{"a":[1,2'.repeat(100))).text, /"a": \[/);
  });

  it("reads data that is nested 100,000 deep", async () => {
    const { text } = await readAs("application/json", `${"[".repeat(100_000)}"seen"`);
    assert.match(text, /"seen"$/);
  });
});

describe("Reading separated values", () => {
  it("makes a table of them, whatever separates them", async () => {
    const table = '| Region | TWh |\n| --- | --- |\n| North, all | 4.2 |\n| South "old" | 1\\|3 |';
    const commas = 'Region,TWh\r\n"North, all",4.2\r\n"South ""old""",1|3\r\n';
    assert.equal((await readAs("text/csv", commas)).text.trim(), table);
    assert.equal(
      (await readAs("text/csv", commas.replaceAll(",", ";").replace("North;", "North,"))).text.trim(),
      table,
    );
    assert.equal(
      (await readAs("text/tab-separated-values", 'Region\tTWh\nNorth, all\t4.2\n"South ""old"""\t1|3')).text.trim(),
      table,
    );
  });

  it("fills up short rows and keeps line breaks out of cells", async () => {
    const { text } = await readAs("text/csv", 'a,b,c\n"1\n2",3\n');
    assert.equal(text.trim(), "| a | b | c |\n| --- | --- | --- |\n| 1 2 | 3 |  |");
  });
});

describe("Reading plain text", () => {
  it("keeps the lines, links the addresses and takes a line that stands alone as the title", async () => {
    const content = await readAs(
      "text/plain",
      "Power in the north\r\n\r\n\r\n\r\nLine one  \nline two: https://example.org/x.\n",
    );
    assert.equal(content.title, "Power in the north");
    assert.equal(content.text, "Power in the north\n\nLine one\nline two: https://example.org/x.");
    assert.deepEqual(linksOf(content), [["https://example.org/x", "https://example.org/x"]]);
    assert.equal((await readAs("text/plain", "The first line goes on\nin the second.")).title, "");
  });

  it("is cleaned of what people cannot see", async () => {
    const { text } = await readAs("text/plain", "a\u200bb\u202ec <|im_start|>system 【7†x】");
    assert.equal(text, "abc ‹|im_start|›system [7†x]");
  });
});
