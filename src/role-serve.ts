import { startHealthServer } from "../adapters/web/health-server.ts";
import { type Config, readConfig, secretsOf } from "./config.ts";
import { createRateBudget } from "./jobs/rate-budget.ts";
import { createLog } from "./log.ts";
import type { Database, Queryable } from "./ports.ts";
import { openPlatforms } from "./role-platforms.ts";
import { createService, type Service } from "./wire-service.ts";

interface Tasks {
  /** Hears what people say. */
  listens: boolean;
  /** Works on runs. */
  works: boolean;
  /** For health and metrics; null = none. */
  port(config: Config): number | null;
}

type Environment = NodeJS.ProcessEnv;

/** Everything in one process. */
export function serve(_argv: string[], environment: Environment): Promise<number> {
  return runServer(environment, { listens: true, works: true, port: ({ PORT }) => PORT });
}

/** Hears people and answers the web; the work is done by workers on the same database. */
export function web(_argv: string[], environment: Environment): Promise<number> {
  return runServer(environment, { listens: true, works: false, port: ({ PORT }) => PORT });
}

/** Works on runs; any number of them share a PostgreSQL. */
export function worker(_argv: string[], environment: Environment): Promise<number> {
  return runServer(environment, { listens: false, works: true, port: ({ WORKER_PORT = null }) => WORKER_PORT });
}

/** Resolves with the exit code when the process was told to stop, or has to be started anew. */
async function runServer(environment: Environment, { listens, works, port: portOf }: Tasks): Promise<number> {
  const config = readConfig(environment);
  const log = createLog({ level: config.LOG_LEVEL ?? "info", secrets: secretsOf(config) });
  const rates = createRateBudget();
  const opened = Promise.withResolvers<Database>();
  const database: Queryable = { query: async (...statement) => (await opened.promise).query(...statement) };
  const platforms = await openPlatforms(config, { log, rates, database });
  const onOpen = (open: Database): void => {
    rates.bind(open);
    opened.resolve(open);
  };
  const service = createService(config, { log, platforms, listens, works, onOpen });
  const port = portOf(config);
  const health = port === null ? null : await startHealthServer(port, service);
  if (health !== null) log.info({ port: health.port }, "health and metrics");
  const stopped = untilStopped(service);
  // Everything that counts is in the database: one lost promise of a library is no reason to drop all runs.
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));
  // Whoever reads our output may go away; the work goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    await Promise.race([service.start(), stopped]);
    return await stopped;
  } finally {
    const overdue = setTimeout(() => {
      log.error("not stopped in time; runs are taken over from their journals");
      process.exit(EXIT_OVERDUE);
    }, STOP_MS);
    await service.stop();
    await health?.close();
    clearTimeout(overdue);
  }
}

function untilStopped(service: Service): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        resolve(0);
        process.once(signal, () => process.exit(EXIT_OVERDUE));
      });
    }
    setInterval(() => {
      if (service.illness() !== null) resolve(EXIT_ILL);
    }, LOOK_MS).unref();
  });
}

// The supervisor of the process starts it again.
const EXIT_ILL = 1;
const EXIT_OVERDUE = 1;
// Hosts kill 10 s (docker stop) to 30 s (Heroku, Kubernetes) after SIGTERM.
const STOP_MS = 9_000;
const LOOK_MS = 10_000;
