import assert from "node:assert/strict";
import { it } from "node:test";
import { migrate, pendingMigrations } from "../../src/storage/migrate.ts";
import { MIGRATIONS, type Migration } from "../../src/storage/migrations.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";

const FIRST: Migration = { version: MIGRATIONS.length + 1, name: "first", statements: ["create table first (a int)"] };
const SECOND: Migration = { version: FIRST.version + 1, name: "second", statements: ["create table second (a int)"] };

async function tablesOf(database: { query: (text: string) => Promise<unknown[]> }): Promise<number> {
  return (await database.query("select 1 from pg_tables where schemaname = current_schema()")).length;
}

describeOnEachEngine("the migrations", (open) => {
  it("are run once and in order", async (t) => {
    const database = await open(t);
    assert.deepEqual(await pendingMigrations(database), []);
    assert.deepEqual(await migrate(database), []);
    const wanted = [...MIGRATIONS, FIRST, SECOND];
    assert.deepEqual(await pendingMigrations(database, wanted), ["first", "second"]);
    assert.deepEqual(await migrate(database, wanted), ["first", "second"]);
    assert.deepEqual(await migrate(database, wanted), []);
  });

  it("are run by one of two processes that start at once", async (t) => {
    const database = await open(t);
    const wanted = [...MIGRATIONS, FIRST];
    const applied = await Promise.all([migrate(database, wanted), migrate(database, wanted)]);
    assert.deepEqual(applied.flat(), ["first"]);
  });

  it("leave nothing behind when one of them fails", async (t) => {
    const database = await open(t);
    const before = await tablesOf(database);
    const broken: Migration = { ...SECOND, statements: ["create table half (a int)", "create table first (a int)"] };
    await assert.rejects(migrate(database, [...MIGRATIONS, FIRST, broken]), /already exists/);
    assert.equal(await tablesOf(database), before);
    assert.deepEqual(await migrate(database, [...MIGRATIONS, FIRST, SECOND]), ["first", "second"]);
  });

  it("refuse a database that a newer version has used", async (t) => {
    const database = await open(t);
    await migrate(database, [...MIGRATIONS, FIRST]);
    const expected = {
      code: "DATABASE_INCOMPATIBLE",
      message: new RegExp(`newer Ruminate .* version ${FIRST.version}, this one knows ${MIGRATIONS.length}`),
    };
    await assert.rejects(migrate(database), expected);
    await assert.rejects(pendingMigrations(database), expected);
  });

  it("refuse a database whose migrations were other ones, but not other line breaks in them", async (t) => {
    const database = await open(t);
    await migrate(database, [...MIGRATIONS, FIRST]);
    const wrapped: Migration = { ...FIRST, statements: ["create table\n    first (a int)"] };
    assert.deepEqual(await migrate(database, [...MIGRATIONS, wrapped]), []);
    const changed: Migration = { ...FIRST, statements: ["create table first (b int)"] };
    await assert.rejects(migrate(database, [...MIGRATIONS, changed]), {
      code: "DATABASE_INCOMPATIBLE",
      message: new RegExp(`migration ${FIRST.version}, "first", differs`),
    });
  });
});
