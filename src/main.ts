import { existsSync } from "node:fs";
import { asRuminateError, RuminateError, userMessageFor } from "./errors.ts";

/** A role of the process: gets the rest of the command line and the environment, gives the exit code. */
export type Role = (argv: string[], environment: NodeJS.ProcessEnv) => Promise<number>;

/** Loaded when they are played: `ask` must say its first line at once. */
const ROLES: Record<string, () => Promise<Role>> = {
  ask: async () => (await import("./role-ask.ts")).ask,
  digest: async () => (await import("./role-digest.ts")).digest,
  serve: async () => (await import("./role-serve.ts")).serve,
  web: async () => (await import("./role-serve.ts")).web,
  worker: async () => (await import("./role-serve.ts")).worker,
  doctor: async () => (await import("./role-doctor.ts")).doctor,
  "discord:register": async () => (await import("./role-register.ts")).registerCommands,
  runs: async () => (await import("./role-runs.ts")).runs,
  usage: async () => (await import("./role-usage.ts")).usage,
  "slack-preview": async () => (await import("./role-slack-preview.ts")).slackPreview,
};

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

// Variables that are set already win over the file's.
if (existsSync(".env")) process.loadEnvFile(".env");
process.exitCode = await main(process.argv.slice(2), process.env);

async function main([name = "", ...argv]: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  try {
    const load = ROLES[name];
    if (load === undefined) {
      const names = Object.keys(ROLES).join(", ");
      throw new RuminateError("USAGE_INVALID", `Expected a role: ${names}. Got "${name}".`);
    }
    const role = await load();
    return await role(argv, environment);
  } catch (error) {
    process.stderr.write(`${userMessageFor(error)}\n`);
    if (environment.LOG_LEVEL === "debug") process.stderr.write(`${asRuminateError(error).stack}\n`);
    return asRuminateError(error).code === "USAGE_INVALID" ? EXIT_USAGE : EXIT_FAILED;
  }
}
