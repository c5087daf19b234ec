import type { Logger } from "pino";
import { defuse } from "../chat/defuse.ts";
import type { RunDesk } from "../chat/intake.ts";
import { linkTarget } from "../chat/link-marks.ts";
import { quotaKeysOf } from "../chat/quotas.ts";
import type { SettingsDesk } from "../chat/settings-desk.ts";
import type { ChatPlatform, LinkedWords, QuestionLine } from "../chat-ports.ts";
import type { Database } from "../ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { requestCancel } from "../storage/leases.ts";
import { placesOf } from "../storage/queued-runs.ts";
import { createRunStore } from "../storage/runs.ts";
import type { RunState } from "../types.ts";
import { askedQuestions } from "./asked-questions.ts";
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
  /** Of whoever set none. */
  timeZone: string;
  processId: string;
  log: Logger;
}

/** What people can ask of runs that are there, from any process. */
export function createRunDesk({
  database,
  platform,
  notice,
  settings,
  timeZone,
  processId,
  log,
}: RunDeskParts): RunDesk {
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
    history: async (who) => {
      const { timeZone: own } = await settings.of(who);
      return historyInWords(await askedQuestions(who, own, { database, platform, timeZone }));
    },
  };
}

/** "- [Why is the sky blue?](address of the answer) · answered · Fri 27 Nov 2026 09:00" */
function historyInWords(lines: readonly QuestionLine[]): LinkedWords {
  if (lines.length === 0)
    return { text: "You asked nothing here that is still kept. Ask me: `why is the sky blue?`", links: [] };
  const links = lines.flatMap(({ url }) => (url === null ? [] : [linkTarget(url)]));
  const text = lines.map(({ question, url, ...line }) => {
    const words = defuse(question);
    const named = url === null ? words : `[${words.replace(/[\\[\]]/g, "\\$&")}](${linkTarget(url)})`;
    return `- ${named} · ${line.state} · ${line.at}`;
  });
  return { text: ["Your latest questions here:", ...text].join("\n"), links };
}

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
