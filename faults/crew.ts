import type { Child } from "./child-process.ts";
import { type House, type HouseOptions, openHouse } from "./house.ts";
import { judgePayments, judgePosts, untilAnswered } from "./oracle.ts";
import type { Engine, Outcome } from "./scenario.ts";

const ONE = [{ listens: true, works: true }];
const MANY = [
  { listens: true, works: false },
  { listens: false, works: true },
  { listens: false, works: true },
];

/** Everything in one process on the embedded database; one that hears and two that work on PostgreSQL. */
export async function startCrew(house: House, engine: Engine): Promise<Child[]> {
  const crew = (engine === "PGlite" ? ONE : MANY).map((role) => house.start(role));
  await Promise.all(crew.map(({ ready }) => ready));
  return crew;
}

export async function withHouse(options: HouseOptions, use: (house: House) => Promise<Outcome>): Promise<Outcome> {
  const house = await openHouse(options);
  try {
    return await use(house);
  } finally {
    await house.close();
  }
}

export async function stopAll({ children }: House): Promise<void> {
  const living = children.filter((child) => child.isAlive());
  for (const child of living) child.kill("SIGTERM");
  await Promise.all(living.map(({ exited }) => exited));
}

/** Waits for all answers, stops everything, and looks for what must not be. */
export async function judgeAll(house: House, withinMs = 120_000): Promise<string[]> {
  const numbers = house.questions.map(({ number }) => number);
  const open = await untilAnswered(house, numbers, withinMs);
  await stopAll(house);
  const late = open.map((number) => `question ${number} was not answered in time`);
  return [...late, ...judgePosts(house, numbers), ...(await judgePayments(house)), ...house.model.problems];
}
