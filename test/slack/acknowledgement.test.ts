import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import { openStage } from "../helpers/slack-platform.ts";

for (const mode of ["socket", "http"] as const) {
  describe(`Slack's requests, over ${mode}`, () => {
    it("are acknowledged only when the handler has stored the message", async (test) => {
      const stored = Promise.withResolvers<void>();
      const heard = Promise.withResolvers<void>();
      const { fake, policy, at } = await openStage(test, {
        mode,
        handlers: {
          onMessage: () => {
            heard.resolve();
            return stored.promise;
          },
        },
      });
      const { delivered } = fake.say(at(policy), `<@${fake.workspace.botUserId}> why is the sky blue?`);
      await heard.promise;
      // The message event beside the mention is nobody's question and is done with at once.
      await fake.until(() => fake.deliveries.length === 1);
      assert.equal(
        fake.deliveries.some(({ body }) => typeOf(body) === "app_mention"),
        false,
      );
      stored.resolve();
      for (const delivery of await delivered) assert.equal(delivery.isAcknowledged, true);
    });

    it("come again when the handler failed, with the same ids, so that the repetition can be told", async (test) => {
      const ids: string[] = [];
      const { fake, policy, at } = await openStage(test, {
        mode,
        fake: { retryDelaysMs: [0, 10, 10], deadlineMs: 300 },
        handlers: {
          onMessage: async ({ eventId, messageId }) => {
            ids.push(`${eventId} ${messageId}`);
            if (ids.length < 3) throw new RuminateError("DATABASE_UNAVAILABLE", "Gone for a moment.");
          },
        },
      });
      const { delivered } = fake.say(at(policy), `<@${fake.workspace.botUserId}> why is the sky blue?`);
      const mention = (await delivered).find(({ body }) => typeOf(body) === "app_mention");
      assert.equal(mention?.isAcknowledged, true);
      assert.equal(mention?.attempts.length, 3);
      assert.equal(ids.length, 3);
      assert.equal(new Set(ids).size, 1);
    });

    it("by command are answered in private with the acknowledgement", async (test) => {
      const { fake, policy, heard, at } = await openStage(test, { mode });
      const delivery = await fake.command(at(policy), "Why is the sky blue?");
      assert.equal(delivery.isAcknowledged, true);
      assert.equal(delivery.response?.response_type, "ephemeral");
      assert.equal(fake.workspace.ephemerals.length, 1);
      assert.deepEqual(
        heard.map(({ text, asker, thread }) => [text, asker, thread.threadId]),
        [["Why is the sky blue?", "slack:T0FAKE:UANA", null]],
      );
    });

    it("by command are acknowledged whatever the words are: what is wrong with them is said by whoever hears them", async (test) => {
      const { fake, policy, heard, at } = await openStage(test, { mode });
      const words = [
        "digest edit abcde",
        "digest every blue moon: news",
        "digest",
        "digests",
        "settings",
        "settings x y",
      ];
      for (const text of [...words, "help", "cancel", "usage", "history", "deep", "table:", " "])
        assert.equal((await fake.command(at(policy), text)).isAcknowledged, true, text);
      assert.ok(heard.some(({ text }) => text.includes("blue moon")));
    });

    it("by command say that nothing was saved when nothing was", async (test) => {
      const { fake, policy, at } = await openStage(test, {
        mode,
        handlers: {
          onMessage: async () => {
            throw new RuminateError("DATABASE_UNAVAILABLE", "The database does not answer.");
          },
        },
      });
      await fake.command(at(policy), "Why is the sky blue?");
      assert.match(fake.workspace.ephemerals[0]?.text ?? "", /database does not answer.*Nothing was saved/i);
    });
  });
}

describe("Slack's requests", () => {
  it("with a wrong signature are refused, and reach nobody", async (test) => {
    const { fake, heard } = await openStage(test, { mode: "http" });
    const body = JSON.stringify({ type: "event_callback", event: { type: "app_mention" } });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(fake.requestUrl(), {
      method: "POST",
      body,
      headers: { "x-slack-signature": "v0=00", "x-slack-request-timestamp": timestamp },
    });
    assert.equal(response.status, 401);
    assert.equal(heard.length, 0);
  });

  it("go on after each connection was renewed, and after the network broke", async (test) => {
    const { fake, policy, heard, at } = await openStage(test, {
      fake: { retryDelaysMs: [50, 200, 500, 1_000], deadlineMs: 300 },
    });
    await fake.until(() => fake.connections() === 2);
    const ask = (words: string) => fake.say(at(policy), `<@${fake.workspace.botUserId}> ${words}`).delivered;
    fake.refreshSockets(1);
    await ask("first");
    fake.refreshSockets();
    await ask("second");
    // Some ten seconds before a connection ends Slack says so.
    fake.refreshSockets(2, "warning");
    await ask("third");
    fake.cutSockets();
    await ask("fourth");
    assert.deepEqual(
      heard.map(({ text }) => text),
      ["first", "second", "third", "fourth"],
    );
  });
});

function typeOf(body: Record<string, unknown>): unknown {
  return (body.event as { type?: string } | undefined)?.type;
}
