import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { Keyv } from "keyv";
import { pino } from "pino";
import { RuminateError } from "../../src/errors.ts";
import { createWebOpener, type WebOpenerOptions } from "../../src/pages/open-web-page.ts";
import { createRobots } from "../../src/pages/robots.ts";
import type { Cache, PageBytes } from "../../src/ports.ts";
import type { Page } from "../../src/types.ts";
import { fetchFrom, html, redirect, startLocalWeb, status } from "./local-web.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The plainest reader: the bytes are the text. */
async function toPage({ url, bytes }: PageBytes): Promise<Page> {
  const text = new TextDecoder().decode(bytes);
  if (text.includes("log in")) throw new RuminateError("PAGE_UNREADABLE", "The page needs a login.");
  return {
    url,
    title: "Title",
    publishedAt: null,
    readAt: new Date().toISOString(),
    text,
    links: [],
    anchors: [],
    parts: [{ start: 0, end: text.length, heading: null }],
  };
}

async function openerOf(pages: Parameters<typeof startLocalWeb>[0], options: Partial<WebOpenerOptions> = {}) {
  const web = await startLocalWeb(pages);
  const { fetch, close } = fetchFrom(web);
  closers.push(close, () => web.close());
  const robots = createRobots({ fetch, productToken: "Ruminate" });
  const opener = createWebOpener({ fetch, toPage, robots, log: pino({ level: "silent" }), ...options });
  const open = (path: string, signal = new AbortController().signal) => opener(web.at(path), { signal });
  const count = (path: string) => web.requests.filter((line) => line.endsWith(` ${path}`)).length;
  return { web, open, count };
}

async function emptyWeb() {
  const web = await startLocalWeb({});
  closers.push(() => web.close());
  return web;
}

const failsWith = (code: string, words: RegExp) => (error: unknown) =>
  error instanceof RuminateError && error.code === code && words.test(error.message);

describe("opening a web page", () => {
  it("gives the page under its final address", async () => {
    const { web, open } = await openerOf({ "/old": redirect("/new"), "/new": html("hello") });
    const page = await open("/old");
    assert.equal(page.url, web.at("/new"));
    assert.equal(page.text, "hello");
  });

  it("leaves pages alone that robots.txt excludes, also behind a redirect", async () => {
    const { open, count } = await openerOf({
      "/robots.txt": html("User-agent: Ruminate\nDisallow: /private"),
      "/private": html("secret"),
      "/link": redirect("/private"),
    });
    await assert.rejects(open("/private"), failsWith("PAGE_FORBIDDEN", /robots\.txt .* Use another source/));
    await assert.rejects(open("/link"), failsWith("PAGE_FORBIDDEN", /robots\.txt/));
    assert.equal(count("/private"), 0);
  });

  it("opens only pages of allowed domains, also behind a redirect", async () => {
    const domains = { allowed: ["example.com"], blocked: ["bad.example.com"] };
    const { web, open } = await openerOf({}, { domains });
    web.requests.length = 0;
    await assert.rejects(open("/x"), failsWith("PAGE_NOT_FOUND", /404/));
    const other = await openerOf(
      { "/out": redirect("http://elsewhere.example.org/"), "/bad": redirect("http://bad.example.com/") },
      { domains },
    );
    await assert.rejects(other.open("/out"), failsWith("PAGE_FORBIDDEN", /elsewhere\.example\.org may not be opened/));
    await assert.rejects(other.open("/bad"), failsWith("PAGE_FORBIDDEN", /bad\.example\.com may not be opened/));
  });

  it("refuses what is no address in words, also with a rule about addresses", async () => {
    const opener = createWebOpener({
      fetch: fetchFrom(await emptyWeb()).fetch,
      toPage,
      robots: async () => null,
      cache: new Keyv(),
      isShareable: (url) => new URL(url).search === "",
      log: pino({ level: "silent" }),
    });
    const signal = new AbortController().signal;
    await assert.rejects(opener("no address", { signal }), failsWith("PAGE_FORBIDDEN", /not a complete web address/));
  });

  it("tries a server once more that asks for a short wait, not one that asks for a long one", async () => {
    let answers = 0;
    const { open, count } = await openerOf({
      "/short": (request, response) => {
        if (++answers > 1) return html("at last")(request, response);
        response.writeHead(429, { "retry-after": "0" }).end();
      },
      "/long": status(503, { "retry-after": "3600" }),
    });
    assert.equal((await open("/short")).text, "at last");
    await assert.rejects(open("/long"), (error) => error instanceof RuminateError && error.retryAfterMs === 3_600_000);
    assert.equal(count("/long"), 1);
  });

  it("tries a dropped connection once more", async () => {
    const { open, count } = await openerOf({ "/": (request) => request.socket.destroy() });
    await assert.rejects(open("/"), failsWith("PAGE_UNREADABLE", /connection/));
    assert.equal(count("/"), 2);
  });

  it("rejects with the reason of the caller who cancelled", async () => {
    const reason = new Error("stopped");
    const controller = new AbortController();
    const { open } = await openerOf({ "/": () => controller.abort(reason) });
    await assert.rejects(open("/", controller.signal), (error) => error === reason);
  });
});

