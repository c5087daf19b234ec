import assert from "node:assert/strict";
import { it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { jsonb } from "../../src/storage/sql-values.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";

describeOnEachEngine("the database", (open) => {
  it("gives numbers, times, dates, JSON and lists back in the same form", async (t) => {
    const database = await open(t);
    const [row] = await database.query(
      `select 9007199254740991::bigint as big, sum(x) as total, count(*) as count, 0.25::numeric as part,
         timestamptz '2026-11-22 11:30:00.123456+05:30' as moment, date '2026-11-22' as day, true as flag, null as nothing,
         array['a', null, 'c "d"'] as list, '{"a": [1, null]}'::jsonb as document, 0.1::double precision as price
       from (values (1::bigint), (2)) as t (x)`,
    );
    assert.deepEqual(row, {
      big: 9007199254740991,
      total: 3,
      count: 2,
      part: 0.25,
      moment: "2026-11-22T06:00:00.123Z",
      day: "2026-11-22",
      flag: true,
      nothing: null,
      list: ["a", null, 'c "d"'],
      document: { a: [1, null] },
      price: 0.1,
    });
  });

  it("takes parameters of each kind", async (t) => {
    const database = await open(t);
    const list = ['a"b', "c,d", "{e}", "\\", "", "NULL", null];
    const values = [1.5, "text", true, null, list, "2026-11-22T10:00:00.123Z", jsonb({ a: 1 })];
    const [row] = await database.query(
      `select $1::double precision as a, $2::text as b, $3::boolean as c, $4::text as d, $5::text[] as e,
         $6::timestamptz as f, $7::jsonb as g`,
      values,
    );
    assert.deepEqual(row, { a: 1.5, b: "text", c: true, d: null, e: list, f: "2026-11-22T10:00:00.123Z", g: { a: 1 } });
  });

  it("stores text with characters that PostgreSQL refuses", async (t) => {
    const database = await open(t);
    const nasty = "a\0b\ud800c";
    const [row] = await database.query("select $1::text as text, $2::jsonb as document", [nasty, jsonb({ nasty })]);
    assert.deepEqual(row, { text: "a\ufffdb\ufffdc", document: { nasty: "a\ufffdb\ufffdc" } });
  });

  it("keeps what a transaction wrote, and gives its result", async (t) => {
    const database = await open(t);
    await database.query("create table t (a int)");
    const result = await database.transaction(async (query) => {
      await query.query("insert into t values (1), (2)");
      return (await query.query("select a from t")).length;
    });
    assert.equal(result, 2);
    assert.equal((await database.query("select a from t")).length, 2);
  });

  it("keeps nothing of a transaction that failed, hands the error on and works on", async (t) => {
    const database = await open(t);
    await database.query("create table t (a int primary key)");
    const mine = new TypeError("mine");
    const failing = database.transaction(async (query) => {
      await query.query("insert into t values (1)");
      throw mine;
    });
    await assert.rejects(failing, (error) => error === mine);
    const broken = database.transaction(async (query) => {
      await query.query("insert into t values (1)");
      await query.query("insert into t values (1)");
    });
    await assert.rejects(broken, { code: "23505" });
    assert.deepEqual(await database.query("select a from t"), []);
  });

  it("does not pretend to have kept a transaction that went on after a failed statement", async (t) => {
    const database = await open(t);
    await database.query("create table t (a int)");
    const deaf = database.transaction(async (query) => {
      await query.query("insert into t values (1)");
      await assert.rejects(query.query("select no_such_column from t"));
    });
    await assert.rejects(deaf);
    assert.deepEqual(await database.query("select a from t"), []);
  });

  it("runs transactions that overlap without mixing them", async (t) => {
    const database = await open(t);
    await database.query("create table t (a int)");
    const add = (a: number, mustFail: boolean): Promise<void> =>
      database.transaction(async (query) => {
        await query.query("insert into t values ($1)", [a]);
        await wait(5);
        if (mustFail) throw new Error(`failed ${a}`);
      });
    await Promise.allSettled([add(1, false), add(2, true), add(3, false), add(4, true)]);
    assert.deepEqual(await database.query("select a from t order by a"), [{ a: 1 }, { a: 3 }]);
  });

  it("tells those who listen, once a transaction is committed, until they stop", async (t) => {
    const database = await open(t);
    const heard: string[] = [];
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const stop = await database.listen("test_channel", (payload) => {
      heard.push(payload);
      first.resolve();
    });
    const stopOther = await database.listen("test_channel", (payload) => {
      if (payload === "last") second.resolve();
    });
    const undone = database.transaction(async (query) => {
      await query.query("select pg_notify('test_channel', 'undone')");
      throw new Error("undone");
    });
    await assert.rejects(undone);
    await database.query("select pg_notify('test_channel', 'one')");
    await first.promise;
    await stop();
    await database.query("select pg_notify('test_channel', 'last')");
    await second.promise;
    await stopOther();
    assert.deepEqual(heard, ["one"]);
  });

  it("outlives a listener that throws", async (t) => {
    const database = await open(t);
    const told = Promise.withResolvers<void>();
    const stop = await database.listen("test_thrower", () => {
      told.resolve();
      throw new Error("thrown by a listener");
    });
    await database.query("select pg_notify('test_thrower', 'now')");
    await told.promise;
    assert.deepEqual(await database.query("select 1 as one"), [{ one: 1 }]);
    await stop();
  });

  it("refuses channel names that could be more than a name", async (t) => {
    const database = await open(t);
    for (const name of ["", "Upper", "a b", "a; drop table runs", "a".repeat(64)]) {
      await assert.rejects(
        database.listen(name, () => {}),
        { code: "INTERNAL" },
      );
    }
  });
});
