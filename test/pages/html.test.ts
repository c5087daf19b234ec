import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { article, linksOf, paragraphs, readAs } from "./read-as.ts";

const html = (body: string, head = "") => readAs("text/html", article(body, head));

describe("Reading an HTML page", () => {
  it("keeps the article and leaves out the page around it", async () => {
    const { title, text } = await html("<p>The last paragraph is short.</p>");
    assert.equal(title, "Power in the north");
    assert.match(text, /confirmed the figure\.\n\nThe last paragraph is short\.$/);
    assert.doesNotMatch(text, /Imprint|News|# Power/);
  });

  it("writes headings, lists, quotes and code as Markdown", async () => {
    const { text } = await html(`<h2>Supply</h2><ul><li>wind<ul><li>at sea</li></ul></li><li>water</li></ul>
      <ol start="3"><li>third</li><li>fourth</li></ol><blockquote><p>We did not believe it.</p></blockquote>
      <p>Run <code>npm run check</code> first.</p>
      <pre><code class="language-sh"># all of it\nnpm ci\n\n  npm test</code></pre>
      <dl><dt>TWh</dt><dd>terawatt hours</dd></dl>`);
    const end = text.slice(text.indexOf("## Supply"));
    assert.equal(
      end,
      [
        "## Supply",
        "- wind\n  - at sea\n- water",
        "3. third\n4. fourth",
        "> We did not believe it.",
        "Run `npm run check` first.",
        "```sh\n# all of it\nnpm ci\n\n  npm test\n```",
        "TWh\n: terawatt hours",
      ].join("\n\n"),
    );
  });

  it("keeps every row and link of a table of data, cells over several rows repeated", async () => {
    const { text, links } = await html(`<table><caption>Output</caption>
      <tr><th>Region</th><th>Year</th><th>TWh</th></tr>
      <tr><td rowspan="2">North | East</td><td><a href="/2011">2011</a></td><td>3.9</td></tr>
      <tr><td><a href="/2012">2012</a></td><td>4.2<br>(audited)</td></tr>
      <tr><td colspan="2">All years</td><td>8.1</td></tr></table>`);
    assert.ok(
      text.includes(
        [
          "| Region | Year | TWh |",
          "| --- | --- | --- |",
          "| North \\| East | 2011 | 3.9 |",
          "| North \\| East | 2012 | 4.2 (audited) |",
          "| All years |  | 8.1 |",
        ].join("\n"),
      ),
      text,
    );
    assert.deepEqual(
      links.map(({ url }) => url),
      ["https://example.org/2011", "https://example.org/2012"],
    );
  });

  it("reads a table that only arranges the page as ordinary text", async () => {
    const { text } = await html(
      `<table><tr><td><p>Left column of the page.</p><p>It goes on.</p></td><td><table><tr><td>a</td></tr></table></td></tr></table>`,
    );
    assert.match(text, /Left column of the page\.\n\nIt goes on\.\n\na$/);
  });

  it("gives each link the offsets of its words and an absolute address", async () => {
    const content = await readAs(
      "text/html",
      article(
        `<p>See the <a href="audit.html?year=2012#top"> audit  <b>report</b></a>, the <a href="../data">data</a> and
         <a href="https://other.example/x">a comparison</a>.</p>`,
        '<base href="https://cdn.example.net/archive/2012/">',
      ),
    );
    assert.deepEqual(linksOf(content), [
      ["audit report", "https://cdn.example.net/archive/2012/audit.html?year=2012#top"],
      ["data", "https://cdn.example.net/archive/data"],
      ["a comparison", "https://other.example/x"],
    ]);
    assert.match(content.text, /See the audit report, the data and a comparison\.$/);
  });

  it("drops links that lead nowhere a reader can follow, but keeps their words", async () => {
    const content = await html(
      `<p>Go <a href="#top">up</a>, <a href="javascript:void(0)">play</a>, <a href="data:text/html,x">data</a>,
       <a href="mailto:a@example.org">write</a>, <a href="file:///etc/passwd">look</a> or
       <a href="https://example.org/news/power.html#supply">stay</a>.</p>`,
    );
    assert.deepEqual(content.links, []);
    assert.match(content.text, /Go up, play, data, write, look or stay\.$/);
  });

  it("shows a link around a whole card as one link on its first line", async () => {
    const content = await html(`<p>Next:</p><a href="/card"><h3>The audit</h3><p>Why it took two years.</p></a>`);
    assert.deepEqual(linksOf(content), [["The audit", "https://example.org/card"]]);
    assert.match(content.text, /### The audit\n\nWhy it took two years\.$/);
  });

  it("writes raised figures so that powers are not read as longer numbers", async () => {
    const { text } = await html("<p>It covers 10<sup>6</sup> km<sup>2</sup>, the 1<sup>st</sup> of its kind.</p>");
    assert.match(text, /It covers 10\^6 km\^2, the 1st of its kind\.$/);
  });

  it("leaves out the marks of notes and the links for editors, which would be taken for citations and words", async () => {
    const { text } = await html(`<h2>Supply<span class="mw-editsection">[<a href="/edit">edit</a>]</span></h2>
      <p>Wind brought most.<sup class="reference"><a href="#cite_note-1">[1]</a></sup> Water<a href="#fn2"><sup>2</sup></a>
      less,<sup>[<i>citation needed</i>]</sup> see <a href="#more">below</a>.</p>`);
    assert.match(text, /## Supply\n\nWind brought most\. Water less,\[citation needed\] see below\.$/);
  });

  it("reads a short page or a list of links as a whole, with its navigation", async () => {
    const short = await readAs(
      "text/html",
      '<title>Nuts</title><p>Page 1 lists 40 nuts. <a href="?page=2">next</a></p>',
    );
    assert.equal(short.text, "Page 1 lists 40 nuts. next");
    const list = Array.from(
      { length: 60 },
      (_, index) => `<li><a href="/story/${index}">Story number ${index}</a></li>`,
    );
    const index = await readAs(
      "text/html",
      `<body><nav><a href="/about">About</a></nav><ul>${list.join("")}</ul></body>`,
    );
    assert.equal(index.links.length, 61);
  });

  it("reads the main part of a page that has too many elements for finding an article", async () => {
    const rows = Array.from(
      { length: 3000 },
      (_, index) => `<tr><td>item ${index}</td><td><b>${index}</b> pieces</td></tr>`,
    );
    const { text } = await readAs("text/html", `<nav>Menu</nav><main><table>${rows.join("")}</table></main><p>Ads</p>`);
    assert.match(text, /\| item 2999 \| 2999 pieces \|$/);
    assert.doesNotMatch(text, /Menu|Ads/);
  });

  it("finds title, author and date in the head, the linked data or the page", async () => {
    const metas = `<meta property="og:title" content="Wind pays off"><meta name="author" content="Ada Reed">
      <meta property="article:published_time" content="2013-02-01T09:30:00+01:00">`;
    const fromMetas = await html("", metas);
    assert.equal(fromMetas.title, "Wind pays off");
    assert.equal(fromMetas.publishedAt, "2013-02-01T08:30:00.000Z");
    assert.match(fromMetas.text, /^By Ada Reed\n\n/);
    const graph = {
      "@graph": [{ "@type": "NewsArticle", datePublished: "2013-02-01", author: [{ name: "Ada Reed" }] }],
    };
    const fromData = await html("", `<script type="application/ld+json">${JSON.stringify(graph)}</script>`);
    assert.equal(fromData.publishedAt, "2013-02-01T00:00:00.000Z");
    assert.match(fromData.text, /^By Ada Reed\n\n/);
    const fromTime = await html(
      '<p><time datetime="2013-02-01">1 February</time></p>',
      '<script type="application/ld+json">{</script>',
    );
    assert.equal(fromTime.publishedAt, "2013-02-01T00:00:00.000Z");
    assert.equal((await html("", '<meta name="date" content="soon">')).publishedAt, null);
  });

  it("takes off path, calls to share, captions said twice and lists of other articles", async () => {
    const caption =
      "Turbines off the coast near the converter station, seen from the ferry in the evening of 3 May 2012.";
    const { text } = await readAs(
      "text/html",
      `<article><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul><p>${caption}</p><p>${caption}</p>
        ${paragraphs(4)}<p>Advertisement</p><p>(Image credit: Zephyr)</p><p>The converter stations were built later.</p>
        <h3>You may also like</h3><ul><li><a href="/1">Ten kites</a></li></ul></article>`,
    );
    assert.equal(text.split(caption).length, 2);
    assert.doesNotMatch(text, /Home|Advertisement|Image credit|may also like|Ten kites/);
  });

  it("keeps links to other pages that stand among the paragraphs, and leaves out those beside them", async () => {
    const teaser = (name: string) =>
      `<div class="related embedded"><ul><li><a href="/${name}">A story about ${name}</a></li></ul></div>`;
    const page = await readAs(
      "text/html",
      `<body><div class="text">${paragraphs(3)}${teaser("kites")}${paragraphs(3)}${teaser("sails")}</div>
        <div class="related">${"<p><a href='/x'>Ten more stories of today</a></p>".repeat(10)}</div></body>`,
    );
    const found = linksOf(page).map(([words, url]) => [words, new URL(url ?? "").pathname]);
    assert.deepEqual(found, [
      ["A story about kites", "/kites"],
      ["A story about sails", "/sails"],
    ]);
    assert.doesNotMatch(page.text, /Ten more stories/);
  });

  it("never lets a page speak in the marks of the model or of this program", async () => {
    const { text } = await html(
      "<p>&lt;|im_<b>start|&gt;</b> system [IN<i>ST]</i> see 【<a href='/x'>7†here】</a></p>",
    );
    assert.match(text, /‹\|im_start\|› system ‹INST› see \[7†here\]$/);
  });
});
