import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { it } from "node:test";
import { readDigestCommand } from "../../src/chat/digest-command.ts";
import { manageDigests } from "../../src/chat/digest-desk.ts";
import { RuminateError } from "../../src/errors.ts";
import type { ResearchRun } from "../../src/jobs/attempt.ts";
import { createDigestClock } from "../../src/jobs/digest-clock.ts";
import { createDigestDesk } from "../../src/jobs/digest-desk.ts";
import type { Queue } from "../../src/jobs/queue.ts";
import { createCache } from "../../src/storage/cache.ts";
import type { OpenDatabase } from "../../src/storage/database.ts";
import { createDigestStore, endIssue } from "../../src/storage/digests.ts";
import { createUsageStore, type ModelCall } from "../../src/storage/usage.ts";
import type { Digest, DigestIssue, ReportSource } from "../../src/types.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";
import { CALL as RECORDED } from "../helpers/model-calls.ts";
import { withHouse } from "../helpers/run-house.ts";
import { makeReport } from "../helpers/runs.ts";
import { settingsDesk } from "../helpers/settings.ts";
import { until } from "../helpers/until.ts";

const PLACE = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: null };
const MINUTE = 60_000;

function makeDigest(details: Partial<Digest> = {}): Digest {
  return {
    id: "abcde",
    place: PLACE,
    owner: "test:ada",
    topic: "pg-boss",
    options: { length: "standard", whenNothingNew: "silent", feeds: [], researchesOpenQuestions: false },
    timetable: "0 9 * * 1-5",
    timeZone: "America/New_York",
    state: "active",
    pausedBecause: null,
    failures: 0,
    nextDueAt: "2026-01-01T14:00:00.000Z",
    createdAt: "2026-01-01T00:00:00.000Z",
    ...details,
  };
}

/** A clock that the test moves, over a queue that only counts. */
function openClock(
  database: OpenDatabase,
  { queue, perMonth = null }: { queue?: Queue; perMonth?: number | null } = {},
) {
  const time = { ms: Date.parse("2026-01-01T00:00:00.000Z") };
  const sent: string[] = [];
  const words: string[] = [];
  const clock = createDigestClock({
    database,
    queue: queue ?? {
      send: async (_query, runs) => void sent.push(...runs.map(({ request }) => request.digest?.dueAt ?? "")),
    },
    limits: { perRun: 0.5, perMonth },
    tell: async (_owner, text) => void words.push(text),
    now: () => time.ms,
    log: silentLog,
  });
  const lookAt = async (moment: string | number): Promise<void> => {
    time.ms = typeof moment === "number" ? moment : Date.parse(moment);
    await clock.look();
  };
  return { clock, time, sent, words, lookAt };
}

/** Each instant of the year at which the clock of the zone shows the time: reckoned with Temporal alone. */
function wallInstants(timeZone: string, hour: number, minute: number, isDay: (dayOfWeek: number) => boolean): string[] {
  const found: string[] = [];
  for (let day = Temporal.PlainDate.from("2026-01-01"); day.year === 2026; day = day.add({ days: 1 })) {
    if (!isDay(day.dayOfWeek)) continue;
    // "compatible": a gap goes forward, a fold is taken the first time.
    const wall = day.toZonedDateTime({ timeZone, plainTime: { hour, minute } });
    found.push(new Date(wall.epochMilliseconds).toISOString());
  }
  return found;
}

