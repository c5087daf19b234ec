import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAskJson } from "../../src/search/ask-json.ts";
import { createExa } from "../../src/search/exa.ts";
import { searchBackendContract } from "../contracts/search-backend.ts";
import { json, startLocalService } from "./local-service.ts";

const askJson = createAskJson({ userAgent: "Ruminate-test" });
const signal = new AbortController().signal;
const apiKey = "exa-secret-key";

// Shape: https://exa.ai/docs/reference/search
const reply = {
  requestId: "b5947044c4b78efa9552a7c89b306d95",
  results: [
    {
      title: "A Comprehensive Overview of Large Language Models",
      url: "https://arxiv.example.org/pdf/2307.06435.pdf",
      publishedDate: "2023-11-16T01:36:32.547Z",
      author: "Humza  Naveed, University of Engineering and Technology",
      id: "https://arxiv.example.org/abs/2307.06435",
      highlights: ["Such requirements have limited their adoption.", "They need much memory."],
      highlightScores: [0.46, 0.4],
    },
    { title: null, url: "https://example.org/summary", publishedDate: null, summary: "In short.", id: "x" },
    { title: "Text", url: "https://example.org/text", text: "A whole page", id: "y" },
  ],
  costDollars: { total: 0.005 },
};

describe("Exa", () => {
  searchBackendContract({
    create: (baseUrl) => createExa({ askJson, apiKey, baseUrl }),
    reply,
    hits: [
      {
        title: "A Comprehensive Overview of Large Language Models",
        url: "https://arxiv.example.org/pdf/2307.06435.pdf",
        snippet: "Such requirements have limited their adoption. … They need much memory.",
        publishedAt: "2023-11-16T01:36:32.547Z",
      },
      { title: "example.org", url: "https://example.org/summary", snippet: "In short.", publishedAt: null },
      { title: "Text", url: "https://example.org/text", snippet: "A whole page", publishedAt: null },
    ],
    emptyReply: { requestId: "x", results: [] },
    secret: apiKey,
  });

  it("sends the key in a header, and dates and sites in its own fields", async () => {
    const service = await startLocalService(json(reply));
    const backend = createExa({ askJson, apiKey, baseUrl: service.baseUrl });
    const domains = { allowed: ["example.org"], blocked: ["bad.example.org"] };
    await backend.search("tea", { limit: 5, since: "2026-01-02T03:04:05Z", domains, signal });
    await backend.search("tea", { limit: 5, domains: { allowed: [], blocked: ["bad.example.org"] }, signal });
    await service.close();
    const [first, second] = service.requests;
    assert.equal(first?.headers["x-api-key"], apiKey);
    const common = { query: "tea", type: "auto", numResults: 5, contents: { highlights: true } };
    assert.deepEqual(first?.body, {
      ...common,
      startPublishedDate: "2026-01-02T03:04:05Z",
      includeDomains: ["example.org"],
    });
    assert.deepEqual(second?.body, { ...common, excludeDomains: ["bad.example.org"] });
  });

  it("asks for a language in words", async () => {
    const service = await startLocalService(json(reply));
    const backend = createExa({ askJson, apiKey, baseUrl: service.baseUrl });
    await backend.search("tea", { limit: 5, language: "pt-BR", signal });
    await service.close();
    const { body } = service.requests[0] ?? assert.fail("no request");
    assert.equal((body as { query: string }).query, "tea (in Brazilian Portuguese)");
  });
});
