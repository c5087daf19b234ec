import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { article, readAs } from "./read-as.ts";

async function reasonFor(html: string): Promise<string> {
  const outcome = await readAs("text/html", html).then(
    ({ text }) => `read: ${text}`,
    (error: { code?: string; message?: string }) => {
      assert.equal(error.code, "PAGE_UNREADABLE");
      return error.message ?? "";
    },
  );
  return outcome;
}

describe("What is served in place of a page", () => {
  it("is told apart: a check for robots", async () => {
    const cloudflare = `<html><head><title>Just a moment...</title></head><body><noscript><div>Enable JavaScript and cookies to continue</div></noscript>
      <script>window._cf_chl_opt={cvId:'3'};</script></body></html>`;
    for (const page of [
      cloudflare,
      "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
      "<title>example.org</title><p>Verifying you are human. This may take a few seconds.</p>",
      '<title>x</title><script src="https://ct.captcha-delivery.com/c.js"></script><p>Please wait</p>',
    ]) {
      assert.match(await reasonFor(page), /check for robots\. Try another source\.$/);
    }
  });

  it("is told apart: a login", async () => {
    for (const page of [
      '<title>Log in | Example</title><form><label>Name</label><input name=u><input type="password"></form>',
      "<title>Members</title><p>You must be logged in to see this document.</p>",
      "<title>Anmelden – Beispiel</title><form><input type=password></form><p>Willkommen zurück.</p>",
      "<title>Story</title><p>Sign in to continue reading the rest of it.</p>",
    ]) {
      assert.match(await reasonFor(page), /needs a login/);
    }
  });

  it("is told apart: a paywall, a question about cookies, a frame for a script, nothing at all", async () => {
    assert.match(
      await reasonFor("<title>Story</title><p>A first line.</p><p>Subscribe to continue reading.</p>"),
      /paywall/,
    );
    assert.match(
      await reasonFor(
        "<title>Before you continue</title><p>We and our partners use cookies and personal data.</p><button>Accept all</button>",
      ),
      /consent to cookies/,
    );
    assert.match(
      await reasonFor(
        '<title>App</title><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>',
      ),
      /by a script/,
    );
    assert.match(
      await reasonFor('<title>App</title><div id="__next"></div><script src="a.js"></script>'),
      /by a script/,
    );
    assert.match(
      await reasonFor("<html><head><title>Empty</title></head><body> <img src=x> </body></html>"),
      /has no text/,
    );
  });

  it("is not suspected in a page with a text, whatever stands beside it", async () => {
    const asides = `<form><input type="password"></form><p>Already a subscriber? Log in to continue.</p>
      <div class="cookie">We use cookies. <button>Accept all</button></div><noscript>Enable JavaScript</noscript>`;
    const long = article(
      Array.from(
        { length: 12 },
        (_, index) =>
          `<p>Paragraph ${index} says what no other one has said, and at some length, so that the page is a text.</p>`,
      ).join("") + asides,
    );
    assert.match(await reasonFor(long), /^read: The Zephyr grid/);
  });

  it("is not suspected in a short page that says something", async () => {
    assert.equal(await reasonFor("<title>Nuts</title><p>Page 1 lists 40 nuts.</p>"), "read: Page 1 lists 40 nuts.");
    assert.match(
      await reasonFor(
        '<title>Robots</title><p>How a login works, and why cookies are asked for.</p><script src="a.js"></script>',
      ),
      /^read:/,
    );
  });
});
