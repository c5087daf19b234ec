import { parseArgs } from "node:util";
import { RuminateError } from "./errors.ts";
import type { Queue } from "./jobs/queue.ts";
import type { Deleted } from "./storage/delete-rows.ts";
import { forgetChannel, forgetPerson, forgetRun, forgetWorkspace } from "./storage/forgetting.ts";
import { queueAgain, requestCancel } from "./storage/leases.ts";
import { describeProgress } from "./storage/run-progress.ts";
import type { RunSummary, StoredRun } from "./storage/runs.ts";
import { cleanLine } from "./untrusted.ts";
import type { Storage } from "./wire-storage.ts";
import { describeUsage } from "./wire-usage.ts";

export const USAGE = `Usage: npm run runs -- list | show ID | retry ID | cancel ID | forget …

  list       the newest 30 runs
  show ID    one run with its steps and messages
  retry ID   puts a run that failed into the queue again; finished steps are not paid for again
  cancel ID  stops a run; what was found is delivered

  forget --run ID
  forget --person slack:T0123:U0456
  forget --channel slack:T0123:C0456
  forget --workspace slack:T0123
             deletes what is stored of it, at once; what stands in the chat stays there`;

export interface OperateParts {
  storage: Storage;
  /** Lends the queue of this process, or one that is started for this command alone. */
  withQueue<Result>(use: (queue: Queue) => Promise<Result>): Promise<Result>;
}

/**
 * Does what whoever operates Ruminate asks for, and says in words what came of it.
 *
 * @throws {RuminateError} USAGE_INVALID
 */
export async function operate(argv: readonly string[], parts: OperateParts): Promise<string> {
  const [command = "list", ...rest] = argv;
  const act = COMMANDS[command];
  if (act === undefined) throw new RuminateError("USAGE_INVALID", USAGE);
  return act(parts, rest);
}

type Act = (parts: OperateParts, rest: string[]) => Promise<string>;

const COMMANDS: Record<string, Act> = {
  list: async ({ storage }) => {
    const newest = await storage.runs.listRecent({ limit: 30 });
    return newest.length === 0 ? "There are no runs." : newest.map(lineOf).join("\n");
  },
  show: async ({ storage }, [id]) => show(storage, await find(storage, id)),
  retry: async (parts, [id]) => retry(parts, await find(parts.storage, id)),
  cancel: async ({ storage }, [id]) => {
    const run = await find(storage, id);
    const isAsked = await requestCancel(storage.database, run.id);
    return isAsked ? "It is being stopped." : `It cannot be stopped: it is ${run.state}.`;
  },
  forget: async ({ storage }, rest) => forget(storage, rest),
  // `npm run usage`, a command of its own.
  usage: async ({ storage }, rest) => describeUsage(storage, rest),
};

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

async function retry({ storage, withQueue }: OperateParts, run: StoredRun): Promise<string> {
  if (run.state !== "failed") {
    throw new RuminateError("USAGE_INVALID", `Only runs that failed can be tried again; this one is ${run.state}.`);
  }
  await withQueue((queue) =>
    storage.database.transaction(async (query) => {
      await queueAgain(query, run.id);
      await queue.sendAgain(query, run);
    }),
  );
  return "It waits in the queue.";
}

async function forget(storage: Storage, rest: string[]): Promise<string> {
  const [[kind, name] = ["", ""], ...others] = Object.entries(readForgotten(rest));
  if (others.length > 0 || name === undefined || name === "") throw new RuminateError("USAGE_INVALID", USAGE);
  return describeDeleted(name, await forgetOne(storage, kind, name));
}

function readForgotten(rest: string[]): { run?: string; person?: string; channel?: string; workspace?: string } {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ args: rest, options: { run: text, person: text, channel: text, workspace: text } }).values;
  } catch (error) {
    throw new RuminateError("USAGE_INVALID", USAGE, { cause: error });
  }
}

async function forgetOne(storage: Storage, kind: string, name: string): Promise<Deleted> {
  const { database } = storage;
  const [platform = "", workspaceId = "", channelId = ""] = name.split(":");
  const requireParts = (least: number): void => {
    if (name.split(":").filter((part) => part !== "").length >= least) return;
    throw new RuminateError("USAGE_INVALID", `"${name}" is not the name of a ${kind}.\n\n${USAGE}`);
  };
  switch (kind) {
    case "run":
      return forgetRun(database, (await find(storage, name)).id);
    case "person":
      requireParts(2);
      return forgetPerson(database, name);
    case "channel":
      requireParts(3);
      return forgetChannel(database, { platform, workspaceId, channelId });
    default:
      requireParts(2);
      return forgetWorkspace(database, { platform, workspaceId });
  }
}

function describeDeleted(name: string, deleted: Deleted): string {
  const gone = Object.entries(deleted).filter(([, count]) => count > 0);
  if (gone.length === 0) return `Nothing is stored of ${name}.`;
  const counts = gone.map(([table, count]) => `${count} ${count === 1 ? table.replace(/s$/, "") : table}`);
  return `Forgotten of ${name}: ${counts.join(", ")}. What was posted in the chat stays there.`;
}

/** By the whole id or by its beginning, as `list` shows it. */
async function find({ runs: store }: Storage, id: string | undefined): Promise<StoredRun> {
  if (id === undefined) throw new RuminateError("USAGE_INVALID", USAGE);
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
