import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Keyv } from "keyv";
import { pino } from "pino";
import { RuminateError, type RuminateErrorOptions } from "../../src/errors.ts";
import type { Cache, SearchBackend, SearchOptions } from "../../src/ports.ts";
import { createAskJson } from "../../src/search/ask-json.ts";
import { createSearch, type SearchSetup } from "../../src/search/backends.ts";
import { createExa } from "../../src/search/exa.ts";
import { createTavily } from "../../src/search/tavily.ts";
import type { SearchHit } from "../../src/types.ts";
import { json, startLocalService } from "./local-service.ts";

const log = pino({ level: "silent" });
const signal = new AbortController().signal;

function hit(url: string, more: Partial<SearchHit> = {}): SearchHit {
  return { title: url, url, snippet: "", publishedAt: null, ...more };
}

interface Call {
  query: string;
  options: SearchOptions;
}

/** A backend that answers from a list: hits, or an error. The last answer repeats. */
function scripted(name: string, ...answers: (SearchHit[] | Error)[]): SearchBackend & { calls: Call[] } {
  const calls: Call[] = [];
  return {
    name,
    calls,
    async search(query, options) {
      calls.push({ query, options });
      const answer = answers[Math.min(calls.length, answers.length) - 1] ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

function down(message: string, options: RuminateErrorOptions = { isRetryable: true }): RuminateError {
  return new RuminateError("SEARCH_UNAVAILABLE", message, options);
}

function searchOf(backends: SearchBackend[], setup: Partial<SearchSetup> = {}) {
  const search = createSearch({ backends, mode: "first", log, ...setup });
  const urls = async (query = "tea", options: Partial<SearchOptions> = {}) =>
    (await search.search(query, { limit: 10, signal, ...options })).map(({ url }) => url);
  return { search, urls };
}

const failsWith = (words: RegExp) => (error: unknown) =>
  error instanceof RuminateError && error.code === "SEARCH_UNAVAILABLE" && words.test(error.message);

describe("search in order", () => {
  it("asks the next service only when one fails or finds nothing", async () => {
    const [broken, empty, good, spare] = [
      scripted("broken", down("no")),
      scripted("empty", []),
      scripted("good", [hit("https://a.org/")]),
      scripted("spare", [hit("https://b.org/")]),
    ];
    const { urls } = searchOf([broken, empty, good, spare]);
    assert.deepEqual(await urls(), ["https://a.org/"]);
    assert.equal(spare.calls.length, 0);
  });

  it("falls back from one real service to another over the network", async () => {
    const tavily = await startLocalService(json({}, 500));
    const exa = await startLocalService(json({ results: [{ title: "Tea", url: "https://a.org/" }] }));
    const askJson = createAskJson({ userAgent: "Ruminate-test" });
    const { urls } = searchOf([
      createTavily({ askJson, apiKey: "k", baseUrl: tavily.baseUrl }),
      createExa({ askJson, apiKey: "k", baseUrl: exa.baseUrl }),
    ]);
    assert.deepEqual(await urls(), ["https://a.org/"]);
    await Promise.all([tavily.close(), exa.close()]);
  });

  it("has no hits when all that answered found nothing", async () => {
    const { urls } = searchOf([scripted("empty", []), scripted("broken", down("no"))]);
    assert.deepEqual(await urls(), []);
  });

  it("names all that failed when none answered", async () => {
    const { urls } = searchOf([scripted("one", down("Broken pipe.")), scripted("two", down("Bad key.", {}))]);
    await assert.rejects(urls(), failsWith(/one: Broken pipe\..*two: Bad key\./));
    await assert.rejects(searchOf([]).urls(), failsWith(/No search service is set up/));
  });

  it("goes on when a service does not answer in time", async () => {
    const silent: SearchBackend = {
      name: "silent",
      search: (_query, options) =>
        new Promise((_resolve, reject) => {
          options.signal.addEventListener("abort", () => reject(options.signal.reason));
        }),
    };
    const { urls } = searchOf([silent, scripted("good", [hit("https://a.org/")])], { timeoutMs: 10 });
    assert.deepEqual(await urls(), ["https://a.org/"]);
    await assert.rejects(searchOf([silent], { timeoutMs: 10 }).urls(), failsWith(/silent: No answer within 0\.01 s/));
  });

  it("does not hide what is no failure of searching", async () => {
    const broken = scripted("local", new RuminateError("CORPUS_INVALID", "There is no folder docs."));
    await assert.rejects(searchOf([broken, scripted("good", [hit("https://a.org/")])]).urls(), {
      code: "CORPUS_INVALID",
    });
  });

  it("rejects with the reason of the caller who cancelled, and does not blame the service", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped");
    const backend = scripted("one", down("aborted", { isRetryable: false }));
    const cancelling: SearchBackend = {
      name: "one",
      search: (query, options) => {
        controller.abort(reason);
        return backend.search(query, options);
      },
    };
    const { search, urls } = searchOf([cancelling]);
    await assert.rejects(urls("tea", { signal: controller.signal }), (error) => error === reason);
    assert.deepEqual(search.available(), ["one"]);
  });
});

describe("search together", () => {
  it("joins the lists by rank, a page that several found first", async () => {
    const one = scripted("one", [hit("https://a.org/"), hit("https://b.org/", { snippet: "short" })]);
    const two = scripted("two", [
      hit("https://www.b.org/?utm_source=x", { snippet: "a longer snippet", publishedAt: "2026-01-01T00:00:00.000Z" }),
      hit("https://c.org/"),
      hit("https://c.org/#part"),
    ]);
    const { search } = searchOf([one, two], { mode: "merge" });
    assert.deepEqual(await search.search("tea", { limit: 10, signal }), [
      {
        title: "https://b.org/",
        url: "https://b.org/",
        snippet: "a longer snippet",
        publishedAt: "2026-01-01T00:00:00.000Z",
      },
      hit("https://a.org/"),
      hit("https://c.org/"),
    ]);
  });

  it("needs only one that answers", async () => {
    const setup = { mode: "merge" } as const;
    const { urls } = searchOf([scripted("broken", down("no")), scripted("good", [hit("https://a.org/")])], setup);
    assert.deepEqual(await urls(), ["https://a.org/"]);
    const none = searchOf([scripted("one", down("X.")), scripted("two", down("Y."))], setup);
    await assert.rejects(none.urls(), failsWith(/one: X\. two: Y\./));
  });
});

describe("a failing service", () => {
  it("rests after two failures in a row, longer each time, and is not asked meanwhile", async (context) => {
    context.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-22T12:00:00Z") });
    const broken = scripted("broken", down("no"));
    const { search, urls } = searchOf([broken, scripted("good", [hit("https://a.org/")])], { cooldownMs: 30_000 });
    await urls();
    assert.deepEqual(search.available(), ["broken", "good"]);
    assert.equal(search.restingNote(), null);
    await urls();
    await urls();
    assert.deepEqual(search.available(), ["good"]);
    assert.equal(search.restingNote(), "Not asked at the moment: broken (resting for another 30 s). Left: good.");
    assert.equal(broken.calls.length, 2);
    context.mock.timers.tick(30_000);
    await urls();
    assert.equal(broken.calls.length, 3);
    context.mock.timers.tick(59_000);
    assert.deepEqual(search.available(), ["good"]);
    context.mock.timers.tick(1_000);
    assert.deepEqual(search.available(), ["broken", "good"]);
  });

  it("rests as long as it asks for, and the model is told for how long", async (context) => {
    context.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-22T12:00:00Z") });
    const { search, urls } = searchOf([
      scripted("busy", down("Too many.", { isRetryable: true, retryAfterMs: 90_000 })),
    ]);
    await assert.rejects(urls(), failsWith(/busy: Too many\./));
    context.mock.timers.tick(50_000);
    await assert.rejects(urls(), (error) => {
      assert.ok(failsWith(/busy: resting for another 40 s/)(error));
      return error instanceof RuminateError && error.retryAfterMs === 40_000;
    });
    context.mock.timers.tick(40_000);
    assert.deepEqual(search.available(), ["busy"]);
  });

  it("rests at once when it refuses the key", async () => {
    const { search, urls } = searchOf([
      scripted("refusing", down("Bad key.", {})),
      scripted("good", [hit("https://a.org/")]),
    ]);
    await urls();
    assert.deepEqual(search.available(), ["good"]);
  });

  it("starts afresh after a success", async () => {
    const flaky = scripted("flaky", down("no"), [hit("https://a.org/")], down("no"), [hit("https://a.org/")]);
    const { urls } = searchOf([flaky, scripted("spare", [hit("https://b.org/")])]);
    const found = [await urls("a"), await urls("b"), await urls("c"), await urls("d")];
    assert.deepEqual(found, [["https://b.org/"], ["https://a.org/"], ["https://b.org/"], ["https://a.org/"]]);
  });

  it("is asked again in the same search when it wants no more than a moment", async () => {
    const moment = down("One a second.", { isRetryable: true, retryAfterMs: 1 });
    const { urls } = searchOf([scripted("brisk", moment, moment, [hit("https://a.org/")])]);
    assert.deepEqual(await urls(), ["https://a.org/"]);
  });
});

describe("the daily quota", () => {
  it("ends a service's day, and the next day begins anew", async (context) => {
    context.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-22T23:00:00Z") });
    const paid = scripted("paid", [hit("https://a.org/")]);
    const { search, urls } = searchOf([paid], { dailyQuota: { paid: 2 } });
    await urls("one");
    await urls("two");
    assert.deepEqual(search.available(), []);
    await assert.rejects(urls("three"), (error) => {
      assert.ok(failsWith(/paid: its 2 searches of today are used up/)(error));
      return error instanceof RuminateError && error.retryAfterMs === 3_600_000;
    });
    context.mock.timers.tick(3_600_000);
    assert.deepEqual(await urls("three"), ["https://a.org/"]);
    assert.equal(paid.calls.length, 3);
  });

  it("outlives a restart with a shared cache", async () => {
    const cache = new Keyv();
    const setup = { dailyQuota: { paid: 2 }, cache };
    await searchOf([scripted("paid", [])], setup).urls("one");
    const { search, urls } = searchOf([scripted("paid", [])], setup);
    await urls("two");
    assert.deepEqual(search.available(), []);
  });
});

describe("filters", () => {
  it("turn site: into domain rules and hold the hits to them", async () => {
    const backend = scripted("one", [hit("https://docs.a.org/x"), hit("https://b.org/"), hit("file:///docs/tea.md")]);
    const { urls } = searchOf([backend]);
    assert.deepEqual(await urls("site:a.org tea"), ["https://docs.a.org/x"]);
    assert.equal(backend.calls[0]?.query, "tea");
    assert.deepEqual(backend.calls[0]?.options.domains, { allowed: ["a.org"], blocked: [] });
  });

  it("drop blocked domains and keep to allowed ones, whatever the query says; local documents stay", async () => {
    const hits = ["https://a.org/", "https://bad.a.org/", "https://b.org/", "file:///docs/tea.md"].map((url) =>
      hit(url),
    );
    const domains = { allowed: ["a.org"], blocked: ["bad.a.org"] };
    const { urls } = searchOf([scripted("one", hits)], { domains });
    assert.deepEqual(await urls(), ["https://a.org/", "file:///docs/tea.md"]);
    assert.deepEqual(await urls("site:b.org tea"), []);
    assert.deepEqual(await urls("tea -site:a.org"), ["file:///docs/tea.md"]);
  });

  it("drop what is older than the date, keep what has none", async () => {
    const hits = [
      hit("https://a.org/", { publishedAt: "2026-05-01T00:00:00.000Z" }),
      hit("https://b.org/", { publishedAt: "2025-12-31T23:00:00.000Z" }),
      hit("https://c.org/"),
    ];
    const { urls } = searchOf([scripted("one", hits)]);
    assert.deepEqual(await urls("tea", { since: "2026-01-01T00:00:00+00:00" }), ["https://a.org/", "https://c.org/"]);
  });

  it("come newest first when the query or the caller says so, those without a date last", async () => {
    const hits = [
      hit("https://none.org/"),
      hit("https://old.org/", { publishedAt: "2025-05-01T00:00:00.000Z" }),
      hit("https://new.org/", { publishedAt: "2026-05-01T00:00:00.000Z" }),
    ];
    const newest = ["https://new.org/", "https://old.org/", "https://none.org/"];
    for (const mode of ["first", "merge"] as const) {
      const { urls } = searchOf([scripted("one", hits)], { mode, cache: new Keyv() });
      assert.deepEqual(await urls("tea"), ["https://none.org/", "https://old.org/", "https://new.org/"]);
      assert.deepEqual(await urls("tea sort:date"), newest);
      assert.deepEqual(await urls("tea", { order: "newest" }), newest);
      assert.deepEqual(await urls("tea sort:date", { limit: 1 }), ["https://new.org/"]);
    }
  });

  it("follow the later of two dates, and pass on the language, in words without operators", async () => {
    const backend = scripted("one", [hit("https://old.org/", { publishedAt: "2026-01-15T00:00:00.000Z" })]);
    const { urls } = searchOf([backend], { cache: new Keyv() });
    assert.deepEqual(await urls("tea after:2026-02-01 lang:de", { since: "2026-01-01T00:00:00Z" }), []);
    assert.deepEqual(await urls("tea after:2025-02-01", { since: "2026-01-01T00:00:00Z" }), ["https://old.org/"]);
    assert.deepEqual(
      backend.calls.map(({ query, options: { since, language } }) => [query, since, language]),
      [
        ["tea", "2026-02-01T00:00:00.000Z", "de"],
        ["tea", "2026-01-01T00:00:00Z", null],
      ],
    );
  });

  it("are told of where hits could not be held to them", () => {
    const { search } = searchOf([]);
    const hits = [
      hit("https://a.org/", { publishedAt: "2026-05-01T00:00:00.000Z" }),
      hit("https://de.wikipedia.org/wiki/Tee", { publishedAt: "2026-05-01T00:00:00.000Z" }),
      hit("file:///docs/tea.md"),
    ];
    const note = (query: string, since: string | null = null, among = hits) =>
      search.filterNote?.(query, { limit: 8, since, signal }, among);
    const edits = "Wikipedia's dates are those of the last edit.";
    assert.equal(note("tea"), null);
    assert.equal(note("tea after:2026-01-31"), `1 of 3 have no date: they may be older than 2026-01-31. ${edits}`);
    assert.equal(
      note("tea", "2026-02-01T08:00:00Z"),
      `1 of 3 have no date: they may be older than 2026-02-01. ${edits}`,
    );
    assert.equal(note("tea sort:date"), `1 without a date come last. ${edits}`);
    assert.equal(note("tea lang:de"), "Local documents were not chosen by language (de).");
    assert.equal(note("site:a.org tea"), "Local documents belong to no site.");
    assert.equal(note("tea after:2026-01-31 sort:date lang:de", null, hits.slice(0, 1)), null);
  });

  it("send only short lists of domains, and hold the hits to long ones all the same", async () => {
    const backend = scripted("one", [hit("https://a7.org/"), hit("https://b.org/")]);
    const allowed = Array.from({ length: 60 }, (_, index) => `a${index}.org`);
    assert.deepEqual(await searchOf([backend], { domains: { allowed, blocked: [] } }).urls(), ["https://a7.org/"]);
    assert.deepEqual(backend.calls[0]?.options.domains, { allowed: [], blocked: [] });
  });
});

describe("the search cache", () => {
  it("answers the same search once more without asking", async () => {
    const backend = scripted("one", [hit("https://a.org/")]);
    const { urls } = searchOf([backend], { cache: new Keyv() });
    await urls();
    assert.deepEqual(await urls(), ["https://a.org/"]);
    await urls("tea", { limit: 3 });
    await urls("coffee");
    assert.equal(backend.calls.length, 3);
  });

  it("forgets after an hour, and an empty answer after five minutes", async (context) => {
    context.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-22T12:00:00Z") });
    const found = scripted("found", [hit("https://a.org/")]);
    const empty = scripted("empty", []);
    const searches = [found, empty].map((backend) => searchOf([backend], { cache: new Keyv() }));
    const askBoth = async () => {
      for (const { urls } of searches) await urls();
    };
    await askBoth();
    context.mock.timers.tick(4 * 60_000);
    await askBoth();
    assert.deepEqual([found.calls.length, empty.calls.length], [1, 1]);
    context.mock.timers.tick(2 * 60_000);
    await askBoth();
    assert.deepEqual([found.calls.length, empty.calls.length], [1, 2]);
    context.mock.timers.tick(55 * 60_000);
    await askBoth();
    assert.deepEqual([found.calls.length, empty.calls.length], [2, 3]);
  });

  it("keeps nothing of local documents, and nothing that a failure made incomplete", async () => {
    const local = scripted("local", [hit("file:///docs/tea.md")]);
    const { urls } = searchOf([local], { cache: new Keyv() });
    await urls();
    await urls();
    assert.equal(local.calls.length, 2);
    const good = scripted("good", [hit("https://a.org/")]);
    const partial = searchOf([scripted("broken", down("no"), []), good], { cache: new Keyv(), mode: "merge" });
    await partial.urls();
    await partial.urls();
    assert.equal(good.calls.length, 2);
  });

  it("holds no words of the query in its keys, and may fail", async () => {
    const keys: string[] = [];
    const broken: Cache = {
      get: () => Promise.reject(new Error("down")),
      set: (key) => {
        keys.push(key);
        return Promise.reject(new Error("down"));
      },
    };
    const { urls } = searchOf([scripted("one", [hit("https://a.org/")])], { cache: broken, dailyQuota: { one: 5 } });
    assert.deepEqual(await urls("secret words"), ["https://a.org/"]);
    assert.equal(keys.length, 2);
    assert.ok(keys.every((key) => !key.includes("secret")));
  });
});
