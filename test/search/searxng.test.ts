import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAskJson } from "../../src/search/ask-json.ts";
import { createSearxng } from "../../src/search/searxng.ts";
import { searchBackendContract } from "../contracts/search-backend.ts";
import { json, startLocalService } from "./local-service.ts";

const askJson = createAskJson({ userAgent: "Ruminate-test" });
const signal = new AbortController().signal;

// Shape: the JSON format of https://docs.searxng.org/dev/search_api.html.
const result = {
  engine: "mojeek",
  engines: ["mojeek"],
  parsed_url: ["https", "example.org", "/tea", "", "", ""],
  template: "default.html",
  positions: [1],
  score: 1.0,
  category: "general",
};
const reply = {
  query: "the question",
  number_of_results: 0,
  results: [
    {
      ...result,
      url: "https://example.org/tea",
      title: "Tea\u200b trade",
      content: "How  it\nbegan",
      publishedDate: "2026-04-12T14:22:41",
    },
    { ...result, url: "https://example.org/coffee", title: "Coffee", content: "A drink", publishedDate: null },
    { ...result, url: "magnet:?xt=1", title: "Not a page", content: "" },
    { ...result, url: "http://example.net/", title: "", content: null },
  ],
  answers: [],
  corrections: [],
  infoboxes: [],
  suggestions: ["tea time"],
  unresponsive_engines: [["google", "CAPTCHA"]],
};

describe("SearXNG", () => {
  searchBackendContract({
    create: (baseUrl) => createSearxng({ askJson, baseUrl }),
    reply,
    hits: [
      {
        title: "Tea trade",
        url: "https://example.org/tea",
        snippet: "How it began",
        publishedAt: "2026-04-12T14:22:41.000Z",
      },
      { title: "Coffee", url: "https://example.org/coffee", snippet: "A drink", publishedAt: null },
      { title: "example.net", url: "http://example.net/", snippet: "", publishedAt: null },
    ],
    emptyReply: { query: "x", results: [], unresponsive_engines: [] },
    secret: null,
  });

  it("sends language, time range and sites the way the server knows them", async () => {
    const service = await startLocalService(json(reply));
    const backend = createSearxng({ askJson, baseUrl: `${service.baseUrl}/searx`, language: "de" });
    const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
    await backend.search("tea", {
      limit: 5,
      since,
      domains: { allowed: ["example.org", "example.net"], blocked: [] },
      signal,
    });
    await service.close();
    const { url } = service.requests[0] ?? assert.fail("no request");
    assert.equal(url.pathname, "/searx/search");
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      q: "tea site:example.org OR site:example.net",
      format: "json",
      language: "de",
      time_range: "month",
    });
  });

  it("follows the language of one search before its usual one", async () => {
    const service = await startLocalService(json(reply));
    const backend = createSearxng({ askJson, baseUrl: service.baseUrl, language: "de" });
    await backend.search("tea", { limit: 5, language: "fr", signal });
    await service.close();
    assert.equal(service.requests[0]?.url.searchParams.get("language"), "fr");
  });

  it("tells an empty result from engines that were all blocked", async () => {
    const service = await startLocalService(
      json({
        results: [],
        unresponsive_engines: [
          ["google", "CAPTCHA"],
          ["bing", "timeout"],
        ],
      }),
    );
    const backend = createSearxng({ askJson, baseUrl: service.baseUrl });
    await assert.rejects(backend.search("tea", { limit: 5, signal }), {
      code: "SEARCH_UNAVAILABLE",
      isRetryable: true,
      message: /google,CAPTCHA; bing,timeout/,
    });
    await service.close();
  });

  it("says which setting is missing when the server gives no JSON", async () => {
    const service = await startLocalService(json({}, 403));
    const backend = createSearxng({ askJson, baseUrl: service.baseUrl });
    await assert.rejects(backend.search("tea", { limit: 5, signal }), {
      message: /settings must allow the format \(403\)/,
    });
    await service.close();
  });
});
