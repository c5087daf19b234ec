import type { Logger } from "pino";
import { defuse } from "../chat/defuse.ts";
import type { RunDesk } from "../chat/intake.ts";
import { quotaKeysOf } from "../chat/quotas.ts";
import type { SettingsDesk } from "../chat/settings-desk.ts";
import type { ChatPlatform, Database } from "../ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { requestCancel } from "../storage/leases.ts";
import { placesOf } from "../storage/queued-runs.ts";
import { createRunStore, type RunSummary } from "../storage/runs.ts";
import type { RunState } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { postAnswer } from "./delivery.ts";
import { createOutbox } from "./outbox.ts";
import { runIdOf } from "./run-id.ts";
import { senderName } from "./senders.ts";
import { describeUsage } from "./usage.ts";

export interface RunDeskParts {
  database: OpenDatabase;
  platform: ChatPlatform;
  /** Said under each answer, or null. */
  notice: string | null;
  settings: Pick<SettingsDesk, "of">;
  processId: string;
  log: Logger;
}

/** What people can ask of runs that are there, from any process. */
export function createRunDesk({ database, platform, notice, settings, processId, log }: RunDeskParts): RunDesk {
  const runs = createRunStore(database);
  return {
    openRun: async (runId) => {
      const run = await runs.find(runId);
      return run !== null && CAN_BE_STOPPED.includes(run.state) ? run : null;
    },
    stop: (runId) => requestCancel(database, runId),
    runOf: runIdOf,
    latestOpen: async (thread, asker) => {
      const whose = asker === null ? {} : { asker };
      const [run] = await runs.listRecent({ limit: 1, thread, ...whose, states: CAN_BE_STOPPED });
      return run?.id ?? null;
    },
    repeatAnswer: async ({ thread, messageId }) => {
      const [newest] = await runs.listRecent({ limit: 1, thread, states: ["done"] });
      const run = newest === undefined ? null : await runs.find(newest.id);
      if (run?.report == null) return false;
      const lease = { runId: run.id, confirm: async () => {}, fenced: database.transaction };
      const sender = senderName(processId, "reception");
      const outbox = createOutbox({ database, platform, lease, processId, sender, log });
      await postAnswer(run, run.report, platform, { outbox, notice, round: `:${messageId}` });
      return true;
    },
    describe: (asker) => describeRuns(database, asker),
    usage: async (who) => {
      const now = new Date();
      const { limits } = await settings.of(who);
      return describeUsage(database, quotaKeysOf(who, now), limits, now);
    },
    history: async ({ asker, thread }) => {
      const latest = await runs.listRecent({ limit: MOST_SHOWN, thread: { ...thread, threadId: null }, asker });
      if (latest.length === 0) return "You asked nothing here that is still kept.";
      return latest.map(historyLine).join("\n");
    },
  };
}

/** "- 2026-11-27: Why is the sky blue? (answered)" */
export function historyLine({ request, state, outcome, createdAt }: RunSummary): string {
  const ending = outcome ?? (state === "failed" ? "failed" : "at work");
  return `- ${createdAt.slice(0, 10)}: ${defuse(cleanLine(request.question, MAX_QUESTION_CHARS))} (${ENDINGS[ending] ?? ending})`;
}

const ENDINGS: Readonly<Record<string, string>> = {
  answered: "answered",
  partial: "answered in part",
  "nothing-found": "nothing found",
};
const MOST_SHOWN = 10;
const MAX_QUESTION_CHARS = 150;
const CAN_BE_STOPPED: readonly RunState[] = ["queued", "running"];

async function describeRuns(database: Database, asker: string): Promise<string> {
  const open = await createRunStore(database).listRecent({
    limit: 50,
    asker,
    states: [...CAN_BE_STOPPED, "delivering"],
  });
  if (open.length === 0) return "None of your questions is at work or waiting.";
  const atWork = open.filter(({ state }) => state !== "queued").length;
  const places = await placesOf(database, asker);
  const waiting = places.length === 0 ? "none waits" : `waiting at place ${places.join(", ")}`;
  return `Your questions: ${atWork} at work, ${waiting}.`;
}
