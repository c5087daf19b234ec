import { readConfig, secretsOf } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createQueue } from "./jobs/queue.ts";
import { createLog } from "./log.ts";
import { queueAgain, requestCancel } from "./storage/leases.ts";
import { describeProgress } from "./storage/run-progress.ts";
import type { RunSummary, StoredRun } from "./storage/runs.ts";
import { cleanLine } from "./untrusted.ts";
import { openStorage, type Storage } from "./wire-storage.ts";

const USAGE = `Usage: npm run runs -- list | show ID | retry ID | cancel ID

  list       the newest 30 runs
  show ID    one run with its steps and messages
  retry ID   puts a run that failed into the queue again; finished steps are not paid for again
  cancel ID  stops a run; what was found is delivered`;

/** The runs in the database, for whoever operates Ruminate. */
export async function runs(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [command = "list", id] = argv;
  const act = COMMANDS[command];
  if (act === undefined || (command !== "list" && id === undefined)) throw new RuminateError("USAGE_INVALID", USAGE);
  const config = readConfig(environment);
  const log = createLog({ level: config.LOG_LEVEL ?? "warn", secrets: secretsOf(config) });
  const storage = await openStorage(config, { log, mayRunInMemory: false, notify: () => {} });
  try {
    const text = command === "list" ? await list(storage) : await act(storage, await find(storage, id ?? ""), log);
    process.stdout.write(`${text}\n`);
    return 0;
  } finally {
    await storage.database.close();
  }
}

type Act = (storage: Storage, run: StoredRun, log: ReturnType<typeof createLog>) => Promise<string>;

const COMMANDS: Record<string, Act> = { list, show, retry, cancel };

async function list({ runs: store }: Storage): Promise<string> {
  const newest = await store.listRecent({ limit: 30 });
  return newest.length === 0 ? "There are no runs." : newest.map(lineOf).join("\n");
}

async function show({ database }: Storage, run: StoredRun): Promise<string> {
  const { steps, messages } = await describeProgress(database, run.id);
  const { asker, thread, depth, form } = run.request;
  const head = [
    lineOf(run),
    `asked by ${asker} in ${thread.platform}:${thread.workspaceId}:${thread.channelId}, ${depth}, ${form}`,
    ...(run.failure === null ? [] : [`failed with ${run.failure.code}: ${run.failure.message}`]),
  ];
  const stepLines = steps.map(
    ({ index, kind, label, durationMs }) => `  ${index} ${kind} ${label} (${Math.round(durationMs)} ms)`,
  );
  const messageLines = messages.map(({ key, messageId }) => `  ${key}: ${messageId ?? "begun, not confirmed"}`);
  return [...head, `steps: ${steps.length}`, ...stepLines, `messages: ${messages.length}`, ...messageLines].join("\n");
}

async function retry({ database }: Storage, run: StoredRun, log: ReturnType<typeof createLog>): Promise<string> {
  if (run.state !== "failed") {
    throw new RuminateError("USAGE_INVALID", `Only runs that failed can be tried again; this one is ${run.state}.`);
  }
  const queue = createQueue({ database, log });
  await queue.start();
  try {
    await database.transaction(async (query) => {
      await queueAgain(query, run.id);
      await queue.sendAgain(query, run);
    });
  } finally {
    await queue.stop();
  }
  return "It waits in the queue.";
}

async function cancel({ database }: Storage, run: StoredRun): Promise<string> {
  return (await requestCancel(database, run.id)) ? "It is being stopped." : `It cannot be stopped: it is ${run.state}.`;
}

/** By the whole id or by its beginning, as `list` shows it. */
async function find({ runs: store }: Storage, id: string): Promise<StoredRun> {
  const exact = await store.find(id);
  if (exact !== null) return exact;
  const candidates = (await store.listRecent({ limit: 1_000 })).filter((run) => run.id.startsWith(id));
  const [only] = candidates;
  const run = only === undefined || candidates.length > 1 ? null : await store.find(only.id);
  if (run !== null) return run;
  throw new RuminateError("USAGE_INVALID", `Expected the id of one run, got "${id}", which fits ${candidates.length}.`);
}

function lineOf({ id, state, outcome, createdAt, request }: RunSummary): string {
  return `${id}  ${createdAt.slice(0, 19)}  ${(outcome ?? state).padEnd(13)}  ${cleanLine(request.question, 80)}`;
}
