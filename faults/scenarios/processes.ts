import { MAX_DEATHS } from "../../src/jobs/attempt.ts";
import { judgeAll, startCrew, stopAll, withHouse } from "../crew.ts";
import { untilAnswered } from "../oracle.ts";
import { delay, type Scenario, single, until } from "../scenario.ts";

export const terminated: Scenario = {
  name: "SIGTERM in mid-run: given back, gone within 10 s, taken up again",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal, modelDelayMs: 800 }, async (house) => {
      const crew = await startCrew(house, engine);
      await Promise.all([house.ask(), house.ask(), house.ask(), house.ask()]);
      await until(() => house.model.requests.length > 4, 30_000);
      const victims = engine === "PGlite" ? crew : crew.filter(({ works }) => works).slice(0, 1);
      const startedAt = performance.now();
      for (const victim of victims) victim.kill("SIGTERM");
      const exits = await Promise.all(victims.map(({ exited }) => exited));
      const seconds = (performance.now() - startedAt) / 1000;
      const problems = exits.filter(({ code }) => code !== 0).map(({ code, signal }) => `ended with ${signal ?? code}`);
      if (seconds > 10) problems.push(`it took ${seconds.toFixed(1)} s to end`);
      if (engine === "PGlite") await house.start({ listens: true, works: true }).ready;
      return single([...problems, ...(await judgeAll(house))], [`gone after ${seconds.toFixed(1)} s`]);
    }),
};

export const twoOnOneDirectory: Scenario = {
  name: "two processes on one embedded database",
  engines: ["PGlite"],
  isShort: true,
  run: ({ databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await house.start({ listens: true, works: true }).ready;
      const second = house.start({ listens: true, works: true });
      const { code } = await second.exited;
      const said = second.errors();
      const problems = [
        ...(code === 1 ? [] : [`the second one ended with ${code}`]),
        ...(/is in use by process \d+/.test(said) ? [] : [`the second one said "${said.trim()}"`]),
      ];
      await Promise.all([house.ask(), house.ask(), house.ask()]);
      return single([...problems, ...(await judgeAll(house))]);
    }),
};

export const killedWhileStarting: Scenario = {
  name: "killed with -9 while the database is being made",
  engines: ["PGlite"],
  isShort: false,
  run: ({ databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      const tried = 8;
      for (let trial = 1; trial <= tried; trial += 1) {
        const child = house.start({ listens: true, works: true });
        await delay(trial * 700);
        child.kill("SIGKILL");
        await child.exited;
      }
      await house.start({ listens: true, works: true }).ready;
      await house.ask();
      const problems = await judgeAll(house);
      return { tried, held: problems.length === 0 ? tried : 0, remarks: problems };
    }),
};

export const poison: Scenario = {
  name: "a question that kills the process each time",
  engines: ["PGlite", "PostgreSQL"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      let crew = await startCrew(house, engine);
      let deaths = 0;
      house.treatModel = async (request) => {
        if (!JSON.stringify(request.messages).includes("(request 0)")) return null;
        deaths += 1;
        house.childOf(request)?.kill("SIGKILL");
        return { hang: true };
      };
      // What supervises the processes: also while the questions are still being asked.
      const supervisor = setInterval(() => {
        if (!signal.aborted) crew = crew.map((child) => (child.isAlive() ? child : house.start(child)));
      }, 50);
      await house.ask();
      const good = await Promise.all([house.ask(), house.ask()]);
      const isTold = await until(() => house.recorder.posts.some(({ kind }) => kind === "note"), 240_000);
      const open = await untilAnswered(
        house,
        good.map(({ number }) => number),
        90_000,
      );
      clearInterval(supervisor);
      await stopAll(house);
      const problems = [
        ...(isTold ? [] : ["nobody was told"]),
        ...open.map((number) => `question ${number} was not answered beside it`),
        ...(deaths > MAX_DEATHS ? [`it killed ${deaths} processes`] : []),
      ];
      return single(problems, [`${deaths} deaths, then words`]);
    }),
};
