import { asRuminateError, RuminateError, userMessageFor } from "./errors.ts";

/** A role of the process: gets the rest of the command line and the environment, gives the exit code. */
export type Role = (argv: string[], environment: NodeJS.ProcessEnv) => Promise<number>;

/** Loaded when they are played: `ask` must say its first line at once. */
const ROLES: Record<string, () => Promise<Role>> = {
  ask: async () => (await import("./role-ask.ts")).ask,
};

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

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
