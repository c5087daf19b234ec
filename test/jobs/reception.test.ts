import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { it } from "node:test";
import type { QuotaLimits } from "../../src/chat/quotas.ts";
import { UNLIMITED } from "../../src/chat/quotas.ts";
import type { IncomingMessage, PlaceKind } from "../../src/chat-ports.ts";
import { createQueue, type Queue } from "../../src/jobs/queue.ts";
import { createReception, type Reception } from "../../src/jobs/reception.ts";
import type { OpenDatabase } from "../../src/storage/database.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";
import { makeMessage } from "../helpers/messages.ts";
import { makeRun } from "../helpers/runs.ts";
import { settingsDesk } from "../helpers/settings.ts";

async function withReception(
  database: OpenDatabase,
  limits: Partial<QuotaLimits>,
  use: (reception: Reception, queue: Queue) => Promise<void>,
): Promise<void> {
  const schema = `reception_${randomUUID().slice(0, 8)}`;
  const queue = createQueue({ database, log: silentLog, schema });
  await queue.start();
  try {
    await use(createReception({ database, queue, bounds: { ...UNLIMITED, ...limits }, log: silentLog }), queue);
  } finally {
    await queue.stop();
    await database.query(`drop schema ${schema} cascade`);
  }
}

const accept = (reception: Reception, message: IncomingMessage, { mayBeHeld = false } = {}) =>
  reception.accept(
    message,
    { ...makeRun().request, question: message.text, asker: message.asker, thread: message.thread },
    { mayBeHeld },
  );

async function countRuns(database: OpenDatabase): Promise<number> {
  const [row] = await database.query<{ count: number }>("select count(*) as count from runs");
  return row?.count ?? 0;
}

