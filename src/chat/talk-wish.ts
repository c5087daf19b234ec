/** Somebody wants to know what was said in the channel where they ask. */
export interface TalkWish {
  /** Only what was said after that moment. */
  since: string;
  isBrief: boolean;
  /** Questions that nobody answered are looked up, too. */
  researchesOpenQuestions: boolean;
}

/**
 * "Summarise this channel", "recap of this channel since Monday and research the open questions", "what was said here
 * today"; null when the words may mean anything else. Without a time it is the last week.
 */
export function readTalkWish(text: string, now: Date): TalkWish | null {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, "")
    .replace(/\s+/g, " ");
  const lookUp = LOOK_UP.exec(words);
  const rest = lookUp === null ? words : words.slice(0, lookUp.index);
  const wish = WISH.exec(rest);
  if (wish === null) return null;
  const since = sinceOf((wish.groups?.time ?? "").trim(), now);
  if (since === null) return null;
  return { since, isBrief: /\b(?:briefly|brief|short)\b/.test(rest), researchesOpenQuestions: lookUp !== null };
}

const PLACE = "(?:this|the) channel";
const WISH = new RegExp(
  `^(?:please )?(?:(?:briefly )?(?:summari[sz]e|recap|digest|sum up)|(?:a )?(?:brief |short )?(?:summary|recap|digest) of) ${PLACE}(?: briefly)?(?<time>.*)$|^what (?:was|has been|did we) (?:said|say|discussed?|decided?|agreed?) (?:here|in ${PLACE})(?<time>.*)$`,
);
const LOOK_UP = /,? and (?:also )?(?:research|look up|answer|investigate) (?:the |its |all )?open questions$/;
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const HOUR_MS = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS };
// What is older was told or forgotten, and reading it takes long.
const MOST_MS = 31 * 24 * HOUR_MS;

/** Null when it is no time, or none that is in the last month. */
function sinceOf(words: string, now: Date): string | null {
  if (words === "") return ago(now, 7 * 24 * HOUR_MS);
  const time = words.replace(/^(?:since|from|of|for|in|over|during) /, "").replace(/^the /, "");
  if (time === "today") return ago(now, 24 * HOUR_MS);
  if (time === "yesterday") return ago(now, 48 * HOUR_MS);
  if (time === "this week" || time === "last week" || time === "past week") return ago(now, 7 * 24 * HOUR_MS);
  const span = /^(?:(?:last|past) )?(\d{1,3}) (hour|day|week)s?$/.exec(time);
  if (span !== null) return within(now, Number(span[1]) * (UNITS[span[2] ?? ""] ?? 0));
  const one = /^(?:last|past) (hour|day)$/.exec(time);
  if (one !== null) return ago(now, UNITS[one[1] ?? ""] ?? 0);
  const day = DAYS.findIndex((name) => name === time || `last ${name}` === time);
  if (day !== -1) return ago(now, midnightMs(now) + (((now.getUTCDay() - day + 6) % 7) + 1) * 24 * HOUR_MS);
  if (/^\d{4}-\d\d-\d\d$/.test(time) && !Number.isNaN(Date.parse(time)))
    return within(now, now.getTime() - Date.parse(time));
  return null;
}

function within(now: Date, milliseconds: number): string | null {
  return milliseconds > 0 && milliseconds <= MOST_MS ? ago(now, milliseconds) : null;
}

function ago(now: Date, milliseconds: number): string {
  return new Date(now.getTime() - milliseconds).toISOString();
}

/** Since the last midnight, UTC. */
function midnightMs(now: Date): number {
  return now.getTime() % (24 * HOUR_MS);
}
