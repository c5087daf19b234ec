import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAskJson } from "../../src/search/ask-json.ts";
import { createBrave } from "../../src/search/brave.ts";
import { searchBackendContract } from "../contracts/search-backend.ts";
import { json, startLocalService } from "./local-service.ts";

const askJson = createAskJson({ userAgent: "Ruminate-test" });
const signal = new AbortController().signal;
const apiKey = "brave-secret-key";

// Shape: https://api-dashboard.search.brave.com/api-reference/web/search/get
const reply = {
  type: "search",
  query: { original: "the question", spellcheck_off: false, more_results_available: true },
  web: {
    type: "search",
    results: [
      {
        title: "Top Python Web Frameworks &amp; more",
        url: "https://example.com/python-frameworks",
        description: "A <strong>comprehensive</strong> guide.",
        age: "2 days ago",
        page_age: "2023-04-12T14:22:41",
        language: "en",
        meta_url: { scheme: "https", netloc: "example.com", hostname: "example.com", path: "› python-frameworks" },
        extra_snippets: ["Additional excerpt."],
      },
      { title: "Flask", url: "https://example.org/flask", description: "Micro &lt;framework&gt;" },
      { title: "Django", url: "https://example.org/django" },
    ],
    family_friendly: true,
  },
  mixed: { type: "mixed", main: [{ type: "web", index: 0, all: false }], top: [], side: [] },
};

describe("Brave Search", () => {
  searchBackendContract({
    create: (baseUrl) => createBrave({ askJson, apiKey, baseUrl }),
    reply,
    hits: [
      {
        title: "Top Python Web Frameworks & more",
        url: "https://example.com/python-frameworks",
        snippet: "A comprehensive guide. Additional excerpt.",
        publishedAt: "2023-04-12T14:22:41.000Z",
      },
      { title: "Flask", url: "https://example.org/flask", snippet: "Micro <framework>", publishedAt: null },
      { title: "Django", url: "https://example.org/django", snippet: "", publishedAt: null },
    ],
    emptyReply: { type: "search", query: { original: "x" } },
    secret: apiKey,
  });

  it("sends the key in a header, and dates, language and sites in its own words", async () => {
    const service = await startLocalService(json(reply));
    const backend = createBrave({ askJson, apiKey, baseUrl: service.baseUrl, language: "ja-JP" });
    const domains = { allowed: ["example.org"], blocked: [] };
    await backend.search("tea", { limit: 50, since: "2026-01-02T03:04:05Z", domains, signal });
    await service.close();
    const { url, headers } = service.requests[0] ?? assert.fail("no request");
    assert.equal(headers["x-subscription-token"], apiKey);
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      q: "tea site:example.org",
      count: "20",
      result_filter: "web",
      text_decorations: "false",
      search_lang: "jp",
      freshness: `2026-01-02to${new Date().toISOString().slice(0, 10)}`,
    });
  });

  it("follows the language of one search before its usual one", async () => {
    const service = await startLocalService(json(reply));
    const backend = createBrave({ askJson, apiKey, baseUrl: service.baseUrl, language: "ja-JP" });
    await backend.search("tea", { limit: 5, language: "de", signal });
    await service.close();
    assert.equal(service.requests[0]?.url.searchParams.get("search_lang"), "de");
  });

  it("cuts a query to what the service takes", async () => {
    const service = await startLocalService(json(reply));
    const backend = createBrave({ askJson, apiKey, baseUrl: service.baseUrl });
    await backend.search("wordy ".repeat(100), { limit: 5, signal });
    await service.close();
    const query = service.requests[0]?.url.searchParams.get("q") ?? "";
    assert.ok(query.length <= 400 && query.split(" ").length <= 50);
  });

  it("waits for the limit that is used up, not for the month", async () => {
    const limits = { "x-ratelimit-remaining": "0, 900", "x-ratelimit-reset": "1, 1419704" };
    const service = await startLocalService(json({}, 429, limits));
    const backend = createBrave({ askJson, apiKey, baseUrl: service.baseUrl });
    await assert.rejects(backend.search("tea", { limit: 5, signal }), { retryAfterMs: 1_000, isRetryable: true });
    await service.close();
  });
});
