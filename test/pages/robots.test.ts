import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createRobots } from "../../src/pages/robots.ts";
import { until } from "../helpers/until.ts";
import { fetchFrom, html, type LocalWeb, startLocalWeb, status } from "./local-web.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function robotsOf(pages: Parameters<typeof startLocalWeb>[0], timeoutMs?: number) {
  const web = await startLocalWeb(pages);
  const { fetch, close } = fetchFrom(web);
  closers.push(close, () => web.close());
  const robots = createRobots({ fetch, productToken: "Ruminate", ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const check = (path: string) => robots(new URL(web.at(path)), new AbortController().signal);
  return { web, robots, check };
}

const asked = (web: LocalWeb) => web.requests.filter((line) => line.endsWith("/robots.txt")).length;

describe("robots.txt", () => {
  it("says in words that a site does not want a page to be read", async () => {
    const { check } = await robotsOf({ "/robots.txt": html("User-agent: *\nDisallow: /private") });
    assert.equal(await check("/public"), null);
    assert.match((await check("/private/x")) ?? "", /www\.example\.com asks robots not to read this page/);
  });

  it("is asked for once, also when many want to know at the same time", async () => {
    const { web, check } = await robotsOf({ "/robots.txt": html("User-agent: *\nDisallow: /private") });
    await Promise.all(Array.from({ length: 5 }, () => check("/page")));
    await check("/private");
    assert.equal(asked(web), 1);
  });

  it("permits everything where there is none", async () => {
    for (const code of [404, 403, 410]) {
      const { check } = await robotsOf({ "/robots.txt": status(code) });
      assert.equal(await check("/page"), null, String(code));
    }
  });

  it("leaves a site alone whose robots.txt cannot be had at the moment", async () => {
    const { check } = await robotsOf({ "/robots.txt": status(503) });
    assert.match((await check("/page")) ?? "", /cannot be read at the moment/);
    const silent = await robotsOf({ "/robots.txt": () => {} }, 50);
    assert.match((await silent.check("/page")) ?? "", /cannot be read at the moment/);
  });

  it("is asked for again after ten minutes if it could not be had, after a day if it could", async (context) => {
    let code = 503;
    const { web, check } = await robotsOf({
      "/robots.txt": (_request, response) => void response.writeHead(code, { "content-type": "text/plain" }).end(""),
    });
    context.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    await check("/page");
    context.mock.timers.tick(9 * 60_000);
    await check("/page");
    assert.equal(asked(web), 1);
    code = 200;
    context.mock.timers.tick(2 * 60_000);
    assert.equal(await check("/page"), null);
    context.mock.timers.tick(23 * 3_600_000);
    await check("/page");
    assert.equal(asked(web), 2);
    context.mock.timers.tick(2 * 3_600_000);
    await check("/page");
    assert.equal(asked(web), 3);
  });

  it("is still there for others when the first who asked cancels", async () => {
    const answers: (() => void)[] = [];
    const { web, robots, check } = await robotsOf({
      "/robots.txt": (_request, response) => {
        response.writeHead(200, { "content-type": "text/plain" });
        answers.push(() => response.end("User-agent: *\nDisallow: /private"));
      },
    });
    const controller = new AbortController();
    const first = robots(new URL(web.at("/private")), controller.signal);
    const second = check("/private");
    controller.abort(new Error("cancelled"));
    await assert.rejects(first, /cancelled/);
    await until(() => answers[0], { what: "the site is asked for its robots.txt" });
    for (const answer of answers) answer();
    assert.match((await second) ?? "", /asks robots not to/);
    assert.equal(asked(web), 1);
  });
});
