import type { CustomTypesConfig, Pool, PoolClient, PoolConfig } from "pg";
import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";
import type { OpenDatabase } from "./database.ts";
import { codeOf, isConnectionFailure, translateDatabaseError } from "./database-errors.ts";
import { createPostgresListener, LISTENER_QUERY_TIMEOUT_MS, type PostgresListener } from "./postgres-listener.ts";
import { COLUMN_PARSERS, cleanParameters } from "./sql-values.ts";

/**
 * PostgreSQL by its URL: a pool of connections, and one more for LISTEN as soon as somebody listens (that one needs a
 * session of its own, which a transaction pooler such as PgBouncer does not give).
 */
export async function openPostgres(url: string, log: Logger): Promise<OpenDatabase> {
  const server = readServer(url);
  const pg = await import("pg");
  const settings: PoolConfig = { ...CONNECTION, connectionString: url };
  const pool = new pg.Pool(settings);
  // Without a listener a connection that dies while it is idle would end the process.
  pool.on("error", (error) => log.warn({ err: error }, "idle database connection lost"));
  const listener = createPostgresListener(
    () => new pg.Client({ ...settings, query_timeout: LISTENER_QUERY_TIMEOUT_MS }),
    log,
  );
  const getTypeParser: typeof pg.types.getTypeParser = (id, format) =>
    COLUMN_PARSERS[id] ?? pg.types.getTypeParser(id, format);
  const database = databaseOf(pool, listener, { types: { getTypeParser }, log });
  try {
    await pool.query("select 1");
    return database;
  } catch (error) {
    await database.close();
    throw openError(error, server);
  }
}

interface QuerySettings {
  types: CustomTypesConfig;
  log: Logger;
}

function databaseOf(pool: Pool, listener: PostgresListener, settings: QuerySettings): OpenDatabase {
  let closing: Promise<unknown> | null = null;
  return {
    engine: "postgres",
    handle: pool,
    query: (text, values) => withClient(pool, settings, (client) => run(client, settings, text, values)),
    transaction: (work) =>
      withClient(pool, settings, async (client) => {
        await client.query("begin");
        const result = await work({ query: (text, values) => run(client, settings, text, values) });
        const { command } = await client.query("commit");
        // A statement failed and `work` went on: PostgreSQL rolls back without a word.
        if (command !== "COMMIT") throw new RuminateError("INTERNAL", `Expected COMMIT, got ${command}.`);
        return result;
      }),
    listen: listener.listen,
    close: async () => {
      closing ??= Promise.all([listener.close(), pool.end()]);
      await closing;
    },
  };
}

async function run<Row>(
  client: PoolClient,
  { types }: QuerySettings,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query({ text, values: cleanParameters(values), types });
  return rows as Row[];
}

/** Lends a connection; one that failed is thrown away, one with an open transaction is rolled back first. */
async function withClient<Result>(
  pool: Pool,
  { log }: QuerySettings,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  let client: PoolClient | null = null;
  let isBroken = false;
  // The pool listens only while a connection is idle; one that dies in our hands would end the process.
  const onLost = (error: Error): void => log.warn({ err: error }, "database connection lost");
  try {
    client = await pool.connect();
    client.on("error", onLost);
    return await work(client);
  } catch (error) {
    isBroken = client === null || isConnectionFailure(error) || !(await rollBack(client, log));
    throw translateDatabaseError(error);
  } finally {
    client?.off("error", onLost);
    client?.release(isBroken);
  }
}

/** False when the connection is of no more use. */
async function rollBack(client: PoolClient, log: Logger): Promise<boolean> {
  if (client.getTransactionStatus() === "I") return true;
  try {
    await client.query("rollback");
    return true;
  } catch (error) {
    log.warn({ err: error }, "roll back failed");
    return false;
  }
}

const CONNECTION = {
  application_name: "ruminate",
  // pg's own default; a process has few statements in flight at once, and PostgreSQL's default limit is 100 in all.
  max: 10,
  // For a new connection and for the wait for a free one.
  connectionTimeoutMillis: 10_000,
  // Packets that vanish on the way are noticed by nothing else; statements of ours take milliseconds.
  query_timeout: 25_000,
  keepAlive: true,
} satisfies PoolConfig;

interface Server {
  host: string;
  database: string;
}

// The parts that may be shown. What `new URL` throws holds the whole URL with its password, so it is not kept as cause.
function readServer(url: string): Server {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^postgres(?:ql)?:$/.test(parsed.protocol)) {
    throw new RuminateError(
      "DATABASE_UNAVAILABLE",
      "DATABASE_URL is not the address of a PostgreSQL database. Expected postgres://user:password@host:5432/database.",
    );
  }
  const host = parsed.host || parsed.searchParams.get("host") || "localhost";
  return { host, database: decodeURIComponent(parsed.pathname.slice(1)) };
}

function openError(error: unknown, { host, database }: Server): RuminateError {
  const code = codeOf(error);
  const isRetryable = isConnectionFailure(error);
  const message = isRetryable
    ? `The database at ${host} does not answer. Start PostgreSQL there, or correct DATABASE_URL.`
    : `The database at ${host} cannot be used: ${reasonFor(code, database, error)} Correct DATABASE_URL.`;
  return new RuminateError("DATABASE_UNAVAILABLE", message, { cause: error, isRetryable, details: { code } });
}

function reasonFor(code: string | null, database: string, error: unknown): string {
  // https://www.postgresql.org/docs/18/errcodes-appendix.html
  if (code === "28P01" || code === "28000") return "it refused the user or the password.";
  if (code === "3D000") return `it has no database "${database}".`;
  return `${error instanceof Error ? error.message : String(error)}.`;
}
