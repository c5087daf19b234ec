import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { it } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import type { SearchBackend, SearchOptions } from "../../src/ports.ts";
import type { SearchHit } from "../../src/types.ts";
import { json, type LocalService, type ServiceRequest, startLocalService } from "../search/local-service.ts";

export interface BackendDescription {
  create(baseUrl: string): SearchBackend;
  /** A reply in the documented shape with at least three hits, and the hits that it means. */
  reply: unknown;
  hits: SearchHit[];
  /** A documented reply without a hit. */
  emptyReply: unknown;
  /** Must never show up in an error. */
  secret: string | null;
}

/** Promises of every search service; each runs over a real socket. */
export function searchBackendContract({ create, reply, hits, emptyReply, secret }: BackendDescription): void {
  const searching = async (
    answer: (request: ServiceRequest, response: ServerResponse) => void,
    check: (search: (options?: Partial<SearchOptions>) => Promise<SearchHit[]>, service: LocalService) => Promise<void>,
  ) => {
    const service = await startLocalService(answer);
    const backend = create(service.baseUrl);
    const signal = new AbortController().signal;
    try {
      await check((options) => backend.search("the question", { limit: 10, signal, ...options }), service);
    } finally {
      await service.close();
    }
  };

  const failure = async (
    answer: (request: ServiceRequest, response: ServerResponse) => void,
    expected: { words: RegExp; isRetryable: boolean; retryAfterMs?: number },
  ) =>
    searching(answer, async (search) => {
      await assert.rejects(search(), (error) => {
        assert.ok(error instanceof RuminateError, String(error));
        assert.equal(error.code, "SEARCH_UNAVAILABLE");
        assert.match(error.message, expected.words);
        assert.equal(error.isRetryable, expected.isRetryable);
        assert.equal(error.retryAfterMs, expected.retryAfterMs ?? null);
        const told = `${error.message} ${JSON.stringify(error.details)}`;
        assert.ok(secret === null || !told.includes(secret), told);
        return true;
      });
    });

  it("gives the hits of the documented reply, clean and in order", async () => {
    await searching(json(reply), async (search) => assert.deepEqual(await search(), hits));
  });

  it("gives no more hits than wanted", async () => {
    await searching(json(reply), async (search) => assert.deepEqual(await search({ limit: 2 }), hits.slice(0, 2)));
  });

  it("takes an empty reply for no hits", async () => {
    await searching(json(emptyReply), async (search) => assert.deepEqual(await search(), []));
  });

  it("says when the key is refused, and does not ask to try again", async () => {
    await failure(json({ detail: secret }, 401), { words: /refused the key \(401\)/, isRetryable: false });
  });

  it("passes on how long to wait after too many requests", async () => {
    await failure(json({}, 429, { "retry-after": "7" }), { words: /\(429\)/, isRetryable: true, retryAfterMs: 7_000 });
  });

  it("takes server errors, torn answers and pages instead of JSON for passing failures", async () => {
    await failure(json({}, 503), { words: /\(503\)/, isRetryable: true });
    await failure((_request, response) => void response.end("<!doctype html><p>Sorry"), {
      words: /other than JSON/,
      isRetryable: true,
    });
    await failure((_request, response) => void response.writeHead(200).write("{", () => response.destroy()), {
      words: /broke off/,
      isRetryable: true,
    });
    await failure((_request, response) => void response.destroy(), { words: /cannot be reached/, isRetryable: true });
  });

  it("refuses a reply of another shape", async () => {
    await failure(json("surprise"), { words: /unexpected form/, isRetryable: true });
  });

  it("follows no redirect", async () => {
    await failure(json({}, 302, { location: "http://127.0.0.1:9/" }), { words: /redirects/, isRetryable: false });
  });

  it("stops reading an endless reply", async () => {
    await failure(
      (_request, response) => {
        response.writeHead(200);
        const chunk = "[".repeat(65_536);
        const send = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on("drain", send);
        send();
      },
      { words: /more than \d+ bytes/, isRetryable: false },
    );
  });

  it("rejects with the reason of the caller who cancelled", async () => {
    const reason = new Error("stopped");
    const controller = new AbortController();
    await searching(
      () => controller.abort(reason),
      async (search) => {
        await assert.rejects(search({ signal: controller.signal }), (error) => error === reason);
      },
    );
  });
}