describe("the page cache", () => {
  it("shows a fresh page without asking its server, under every spelling of its address", async () => {
    const { open, count } = await openerOf({ "/page": html("text") }, { cache: new Keyv() });
    await open("/page");
    assert.equal((await open("/page#part")).text, "text");
    assert.equal((await open("/page?utm_source=mail")).text, "text");
    assert.equal(count("/page"), 1);
  });

  it("confirms an older page with its server instead of reading it again", async (context) => {
    const seen: unknown[] = [];
    const { open, count } = await openerOf(
      {
        "/page": (request, response) => {
          seen.push(request.headers["if-none-match"]);
          response.writeHead(seen.length === 1 ? 200 : 304, { "content-type": "text/plain", etag: '"1"' });
          response.end(seen.length === 1 ? "text" : undefined);
        },
      },
      { cache: new Keyv() },
    );
    context.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    const first = await open("/page");
    context.mock.timers.tick(2 * 3_600_000);
    const second = await open("/page");
    assert.deepEqual(seen, [undefined, '"1"']);
    assert.equal(second.text, "text");
    assert.equal(Date.parse(second.readAt) - Date.parse(first.readAt), 2 * 3_600_000);
    await open("/page");
    assert.equal(count("/page"), 2);
  });

  it("remembers lasting failures for a short time, passing ones not at all", async (context) => {
    const { open, count } = await openerOf(
      { "/login": html("please log in"), "/busy": status(503, { "retry-after": "60" }) },
      { cache: new Keyv() },
    );
    context.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    for (const _ of [1, 2]) {
      await assert.rejects(open("/gone"), failsWith("PAGE_NOT_FOUND", /404/));
      await assert.rejects(open("/login"), failsWith("PAGE_UNREADABLE", /login/));
      await assert.rejects(open("/busy"), failsWith("PAGE_UNREADABLE", /out of order/));
    }
    assert.deepEqual([count("/gone"), count("/login"), count("/busy")], [1, 1, 2]);
    context.mock.timers.tick(11 * 60_000);
    await assert.rejects(open("/gone"), failsWith("PAGE_NOT_FOUND", /404/));
    assert.equal(count("/gone"), 2);
  });

  it("keeps addresses out that hold a person's words, and all addresses unreadable", async () => {
    const keys: string[] = [];
    const store = new Keyv();
    const cache: Cache = {
      get: (key) => store.get(key),
      set: (key, value, ttlMs) => {
        keys.push(key);
        return store.set(key, value, ttlMs);
      },
    };
    const isShareable = (url: string) => !url.includes("token=");
    const { open, count } = await openerOf(
      { "/page?token=1": html("mine"), "/page": html("all") },
      { cache, isShareable },
    );
    await open("/page?token=1");
    await open("/page?token=1");
    await open("/page");
    assert.equal(count("/page?token=1"), 2);
    assert.equal(keys.length, 1);
    assert.match(keys[0] ?? "", /^page:\d+:[0-9a-f]{64}$/);
  });

  it("does not show a stored page of a domain that was blocked since", async () => {
    const cache = new Keyv();
    const first = await openerOf({ "/page": html("text") }, { cache });
    await first.open("/page");
    const blocked = createWebOpener({
      fetch: () => assert.fail("no request is expected"),
      toPage,
      robots: async () => null,
      domains: { allowed: [], blocked: ["example.com"] },
      cache,
      log: pino({ level: "silent" }),
    });
    const signal = new AbortController().signal;
    await assert.rejects(blocked(first.web.at("/page"), { signal }), failsWith("PAGE_FORBIDDEN", /may not be opened/));
  });

  it("opens pages although the cache is broken or holds nonsense", async () => {
    const broken: Cache = {
      get: () => Promise.reject(new Error("down")),
      set: () => Promise.reject(new Error("down")),
    };
    const nonsense: Cache = { get: async () => ({ kind: "page", page: 7 }), set: async () => true };
    for (const cache of [broken, nonsense]) {
      const { open } = await openerOf({ "/page": html("text") }, { cache });
      assert.equal((await open("/page")).text, "text");
    }
  });
});
