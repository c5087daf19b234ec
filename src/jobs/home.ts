import { linesOf } from "../chat/digest-desk.ts";
import { quotaKeysOf } from "../chat/quotas.ts";
import type { SettingsDesk } from "../chat/settings-desk.ts";
import type { ChatHandlers } from "../chat-ports.ts";
import { createDigestStore } from "../storage/digests.ts";
import { type AskedQuestionsParts, askedQuestions } from "./asked-questions.ts";
import { spentThisMonth } from "./digest-budget.ts";
import { describeUsage } from "./usage.ts";

/** The page that a person alone sees: what they used, asked, and have told on a timetable, in this workspace. */
export function createHome({
  database,
  platform,
  settings,
  timeZone,
}: AskedQuestionsParts & {
  settings: Pick<SettingsDesk, "look">;
}): ChatHandlers["onHome"] {
  return async (person, { platform: platformName, workspaceId }) => {
    const now = new Date();
    const isHere = (place: { platform: string; workspaceId: string }): boolean =>
      place.platform === platformName && place.workspaceId === workspaceId;
    const who = { asker: person, thread: { platform: platformName, workspaceId, channelId: "", threadId: null } };
    const keys = quotaKeysOf(who, now).filter(({ scope }) => scope !== "channel");
    const store = createDigestStore(database);
    const { settings: set, lines } = await settings.look(who);
    const [usage, questions, digests] = await Promise.all([
      describeUsage(database, keys, set.limits, now),
      askedQuestions(who, set.timeZone, { database, platform, timeZone }),
      store.listOfOwner(person),
    ]);
    return {
      usage: usage.split("\n").map(asPlain),
      questions,
      settings: lines,
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
