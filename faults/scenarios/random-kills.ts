import { type House, openHouse } from "../house.ts";
import { isAnswered, judgePayments, judgePosts, untilAnswered } from "../oracle.ts";
import { delay, type Outcome, type Scenario, type Setting } from "../scenario.ts";

/** Somebody asks all the time, and all the time a process is killed somewhere and started again. */
export const killAtRandom: Scenario = {
  name: "killed with -9 at random moments",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  limitMinutes: 45,
  run: async (setting) => {
    const house = await openHouse({ ...setting, modelDelayMs: 100 });
    try {
      return await strike(house, setting);
    } finally {
      await house.close();
    }
  },
};

async function strike(house: House, { engine, isShort, tell }: Setting): Promise<Outcome> {
  const roles =
    engine === "PGlite"
      ? [{ listens: true, works: true }]
      : [
          { listens: true, works: false },
          { listens: false, works: true },
          { listens: false, works: true },
        ];
  const kills = isShort ? 8 : 100;
  const random = createRandom(20261122);
  const crew = roles.map((role) => house.start(role));
  await Promise.all(crew.map(({ ready }) => ready));
  const asking = new Set<Promise<unknown>>();
  const ask = (): unknown => {
    if (countOpen(house) >= MOST_OPEN) return;
    const asked = house.ask().finally(() => asking.delete(asked));
    asking.add(asked);
    return asked;
  };
  const timer = setInterval(ask, ASK_EVERY_MS);
  for (let kill = 1; kill <= kills; kill += 1) {
    await delay(200 + random() * 2_500);
    // The process that hears is hit less often: it has less to lose.
    const index = crew.length === 1 ? 0 : random() < 0.15 ? 0 : 1 + Math.floor(random() * (crew.length - 1));
    const victim = crew[index];
    if (victim === undefined) continue;
    victim.kill("SIGKILL");
    await victim.exited;
    const next = house.start({ listens: victim.listens, works: victim.works });
    crew[index] = next;
    // A process that is killed before it has started shows nothing; so the next kill waits for it.
    await next.ready;
    if (kill % 10 === 0) tell(`${kill} kills, ${house.questions.length} questions`);
  }
  clearInterval(timer);
  await Promise.all(asking);
  const numbers = house.questions.map(({ number }) => number);
  const open = await untilAnswered(house, numbers, 180_000);
  for (const child of crew) child.kill("SIGTERM");
  await Promise.all(crew.map(({ exited }) => exited));
  const problems = [...judgePosts(house, numbers), ...(await judgePayments(house)), ...house.model.problems];
  const stuck = open.length === 0 ? [] : [`${open.length} never answered: ${open.slice(0, 10).join(", ")} …`];
  const figures = `${numbers.length} questions, ${house.model.requests.length} requests to the model`;
  const isHeld = problems.length === 0 && open.length === 0;
  return {
    tried: kills,
    held: isHeld ? kills : Math.max(0, kills - problems.length - open.length),
    remarks: [figures, ...stuck, ...problems.slice(0, 10)],
  };
}

const ASK_EVERY_MS = 1_500;
// A slow machine would only collect questions all the while; how fast it is, is not what is tried here.
const MOST_OPEN = 30;

function countOpen(house: House): number {
  return house.questions.slice(-4 * MOST_OPEN).filter(({ number }) => !isAnswered(house, number)).length;
}

/** The same numbers each time, so that a failure can be looked at again. https://en.wikipedia.org/wiki/Xorshift */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
