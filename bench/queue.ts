import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { withHouse } from "../faults/crew.ts";
import { untilAnswered } from "../faults/oracle.ts";
import { createQueue } from "../src/jobs/queue.ts";
import { type OpenDatabase, openDatabase } from "../src/storage/database.ts";
import { migrate } from "../src/storage/migrate.ts";
import { makeRun } from "../test/helpers/runs.ts";
import { atMost, type Bench, type Measurement, measured, median } from "./measurement.ts";

const log = pino({ level: "silent" });

/**
 * How long a job waits for its worker on each engine, and how many runs a minute 1, 2 and 4 workers do on PostgreSQL
 * (TEST_DATABASE_URL) with a model that takes 200 ms. `--runs 40`: questions for each number of workers.
 */
export async function run(options: string[]): Promise<Bench> {
  const { values } = parseArgs({ args: options, options: { runs: { type: "string", default: "40" } } });
  const url = process.env.TEST_DATABASE_URL || null;
  const measurements = [await latency("embedded", null)];
  if (url !== null) {
    measurements.push(await latency("PostgreSQL", url));
    for (const workers of [1, 2, 4]) measurements.push(await throughput(url, workers, Number(values.runs)));
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

async function throughput(server: string, workers: number, runs: number): Promise<Measurement> {
  const name = `bench_${randomUUID().slice(0, 8)}`;
  const admin = await openDatabase({ url: server, dataDirectory: null, log });
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  let perMinute = 0;
  try {
    await withHouse({ databaseUrl: url.href, modelDelayMs: 200 }, async (house) => {
      const database = await openDatabase({ url: url.href, dataDirectory: null, log });
      await migrate(database);
      await database.close();
      await house.start({ listens: true, works: false }).ready;
      await Promise.all(Array.from({ length: runs }, () => house.ask()));
      const crew = Array.from({ length: workers }, () => house.start({ listens: false, works: true }));
      await Promise.all(crew.map(({ ready }) => ready));
      const before = house.recorder.posts.filter(({ key }) => key.endsWith("answer:1")).length;
      const startedAt = performance.now();
      await untilAnswered(
        house,
        house.questions.map(({ number }) => number),
        300_000,
      );
      perMinute = ((runs - before) / (performance.now() - startedAt)) * 60_000;
      return { tried: 1, held: 1, remarks: [] };
    });
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.close();
  }
  return measured(`runs a minute, ${workers} ${workers === 1 ? "worker" : "workers"} of 4 runs each`, perMinute);
}
