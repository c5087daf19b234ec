import type { Child } from "../child-process.ts";
import { type House, openHouse } from "../house.ts";
import { judgePayments, judgePosts, runOf, untilAnswered } from "../oracle.ts";
import { delay, type Outcome, type Scenario, type Setting } from "../scenario.ts";

/** A moment in the life of a run, and how to strike there. */
interface Moment {
  name: string;
  /** In the reception rather than in a worker. */
  isWeb?: boolean;
  isShort?: boolean;
  strike(victims: readonly Child[], house: House, number: number): void;
}

const atLine =
  (words: string, nth = 1) =>
  (victims: readonly Child[]) => {
    for (const victim of victims) victim.arm(words, nth);
  };

const killer = (victims: readonly Child[], pid: number) => () =>
  victims.find((child) => child.pid === pid)?.kill("SIGKILL");

/** When the platform has the post, and before it says so. */
const atPost =
  (suffix: string) =>
  (victims: readonly Child[], { recorder }: House, number: number) => {
    recorder.treat = (post) => {
      if (post.key === `${runOf(number)}:${suffix}`) killer(victims, post.pid)();
      return "take";
    };
  };

/** When the model has the request (0), or just after it answered. */
const atModel = (nth: number, afterMs: number) => (_victims: readonly Child[], house: House) => {
  let seen = 0;
  house.treatModel = async (request) => {
    seen += 1;
    const victim = house.childOf(request);
    if (seen === nth) setTimeout(() => victim?.kill("SIGKILL"), afterMs);
    return null;
  };
};

const MODEL_DELAY_MS = 60;

const MOMENTS: readonly Moment[] = [
  { name: "question stored, not acknowledged", isWeb: true, isShort: true, strike: atLine('"question received"') },
  { name: "run taken up", strike: atLine('"run taken up"') },
  { name: "card about to be posted", strike: atLine(':card","msg":"post begun"') },
  { name: "card at the platform", isShort: true, strike: atPost("card") },
  { name: "card posted, not recorded", strike: atLine(':card","msg":"posted"') },
  { name: "card recorded", strike: atLine(':card","msg":"post recorded"') },
  { name: "1st request at the model", isShort: true, strike: atModel(1, 0) },
  { name: "1st reply sent", strike: atModel(1, MODEL_DELAY_MS + 2) },
  { name: "3rd request at the model", strike: atModel(3, 0) },
  { name: "last reply sent", strike: atModel(4, MODEL_DELAY_MS + 2) },
  ...[1, 2, 3, 4, 5, 6].map((nth) => ({
    name: `step ${nth} stored`,
    isShort: nth === 3,
    strike: atLine('"step stored"', nth),
  })),
  { name: "report written, not stored", strike: atLine('"research ended"') },
  { name: "report stored", isShort: true, strike: atLine('"ending stored"') },
  { name: "answer about to be posted", strike: atLine(':answer:0","msg":"post begun"') },
  { name: "answer at the platform", isShort: true, strike: atPost("answer:0") },
  { name: "answer posted, not recorded", isShort: true, strike: atLine(':answer:0","msg":"posted"') },
  { name: "answer recorded", strike: atLine(':answer:0","msg":"post recorded"') },
  { name: "last part at the platform", strike: atPost("answer:1") },
  { name: "last part recorded", strike: atLine(':answer:1","msg":"post recorded"') },
  { name: "run ended, job not", isShort: true, strike: atLine('"run ended"') },
];

export const killAtEachStep: Scenario = {
  name: "killed with -9 at each step",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  limitMinutes: 30,
  run: async (setting) => {
    const house = await openHouse({ ...setting, modelDelayMs: MODEL_DELAY_MS });
    try {
      return await strikeAll(house, setting);
    } finally {
      await house.close();
    }
  },
};

async function strikeAll(house: House, { engine, isShort, tell }: Setting): Promise<Outcome> {
  const isOne = engine === "PGlite";
  const roles = isOne
    ? [{ listens: true, works: true }]
    : [
        { listens: true, works: false },
        { listens: false, works: true },
        { listens: false, works: true },
      ];
  let crew = roles.map((role) => house.start(role));
  await Promise.all(crew.map(({ ready }) => ready));
  const failures = new Set<number>();
  const remarks: string[] = [];
  const recoveries: number[] = [];
  const moments = MOMENTS.filter((moment) => !isShort || moment.isShort === true);
  const rounds = isShort ? 1 : isOne ? 4 : 2;
  let tried = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const moment of moments) {
      const number = house.questions.length;
      const victims = crew.filter(({ works, listens }) => isOne || (moment.isWeb === true ? listens : works));
      moment.strike(victims, house, number);
      // Armed over another channel than the question comes on.
      await delay(50);
      const asking = house.ask();
      const dead = await Promise.race([...victims.map((child) => child.exited.then(() => child)), delay(60_000)]);
      for (const child of crew) child.disarm();
      house.recorder.treat = () => "take";
      house.treatModel = async () => null;
      tried += 1;
      if (!dead) {
        failures.add(number);
        remarks.push(`${moment.name}: the fault did not strike`);
      }
      const diedAt = performance.now();
      // With two workers the other one has to take over by itself.
      if (isOne || moment.isWeb === true) crew = await replaceDead(crew, house);
      await asking;
      const open = await untilAnswered(house, [number], 90_000);
      recoveries.push((performance.now() - diedAt) / 1000);
      if (open.length > 0) failures.add(number);
      tell(
        `${moment.name}: ${open.length === 0 ? "answered" : "NOT ANSWERED"} after ${recoveries.at(-1)?.toFixed(1)} s`,
      );
      crew = await replaceDead(crew, house);
    }
  }
  for (const child of crew) child.kill("SIGTERM");
  await Promise.all(crew.map(({ exited }) => exited));
  const numbers = house.questions.map(({ number }) => number);
  const problems = [...judgePosts(house, numbers), ...(await judgePayments(house)), ...house.model.problems];
  for (const problem of problems) failures.add(Number(/question (\d+)/.exec(problem)?.[1] ?? -1));
  const slowest = Math.max(...recoveries).toFixed(1);
  return {
    tried,
    held: tried - failures.size,
    remarks: [`${moments.length} moments`, `slowest answer ${slowest} s after the kill`, ...remarks, ...problems],
  };
}

async function replaceDead(crew: readonly Child[], house: House): Promise<Child[]> {
  const whole = crew.map((child) => (child.isAlive() ? child : house.start(child)));
  await Promise.all(whole.map(({ ready }) => ready));
  return whole;
}
