import { mkdirSync, statfsSync } from "node:fs";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import type { Check } from "./role-doctor.ts";
import { type OpenDatabase, openDatabase } from "./storage/database.ts";
import { migrate } from "./storage/migrate.ts";

/** The ground to stand on: Node, disk, database, clock. */
export function checkRuntime(): Check {
  const [major = 0] = process.versions.node.split(".").map(Number);
  const isNew = major >= 26;
  return {
    name: "node",
    state: isNew ? "ok" : "failed",
    found: `version ${process.versions.node}`,
    remedy: isNew ? null : "Use npm scripts or `npx node`: npm ci installed Node 26 with the packages.",
  };
}

export function checkDisk({ DATA_DIR }: Config): Check {
  mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = statfsSync(DATA_DIR);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  const isEnough = freeMb >= LEAST_FREE_MB;
  return {
    name: "disk",
    state: isEnough ? "ok" : "warning",
    found: `${freeMb} MB free below DATA_DIR`,
    remedy: isEnough ? null : `Free some space: an embedded database needs ${LEAST_FREE_MB} MB to live well.`,
  };
}

export async function checkDatabase(config: Config, log: Logger): Promise<Check[]> {
  const name = "database";
  const isEmbedded = config.DATABASE_URL === undefined;
  try {
    return await withDatabase(config, log, async (database) => {
      const applied = await migrate(database);
      const startedAt = performance.now();
      const [row] = await database.query<{ version: string }>("select current_setting('server_version') as version");
      const took = (performance.now() - startedAt).toFixed(1);
      const news = applied.length === 0 ? "tables up to date" : `tables brought up to date (${applied.join(", ")})`;
      const kind = isEmbedded ? "embedded PostgreSQL" : "PostgreSQL";
      const remedy = isEmbedded
        ? "For production set DATABASE_URL: the embedded one is not safe against power loss."
        : null;
      const checks: Check[] = [
        { name, state: "ok", found: `${kind} ${row?.version}, ${news}, answers in ${took} ms`, remedy },
      ];
      if (Number.parseInt(row?.version ?? "0", 10) < OLDEST_POSTGRES) {
        checks.push({
          name,
          state: "warning",
          found: "an old version",
          remedy: `Use PostgreSQL ${OLDEST_POSTGRES} or newer.`,
        });
      }
      return checks;
    });
  } catch (error) {
    if (!(error instanceof RuminateError)) throw error;
    const isTaken = error.code === "DATA_DIRECTORY_TAKEN";
    const remedy = isTaken ? "That is as it should be while the server runs; its /readyz tells more." : null;
    return [{ name, state: isTaken ? "warning" : "failed", found: error.message, remedy }];
  }
}

/** Another clock than the database's makes digests early, and another one than Slack's gets every request refused. */
export async function checkClock(config: Config, log: Logger): Promise<Check[]> {
  if (config.DATABASE_URL === undefined) return [];
  const skewMs = await withDatabase(config, log, async (database) => {
    const before = Date.now();
    const [row] = await database.query<{ now: number }>("select extract(epoch from clock_timestamp()) * 1000 as now");
    return Math.abs((row?.now ?? 0) - (before + Date.now()) / 2);
  });
  const isGood = skewMs < MOST_SKEW_MS;
  const found = `${Math.round(skewMs)} ms apart from the database's`;
  return [
    { name: "clock", state: isGood ? "ok" : "warning", found, remedy: isGood ? null : "Let NTP set both clocks." },
  ];
}

const LEAST_FREE_MB = 500;
const MOST_SKEW_MS = 2_000;
// pg-boss 12 wants 13, its advice and our tests are 15 and above.
const OLDEST_POSTGRES = 15;

async function withDatabase<Result>(
  { DATABASE_URL, DATA_DIR }: Config,
  log: Logger,
  use: (database: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({
    url: DATABASE_URL ?? null,
    dataDirectory: DATA_DIR,
    log,
  });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}
