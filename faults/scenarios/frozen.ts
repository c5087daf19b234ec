import type { Child } from "../child-process.ts";
import { judgeAll, startCrew, withHouse } from "../crew.ts";
import type { House } from "../house.ts";
import { runOf, untilAnswered } from "../oracle.ts";
import { delay, type Outcome, type Scenario, until } from "../scenario.ts";

/** Where a worker is frozen, as words of its log. */
const MOMENTS = [
  { name: "in a model call", words: '"run taken up"' },
  { name: "about to post the answer", words: ':answer:0","msg":"post begun"' },
  { name: "about to store the report", words: '"research ended"' },
  { name: "between two parts of the answer", words: ':answer:0","msg":"post recorded"' },
];

export const frozenWorker: Scenario = {
  name: "worker frozen for a minute, overtaken, and woken",
  engines: ["PostgreSQL"],
  isShort: false,
  run: ({ engine, databaseUrl, signal, tell }) =>
    withHouse({ databaseUrl, signal, modelDelayMs: 300 }, async (house) => {
      const crew = await startCrew(house, engine);
      const problems: string[] = [];
      for (const { name, words } of MOMENTS) {
        const workers = crew.filter(({ works }) => works);
        for (const worker of workers) worker.arm(words, 1, "SIGSTOP");
        await delay(50);
        const { number } = await house.ask();
        // The other one must not meet the same fate when it takes over.
        await until(() => workers.some((worker) => worker.isFrozen()), 20_000);
        for (const worker of workers) if (!worker.isFrozen()) worker.disarm();
        const open = await untilAnswered(house, [number], 45_000);
        if (open.length > 0) problems.push(`question ${number} was not taken over (${name})`);
        for (const worker of workers) worker.disarm();
        await delay(20_000);
        problems.push(...(await wake(workers, house, number)).map((problem) => `${name}: ${problem}`));
        tell(`${name}: ${problems.length} problems so far`);
      }
      problems.push(...(await judgeAll(house)));
      return outcomeOf(problems);
    }),
};

/** What the woken one did to the run that is not its own any more. */
async function wake(workers: readonly Child[], { recorder }: House, number: number): Promise<string[]> {
  const own = (key: string): boolean => key.startsWith(runOf(number));
  const postsBefore = recorder.posts.filter(({ key }) => own(key)).length;
  const editsBefore = recorder.edits.length;
  for (const worker of workers) worker.kill("SIGCONT");
  await delay(6_000);
  const posts = recorder.posts.filter(({ key }) => own(key)).length - postsBefore;
  const edits = recorder.edits.length - editsBefore;
  return [
    ...(posts > 0 ? [`the woken worker posted ${posts} times`] : []),
    ...(edits > 0 ? [`the woken worker edited ${edits} times`] : []),
  ];
}

function outcomeOf(problems: readonly string[]): Outcome {
  const tried = MOMENTS.length;
  return {
    tried,
    held: Math.max(0, tried - problems.length),
    remarks: [MOMENTS.map(({ name }) => name).join(", "), ...problems],
  };
}
