import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import { openDatabase } from "../src/storage/database.ts";

/** The address of the server of TEST_DATABASE_URL, else of a throwaway one; null when there is none, and `tell` why. */
export async function findPostgres(tell: (text: string) => void): Promise<string | null> {
  const { TEST_DATABASE_URL } = process.env;
  if (TEST_DATABASE_URL) return TEST_DATABASE_URL;
  const script = join(import.meta.dirname, "../.ci/postgres.sh");
  if (!existsSync(script)) return null;
  try {
    return (await promisify(execFile)(script)).stdout.trim();
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** Makes an empty database on the server, and gives back its address. */
export async function createDatabase(server: string): Promise<string> {
  const name = `ruminate_${randomUUID().slice(0, 8)}`;
  await query(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(server: string, url: string): Promise<void> {
  await query(server, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

async function query(server: string, statement: string): Promise<void> {
  const database = await openDatabase({ url: server, dataDirectory: null, log: pino({ level: "silent" }) });
  try {
    await database.query(statement);
  } finally {
    await database.close();
  }
}
