import { pino } from "pino";
import { openDatabase } from "../../src/storage/database.ts";
import { startCrew, stopAll, withHouse } from "../crew.ts";
import type { House } from "../house.ts";
import { judgePosts, untilAnswered } from "../oracle.ts";
import { type Scenario, type Setting, single } from "../scenario.ts";
import { deliverAtOnce } from "../volley.ts";

/** A thousand people ask in the same moment. */
export const crowd: Scenario = {
  name: "1,000 questions at once",
  engines: ["PGlite", "PostgreSQL"],
  isShort: false,
  limitMinutes: 25,
  run: (setting) =>
    withHouse({ ...setting, modelDelayMs: 20, environment: { RUNS_PER_WORKER: "8" } }, (house) =>
      askAtOnce(house, setting, 1_000),
    ),
};

async function askAtOnce(house: House, { engine, tell }: Setting, count: number) {
  const crew = await startCrew(house, engine);
  const [hearing] = crew;
  const startedAt = performance.now();
  const numbers = Array.from({ length: count }, (_, number) => number);
  const messages = numbers.map((number) => house.message(number, { asker: `recorder:person-${number}` }));
  const acks = await deliverAtOnce(hearing?.port() ?? 0, messages);
  const memory = ((await hearing?.memory()) ?? 0) / 1e6;
  const taken = numbers.filter((number) => acks[number]?.status === 200);
  const slowest = Math.max(...acks.map(({ milliseconds }) => milliseconds));
  tell(`${taken.length} acknowledged, the slowest after ${Math.round(slowest)} ms, ${Math.round(memory)} MB`);
  const open = await untilAnswered(house, taken, 900_000);
  const minutes = (performance.now() - startedAt) / 60_000;
  const peak = Math.max(memory, ((await hearing?.memory()) ?? 0) / 1e6);
  await stopAll(house);
  const stored = await countRuns(house);
  const goalMs = engine === "PGlite" ? 2_000 : 1_000;
  const problems = [
    ...(taken.length < count ? [`${count - taken.length} were not acknowledged`] : []),
    ...(stored < taken.length ? [`${taken.length - stored} were acknowledged and not stored`] : []),
    ...(open.length > 0 ? [`${open.length} were not answered within 15 minutes`] : []),
    ...(slowest > goalMs ? [`the slowest acknowledgement took ${Math.round(slowest)} ms`] : []),
    ...(engine === "PostgreSQL" && peak > 700 ? [`${Math.round(peak)} MB of memory`] : []),
    ...judgePosts(house, taken),
  ];
  const median = acks.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
  const figures = [
    `acknowledged after ${Math.round(median)} ms (median), ${Math.round(slowest)} ms (slowest)`,
    `${Math.round(peak)} MB`,
    `all answered after ${minutes.toFixed(1)} min`,
  ];
  return single(problems, figures);
}

async function countRuns({ databaseUrl: url, dataDirectory }: House): Promise<number> {
  const log = pino({ level: "silent" });
  const database = await openDatabase({ url, dataDirectory, log });
  try {
    const [row] = await database.query<{ count: number }>("select count(*) as count from runs");
    return row?.count ?? 0;
  } finally {
    await database.close();
  }
}
