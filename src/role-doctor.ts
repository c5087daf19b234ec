import { readConfig, secretsOf } from "./config.ts";
import { RuminateError, userMessageFor } from "./errors.ts";
import { createLog } from "./log.ts";
import { checkClock, checkDatabase, checkDisk, checkRuntime } from "./role-doctor-ground.ts";
import { checkModels, checkSearch } from "./role-doctor-outside.ts";
import { checkPlatforms } from "./role-platforms.ts";

/** One thing that was looked at. */
export interface Check {
  name: string;
  state: "ok" | "warning" | "failed";
  found: string;
  /** What to do; null when there is nothing to do. */
  remedy: string | null;
}

const MARKS = { ok: "ok     ", warning: "warning", failed: "FAILED " };

/** Looks at everything that Ruminate needs, and says of each thing what it found and what to do. */
export async function doctor(_argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(environment);
  const log = createLog({ level: config.LOG_LEVEL ?? "silent", secrets: secretsOf(config) });
  const looks: [name: string, look: () => Promise<Check[]>][] = [
    ["node", async () => [checkRuntime()]],
    ["disk", async () => [checkDisk(config)]],
    ["database", () => checkDatabase(config, log)],
    ["clock", () => checkClock(config, log)],
    ["models", () => checkModels(config)],
    ["search", () => checkSearch(config, log)],
    ["chat", () => checkPlatforms(config)],
  ];
  let failures = 0;
  for (const [name, look] of looks) {
    for (const check of await safely(name, look)) {
      if (check.state === "failed") failures += 1;
      const remedy = check.remedy === null ? "" : `\n         -> ${check.remedy}`;
      process.stdout.write(`${MARKS[check.state]}  ${check.name}: ${check.found}${remedy}\n`);
    }
  }
  process.stdout.write(failures === 0 ? "\nEverything that is needed works.\n" : `\nTo mend: ${failures}.\n`);
  return failures === 0 ? 0 : 1;
}

async function safely(name: string, look: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await look();
  } catch (error) {
    // The message of an unknown error may hold anything; its kind is enough to go on.
    const found = error instanceof RuminateError ? userMessageFor(error) : `could not be looked at (${String(error)})`;
    return [{ name, state: "failed", found, remedy: "Set LOG_LEVEL=debug and run this again for more." }];
  }
}
