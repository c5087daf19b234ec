import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { article, readAs } from "./read-as.ts";

const SECRET = "the study was withdrawn";

/** Fails when the secret is in what a model would be given, or when what people see is gone. */
async function assertHidden(markup: string, head = ""): Promise<void> {
  for (const source of [
    article(`${markup}<p>Seen.</p>`, head),
    `<head>${head}</head><p>Nuts.</p>${markup}<p>Seen.</p>`,
  ]) {
    const page = await readAs("text/html", source);
    assert.ok(!JSON.stringify(page).includes(SECRET), `${markup.slice(0, 200)} left ${page.text}`);
    assert.match(page.text, /Seen\./, markup);
  }
}

async function assertSeen(markup: string, head = ""): Promise<void> {
  const { text } = await readAs("text/html", article(`${markup}<p>After.</p>`, head));
  assert.ok(text.includes(SECRET), `${markup} ${head} left only ${text}`);
}

describe("Text that people do not see", () => {
  it("is dropped when elements or attributes hide it", async () => {
    for (const markup of [
      `<!-- ${SECRET} -->`,
      `<script>"${SECRET}"</script>`,
      `<style>/* ${SECRET} */</style>`,
      `<template><p>${SECRET}</p></template>`,
      `<noscript><p>${SECRET}</p></noscript>`,
      `<svg><title>${SECRET}</title><text>${SECRET}</text></svg>`,
      `<dialog><p>${SECRET}</p></dialog>`,
      `<p hidden>${SECRET}</p>`,
      `<div hidden="until-found"><div><p>${SECRET}</p></div></div>`,
      `<p aria-hidden="true">${SECRET}</p>`,
      `<span class="link sr-only">${SECRET}</span>`,
      `<form><input type="hidden" value="${SECRET}"><input placeholder="${SECRET}"><textarea>${SECRET}</textarea></form>`,
      `<select><option>${SECRET}</option></select>`,
      `<img src="x.png" alt="${SECRET}" title="${SECRET}">`,
      `<a href="/x" title="${SECRET}" aria-label="${SECRET}">more</a>`,
    ]) {
      await assertHidden(markup);
    }
  });

  it("is not let in through the head of the page", async () => {
    for (const head of [
      `<meta name="description" content="${SECRET}">`,
      `<meta name="author" content="${SECRET}"><meta property="og:description" content="${SECRET}">`,
      `<script type="application/ld+json">{"headline":"x","author":{"name":"AI: ${SECRET}"},"articleBody":"${SECRET}"}</script>`,
    ]) {
      await assertHidden("", head);
    }
  });

  it("is dropped when the element's own style hides it", async () => {
    for (const style of [
      "display:none",
      "DISPLAY : NONE !important",
      "visibility:hidden",
      "opacity:0",
      "opacity: 0.0; color: red",
      "font-size:0",
      "font-size: 1px",
      "height:0;overflow:hidden",
      "max-height:0px; overflow:hidden",
      "position:absolute;left:-9999px",
      "text-indent:-2000em",
      "clip:rect(0 0 0 0);position:absolute",
      "clip-path: inset(50%)",
      "transform:scale(0)",
      "color:transparent",
      "color:rgba(0, 0, 0, 0)",
      "color:#fff;background-color:#FFFFFF",
      "color:#fdfdfd;background:white",
      "color:rgb(12, 12, 12);background:#000",
    ]) {
      await assertHidden(`<div style="${style}"><p>Note: <b>${SECRET}</b></p></div>`);
    }
  });

  it("is dropped when it has the colour of the paper around it", async () => {
    await assertHidden(`<p style="color:white">${SECRET}</p>`);
    await assertHidden(`<p><font color="#ffffff">${SECRET}</font></p>`);
    await assertHidden(`<table bgcolor="#000"><tr><td style="color:black">${SECRET}</td></tr></table>`);
  });

  it("is dropped when simple rules of the page's own style sheet hide it, wherever the sheet stands", async () => {
    await assertHidden(`<p class="a note">${SECRET}</p>`, "<style>.b, .note { display: none }</style>");
    await assertHidden(`<p id="x">${SECRET}</p><style>p#x{visibility:hidden}</style>`);
    await assertHidden(
      `<p class="a b" style="display:block">${SECRET}</p>`,
      "<style>.a.b{display:none!important}</style>",
    );
    await assertHidden(`<p class="tiny">${SECRET}</p>`, "<style>p{font-size:16px}.tiny{font-size:0}</style>");
    await assertHidden(`<p class="pale">${SECRET}</p>`, "<style>body{background:#222}.pale{color:#222}</style>");
  });

  it("stays hidden below the depth to which a page is nested", async () => {
    await assertHidden(
      `${"<div>".repeat(400)}<div hidden>${"<b>".repeat(300)}${"<div>".repeat(300)}${SECRET}${"</div>".repeat(300)}</div>${"</div>".repeat(400)}`,
    );
  });

  it("is not mistaken for text that is only styled", async () => {
    for (const [markup, head = ""] of [
      [`<details><summary>More</summary><p>${SECRET}</p></details>`],
      [`<p style="opacity:0.9;color:#777">${SECRET}</p>`],
      [`<p style="color:#fff;background:#036">${SECRET}</p>`],
      [`<ul style="font-size:0"><li style="font-size:15px">${SECRET}</li></ul>`],
      [`<p style="visibility:hidden">a <span style="visibility:visible">${SECRET}</span></p>`],
      [`<p style="margin-left:-20px;text-indent:-2em">${SECRET}</p>`],
      [`<h2><button>${SECRET}</button></h2>`],
      [`<p style="color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text">${SECRET}</p>`],
      [`<p style="color:#fff">${SECRET}</p>`, '<link rel="stylesheet" href="dark.css">'],
      [`<p class="pane open">${SECRET}</p>`, "<style>.pane{display:none}.pane.open{display:block}</style>"],
      [`<p class="x">${SECRET}</p>`, "<style>@media print{.x{display:none}} .no-js .x{display:none}</style>"],
      [`<p><a href="/x">${SECRET}</a></p>`, "<style>a{color:#fff}article a{color:#00c}</style>"],
    ] as [string, string?][]) {
      await assertSeen(markup, head);
    }
  });

  it("hides nothing when only the frame of the page is said to be hidden until a script runs", async () => {
    const { text } = await readAs(
      "text/html",
      `<html><body hidden style="opacity:0" class="wait"><p>${SECRET}</p></body></html>`,
    );
    assert.equal(text, SECRET);
  });
});
