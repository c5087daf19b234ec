import type { Child } from "../child-process.ts";
import { questionAbout } from "../corpus.ts";
import { startCrew, stopAll } from "../crew.ts";
import { type House, openHouse } from "../house.ts";
import { repeatedCalls } from "../oracle.ts";
import type { Posted } from "../recorder.ts";
import { delay, type Outcome, type Scenario, type Setting, until } from "../scenario.ts";

/** A moment in the life of a digest, and how to strike there. */
interface Moment {
  name: string;
  isShort?: boolean;
  /** Told by its timetable rather than by words. */
  isTimed?: boolean;
  /** At the log line with these words, or when the platform has the post or the words and did not say so yet. */
  at: { line: string; nth?: number } | { post: string } | { reply: string };
}

const MOMENTS: readonly Moment[] = [
  { name: "due, and sent into the queue", isTimed: true, isShort: true, at: { line: '"digests due"' } },
  { name: "asked for in words, not acknowledged", isShort: true, at: { reply: "On it" } },
  { name: "step 2 stored", at: { line: '"step stored"', nth: 2 } },
  { name: "report stored", at: { line: '"ending stored"' } },
  { name: "points at the platform", at: { post: ":answer:0" } },
  { name: "points posted, not recorded", isShort: true, at: { line: ':answer:0","msg":"posted"' } },
  { name: "points recorded", at: { line: ':answer:0","msg":"post recorded"' } },
  { name: "details at the platform", isShort: true, at: { post: ":details:1" } },
  { name: "told, and written down as told", isShort: true, at: { line: '"digest ended"' } },
];

export const killDigests: Scenario = {
  name: "digest killed with -9 at each step",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  limitMinutes: 15,
  run: async (setting) => {
    const house = await openHouse(setting);
    try {
      return await strikeAll(house, setting);
    } finally {
      await house.close();
    }
  },
};

async function strikeAll(house: House, { engine, isShort, tell }: Setting): Promise<Outcome> {
  let crew = await startCrew(house, engine);
  const moments = MOMENTS.filter((moment) => !isShort || moment.isShort === true);
  const problems: string[] = [];
  let held = 0;
  let aheadMs = 0;
  for (const [index, moment] of moments.entries()) {
    const before = house.recorder.posts.length;
    const id = await makeDigest(house, index);
    arm(moment, crew, house);
    // Armed over another channel than the words come on.
    await delay(50);
    if (moment.isTimed === true) aheadMs = HOUR_MS - (Date.now() % HOUR_MS) + 1_000;
    const said = moment.isTimed === true ? letHourStrike(house, id, crew, aheadMs) : say(house, `digest run ${id}`);
    const isDead = await until(() => crew.some((child) => !child.isAlive()), 60_000);
    house.recorder.treat = () => "take";
    house.recorder.onNotice = () => {};
    for (const child of crew) child.disarm();
    crew = crew.map((child) => (child.isAlive() ? child : house.start(child, { FAULT_AHEAD_MS: String(aheadMs) })));
    await Promise.all(crew.map(({ ready }) => ready));
    await said;
    const found = isDead ? await judge(house, id, before) : ["the fault did not strike"];
    tell(`${moment.name}: ${found.length === 0 ? "told once" : found.join("; ")}`);
    problems.push(...found.map((problem) => `${moment.name}: ${problem}`));
    if (found.length === 0) held += 1;
    await say(house, `digest pause ${id}`);
  }
  await stopAll(house);
  problems.push(...repeatedCalls(house), ...house.model.problems);
  return {
    tried: moments.length,
    held: Math.min(held, moments.length - Math.sign(problems.length)),
    remarks: problems,
  };
}

function arm({ at }: Moment, crew: readonly Child[], house: House): void {
  const kill = (victim: number): void => crew.find(({ pid }) => pid === victim)?.kill("SIGKILL");
  if ("line" in at) for (const child of crew) child.arm(at.line, at.nth ?? 1);
  else if ("reply" in at)
    house.recorder.onNotice = ({ text, pid }) => {
      if (text.startsWith(at.reply)) kill(pid);
    };
  else
    house.recorder.treat = (post) => {
      if (post.key.endsWith(at.post)) kill(post.pid);
      return "take";
    };
}

/** By words; resolves with its id. */
async function makeDigest(house: House, index: number): Promise<string> {
  const before = house.recorder.notices.length;
  await say(house, `digest every hour in UTC: ${questionAbout(index)}`);
  const idSaid = (): string | undefined =>
    house.recorder.notices
      .slice(before)
      .map(({ text }) => /digest start (\w+)/.exec(text)?.[1])
      .find((id) => id !== undefined);
  await until(() => idSaid() !== undefined, 30_000);
  return idSaid() ?? "";
}

/** For every process it is a second past the next full hour. */
async function letHourStrike(house: House, id: string, crew: readonly Child[], aheadMs: number): Promise<void> {
  await say(house, `digest start ${id}`);
  for (const child of crew) child.jump(aheadMs);
}

/** Says it until somebody acknowledges it, as platforms do. */
async function say(house: House, text: string): Promise<void> {
  saidSoFar += 1;
  const message = house.message(FIRST_WORDS + saidSoFar, { asker: "recorder:owner", text });
  while ((await house.say(message)) !== 200) await delay(200);
}

/** All that must have been posted since then, each once, and what the digest remembers of it. */
async function judge(house: House, id: string, before: number): Promise<string[]> {
  const own = (): Posted[] => house.recorder.posts.slice(before).filter(({ kind }) => kind === "answer");
  const isWhole = await until(() => EXPECTED.every((end) => own().some(({ key }) => key.endsWith(end))), 90_000);
  const problems = isWhole ? [] : ["not told in time"];
  const keys = own().map(({ key }) => key.replace(/^[^:]*/, ""));
  if (keys.length > EXPECTED.length || new Set(keys).size < keys.length) problems.push(`posted ${keys.join(" ")}`);
  if (!own().some(({ text }) => /metres/.test(text))) problems.push("told without its facts");
  if (!(await until(() => isWrittenDown(house, id), 30_000))) problems.push("not written down as told");
  return problems;
}

async function isWrittenDown(house: House, id: string): Promise<boolean> {
  const before = house.recorder.notices.length;
  await say(house, `digest history ${id}`);
  await until(() => house.recorder.notices.length > before, 5_000);
  const lines = house.recorder.notices.at(-1)?.text.split("\n").slice(1) ?? [];
  return lines.length === 1 && / told\b/.test(lines[0] ?? "");
}

let saidSoFar = 0;
/** Far from the numbers of questions. */
const FIRST_WORDS = 100_000;
const HOUR_MS = 3_600_000;
const EXPECTED = [":answer:0", ":answer:1", ":details:0", ":details:1"];
