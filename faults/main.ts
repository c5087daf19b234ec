import { parseArgs } from "node:util";
import { createDatabase, dropDatabase, findPostgres } from "./postgres-server.ts";
import type { Engine, Outcome, Scenario } from "./scenario.ts";
import { clockJumps } from "./scenarios/clock.ts";
import { crowd } from "./scenarios/crowd.ts";
import { databaseGone, databaseLate, databaseSilent } from "./scenarios/database-outages.ts";
import { killDigests } from "./scenarios/digest-kills.ts";
import { diskFull } from "./scenarios/disk.ts";
import { frozenWorker } from "./scenarios/frozen.ts";
import { killAtEachStep } from "./scenarios/kill-steps.ts";
import { oldJournal } from "./scenarios/old-journal.ts";
import { killedWhileStarting, poison, terminated, twoOnOneDirectory } from "./scenarios/processes.ts";
import { killAtRandom } from "./scenarios/random-kills.ts";
import * as services from "./scenarios/services.ts";

/**
 * `npm run faults [-- --short] [--only words] [--engine PGlite|PostgreSQL]`: strikes real processes of the product, and
 * reads from the logs of the model and the chat platform whether every question got exactly one answer and nothing was
 * paid for twice. PostgreSQL is the server of TEST_DATABASE_URL, else a throwaway one.
 */
const SCENARIOS: readonly Scenario[] = [
  killAtEachStep,
  killAtRandom,
  killDigests,
  terminated,
  frozenWorker,
  poison,
  twoOnOneDirectory,
  killedWhileStarting,
  databaseGone,
  databaseSilent,
  databaseLate,
  diskFull,
  clockJumps,
  oldJournal,
  crowd,
  ...Object.values(services),
];

const { values } = parseArgs({
  options: { short: { type: "boolean", default: false }, only: { type: "string" }, engine: { type: "string" } },
});
const isShort = values.short;
const chosen = SCENARIOS.filter(({ name }) => values.only === undefined || name.includes(values.only));
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

process.exitCode = await runAll();

async function runAll(): Promise<number> {
  const server = values.engine === "PGlite" ? null : await findPostgres(tell);
  const engines: Engine[] = server === null ? ["PGlite"] : ["PGlite", "PostgreSQL"];
  if (server === null && values.engine !== "PGlite")
    tell("No PostgreSQL: set TEST_DATABASE_URL, or install it. Its half of the table is left out.");
  const rows: string[] = [];
  let broken = 0;
  for (const scenario of chosen) {
    if (isShort && !scenario.isShort) continue;
    for (const engine of engines) {
      if (!scenario.engines.includes(engine) || (values.engine ?? engine) !== engine) continue;
      tell(`\n# ${scenario.name}, ${engine}`);
      const outcome = await runOne(scenario, engine, server);
      if (outcome.held < outcome.tried) broken += 1;
      rows.push(
        `| ${scenario.name} | ${engine} | ${outcome.tried} | ${outcome.held} | ${outcome.remarks.join("; ")} |`,
      );
      tell(rows.at(-1) ?? "");
    }
  }
  process.stdout.write(
    `| fault | database | times tried | held | remarks |\n|---|---|---|---|---|\n${rows.join("\n")}\n`,
  );
  process.stdout.write(broken === 0 ? "\nEverything held.\n" : `\n${broken} lines did not hold.\n`);
  return broken === 0 ? 0 : 1;
}

async function runOne(scenario: Scenario, engine: Engine, server: string | null): Promise<Outcome> {
  const databaseUrl = engine === "PostgreSQL" && server !== null ? await createDatabase(server) : null;
  const limit = new AbortController();
  const { limitMinutes = 10 } = scenario;
  const timer = setTimeout(
    () => limit.abort(new Error(`not done after ${limitMinutes} minutes`)),
    limitMinutes * 60_000,
  );
  try {
    const setting = { engine, databaseUrl, isShort, tell, signal: limit.signal };
    return await Promise.race([scenario.run(setting), rejectedBy(limit.signal)]);
  } catch (error) {
    return { tried: 1, held: 0, remarks: [`the harness failed: ${error instanceof Error ? error.message : error}`] };
  } finally {
    clearTimeout(timer);
    if (server !== null && databaseUrl !== null) await dropDatabase(server, databaseUrl);
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}
