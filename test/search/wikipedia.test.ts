import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAskJson } from "../../src/search/ask-json.ts";
import { createWikipedia } from "../../src/search/wikipedia.ts";
import { searchBackendContract } from "../contracts/search-backend.ts";
import { json, startLocalService } from "./local-service.ts";

const askJson = createAskJson({ userAgent: "Ruminate-test (https://example.org)" });
const signal = new AbortController().signal;

// Shape: https://www.mediawiki.org/wiki/API:Search, with formatversion=2.
const reply = {
  batchcomplete: true,
  continue: { sroffset: 10, continue: "-||" },
  query: {
    searchinfo: { totalhits: 5060 },
    search: [
      {
        ns: 0,
        title: "Rumination (psychology)",
        pageid: 8087628,
        snippet:
          'is the focused attention &amp; <span class="searchmatch">the</span> &quot;symptoms&quot; of one&#039;s distress',
        timestamp: "2026-10-03T12:30:59Z",
      },
      { ns: 0, title: "C++", pageid: 72038, snippet: "a general-purpose language", timestamp: "2026-11-01T00:00:00Z" },
      { ns: 0, title: "Wikipedia: a history", pageid: 1, snippet: "", timestamp: null },
    ],
  },
};

describe("Wikipedia", () => {
  const hitsAt = (origin: string) => [
    {
      title: "Rumination (psychology)",
      url: `${origin}/wiki/Rumination_(psychology)`,
      snippet: 'is the focused attention & the "symptoms" of one\'s distress',
      publishedAt: "2026-10-03T12:30:59.000Z",
    },
    {
      title: "C++",
      url: `${origin}/wiki/C%2B%2B`,
      snippet: "a general-purpose language",
      publishedAt: "2026-11-01T00:00:00.000Z",
    },
    { title: "Wikipedia: a history", url: `${origin}/wiki/Wikipedia:_a_history`, snippet: "", publishedAt: null },
  ];

  // Addresses of articles are made from the base address, which changes with the port of the local server.
  searchBackendContract({
    create: (baseUrl) => {
      const backend = createWikipedia({ askJson, baseUrl });
      return {
        name: backend.name,
        search: async (query, options) =>
          (await backend.search(query, options)).map((hit) => ({
            ...hit,
            url: hit.url.replace(baseUrl, "https://en.wikipedia.org"),
          })),
      };
    },
    reply,
    hits: hitsAt("https://en.wikipedia.org"),
    emptyReply: { batchcomplete: true, query: { searchinfo: { totalhits: 0 }, search: [] } },
    secret: null,
  });

  it("introduces itself and asks for what it uses", async () => {
    const service = await startLocalService(json(reply));
    await createWikipedia({ askJson, baseUrl: service.baseUrl }).search("tea trade", { limit: 5, signal });
    await service.close();
    const [request] = service.requests;
    assert.equal(request?.url.pathname, "/w/api.php");
    assert.equal(request?.headers["user-agent"], "Ruminate-test (https://example.org)");
    assert.equal(request?.url.searchParams.get("srsearch"), "tea trade");
    assert.equal(request?.url.searchParams.get("srlimit"), "5");
  });

  it("asks for any of the words when an article with all of them is hard to find", async () => {
    const service = await startLocalService((request, response) => {
      const isLoose = request.url.searchParams.get("srsearch")?.includes(" OR ");
      json(isLoose ? reply : { query: { search: reply.query.search.slice(0, 1) } })(request, response);
    });
    const backend = createWikipedia({ askJson, baseUrl: service.baseUrl });
    const hits = await backend.search("Which year did the tea trade begin?", { limit: 5, signal });
    await service.close();
    assert.equal(service.requests[1]?.url.searchParams.get("srsearch"), "year OR tea OR trade OR begin");
    assert.deepEqual(
      hits.map(({ title }) => title),
      ["Rumination (psychology)", "C++", "Wikipedia: a history"],
    );
  });

  it("sends words, not operators of the search engine", async () => {
    const service = await startLocalService(json(reply));
    await createWikipedia({ askJson, baseUrl: service.baseUrl }).search("-tea insource:/x.*/ NOT milk?", {
      limit: 5,
      signal,
    });
    await service.close();
    assert.equal(
      service.requests[0]?.url.searchParams.get("srsearch")?.replace(/\s+/g, " ").trim(),
      "tea insource x. not milk",
    );
  });

  it("takes an error in a good answer for a failure", async () => {
    const service = await startLocalService(json({ error: { code: "ratelimited", info: "Too many requests" } }));
    const backend = createWikipedia({ askJson, baseUrl: service.baseUrl });
    await assert.rejects(backend.search("tea", { limit: 5, signal }), {
      code: "SEARCH_UNAVAILABLE",
      isRetryable: true,
    });
    await service.close();
  });

  it("asks the Wikipedia of the language of one search before the usual one", async () => {
    const asked: string[] = [];
    const backend = createWikipedia({
      language: "en",
      askJson: async ({ url }, shape) => {
        asked.push(url.hostname);
        return shape.parse(reply);
      },
    });
    const [first] = await backend.search("tea", { limit: 3, language: "pt-br", signal });
    await backend.search("tea", { limit: 3, signal });
    assert.deepEqual(asked, ["pt.wikipedia.org", "en.wikipedia.org"]);
    assert.equal(first?.url, "https://pt.wikipedia.org/wiki/Rumination_(psychology)");
  });

  it("does not ask when its pages would not be allowed", async () => {
    const backend = createWikipedia({ askJson: () => assert.fail("no request is expected"), language: "de-AT" });
    const options = { limit: 5, signal, domains: { allowed: ["example.org"], blocked: [] } };
    assert.deepEqual(await backend.search("tea", options), []);
  });
});
