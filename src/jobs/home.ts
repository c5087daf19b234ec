import { linesOf } from "../chat/digest-desk.ts";
import { quotaKeysOf } from "../chat/quotas.ts";
import type { SettingsDesk } from "../chat/settings-desk.ts";
import type { ChatHandlers } from "../ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { createDigestStore } from "../storage/digests.ts";
import { createRunStore } from "../storage/runs.ts";
import { spentThisMonth } from "./digest-budget.ts";
import { historyLine } from "./run-desk.ts";
import { describeUsage } from "./usage.ts";

/** The page that a person alone sees: what they used, asked, and have told on a timetable, in this workspace. */
export function createHome({
  database,
  settings,
}: {
  database: OpenDatabase;
  settings: Pick<SettingsDesk, "of" | "describe">;
}): ChatHandlers["onHome"] {
  return async (person, { platform, workspaceId }) => {
    const now = new Date();
    const isHere = (place: { platform: string; workspaceId: string }): boolean =>
      place.platform === platform && place.workspaceId === workspaceId;
    const who = { asker: person, thread: { platform, workspaceId, channelId: "", threadId: null } };
    const keys = quotaKeysOf(who, now).filter(({ scope }) => scope !== "channel");
    const store = createDigestStore(database);
    const [usage, set, runs, digests] = await Promise.all([
      settings.of(who).then(({ limits }) => describeUsage(database, keys, limits, now)),
      settings.describe(who),
      createRunStore(database).listRecent({ limit: MOST_LOOKED_AT, asker: person }),
      store.listOfOwner(person),
    ]);
    return {
      usage: usage.split("\n").map(asPlain),
      questions: runs
        .filter(({ request }) => isHere(request.thread) && request.digest === undefined)
        .slice(0, MOST_RUNS)
        .map(historyLine)
        .map(asPlain),
      settings: set.split("\n").map(asPlain),
      digests: await linesOf(
        digests.filter(({ place }) => isHere(place)),
        { desk: { issues: store.issues, spentThisMonth: (id) => spentThisMonth(database, id, now.getTime()) } },
      ),
    };
  };
}

/** The same lines are Markdown elsewhere. */
function asPlain(line: string): string {
  return line.replace(/^- /, "").replaceAll("`", "");
}

const MOST_RUNS = 10;
// Among them are runs of digests and of other workspaces.
const MOST_LOOKED_AT = 100;
