import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type HealthParts, startHealthServer } from "../../adapters/web/health-server.ts";

async function ask(test: TestContext, path: string, parts: Partial<HealthParts> = {}) {
  const well: HealthParts = {
    illness: () => null,
    hindrance: async () => null,
    metrics: async () => "ruminate_runs 3",
  };
  const server = await startHealthServer(0, { ...well, ...parts });
  test.after(() => server.close());
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return { status: response.status, body: (await response.text()).trim() };
}

describe("the health of a server", () => {
  it("is good while nothing but the database is missing, which only makes it not ready", async (test) => {
    const hindrance = async () => "The database does not answer.";
    assert.deepEqual(await ask(test, "/healthz", { hindrance }), { status: 200, body: "ok" });
    assert.deepEqual(await ask(test, "/readyz", { hindrance }), { status: 503, body: "The database does not answer." });
  });

  it("is bad when only a new start helps", async (test) => {
    const illness = () => "The queue has not been looked at for a minute.";
    assert.equal((await ask(test, "/healthz", { illness })).status, 503);
  });

  it("is told to Prometheus, and nothing else is there", async (test) => {
    assert.deepEqual(await ask(test, "/metrics"), { status: 200, body: "ruminate_runs 3" });
    assert.equal((await ask(test, "/secrets")).status, 404);
  });
});
