import { type ParseArgsConfig, parseArgs } from "node:util";
import { RuminateError } from "../../src/errors.ts";

/** @throws {RuminateError} USAGE_INVALID, with what is wrong and which command shows the options */
export function parseOptions<Config extends ParseArgsConfig>(command: string, config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new RuminateError("USAGE_INVALID", `${reason}. \`npm run ${command} -- --help\` shows the options.`, {
      cause: error,
    });
  }
}
