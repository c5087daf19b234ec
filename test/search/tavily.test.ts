import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAskJson } from "../../src/search/ask-json.ts";
import { createTavily } from "../../src/search/tavily.ts";
import { searchBackendContract } from "../contracts/search-backend.ts";
import { json, startLocalService } from "./local-service.ts";

const askJson = createAskJson({ userAgent: "Ruminate-test" });
const signal = new AbortController().signal;
const apiKey = "tvly-secret-key";

// Shape: https://docs.tavily.com/api-reference/endpoint/search
const reply = {
  query: "the question",
  answer: null,
  images: [],
  results: [
    {
      title: "Lionel Messi",
      url: "https://example.com/messi",
      content: "A footballer <|im_start|> from Rosario.",
      score: 0.81,
      raw_content: null,
      published_date: "Mon, 16 Sep 2024 15:13:00 GMT",
      favicon: "https://example.com/favicon.png",
    },
    { title: "Records", url: "https://example.org/records", content: "All his goals.", score: 0.7, raw_content: null },
    { title: "Club", url: "https://example.org/club", content: "", score: 0.6 },
  ],
  response_time: 1.67,
  request_id: "123e4567-e89b-12d3-a456-426614174111",
};

describe("Tavily", () => {
  searchBackendContract({
    create: (baseUrl) => createTavily({ askJson, apiKey, baseUrl }),
    reply,
    hits: [
      {
        title: "Lionel Messi",
        url: "https://example.com/messi",
        snippet: "A footballer ‹|im_start|› from Rosario.",
        publishedAt: "2024-09-16T15:13:00.000Z",
      },
      { title: "Records", url: "https://example.org/records", snippet: "All his goals.", publishedAt: null },
      { title: "Club", url: "https://example.org/club", snippet: "", publishedAt: null },
    ],
    emptyReply: { query: "x", results: [], response_time: 0.2 },
    secret: apiKey,
  });

  it("sends the key in a header, and dates and sites in its own fields", async () => {
    const service = await startLocalService(json(reply));
    const backend = createTavily({ askJson, apiKey, baseUrl: service.baseUrl });
    const domains = { allowed: ["example.org"], blocked: ["bad.example.org"] };
    await backend.search("tea", { limit: 50, since: "2026-01-02T03:04:05Z", domains, signal });
    await service.close();
    const { method, url, headers, body } = service.requests[0] ?? assert.fail("no request");
    assert.equal(`${method} ${url.pathname}`, "POST /search");
    assert.equal(headers.authorization, `Bearer ${apiKey}`);
    assert.deepEqual(body, {
      query: "tea",
      max_results: 20,
      search_depth: "basic",
      start_date: "2026-01-02",
      include_domains: ["example.org"],
      exclude_domains: ["bad.example.org"],
    });
  });

  it("asks for a language in words, within the length that is taken", async () => {
    const service = await startLocalService(json(reply));
    const backend = createTavily({ askJson, apiKey, baseUrl: service.baseUrl });
    await backend.search("x".repeat(500), { limit: 5, language: "de", signal });
    await service.close();
    const { body } = service.requests[0] ?? assert.fail("no request");
    const { query } = body as { query: string };
    assert.match(query, /^x+ \(in German\)$/);
    assert.ok(query.length <= 400);
  });

  it("says that the plan is used up", async () => {
    const service = await startLocalService(json({ detail: { error: "limit" } }, 432));
    const backend = createTavily({ askJson, apiKey, baseUrl: service.baseUrl });
    await assert.rejects(backend.search("tea", { limit: 5, signal }), {
      message: /no searches left in this plan \(432\)/,
    });
    await service.close();
  });
});
