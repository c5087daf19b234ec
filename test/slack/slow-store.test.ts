import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "../../src/ports.ts";
import { openSlackService, ownSlack } from "../helpers/service-stage.ts";

const QUESTION = "quick: Which port does the collector listen on for gRPC?";

for (const mode of ["socket", "http"] as const) {
  describe(`a database that is slow, with Slack over ${mode}`, () => {
    it("delays the acknowledgement until the question is stored: within Slack's three seconds when it takes two", async (test) => {
      const { fake, channel, at, mention, database } = await openSlackService(test, { mode });
      const { released } = await holdArrivals(database(), 2_000);
      const said = fake.say(at(), `${mention} ${QUESTION}`);
      const asked = fake.command(at(), QUESTION);
      await released;
      const deliveries = [...(await said.delivered).filter(({ body }) => isMention(body)), await asked];
      for (const { attempts, isAcknowledged } of deliveries) {
        assert.equal(isAcknowledged, true);
        // One attempt: Slack did not have to send it again.
        assert.deepEqual([attempts.length, (attempts[0] ?? 0) >= 1_900], [1, true], String(attempts));
      }
      assert.match(fake.workspace.ephemerals[0]?.text ?? "", /thread/);
      await fake.until(() => ownSlack(channel.messages, /:answer:0$/).length === 2);
      await fake.settled();
      assert.equal(ownSlack(channel.messages, /:card$/).length, 2);
    });

    it("leaves unacknowledged what took longer than Slack waits; it comes again, and is answered once", async (test) => {
      const { fake, channel, at, mention, database } = await openSlackService(test, { mode });
      const { released } = await holdArrivals(database(), 3_300);
      const said = fake.say(at(), `${mention} ${QUESTION}`);
      await released;
      const mentioned = (await said.delivered).find(({ body }) => isMention(body));
      assert.deepEqual([mentioned?.isAcknowledged, mentioned?.attempts.slice(0, 1)], [true, [null]]);
      await fake.until(() => ownSlack(channel.messages, /:answer:0$/)[0]);
      await fake.settled();
      assert.equal(ownSlack(channel.messages, /./).length, 2);
    });
  });
}

/** Nothing that comes in can be stored for so long, by whatever process. */
async function holdArrivals(database: Database, ms: number): Promise<{ released: Promise<void> }> {
  const held = Promise.withResolvers<void>();
  const released = database.transaction(async (query) => {
    await query.query("lock table arrivals in exclusive mode");
    held.resolve();
    await wait(ms);
  });
  await held.promise;
  return { released };
}

function isMention(body: Record<string, unknown>): boolean {
  return (body.event as { type?: string } | undefined)?.type === "app_mention";
}