describeOnEachEngine("the reception", (open) => {
  it("makes one run of a message, whether it comes again as the same event or as another kind of event", async (test) => {
    const database = await open(test);
    await withReception(database, {}, async (reception, queue) => {
      const message = makeMessage();
      const asAnotherEvent = { ...message, eventId: "Ev-other" };
      const sameEventOtherName = { ...makeMessage(), eventId: message.eventId };
      const together = await Promise.all([message, asAnotherEvent].map((each) => accept(reception, each)));
      const later = await accept(reception, message);
      const third = await accept(reception, sameEventOtherName);
      assert.deepEqual(
        [...together, later, third].map(({ kind }) => kind),
        ["accepted", "repeated", "repeated", "repeated"],
      );
      assert.equal(await countRuns(database), 1);
      assert.deepEqual(await queue.counts(), { waiting: 1, active: 0 });
    });
  });

  it("holds all but one of the questions that come to several processes for one thread at the same moment", async (test) => {
    const database = await open(test);
    await withReception(database, {}, async (reception, queue) => {
      const other = createReception({ database, queue, bounds: UNLIMITED, log: silentLog });
      const thread = { ...makeMessage().thread, threadId: "busy" };
      const questions = Array.from({ length: 8 }, (_, index) => makeMessage({ thread, text: `question ${index}` }));
      const elsewhere = makeMessage({ thread: { ...thread, threadId: "quiet" } });
      const admissions = await Promise.all(
        [...questions, elsewhere].map((message, index) =>
          accept(index % 2 === 0 ? reception : other, message, { mayBeHeld: true }),
        ),
      );
      const kinds = admissions.map(({ kind }) => kind);
      assert.equal(kinds.at(-1), "accepted");
      assert.equal(kinds.filter((kind) => kind === "accepted").length, 2);
      const first = questions[kinds.indexOf("accepted")];
      for (const admission of admissions) {
        if (admission.kind === "held") assert.equal(admission.busy.request.question, first?.text);
      }
      assert.deepEqual(await queue.counts(), { waiting: 2, active: 0 });
      const states = await database.query(
        "select state, count(*)::integer as count from runs group by state order by 1",
      );
      assert.deepEqual(states, [
        { state: "offered", count: 7 },
        { state: "queued", count: 2 },
      ]);
    });
  });

  it("holds nothing that begins a conversation, and nothing where the other one has ended", async (test) => {
    const database = await open(test);
    await withReception(database, {}, async (reception) => {
      const { thread } = makeMessage();
      const ask = (mayBeHeld: boolean) => accept(reception, makeMessage({ thread }), { mayBeHeld });
      assert.deepEqual([(await ask(true)).kind, (await ask(false)).kind], ["accepted", "accepted"]);
      const held = await ask(true);
      assert.equal(held.kind, "held");
      if (held.kind === "held") await createRunStore(database).fail(held.busy.id, { code: "CANCELLED", message: "" });
      assert.equal((await ask(true)).kind, "held", "the older one");
      await database.query("update runs set state = 'done' where state = 'queued'");
      assert.equal((await ask(true)).kind, "accepted");
    });
  });

  it("takes no message whose deletion was told first, and says of one that it has that it came before", async (test) => {
    const database = await open(test);
    await withReception(database, {}, async (reception) => {
      const [deleted, kept, together] = [makeMessage(), makeMessage(), makeMessage()];
      assert.equal(await reception.refuse(deleted), true);
      assert.equal((await accept(reception, deleted)).kind, "repeated");
      assert.equal((await accept(reception, kept)).kind, "accepted");
      assert.equal(await reception.refuse(kept), false);
      const [isRefused, { kind }] = await Promise.all([reception.refuse(together), accept(reception, together)]);
      assert.equal(kind, isRefused ? "repeated" : "accepted");
      assert.equal(await countRuns(database), isRefused ? 1 : 2);
    });
  });

  it("stores all of three hundred questions that come at once, each with its job", async (test) => {
    const database = await open(test);
    await withReception(database, {}, async (reception, queue) => {
      const messages = Array.from({ length: 300 }, () => makeMessage());
      const admissions = await Promise.all(messages.map((message) => accept(reception, message)));
      assert.ok(admissions.every(({ kind }) => kind === "accepted"));
      assert.equal(await countRuns(database), 300);
      assert.deepEqual(await queue.counts(), { waiting: 300, active: 0 });
    });
  });

  it("stores neither a question nor a job when one of the two fails, and then takes the question again", async (test) => {
    const database = await open(test);
    await withReception(database, {}, async (reception, queue) => {
      const message = makeMessage();
      const failing: Queue = {
        ...queue,
        send: async () => {
          throw new Error("no job");
        },
      };
      const broken = createReception({ database, queue: failing, bounds: UNLIMITED, log: silentLog });
      await assert.rejects(accept(broken, message), /no job/);
      assert.equal(await countRuns(database), 0);
      assert.equal((await accept(reception, message)).kind, "accepted");
    });
  });

  it("refuses what is above a limit in words, also within one batch, and counts nothing for it", async (test) => {
    const database = await open(test);
    await withReception(database, { runsPerPersonAndDay: 2 }, async (reception) => {
      const messages = Array.from({ length: 3 }, () => makeMessage());
      const admissions = await Promise.all(messages.map((message) => accept(reception, message)));
      const refused = admissions.filter((admission) => admission.kind === "refused");
      assert.equal(refused.length, 1);
      assert.match(refused[0]?.reason ?? "", /^You have used 2 of 2 questions today\. .* 00:00 UTC, in /);
      assert.equal((await accept(reception, makeMessage({ asker: "test:grace" }))).kind, "accepted");
      const [person] = await database.query("select runs from quotas where subject = 'test:ada'");
      assert.deepEqual(person, { runs: 2 });
    });
  });

  it("refuses when the month's money is spent", async (test) => {
    const database = await open(test);
    await withReception(database, { costUsdPerWorkspaceAndMonth: 10 }, async (reception) => {
      await accept(reception, makeMessage());
      await database.query("update quotas set cost_usd = 12.5 where scope = 'workspace'");
      const admission = await accept(reception, makeMessage());
      assert.ok(admission.kind === "refused");
      assert.match(admission.reason, /spent \$12\.50 of \$10\.00 this month/);
    });
  });

  it("rejects when the database does not answer, so that the platform sends the message again", async (test) => {
    const database = await open(test);
    await withReception(database, {}, async (_reception, queue) => {
      const stuck: OpenDatabase = { ...database, transaction: () => new Promise(() => {}) };
      const reception = createReception({ database: stuck, queue, bounds: UNLIMITED, log: silentLog });
      await assert.rejects(accept(reception, makeMessage()), { code: "DATABASE_UNAVAILABLE" });
    });
  });

  it("completes a question by what is set for its person, channel and workspace", async (test) => {
    const database = await open(test);
    const message = makeMessage();
    const who = { asker: message.asker, thread: message.thread };
    const admin = { asker: "test:admin", thread: message.thread };
    const desk = settingsDesk(database);
    await desk.change(who, { scope: "person", name: "depth", value: "deep" });
    await desk.change(admin, { scope: "channel", name: "form", value: "table" });
    await desk.change(admin, { scope: "workspace", name: "blocked sites", value: "https://www.example.com" });
    await withReception(database, {}, async (reception) => {
      const asked = { ...makeRun().request, ...who, depth: null, form: null };
      const [first, second] = await Promise.all([
        reception.accept(message, asked, { mayBeHeld: false }),
        reception.accept(makeMessage(), { ...asked, asker: "test:bob", depth: "quick" as const }, { mayBeHeld: false }),
      ]);
      assert.ok(first?.kind === "accepted" && second?.kind === "accepted");
      const runs = createRunStore(database);
      const [own, others] = [await runs.find(first.runId), await runs.find(second.runId)];
      assert.deepEqual([own?.request.depth, own?.request.form], ["deep", "table"]);
      assert.deepEqual([others?.request.depth, others?.request.form], ["quick", "table"]);
      assert.deepEqual(own?.request.blockedSites, ["example.com"]);
    });
  });

  it("refuses questions where they may not be asked, by what is set at that moment, and counts nothing for them", async (test) => {
    const database = await open(test);
    const thread = { ...makeMessage().thread, channelId: "C0001" };
    const desk = settingsDesk(database);
    const set = (scope: "channel" | "workspace", name: string, value: string | null) =>
      desk.change({ asker: "test:admin", thread }, { scope, name, value });
    await withReception(database, {}, async (reception) => {
      const ask = async (kind: PlaceKind) => {
        const message = { ...makeMessage(), thread };
        const { asker } = message;
        const request = { ...makeRun().request, asker, thread };
        const admission = await reception.accept(message, request, { mayBeHeld: false, kind });
        return admission.kind === "refused" ? admission.reason : admission.kind;
      };
      assert.match(await ask("shared"), /other organisations .* ask an admin/);
      await set("channel", "shared channels", "on");
      assert.equal(await ask("shared"), "accepted");
      await set("workspace", "blocked channels", `C0000, ${thread.channelId}`);
      assert.match(await ask("channel"), /The admins chose/);
      assert.equal(await ask("direct"), "accepted");
      assert.equal(await countRuns(database), 2);
    });
  });

  it("refuses questions where they are turned off or used up by a setting, and counts nothing for them", async (test) => {
    const database = await open(test);
    const message = makeMessage();
    const admin = { asker: "test:admin", thread: message.thread };
    const desk = settingsDesk(database);
    await desk.change(admin, { scope: "channel", name: "questions per month", value: "1" });
    await withReception(database, {}, async (reception) => {
      assert.equal((await accept(reception, message)).kind, "accepted");
      const second = await accept(reception, { ...makeMessage(), thread: message.thread });
      assert.match(second.kind === "refused" ? second.reason : "", /used 1 of 1 questions this month/);
      await desk.change(admin, { scope: "channel", name: "answers", value: "off" });
      const third = await accept(reception, { ...makeMessage(), thread: message.thread });
      assert.match(third.kind === "refused" ? third.reason : "", /turned off in this channel/);
      assert.equal(await countRuns(database), 1);
    });
  });
});
