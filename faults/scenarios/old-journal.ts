import { pino } from "pino";
import { openDatabase } from "../../src/storage/database.ts";
import type { FakeReply } from "../../test/helpers/fake-model-server.ts";
import { judgeAll, startCrew, withHouse } from "../crew.ts";
import type { House } from "../house.ts";
import { requestNumberOf } from "../model-script.ts";
import { runOf } from "../oracle.ts";
import { type Outcome, type Scenario, until } from "../scenario.ts";

/** What the new version finds of a run that the old one left, as SQL on its journal. */
const LEGACIES = [
  { name: "steps of another format", change: "update journal set format = 0 where run_id = $1" },
  {
    name: "a reply without its field",
    change: 'update journal set result = \'{"text":"yes"}\' where run_id = $1 and index = 0',
  },
  {
    name: "a step of another loop",
    change: "update journal set label = '\"open everything\"' where run_id = $1 and index = 1",
  },
  { name: "steps that fit", change: "update journal set kind = kind where run_id = $1" },
];
const FITTING = LEGACIES.length - 1;
const STEPS_BEFORE = 3;

export const oldJournal: Scenario = {
  name: "an old version's journal read by a new one",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal, environment: { RUNS_PER_WORKER: "4" } }, async (house) => {
      const crew = await startCrew(house, engine);
      // The old version gets as far as its third request in each run, and no further.
      house.treatModel = async (request) => (requestsOf(house, requestNumberOf(request)) < STEPS_BEFORE ? null : HANG);
      for (const [index] of LEGACIES.entries()) await house.ask({ asker: `recorder:person-${index}` });
      const isFar = await until(() => LEGACIES.every((_, number) => requestsOf(house, number) >= STEPS_BEFORE), 60_000);
      for (const child of crew) child.kill("SIGKILL");
      await Promise.all(crew.map(({ exited }) => exited));
      house.treatModel = async () => null;
      const before = house.model.requests.length;
      await leaveLegacies(house);
      await startCrew(house, engine);
      const problems = [...(isFar ? [] : ["the old version did not get far"]), ...(await judgeAll(house))];
      problems.push(...judgeRepetitions(house, before));
      return outcomeOf(problems);
    }),
};

const HANG: FakeReply = { hang: true };

/** Also counts the request that is being treated. */
function requestsOf({ model }: House, number: number): number {
  return model.requests.filter((request) => requestNumberOf(request) === number).length;
}

async function leaveLegacies({ databaseUrl: url, dataDirectory }: House): Promise<void> {
  const log = pino({ level: "silent" });
  const database = await openDatabase({ url, dataDirectory, log });
  try {
    for (const [number, { change }] of LEGACIES.entries()) await database.query(change, [runOf(number)]);
  } finally {
    await database.close();
  }
}

/** Begun anew: everything once more, and once only. What fits: nothing once more but the request that hung. */
function judgeRepetitions({ model }: House, before: number): string[] {
  const inAll = 4;
  return LEGACIES.flatMap(({ name }, number) => {
    const later = model.requests.slice(before).filter((request) => requestNumberOf(request) === number).length;
    const expected = number === FITTING ? inAll - STEPS_BEFORE + 1 : inAll;
    return later === expected ? [] : [`${name}: ${later} requests after the update, expected ${expected}`];
  });
}

function outcomeOf(problems: readonly string[]): Outcome {
  const tried = LEGACIES.length;
  const remarks = [LEGACIES.map(({ name }) => name).join(", "), ...problems];
  return { tried, held: Math.max(0, tried - problems.length), remarks };
}