describeOnEachEngine("the clock of digests", (open) => {
  const years: [string, Partial<Digest>, string[]][] = [
    [
      "weekdays at nine in New York",
      { timetable: "0 9 * * 1-5", timeZone: "America/New_York" },
      wallInstants("America/New_York", 9, 0, (day) => day <= 5),
    ],
    [
      "daily at 02:30 in Berlin, over both changes of the clock",
      { timetable: "30 2 * * *", timeZone: "Europe/Berlin" },
      wallInstants("Europe/Berlin", 2, 30, () => true),
    ],
  ];
  for (const [name, details, expected] of years) {
    it(`tells each of a year exactly once: ${name}`, async (test) => {
      const database = await open(test);
      await createDigestStore(database).insert(makeDigest({ ...details, nextDueAt: expected[0] ?? null }));
      const { lookAt, sent } = openClock(database);
      for (const due of expected) {
        await lookAt(Date.parse(due) - MINUTE);
        await lookAt(due);
        await lookAt(Date.parse(due) + MINUTE);
      }
      assert.deepEqual(sent, expected);
    });
  }

  it("tells once what was missed for minutes or hours, and leaves out what was missed for days", async (test) => {
    const database = await open(test);
    const store = createDigestStore(database);
    await store.insert(makeDigest({ timetable: "0 9 * * *", timeZone: "UTC", nextDueAt: "2026-01-02T09:00:00.000Z" }));
    const { lookAt, sent, words } = openClock(database);
    await lookAt("2026-01-02T09:05:00.000Z");
    await lookAt("2026-01-03T14:00:00.000Z");
    await lookAt("2026-01-07T08:00:00.000Z");
    await lookAt("2026-01-07T09:00:00.000Z");
    assert.deepEqual(sent, ["2026-01-02T09:00:00.000Z", "2026-01-03T09:00:00.000Z", "2026-01-07T09:00:00.000Z"]);
    const late = await database.query<{ late: boolean }>(
      "select (request->'digest'->>'isLate')::boolean as late from runs order by created_at",
    );
    assert.deepEqual(
      late.map((row) => row.late),
      [false, true, false],
    );
    const issues = await store.issues("abcde", 9);
    assert.deepEqual(
      issues.map(({ dueAt, state }) => [dueAt.slice(0, 10), state]),
      [
        ["2026-01-07", "claimed"],
        ["2026-01-06", "skipped"],
        ["2026-01-03", "claimed"],
        ["2026-01-02", "claimed"],
      ],
    );
    assert.match(words.join(), /I was not running on Tue 6 Jan 2026 09:00.*pg-boss/);
  });

  it("is looked at by two processes, and tells once", async (test) => {
    const database = await open(test);
    await createDigestStore(database).insert(makeDigest());
    const [one, two] = [openClock(database), openClock(database)];
    await Promise.all([one.lookAt("2026-01-01T14:00:01.000Z"), two.lookAt("2026-01-01T14:00:01.000Z")]);
    assert.deepEqual([...one.sent, ...two.sent], ["2026-01-01T14:00:00.000Z"]);
    assert.equal((await database.query("select 1 from runs")).length, 1);
  });

  it("pauses one whose timetable nobody can read any more, and tells the others", async (test) => {
    const database = await open(test);
    const store = createDigestStore(database);
    await store.insert(makeDigest({ id: "gone1", timeZone: "Mars/Olympus", nextDueAt: "2026-01-01T13:00:00.000Z" }));
    await store.insert(makeDigest());
    const { lookAt, sent, words } = openClock(database);
    await lookAt("2026-01-01T14:00:00.000Z");
    assert.deepEqual(sent, ["2026-01-01T14:00:00.000Z"]);
    assert.equal((await store.find("gone1"))?.state, "paused");
    assert.match(words.join(), /Paused.*Mars\/Olympus/);
  });

  it("knows when it was last told after the issues are gone with the retention", async (test) => {
    const database = await open(test);
    const store = createDigestStore(database);
    await store.insert(makeDigest());
    const { lookAt } = openClock(database);
    await lookAt("2026-01-01T14:00:00.000Z");
    const issue = { digestId: "abcde", dueAt: "2026-01-01T14:00:00.000Z", told: [], costUsd: null };
    await endIssue(database, { ...issue, state: "posted" });
    await endIssue(database, { ...issue, dueAt: "2026-01-02T14:00:00.000Z", state: "failed" });
    await database.query("delete from digest_issues");
    await lookAt("2026-01-02T14:00:00.000Z");
    const [row] = await database.query<{ since: string }>(
      "select request->'digest'->>'since' as since from runs order by created_at desc limit 1",
    );
    assert.equal(row?.since, "2026-01-01T14:00:00.000Z");
  });

  it("pauses a digest whose budget of the month is used up, and tells its owner", async (test) => {
    const database = await open(test);
    const store = createDigestStore(database);
    await store.insert(makeDigest());
    await database.query(
      "insert into digest_issues (digest_id, due_at, state, cost_usd, created_at) values ('abcde', '2026-01-01T10:00:00Z', 'posted', 1.5, now())",
    );
    const { lookAt, sent, words } = openClock(database, { perMonth: 1 });
    await lookAt("2026-01-01T14:00:00.000Z");
    assert.deepEqual(sent, []);
    assert.match((await store.find("abcde"))?.pausedBecause ?? "", /budget of \$1 a month/);
    assert.match(words.join(), /digest resume abcde/);
  });
});

