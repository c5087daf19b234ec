import { readConfig, secretsOf } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createQueue } from "./jobs/queue.ts";
import { createLog } from "./log.ts";
import { type OperateParts, operate } from "./wire-operate.ts";
import { askOwner } from "./wire-operator-door.ts";
import { openStorage } from "./wire-storage.ts";

/** The runs in the database, for whoever operates Ruminate; a running server is asked when it has the database. */
export async function runs(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(environment);
  const log = createLog({ level: config.LOG_LEVEL ?? "warn", secrets: secretsOf(config) });
  try {
    const storage = await openStorage(config, { log, mayRunInMemory: false, notify: () => {} });
    const withQueue: OperateParts["withQueue"] = async (use) => {
      const queue = createQueue({ database: storage.database, log });
      await queue.start();
      return use(queue).finally(queue.stop);
    };
    try {
      process.stdout.write(`${await operate(argv, { storage, withQueue })}\n`);
    } finally {
      await storage.database.close();
    }
  } catch (error) {
    const isTaken = error instanceof RuminateError && error.code === "DATA_DIRECTORY_TAKEN";
    const text = isTaken ? await askOwner(config.DATA_DIR, argv) : null;
    if (text === null) throw error;
    process.stdout.write(`${text}\n`);
  }
  return 0;
}
