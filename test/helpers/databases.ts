import { existsSync, readFileSync, rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, type TestContext } from "node:test";
import { pino } from "pino";
import { type OpenDatabase, openDatabase } from "../../src/storage/database.ts";
import { migrate } from "../../src/storage/migrate.ts";

/** Opens a database with empty tables of its own, once in a test; it is gone afterwards and must not be closed. */
export type OpenTestDatabase = (test: TestContext) => Promise<OpenDatabase>;

/**
 * Defines the same tests on PGlite and, when TEST_DATABASE_URL is set, on that PostgreSQL. Each test works in a schema of
 * its own.
 */
export function describeOnEachEngine(title: string, define: (open: OpenTestDatabase) => void): void {
  describe(`${title}, on PGlite`, () => define(onPglite()));
  const skip = TEST_DATABASE_URL === undefined ? "TEST_DATABASE_URL is not set" : false;
  describe(`${title}, on PostgreSQL`, { skip }, () => define(onPostgres(TEST_DATABASE_URL ?? "")));
}

export const TEST_DATABASE_URL = process.env.TEST_DATABASE_URL || undefined;
export const silentLog = pino({ level: "silent" });

/**
 * A data directory with an empty database in it: copied, which is ten times as fast as made. It goes when the process
 * ends: hooks run in the order in which they were given, so one given here would run before the service is stopped.
 */
export async function newDataDirectory(): Promise<string> {
  if (dataDirectories.length === 0)
    process.once("exit", () => {
      for (const directory of dataDirectories) rmSync(directory, { recursive: true, force: true });
    });
  const directory = await copyTemplate();
  dataDirectories.push(directory);
  return directory;
}

const dataDirectories: string[] = [];

function onPglite(): OpenTestDatabase {
  let directory = "";
  let database: OpenDatabase;
  before(async () => {
    directory = await copyTemplate();
    database = await openDatabase({ url: null, dataDirectory: directory, log: silentLog });
  });
  after(async () => {
    await database.close();
    await rm(directory, { recursive: true });
  });
  let tests = 0;
  return async () => {
    const schema = `test_${++tests}`;
    await database.query(`create schema ${schema}`);
    await database.query(`set search_path to ${schema}`);
    await migrate(database);
    return database;
  };
}

function onPostgres(url: string): OpenTestDatabase {
  let tests = 0;
  return async (test) => {
    const schema = `test_${process.pid}_${++tests}`;
    const database = await openDatabase({ url: withSearchPath(url, schema), dataDirectory: null, log: silentLog });
    await database.query(`create schema ${schema}`);
    test.after(async () => {
      await database.query(`drop schema ${schema} cascade`);
      await database.close();
    });
    await migrate(database);
    return database;
  };
}

function withSearchPath(url: string, schema: string): string {
  const address = new URL(url);
  address.searchParams.set("options", `-c search_path=${schema}`);
  return address.href;
}

async function copyTemplate(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ruminate-test-"));
  await cp(await templateDirectory(), directory, { recursive: true });
  return directory;
}

/** A data directory with an empty database, made once for this version of PGlite. Copy it. */
export async function templateDirectory(): Promise<string> {
  const modules = join(import.meta.dirname, "../../node_modules");
  const { version } = JSON.parse(readFileSync(join(modules, "@electric-sql/pglite/package.json"), "utf8"));
  const template = join(modules, ".cache/ruminate", `pglite-${version}`);
  if (existsSync(template)) return template;
  await mkdir(dirname(template), { recursive: true });
  const unfinished = await mkdtemp(`${template}-`);
  const database = await openDatabase({ url: null, dataDirectory: unfinished, log: silentLog });
  await database.close();
  // Several test processes may be here at once: one of them wins.
  await rename(unfinished, template).catch(() => rm(unfinished, { recursive: true }));
  return template;
}
