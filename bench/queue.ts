import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { withHouse } from "../faults/crew.ts";
import type { House } from "../faults/house.ts";
import { isAnswered, untilAnswered } from "../faults/oracle.ts";
import { createDatabase, dropDatabase, findPostgres } from "../faults/postgres-server.ts";
import { createQueue } from "../src/jobs/queue.ts";
import { type OpenDatabase, openDatabase } from "../src/storage/database.ts";
import { makeRun } from "../test/helpers/runs.ts";
import { atMost, type Bench, type Measurement, measured, median } from "./measurement.ts";

const log = pino({ level: "silent" });

/**
 * How long a job waits for its worker on each engine, and how many runs a minute 1, 2 and 4 workers do on PostgreSQL
 * with a model that takes 200 ms. `--runs 40`: questions for each number of workers.
 */
export async function run(options: string[]): Promise<Bench> {
  const { values } = parseArgs({ args: options, options: { runs: { type: "string", default: "40" } } });
  const url = await findPostgres((why) => void process.stderr.write(`${why}\n`));
  const measurements = [await latency("embedded", null)];
  if (url !== null) {
    measurements.push(await latency("PostgreSQL", url));
    for (const workers of [1, 2, 4]) measurements.push(...(await throughput(url, workers, Number(values.runs))));
  }
  return { title: "The queue", measurements };
}

async function latency(engine: string, url: string | null): Promise<Measurement> {
  const database = await openDatabase({ url, dataDirectory: null, log });
  const schema = `bench_${randomUUID().slice(0, 8)}`;
  const queue = createQueue({ database, log, schema });
  try {
    await queue.start();
    return atMost(`a job waits for its worker, ${engine}`, await medianWait(database, queue), 50, "ms");
  } finally {
    await queue.stop();
    await database.query(`drop schema if exists ${schema} cascade`);
    await database.close();
  }
}

async function medianWait(database: OpenDatabase, queue: ReturnType<typeof createQueue>): Promise<number> {
  let taken = Promise.withResolvers<void>();
  await queue.work({ concurrency: 2, perPerson: 2 }, async () => {
    taken.resolve();
    return { kind: "ended" };
  });
  const waits: number[] = [];
  for (let sample = 0; sample < 40; sample += 1) {
    taken = Promise.withResolvers();
    const startedAt = performance.now();
    await database.transaction((query) => queue.send(query, [makeRun()]));
    await taken.promise;
    waits.push(performance.now() - startedAt);
  }
  await queue.drain();
  return median(waits);
}

/** Runs a minute, and how much of a core the database's statements took: whether it is what holds the workers up. */
async function throughput(server: string, workers: number, runs: number): Promise<Measurement[]> {
  const databaseUrl = await createDatabase(server);
  let perMinute = 0;
  let busyShare = 0;
  try {
    const signal = new AbortController().signal;
    await withHouse({ databaseUrl, signal, modelDelayMs: 200 }, async (house) => {
      await house.start({ listens: true, works: false }).ready;
      await Promise.all(Array.from({ length: runs }, () => house.ask()));
      const crew = Array.from({ length: workers }, () => house.start({ listens: false, works: true }));
      await Promise.all(crew.map(({ ready }) => ready));
      const [startedAt, busyBefore] = [performance.now(), await busyMs(databaseUrl)];
      perMinute = await answersPerMinute(house);
      busyShare = ((await busyMs(databaseUrl)) - busyBefore) / (performance.now() - startedAt);
      return { tried: 1, held: 1, remarks: [] };
    });
  } finally {
    await dropDatabase(server, databaseUrl);
  }
  const crew = `${workers} ${workers === 1 ? "worker" : "workers"} of 4 runs each`;
  return [
    measured(`runs a minute, ${crew}`, perMinute),
    measured(`statements that PostgreSQL works on at once, ${crew}`, busyShare.toFixed(2)),
  ];
}

/** https://www.postgresql.org/docs/18/monitoring-stats.html: time spent on statements, told about once a second. */
async function busyMs(databaseUrl: string): Promise<number> {
  const database = await openDatabase({ url: databaseUrl, dataDirectory: null, log });
  try {
    const [row] = await database.query<{ ms: number }>(
      "select active_time as ms from pg_stat_database where datname = current_database()",
    );
    return row?.ms ?? 0;
  } finally {
    await database.close();
  }
}

/** From the moment when all workers are there. */
async function answersPerMinute(house: House): Promise<number> {
  const numbers = house.questions.map(({ number }) => number);
  const open = numbers.filter((number) => !isAnswered(house, number));
  const startedAt = performance.now();
  const unanswered = await untilAnswered(house, open, 300_000);
  return ((open.length - unanswered.length) / (performance.now() - startedAt)) * 60_000;
}
