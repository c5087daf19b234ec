import { readConfig } from "../src/config.ts";
import { userMessageFor } from "../src/errors.ts";
import { createRateBudget } from "../src/jobs/rate-budget.ts";
import { createLog } from "../src/log.ts";
import { createService } from "../src/wire-service.ts";
import { skipTime } from "./clock-jump.ts";
import { createHttpPlatform } from "./http-platform.ts";

/**
 * The product as a process of the harness: the real service, with the recorder as its chat platform. It tells the harness
 * what happens over the IPC channel, and can end itself with SIGKILL at the n-th log line with certain words: the moments
 * in the database's work that nobody outside can see.
 */
interface Orders {
  listens: boolean;
  works: boolean;
  recorderUrl: string;
}

const orders: Orders = JSON.parse(process.env.FAULT_ORDERS ?? "{}");
const config = readConfig(process.env);
let dieAt: { words: string; nth: number; signal: NodeJS.Signals } | null = null;

const log = createLog({
  level: "debug",
  secrets: [],
  write: (line) => {
    if (process.env.FAULT_LOG !== undefined) process.stderr.write(line);
    if (dieAt !== null && line.includes(dieAt.words) && --dieAt.nth === 0) process.kill(process.pid, dieAt.signal);
  },
});
const platform = createHttpPlatform(orders.recorderUrl, (port) => process.send?.({ kind: "listening", port }));
const rates = createRateBudget();
const service = createService(config, {
  log,
  platforms: [platform],
  listens: orders.listens,
  works: orders.works,
  onOpen: (database) => rates.bind(database),
});

interface Order {
  kind: "arm" | "jump" | "memory";
  milliseconds?: number;
  words?: string;
  nth?: number;
  signal?: NodeJS.Signals;
}

process.on("message", (order: Order) => {
  const { words, nth = 1, signal = "SIGKILL" } = order;
  if (order.kind === "arm") dieAt = words === undefined ? null : { words, nth, signal };
  if (order.kind === "jump") skipTime(order.milliseconds ?? 0);
  if (order.kind === "memory") process.send?.({ kind: "memory", bytes: process.memoryUsage.rss() });
});
process.once("SIGTERM", async () => {
  const startedAt = performance.now();
  await service.stop();
  process.send?.({ kind: "stopped", milliseconds: performance.now() - startedAt });
  process.exit(0);
});
// The harness is gone: nobody needs us any more.
process.on("disconnect", () => process.exit(1));

try {
  await service.start();
  process.send?.({ kind: "ready" });
} catch (error) {
  process.stderr.write(`${userMessageFor(error)}\n`);
  process.exit(1);
}
