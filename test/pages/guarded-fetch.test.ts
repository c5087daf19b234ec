import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { RuminateError } from "../../src/errors.ts";
import { fetchFrom, html, type LocalWeb, redirect, startLocalWeb, status } from "./local-web.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function webWith(pages: Parameters<typeof startLocalWeb>[0]): Promise<LocalWeb> {
  const web = await startLocalWeb(pages);
  closers.push(() => web.close());
  return web;
}

function fetching(...args: Parameters<typeof fetchFrom>) {
  const guarded = fetchFrom(...args);
  closers.push(() => guarded.close());
  return guarded.fetch;
}

const request = () => ({ signal: new AbortController().signal });

async function textOf(fetch: ReturnType<typeof fetching>, address: string): Promise<string> {
  const reply = await fetch(address, request());
  assert.ok(reply.kind === "page");
  return new TextDecoder().decode(reply.page.bytes);
}

function isFailure(code: string, words: RegExp, isRetryable = false) {
  return (error: unknown) => {
    assert.ok(error instanceof RuminateError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, words);
    assert.equal(error.isRetryable, isRetryable);
    return true;
  };
}

describe("guarded fetch: where it goes", () => {
  it("refuses a name that resolves to a private address, without a connection", async () => {
    const web = await webWith({ "/": html("secret") });
    const fetch = fetching(web, { "www.example.com": ["10.0.0.5"] });
    await assert.rejects(fetch(web.at("/"), request()), isFailure("PAGE_FORBIDDEN", /not on the public web/));
    assert.deepEqual(web.requests, []);
  });

  it("refuses a name with one private answer among public ones", async () => {
    const web = await webWith({ "/": html("secret") });
    const fetch = fetching(web, { "www.example.com": ["127.0.0.1", "::1"] });
    await assert.rejects(fetch(web.at("/"), request()), isFailure("PAGE_FORBIDDEN", /not on the public web/));
    assert.deepEqual(web.requests, []);
  });

  it("refuses a connection whose far end is not public, whatever the look-up said", async () => {
    const web = await webWith({ "/": html("secret") });
    let checks = 0;
    const fetch = fetching(
      web,
      {},
      {
        network: {
          isPublic: () => ++checks < 2,
          lookup: (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
        },
      },
    );
    await assert.rejects(fetch(web.at("/"), request()), isFailure("PAGE_FORBIDDEN", /not on the public web/));
    assert.deepEqual(web.requests, []);
  });

  it("checks every hop of a redirect", async () => {
    const web = await webWith({
      "/literal": redirect("http://10.0.0.5/"),
      "/metadata": redirect("//169.254.169.254/latest/"),
      "/backslash": redirect("/\\10.0.0.5/x"),
      "/file": redirect("file:///etc/passwd"),
      "/credentials": redirect("http://user:pass@www.example.com/"),
      "/port": redirect("http://www.example.com:6379/"),
    });
    const fetch = fetching(web);
    for (const path of ["/literal", "/metadata", "/backslash", "/file", "/credentials", "/port"])
      await assert.rejects(fetch(web.at(path), request()), isFailure("PAGE_FORBIDDEN", /Use another source/), path);
    assert.equal(web.requests.length, 6);
  });

  it("asks for permission before each hop", async () => {
    const web = await webWith({ "/": redirect("http://blocked.example.org/x") });
    const asked: string[] = [];
    const permit = async (url: URL) => {
      asked.push(url.hostname);
      if (url.hostname.startsWith("blocked")) throw new RuminateError("PAGE_FORBIDDEN", "blocked here");
    };
    await assert.rejects(
      fetching(web)(web.at("/"), { ...request(), permit }),
      isFailure("PAGE_FORBIDDEN", /blocked here/),
    );
    assert.deepEqual(asked, ["www.example.com", "blocked.example.org"]);
    assert.equal(web.requests.length, 1);
  });

  it("follows five redirects and no sixth", async () => {
    const pages = Object.fromEntries([1, 2, 3, 4, 5, 6].map((hop) => [`/${hop}`, redirect(`/${hop - 1}`)]));
    const web = await webWith({ ...pages, "/0": html("arrived") });
    const fetch = fetching(web);
    assert.equal(await textOf(fetch, web.at("/5")), "arrived");
    await assert.rejects(fetch(web.at("/6"), request()), isFailure("PAGE_UNREADABLE", /more than 5 times/));
  });

  it("names the final address, resolved against the hop, in UTF-8", async () => {
    const web = await webWith({
      "/a/b": redirect(Buffer.from("../caf\u00e9?x=1#part", "utf8").toString("latin1")),
      "/caf%C3%A9?x=1": html("menu"),
    });
    const reply = await fetching(web)(web.at("/a/b"), request());
    assert.ok(reply.kind === "page");
    assert.equal(reply.page.url, web.at("/caf%C3%A9?x=1"));
  });

  it("sends no cookie, referrer or credentials, only its name and what it reads", async () => {
    const web = await webWith({ "/": redirect("/next"), "/next": html("ok") });
    await fetching(web)(web.at("/"), request());
    assert.deepEqual(Object.keys(web.headers[1] ?? {}).sort(), [
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
    assert.equal(web.headers[1]?.["user-agent"], "Ruminate-test");
  });
});

describe("guarded fetch: what it reads", () => {
  it("gives bytes, media type and charset", async () => {
    const web = await webWith({
      "/": html(Buffer.from([0x63, 0xe9]), { "content-type": 'TEXT/HTML;Charset="ISO-8859-1"' }),
    });
    const reply = await fetching(web)(web.at("/"), request());
    assert.ok(reply.kind === "page");
    const { bytes, ...rest } = reply.page;
    assert.deepEqual(rest, { url: web.at("/"), mediaType: "text/html", charset: "iso-8859-1" });
    assert.deepEqual(Array.from(bytes), [0x63, 0xe9]);
  });

  it("unpacks gzip, deflate and brotli, once", async () => {
    const page = Buffer.from("<p>small page</p>");
    const web = await webWith({
      "/gzip": html(gzipSync(page), { "content-encoding": "GZIP" }),
      "/deflate": html(deflateSync(page), { "content-encoding": "deflate" }),
      "/br": html(brotliCompressSync(page), { "content-encoding": "br" }),
      "/twice": html(gzipSync(gzipSync(page)), { "content-encoding": "gzip, gzip" }),
      "/not": html("not gzip at all", { "content-encoding": "gzip" }),
    });
    const fetch = fetching(web);
    for (const path of ["/gzip", "/deflate", "/br"])
      assert.equal(await textOf(fetch, web.at(path)), String(page), path);
    await assert.rejects(fetch(web.at("/twice"), request()), isFailure("PAGE_UNREADABLE", /packed/));
    await assert.rejects(fetch(web.at("/not"), request()), isFailure("PAGE_UNREADABLE", /packed wrongly/));
  });

  it("stops compressed bombs at the decoded limit", async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    const web = await webWith({
      "/gzip": html(gzipSync(zeros), { "content-encoding": "gzip" }),
      "/br": html(brotliCompressSync(zeros), { "content-encoding": "br" }),
    });
    const fetch = fetching(web);
    for (const path of ["/gzip", "/br"])
      await assert.rejects(fetch(web.at(path), request()), isFailure("PAGE_TOO_LARGE", /larger than 5 MiB/), path);
  });

  it("stops an endless body at the received limit, and a declared one before it starts", async () => {
    let sent = 0;
    const web = await webWith({
      "/endless": (_request, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        const chunk = Buffer.alloc(64 * 1024, "word ");
        const send = () => {
          while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        };
        response.on("drain", send);
        send();
      },
      "/declared": (_request, response) => {
        response.writeHead(200, { "content-type": "text/html", "content-length": "53687091200" }).write("x");
      },
    });
    const fetch = fetching(web);
    await assert.rejects(fetch(web.at("/endless"), request()), isFailure("PAGE_TOO_LARGE", /larger than 3 MiB/));
    await assert.rejects(fetch(web.at("/declared"), request()), isFailure("PAGE_TOO_LARGE", /larger than 3 MiB/));
    assert.ok(sent < 64 * 1024 * 1024);
  });

  it("lets a PDF be larger than a page", async () => {
    const bytes = Buffer.alloc(4 * 1024 * 1024, "%PDF-1.7 ");
    const web = await webWith({
      "/paper": html(bytes, { "content-type": "application/pdf" }),
      "/paper.pdf": html(bytes, { "content-type": "application/octet-stream" }),
      "/page": html(bytes),
    });
    const fetch = fetching(web);
    for (const path of ["/paper", "/paper.pdf"]) {
      const reply = await fetch(web.at(path), request());
      assert.ok(reply.kind === "page");
      assert.deepEqual([reply.page.mediaType, reply.page.bytes.length], ["application/pdf", bytes.length]);
    }
    await assert.rejects(fetch(web.at("/page"), request()), isFailure("PAGE_TOO_LARGE", /larger than 3 MiB/));
  });

  it("refuses what is no text, by its type", async () => {
    const types = [
      "image/png",
      "application/zip",
      "video/mp4",
      "multipart/x-mixed-replace; boundary=x",
      "text/html, application/zip",
    ];
    const web = await webWith(
      Object.fromEntries(types.map((type, index) => [`/${index}`, html("x", { "content-type": type })])),
    );
    const fetch = fetching(web);
    for (const index of types.keys())
      await assert.rejects(
        fetch(web.at(`/${index}`), request()),
        isFailure("PAGE_UNREADABLE", /no text to read|what kind/),
      );
  });

  it("looks into bodies whose type says nothing", async () => {
    const untyped =
      (body: string, type?: string) =>
      (_request: unknown, response: { setHeader(name: string, value: string): void; end(body: string): void }) => {
        if (type !== undefined) response.setHeader("content-type", type);
        response.end(body);
      };
    const web = await webWith({
      "/pdf": untyped("%PDF-1.7 …", "application/octet-stream"),
      "/program": untyped("MZ\u0000\u0001", "application/octet-stream"),
      "/html": untyped("\n <!doctype html><p>x"),
      "/text": untyped("plain words"),
      "/binary": untyped("a\u0000b"),
    });
    const fetch = fetching(web);
    const typeOf = async (path: string) => {
      const reply = await fetch(web.at(path), request());
      return reply.kind === "page" && reply.page.mediaType;
    };
    assert.equal(await typeOf("/pdf"), "application/pdf");
    assert.equal(await typeOf("/html"), "text/html");
    assert.equal(await typeOf("/text"), "text/plain");
    await assert.rejects(typeOf("/program"), isFailure("PAGE_UNREADABLE", /no text/));
    await assert.rejects(typeOf("/binary"), isFailure("PAGE_UNREADABLE", /no text/));
  });

  it("asks whether a page changed, at the address that the validators belong to", async () => {
    const web = await webWith({
      "/moved": redirect("/page"),
      "/page": (request, response) => {
        const isKnown = request.headers["if-none-match"] === '"v1"';
        response
          .writeHead(isKnown ? 304 : 200, { "content-type": "text/html", etag: '"v1"' })
          .end(isKnown ? "" : "text");
      },
    });
    const fetch = fetching(web);
    const first = await fetch(web.at("/moved"), request());
    assert.ok(first.kind === "page");
    assert.deepEqual(first.validators, { url: web.at("/page"), etag: '"v1"', lastModified: null });
    const second = await fetch(web.at("/moved"), { ...request(), validators: first.validators });
    assert.deepEqual(second, { kind: "not-modified", url: web.at("/page") });
  });
});

describe("guarded fetch: what goes wrong", () => {
  it("says in words what an answer other than a page means", async () => {
    const web = await webWith({
      "/404": status(404),
      "/401": status(401),
      "/403": status(403),
      "/429": status(429, { "retry-after": "7" }),
      "/503": status(503),
      "/challenge": status(403, { "cf-mitigated": "challenge" }),
      "/nowhere": status(302),
      "/304": status(304),
    });
    const fetch = fetching(web);
    await assert.rejects(fetch(web.at("/404"), request()), isFailure("PAGE_NOT_FOUND", /no page/));
    await assert.rejects(fetch(web.at("/401"), request()), isFailure("PAGE_UNREADABLE", /needs a login/));
    await assert.rejects(fetch(web.at("/403"), request()), isFailure("PAGE_UNREADABLE", /refuses/));
    await assert.rejects(fetch(web.at("/503"), request()), isFailure("PAGE_UNREADABLE", /out of order/, true));
    await assert.rejects(fetch(web.at("/challenge"), request()), isFailure("PAGE_UNREADABLE", /check for robots/));
    await assert.rejects(fetch(web.at("/nowhere"), request()), isFailure("PAGE_UNREADABLE", /without saying where/));
    await assert.rejects(fetch(web.at("/304"), request()), isFailure("PAGE_UNREADABLE", /304/));
    await assert.rejects(fetch(web.at("/429"), request()), (error) => {
      assert.ok(error instanceof RuminateError);
      assert.equal(error.retryAfterMs, 7_000);
      return error.isRetryable;
    });
  });

  it("never hands on the body of a failure", async () => {
    const web = await webWith({ "/": status(500) });
    await assert.rejects(
      fetching(web)(web.at("/"), request()),
      (error) => !JSON.stringify(error).includes("secret body"),
    );
  });

  it("gives up on a server that sends its page too slowly", async () => {
    const web = await webWith({
      "/silent": () => {},
      "/drip": (_request, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        const timer = setInterval(() => response.write("a"), 20);
        response.on("close", () => clearInterval(timer));
      },
    });
    const fetch = fetching(web, {}, { limits: { totalMs: 200 } });
    for (const path of ["/silent", "/drip"])
      await assert.rejects(
        fetch(web.at(path), request()),
        isFailure("PAGE_UNREADABLE", /did not answer in time/, true),
        path,
      );
  });

  it("does not take a torn page for a whole one", async () => {
    const web = await webWith({
      "/": (_request, response) => {
        response.writeHead(200, { "content-type": "text/html", "content-length": "1000" });
        response.write("<p>first half</p>", () => response.destroy());
      },
    });
    await assert.rejects(
      fetching(web)(web.at("/"), request()),
      isFailure("PAGE_UNREADABLE", /connection .* failed/, true),
    );
  });

  it("survives servers that do not speak HTTP", async () => {
    const web = await webWith({
      "/garbage": (request) => request.socket.end("\u0000\u0001SSH-2.0-OpenSSH\r\n"),
      "/header": (request) => request.socket.end(`HTTP/1.1 200 OK\r\nX-Big: ${"a".repeat(100_000)}\r\n\r\nok`),
    });
    const fetch = fetching(web);
    for (const path of ["/garbage", "/header"])
      await assert.rejects(fetch(web.at(path), request()), isFailure("PAGE_UNREADABLE", /proper HTTP/), path);
  });

  it("tells a name that does not exist from one that cannot be looked up now", async () => {
    const web = await webWith({});
    const failing = (code: string) =>
      fetching(
        web,
        {},
        {
          network: {
            isPublic: () => true,
            lookup: (_name, _options, callback) => callback(Object.assign(new Error(code), { code }), []),
          },
        },
      );
    await assert.rejects(
      failing("ENOTFOUND")(web.at("/"), request()),
      isFailure("PAGE_NOT_FOUND", /no site called www/),
    );
    await assert.rejects(failing("EAI_AGAIN")(web.at("/"), request()), isFailure("PAGE_UNREADABLE", /looked up/, true));
  });

  it("rejects with the reason of the caller who cancelled", async () => {
    const web = await webWith({ "/": () => controller.abort(reason) });
    const reason = new Error("stopped by the asker");
    const controller = new AbortController();
    await assert.rejects(fetching(web)(web.at("/"), { signal: controller.signal }), (error) => error === reason);
  });
});
