import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { asRuminateError, type RuminateError } from "../../src/errors.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { templateDirectory } from "../helpers/databases.ts";
import { until } from "../helpers/until.ts";

/** Fills the small disk that is mounted at the directory, and tells on stdout what the database said. */
const [disk = ""] = process.argv.slice(2);
const log = pino({ level: "silent" });
const MEBIBYTE = 2 ** 20;
const ballast = join(disk, "ballast");

async function failureOf(work: Promise<unknown>): Promise<RuminateError | null> {
  return work.then(() => null, asRuminateError);
}

const dataDirectory = join(disk, "data");
await cp(await templateDirectory(), dataDirectory, { recursive: true });
const database = await openDatabase({ url: null, dataDirectory, log });
await database.query("create table written (n int, x text)");
await writeFile(ballast, Buffer.alloc(32 * MEBIBYTE));

let acknowledged = 0;
const refusal = await until(
  async () => {
    const failure = await failureOf(database.query("insert into written values ($1, $2)", [acknowledged, noise()]));
    if (failure === null) acknowledged++;
    return failure;
  },
  { what: "the disk is full", withinMs: 120_000 },
);
const [found] = await database.query<{ count: number }>("select count(*) from written");
const newDatabase = await failureOf(openDatabase({ url: null, dataDirectory: join(disk, "second"), log }));

await rm(ballast);
const isWritten = async () => (await failureOf(database.query("insert into written values (-1, '')"))) === null;
await until(isWritten, { what: "a row is taken again" });
await database.close();

await assert.rejects(writeFile(ballast, Buffer.alloc(200 * MEBIBYTE)), { code: "ENOSPC" });
const reopened = await failureOf(openDatabase({ url: null, dataDirectory, log }));

process.stdout.write(
  JSON.stringify({
    refused: refusal.code,
    isRetryable: refusal.isRetryable,
    rowsMissing: acknowledged - (found?.count ?? 0),
    newDatabase: newDatabase?.code,
    reopened: reopened?.code,
  }),
);

function noise(): string {
  return randomBytes(50_000).toString("hex");
}
