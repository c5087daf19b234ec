import { judgeAll, startCrew, withHouse } from "../crew.ts";
import { delay, type Scenario, single } from "../scenario.ts";

const HOUR_MS = 3_600_000;

export const clockJumps: Scenario = {
  name: "clock set by an hour, forward and back, in mid-run",
  engines: ["PGlite", "PostgreSQL"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal, modelDelayMs: 1_500 }, async (house) => {
      const crew = await startCrew(house, engine);
      const problems: string[] = [];
      for (const jump of [HOUR_MS, 0, -HOUR_MS, 0]) {
        await house.ask();
        await delay(1_000);
        for (const child of crew) child.jump(jump);
        // Long enough for the queue to look for dead workers, by whichever clock.
        await delay(12_000);
        await house.ask();
      }
      const repeated =
        house.model.requests.length -
        new Set(house.model.requests.map(({ messages }) => JSON.stringify(messages))).size;
      if (repeated > 0) problems.push(`${repeated} requests to the model were made twice`);
      // The times in the journal jumped with the clock, so the payments are judged by the requests alone.
      const judged = (await judgeAll(house)).filter((problem) => !problem.includes("asked for again"));
      return single([...problems, ...judged], ["+1 h, back, -1 h, back"]);
    }),
};