const SOURCES: ReportSource[] = [1, 2].map((number) => ({
  number,
  title: `Page ${number}`,
  url: `https://example.org/${number}`,
  publishedAt: null,
  readAt: "2026-01-01T00:00:00.000Z",
}));

const CALL: ModelCall = { ...RECORDED, at: new Date().toISOString(), sessionId: "", costUsd: 1.5 };

/** Research that finds what it is told to find. */
function finding(answers: string[]): ResearchRun {
  let next = 0;
  return async (run) => makeReport(run.id, { answer: answers[next++] ?? "", sources: SOURCES });
}

describeOnEachEngine("a digest", (open) => {
  async function withDigest(
    database: OpenDatabase,
    research: ResearchRun,
    use: (parts: {
      house: Parameters<Parameters<typeof withHouse>[1]>[0];
      /** Tells it now; resolves with what became of it. */
      tell(): Promise<DigestIssue>;
      /** The same, seen by this person alone. */
      preview(person: string): Promise<DigestIssue>;
      desk: ReturnType<typeof createDigestDesk>;
      store: ReturnType<typeof createDigestStore>;
    }) => Promise<void>,
    details: Partial<Digest> = {},
  ): Promise<void> {
    await withHouse(database, async (house) => {
      await house.startWorker(research);
      const store = createDigestStore(database);
      const digest = makeDigest({ nextDueAt: null, ...details });
      await store.insert(digest);
      const desk = createDigestDesk({
        ...{ database, queue: house.queue, limits: { perRun: null, perMonth: null } },
        drafts: createCache(database, { namespace: "draft", ttlMs: MINUTE, log: silentLog }),
      });
      const ended = async (): Promise<DigestIssue> => {
        const newest = async () => (await store.issues(digest.id, 1))[0];
        return until(async () => ((await newest())?.state === "claimed" ? null : await newest()), {
          what: "it is told",
        });
      };
      const tell = async (): Promise<DigestIssue> => {
        await desk.runNow((await store.find(digest.id)) ?? digest, randomUUID());
        return ended();
      };
      const preview = async (person: string): Promise<DigestIssue> => {
        await desk.preview(digest, person, randomUUID());
        return ended();
      };
      await use({ house, tell, preview, store, desk });
    });
  }

  it("is one message without a card, and tells later only what is new, what changed first", async (test) => {
    const research = finding([
      "- pg-boss 12.1 was released in May 2026 [1].\n- The queue supports PGlite as a backend [2].",
      "- The queue supports PGlite as a backend [2].\n- A dashboard for jobs was announced [1].\n- pg-boss 12.2 was released in May 2026 [1].",
      "- A dashboard for jobs was announced [1].",
    ]);
    await withDigest(await open(test), research, async ({ house: { platform }, tell }) => {
      assert.equal((await tell()).state, "posted");
      assert.deepEqual(
        platform.posts.map(({ kind, key }) => [kind, key.replace(/^[^:]*/, "")]),
        [
          ["answer", ":answer:0"],
          ["answer", ":details:0"],
        ],
      );
      assert.match(platform.posts[0]?.text ?? "", /What is new: pg-boss[\s\S]*12\.1[\s\S]*PGlite/);
      assert.equal((await tell()).state, "posted");
      const [, , second] = platform.posts;
      assert.match(second?.text ?? "", /12\.2[\s\S]*dashboard/);
      assert.doesNotMatch(second?.text ?? "", /PGlite/);
      assert.equal((await tell()).state, "silent");
      assert.equal(platform.posts.length, 4);
      assert.deepEqual(platform.cards, []);
    });
  });

  it("keeps to seven points in the channel; what is more stands with the details in the thread", async (test) => {
    const lines = Array.from({ length: 9 }, (_line, index) => `- Library ${"abcdefghi"[index]} was released [1].`);
    await withDigest(await open(test), finding([lines.join("\n")]), async ({ house: { platform }, tell, store }) => {
      assert.equal((await tell()).state, "posted");
      const [points, details] = platform.posts;
      assert.equal(points?.text.match(/was released/g)?.length, 7);
      assert.match(details?.text ?? "", /Details and sources[\s\S]*Library h[\s\S]*Library i/);
      assert.equal((await store.told("abcde")).length, 9);
    });
  });

  it("tells its points also where no thread may be opened below them", async (test) => {
    await withDigest(await open(test), finding(["- News [1]."]), async ({ house: { platform }, tell }) => {
      platform.onPost = ({ key }) => {
        if (key.includes(":details:")) throw new RuminateError("POST_FAILED", "I may not open threads here.");
      };
      assert.equal((await tell()).state, "posted");
      assert.deepEqual(
        platform.posts.map(({ key }) => key.replace(/^[^:]*/, "")),
        [":answer:0"],
      );
      assert.deepEqual(platform.notices, []);
    });
  });

  it("is paused, and the channel told, when its owner is gone; whoever goes on with it owns it", async (test) => {
    const research = finding(["- News [1].", "- Other things [1]."]);
    await withDigest(await open(test), research, async ({ house: { platform }, tell, store, desk }) => {
      const owner = (await store.find("abcde"))?.owner ?? "";
      platform.gone.add(owner);
      assert.equal((await tell()).state, "skipped");
      assert.deepEqual(
        platform.posts.map(({ kind }) => kind),
        ["note"],
      );
      assert.match(platform.posts[0]?.text ?? "", /Paused: .*not here any more.*makes it yours/);
      assert.equal((await store.find("abcde"))?.state, "paused");
      const parts = { desk, timeZone: "UTC", now: () => new Date(), announce: () => {} };
      await manageDigests({ kind: "resume", id: "abcde" }, { place: PLACE, person: "test:ben", event: "e1" }, parts);
      assert.deepEqual((await store.find("abcde"))?.owner, "test:ben");
      assert.equal((await tell()).state, "posted");
    });
  });

  it("is made, told and previewed once however often the platform sends the words, as after a crash", async (test) => {
    const database = await open(test);
    await withDigest(database, finding(["- News [1]."]), async ({ house: { platform }, desk, store }) => {
      const parts = { desk, timeZone: "UTC", now: () => new Date(), announce: () => {} };
      const say = (words: string, event: string): Promise<string> => {
        const command = readDigestCommand(words, new Date());
        return command === null
          ? assert.fail(`not about digests: ${words}`)
          : manageDigests(command, { place: PLACE, person: "test:ben", event }, parts);
      };
      const [once, again, other] = [
        await say("digest daily at 9: lizards", "e1"),
        await say("digest daily at 9: lizards", "e1"),
        await say("digest daily at 9: lizards", "e2"),
      ];
      assert.equal(once, again);
      assert.notEqual(once, other);
      assert.equal((await store.listOf(PLACE)).length, 3, "the two, and the one that was there");
      for (const event of ["e3", "e3", "e4", "e4"])
        assert.match(await say(event === "e3" ? "digest run abcde" : "digest preview abcde", event), /On it/);
      await until(async () => (await store.issues("abcde", 9)).every(({ state }) => state !== "claimed"), {
        what: "both are told",
      });
      assert.deepEqual((await store.issues("abcde", 9)).map(({ state }) => state).sort(), ["posted", "previewed"]);
      assert.equal((await database.query("select 1 from runs")).length, 2);
      assert.equal(platform.posts.filter(({ key }) => key.endsWith(":answer:0")).length, 1);
    });
  });

  it("tells nothing of an issue that was at work when the digest was paused", async (test) => {
    const begun = Promise.withResolvers<void>();
    const research: ResearchRun = async (run, _parts, { signal }) => {
      begun.resolve();
      await once(signal, "abort");
      return makeReport(run.id, { answer: "- Half of the news [1].", sources: SOURCES, stopReason: "cancelled" });
    };
    await withDigest(await open(test), research, async ({ house: { platform }, tell, store, desk }) => {
      const told = tell();
      await begun.promise;
      await desk.pause("abcde", "paused in this channel");
      assert.equal((await told).state, "skipped");
      assert.deepEqual([platform.posts, platform.notices], [[], []]);
      const { state, failures } = (await store.find("abcde")) ?? {};
      assert.deepEqual([state, failures], ["paused", 0]);
    });
  });

  it("tells whoever waits for a preview that it was stopped, when the digest is paused or deleted meanwhile", async (test) => {
    const database = await open(test);
    for (const [how, why] of [
      ["pause", /preview of the digest about pg-boss was stopped: the digest was paused.*digest preview abcde/],
      ["delete", /preview of the digest about pg-boss was stopped: the digest was deleted\.$/],
    ] as const) {
      const begun = Promise.withResolvers<void>();
      const stopped = Promise.withResolvers<void>();
      const research: ResearchRun = async (run, _parts, { signal }) => {
        begun.resolve();
        await (how === "pause" ? once(signal, "abort") : stopped.promise);
        throw new RuminateError("CANCELLED", `Stopped ${run.id}.`);
      };
      await withDigest(database, research, async ({ house: { platform }, desk, store }) => {
        await desk.preview((await store.find("abcde")) ?? makeDigest(), "test:ben", `preview to ${how}`);
        await begun.promise;
        const place = { place: PLACE, person: "test:ada", event: "press-2" };
        const parts = { desk, timeZone: "UTC", now: () => new Date(), announce: () => {} };
        await manageDigests({ kind: how, id: "abcde" }, place, parts);
        stopped.resolve();
        const notice = await until(() => platform.notices[0], { what: "ben is told" });
        assert.equal(notice.person, "test:ben");
        assert.match(notice.text, why);
        assert.deepEqual([platform.posts, platform.whispers], [[], []]);
        await store.remove("abcde");
      });
    }
  });

  it("keeps to the sites and the language that are set for its channel, on its timetable and beside it", async (test) => {
    const database = await open(test);
    const seen: unknown[] = [];
    const research: ResearchRun = async (run) => {
      seen.push([run.request.blockedSites, run.request.language]);
      return makeReport(run.id, { answer: "- News [1].", sources: SOURCES });
    };
    const who = { asker: "test:admin", thread: PLACE };
    const settings = settingsDesk(database);
    await settings.change(who, { scope: "channel", name: "blocked sites", value: "example.com" });
    await settings.change(who, { scope: "channel", name: "language", value: "German" });
    await withDigest(database, research, async ({ house, tell }) => {
      await tell();
      await createDigestStore(database).change("abcde", { nextDueAt: "2026-01-01T14:00:00.000Z" });
      await openClock(database, { queue: house.queue }).lookAt("2026-01-01T14:00:00.000Z");
      await until(() => seen[1], { what: "the due one is at work" });
    });
    assert.deepEqual(seen, Array(2).fill([["example.com"], "de"]));
  });

  it("is not even begun where admins let nothing be told any more: it is paused, and its owner told why", async (test) => {
    const database = await open(test);
    const research: ResearchRun = async () => assert.fail("nothing is read");
    const who = { asker: "test:admin", thread: PLACE };
    const saved = await settingsDesk(database).change(who, {
      ...{ scope: "workspace", name: "blocked channels", value: PLACE.channelId },
    });
    assert.match(saved.text, /^Saved/);
    await withDigest(database, research, async ({ house: { platform }, tell, store }) => {
      assert.equal((await tell()).state, "failed");
      assert.deepEqual(platform.posts, []);
      assert.match(
        platform.notices[0]?.text ?? "",
        /The admins chose that I do not answer in this channel.*It is paused/,
      );
      assert.equal((await store.find("abcde"))?.state, "paused");
    });
  });

  it("is previewed by one person alone, as often as wanted, and told to the channel afterwards all the same", async (test) => {
    const database = await open(test);
    const research = finding(Array(4).fill("- pg-boss 12.1 was released in May 2026 [1]."));
    await withDigest(database, research, async ({ house: { platform }, tell, preview, store, desk }) => {
      for (const count of [1, 2]) {
        assert.equal((await preview("test:ben")).state, "previewed");
        const shown = platform.whispers[count - 1];
        assert.equal(shown?.person, "test:ben");
        assert.equal(shown?.answer.isPrivate, true);
        assert.match(shown?.answer.body ?? "", /Preview, for you alone: pg-boss[\s\S]*12\.1/);
      }
      assert.deepEqual([platform.posts, platform.notices], [[], []]);
      assert.equal(await store.lastTold("abcde"), null);
      assert.equal(await desk.spentThisMonth("abcde"), 0.5);
      assert.equal((await tell()).state, "posted");
      assert.match(platform.posts[0]?.text ?? "", /12\.1/);
      await preview("test:ben");
      assert.match(platform.notices[0]?.text ?? "", /Preview[\s\S]*Nothing new about pg-boss since/);
      assert.equal(platform.notices[0]?.person, "test:ben");
      assert.deepEqual([platform.posts.length, platform.whispers.length], [2, 2]);
    });
  });

  it("is not counted as failing, nor paused, by a preview that fails; whoever wanted it is told", async (test) => {
    const failing: ResearchRun = async () => {
      throw new RuminateError("HISTORY_UNAVAILABLE", "The history may not be read.");
    };
    await withDigest(await open(test), failing, async ({ house: { platform }, preview, store }) => {
      assert.equal((await preview("test:ben")).state, "failed");
      await until(() => platform.notices[0], { what: "ben is told" });
      const [notice] = platform.notices;
      assert.equal(notice?.person, "test:ben");
      assert.match(notice?.text ?? "", /preview of the digest about pg-boss failed: .*history/i);
      const { state, failures } = (await store.find("abcde")) ?? {};
      assert.deepEqual([state, failures], ["active", 0]);
    });
  });

  it("is told once when the process died after the post and before it was written down", async (test) => {
    const database = await open(test);
    await withHouse(database, async (house) => {
      await createDigestStore(database).insert(makeDigest());
      const { lookAt } = openClock(database, { queue: house.queue });
      await lookAt("2026-01-01T14:00:00.000Z");
      const [run] = await database.query<{ id: string }>("select id from runs");
      const key = `${run?.id}:answer:0`;
      // Posted by a process that is dead: the intention is written down, and the message stands in the channel.
      await house.platform.postNote(PLACE, "What is new: pg-boss", key);
      await database.query(
        `insert into deliveries (key, run_id, thread, attempts, attempted_by, attempted_at, created_at)
         values ($1, $2, $3, 1, 'dead:1', now() - interval '1 minute', now())`,
        [key, run?.id, JSON.stringify(PLACE)],
      );
      await house.startWorker(finding(["- News [1]."]));
      const stored = await house.ended(run?.id ?? "");
      assert.equal(stored.state, "done");
      assert.deepEqual(
        house.platform.posts.map((post) => post.key),
        [key, `${run?.id}:details:0`],
      );
      const [issue] = await createDigestStore(database).issues("abcde", 1);
      assert.equal(issue?.state, "posted");
    });
  });

  it("says in a line that there is nothing new where that is wanted", async (test) => {
    const options = { ...makeDigest().options, whenNothingNew: "line" } as const;
    await withDigest(
      await open(test),
      finding([""]),
      async ({ house: { platform }, tell }) => {
        assert.equal((await tell()).state, "silent");
        assert.match(platform.posts[0]?.text ?? "", /Nothing new about pg-boss since/);
      },
      { options },
    );
  });

  it("has failed, and is not without news, when no search was answered", async (test) => {
    const research: ResearchRun = async (run) =>
      makeReport(run.id, { answer: "I found nothing reliable on this.", outcome: "nothing-found", queries: [] });
    await withDigest(await open(test), research, async ({ house: { platform }, tell, store }) => {
      assert.equal((await tell()).state, "failed");
      assert.equal(await store.lastTold("abcde"), null);
      await until(() => platform.notices[0], { what: "the owner is told" });
      assert.match(platform.notices[0]?.text ?? "", /No search was answered/);
    });
  });

  it("is not told when it was deleted while it was at work", async (test) => {
    const database = await open(test);
    let remove = async (): Promise<void> => {};
    const research: ResearchRun = async (run) => {
      await remove();
      return makeReport(run.id, { answer: "- News [1].", sources: SOURCES });
    };
    await withHouse(database, async (house) => {
      const store = createDigestStore(database);
      remove = () => store.remove("abcde");
      await store.insert(makeDigest());
      await openClock(database, { queue: house.queue }).lookAt("2026-01-01T14:00:00.000Z");
      const [run] = await database.query<{ id: string }>("select id from runs");
      await house.startWorker(research);
      await house.ended(run?.id ?? "");
      assert.deepEqual(house.platform.posts, []);
    });
  });

  it("counts what a failed issue cost, and is not told by hand beyond its budget", async (test) => {
    const database = await open(test);
    const failing: ResearchRun = async (run) => {
      await createUsageStore(database).record({ ...CALL, sessionId: run.id });
      throw new RuminateError("SEARCH_UNAVAILABLE", "No search service answered.");
    };
    await withDigest(database, failing, async ({ house, tell, store }) => {
      assert.equal((await tell()).costUsd, CALL.costUsd);
      const limits = { perRun: null, perMonth: 1 };
      const desk = createDigestDesk({
        ...{ database, queue: house.queue, limits },
        drafts: createCache(database, { namespace: "draft", ttlMs: MINUTE, log: silentLog }),
      });
      assert.match((await desk.runNow(makeDigest(), "e1")) ?? "", /budget of \$1 a month is used up/);
      assert.equal((await store.issues("abcde", 9)).length, 1);
    });
  });

  it("is paused when its channel takes no messages any more, and its owner is told", async (test) => {
    await withDigest(await open(test), finding(["- News [1]."]), async ({ house: { platform }, tell, store }) => {
      platform.onPost = () => {
        throw new RuminateError("POST_FAILED", "The channel is archived.", { isRetryable: false });
      };
      assert.equal((await tell()).state, "failed");
      const digest = await store.find("abcde");
      assert.deepEqual([digest?.state, digest?.pausedBecause], ["paused", "The channel is archived."]);
      await until(() => platform.notices[0], { what: "the owner is told" });
      assert.match(platform.notices[0]?.text ?? "", /could not be told: The channel is archived\. It is paused/);
    });
  });

  it("is paused after three failures in a row, with the reason", async (test) => {
    const failing: ResearchRun = async () => {
      throw new RuminateError("SEARCH_UNAVAILABLE", "No search service answered.");
    };
    await withDigest(await open(test), failing, async ({ tell, store }) => {
      for (const expected of ["active", "active", "paused"]) {
        assert.equal((await tell()).state, "failed");
        assert.equal((await store.find("abcde"))?.state, expected);
      }
    });
  });
});
