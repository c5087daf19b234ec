import { runs } from "./role-runs.ts";

/** What was used day by day; a running server is asked when it has the database. */
export function usage(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return runs(["usage", ...argv], environment);
}
