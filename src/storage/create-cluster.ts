import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

/**
 * Worker: makes an empty PGlite database in `workerData.directory` and ends, or, when that is null, posts it as a tar
 * archive (ArrayBuffer). It takes 3 to 5 s of pure computing, in which the process could do nothing else, and 600 MB,
 * which go back to the system with the worker (measured, 2 cores).
 */
const { directory } = workerData as { directory: string | null };
const database = await PGlite.create(directory ?? "memory://");
if (directory === null) {
  const archive = await (await database.dumpDataDir("none")).arrayBuffer();
  parentPort?.postMessage(archive, [archive]);
}
await database.close();
