import { judgeAll, startCrew, stopAll, withHouse } from "../crew.ts";
import type { House } from "../house.ts";
import { runOf, untilAnswered } from "../oracle.ts";
import { delay, type Scenario, single, until } from "../scenario.ts";

export const modelOverloaded: Scenario = {
  name: "model overloaded for 20 s, then well",
  engines: ["PGlite"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await startCrew(house, engine);
      house.treatModel = async () => ({ status: 503, body: { error: { message: "overloaded", code: 503 } } });
      await Promise.all([house.ask(), house.ask()]);
      await delay(20_000);
      house.treatModel = async () => null;
      return single(await judgeAll(house, 180_000));
    }),
};

export const modelGone: Scenario = {
  name: "model down for good: words within 3 minutes, no storm of retries",
  engines: ["PGlite"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await startCrew(house, engine);
      house.treatModel = async () => ({ status: 500, body: { error: { message: "broken", code: 500 } } });
      const { number } = await house.ask();
      return single(await wordsFor(house, number, 180_000), [`${house.model.requests.length} requests`]);
    }),
};

export const keyRevoked: Scenario = {
  name: "model key refused: words at once",
  engines: ["PGlite"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await startCrew(house, engine);
      house.treatModel = async () => ({
        status: 401,
        body: { error: { message: "No auth credentials found", code: 401 } },
      });
      const { number } = await house.ask();
      const problems = await wordsFor(house, number, 20_000);
      const calls = house.model.requests.length;
      return single(
        [...problems, ...(calls > 3 ? [`${calls} requests with a refused key`] : [])],
        [`${calls} requests`],
      );
    }),
};

export const searchGone: Scenario = {
  name: "search down: an ending in words",
  engines: ["PGlite"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse(
      { databaseUrl, signal, environment: { SEARCH: "searxng", SEARXNG_URL: "http://127.0.0.1:9", CORPUS: "" } },
      async (house) => {
        await startCrew(house, engine);
        const { number } = await house.ask();
        const open = await untilAnswered(house, [number], 120_000);
        await stopAll(house);
        const text = house.recorder.posts.find(({ key }) => key === `${runOf(number)}:answer:0`)?.text ?? "";
        return single(open.length > 0 || text === "" ? ["no ending came"] : [], [`"${text.slice(0, 80)}…"`]);
      },
    ),
};

export const postsLost: Scenario = {
  name: "platform takes a post and loses its own answer",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await startCrew(house, engine);
      const lost = new Set<string>();
      house.recorder.treat = ({ key }) => {
        if (lost.has(key)) return "take";
        lost.add(key);
        return "take-and-cut";
      };
      await Promise.all([house.ask(), house.ask(), house.ask()]);
      const problems = await judgeAll(house);
      return { tried: lost.size, held: problems.length === 0 ? lost.size : 0, remarks: problems };
    }),
};

export const platformDown: Scenario = {
  name: "platform refuses everything for 20 s",
  engines: ["PGlite"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await startCrew(house, engine);
      house.recorder.treat = () => "refuse";
      await Promise.all([house.ask(), house.ask()]);
      await delay(20_000);
      house.recorder.treat = () => "take";
      return single(await judgeAll(house));
    }),
};

export const repeatedEvents: Scenario = {
  name: "the same event four times, and as another kind of event",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await startCrew(house, engine);
      const { number } = await house.ask();
      const again = house.message(number);
      const asAnother = house.message(number, { eventId: "another-kind" });
      await Promise.all([again, again, again, asAnother].map((message) => house.say(message)));
      return single(await judgeAll(house));
    }),
};

export const stopped: Scenario = {
  name: "stopped from another process: within 2 s, with what was found",
  engines: ["PGlite", "PostgreSQL"],
  isShort: true,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal }, async (house) => {
      await startCrew(house, engine);
      // The third request is made with two pages open; it never gets an answer.
      house.treatModel = async ({ index }) => (index === 2 ? { hang: true } : null);
      const { number } = await house.ask();
      await until(() => house.model.requests.length === 3, 30_000);
      const startedAt = performance.now();
      await house.withdraw(number);
      const isTold = await until(
        () => house.recorder.posts.some(({ key }) => key === `${runOf(number)}:answer:0`),
        20_000,
      );
      const seconds = (performance.now() - startedAt) / 1000;
      await stopAll(house);
      const text = house.recorder.posts.find(({ key }) => key === `${runOf(number)}:answer:0`)?.text ?? "";
      const problems = [
        ...(isTold ? [] : ["no partial findings came"]),
        ...(seconds > 2 ? [`it took ${seconds.toFixed(1)} s`] : []),
        ...(text.includes("Stopped") ? [] : ["the findings are not labelled as partial"]),
        ...(house.model.requests.length > 3 ? ["the model was asked again"] : []),
      ];
      return single(problems, [`${seconds.toFixed(2)} s from the word to the findings`]);
    }),
};

export const eagerPerson: Scenario = {
  name: "one person asks 60 times, others once",
  engines: ["PostgreSQL"],
  isShort: false,
  run: ({ engine, databaseUrl, signal }) =>
    withHouse({ databaseUrl, signal, environment: { RUNS_PER_PERSON: "2" } }, async (house) => {
      await startCrew(house, engine);
      await Promise.all(Array.from({ length: 60 }, () => house.ask({ asker: "recorder:eager" })));
      const startedAt = performance.now();
      const others = await Promise.all([house.ask({ asker: "recorder:b" }), house.ask({ asker: "recorder:c" })]);
      const open = await untilAnswered(
        house,
        others.map(({ number }) => number),
        60_000,
      );
      const seconds = (performance.now() - startedAt) / 1000;
      const left = house.questions.length - house.recorder.posts.filter(({ key }) => key.endsWith("answer:1")).length;
      const problems = open.map((number) => `question ${number} had to wait behind them`);
      if (left < 10) problems.push("the crowd was through already: nothing was shown");
      return single(
        [...problems, ...(await judgeAll(house, 300_000))],
        [`others answered after ${seconds.toFixed(1)} s`],
      );
    }),
};

/** One note in words and no answer. */
async function wordsFor(house: House, number: number, withinMs: number): Promise<string[]> {
  const startedAt = performance.now();
  const own = () => house.recorder.posts.filter(({ key }) => key.startsWith(runOf(number)));
  const isTold = await until(() => own().some(({ kind }) => kind === "note"), withinMs);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  await stopAll(house);
  const notes = own().filter(({ kind }) => kind === "note");
  const answers = own().filter(({ kind }) => kind === "answer");
  return [
    ...(isTold ? [] : [`no words after ${seconds} s`]),
    ...(notes.length > 1 ? ["the words came twice"] : []),
    ...(answers.length > 0 ? ["an answer came, too"] : []),
  ];
}
