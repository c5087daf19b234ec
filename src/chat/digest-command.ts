import type { DigestVerb } from "../chat-ports.ts";
import { RuminateError } from "../errors.ts";
import type { DigestOptions } from "../types.ts";
import { readQuestion } from "./question.ts";
import { readTalkWish } from "./talk-wish.ts";
import { readTimeZone } from "./timetable/next-times.ts";
import { parseTimetable } from "./timetable/parse-timetable.ts";

/** What somebody wants with the digests of a channel. */
export type DigestCommand =
  | { kind: "list" }
  | { kind: "help" }
  | { kind: DigestVerb; id: string }
  | { kind: "edit"; id: string; change: DigestChange }
  | { kind: "create"; wish: DigestWish };

export interface DigestWish {
  /** Null: what is said in the channel. */
  topic: string | null;
  timetable: string;
  /** Null: the usual one. */
  timeZone: string | null;
  options: DigestOptions;
}

/** What is to be different from now on; what is left out stays as it is. */
export type DigestChange = Partial<Pick<DigestWish, "topic" | "timetable" | "timeZone">> & {
  options: Partial<DigestOptions>;
};

/**
 * "digests", "digest pause k3f9", "digest every weekday at 9: news about pg-boss", and in plain words "every Friday at 16:00
 * summarise this channel". Null for everything else, which is a question.
 *
 * @throws {RuminateError} TIMETABLE_INVALID when it can only be meant as a digest and its time is not understood
 */
export function readDigestCommand(text: string, now: Date): DigestCommand | null {
  const words = text.trim().replace(/\s+/g, " ");
  if (/^digests(?: list)?[.!?]*$/i.test(words)) return { kind: "list" };
  if (/^digest(?: help)?[.!?]*$/i.test(words)) return { kind: "help" };
  const [, verb, id] = VERB.exec(words) ?? [];
  if (verb !== undefined && id !== undefined) return { kind: verb.toLowerCase() as DigestVerb, id: id.toLowerCase() };
  const [whole, edited] = EDIT.exec(words) ?? [];
  if (whole !== undefined && edited !== undefined)
    return { kind: "edit", id: edited.toLowerCase(), change: changeIn(words.slice(whole.length).trim(), now) };
  const isAnnounced = ANNOUNCED.test(words);
  const wish = wishIn(words.replace(ANNOUNCED, ""), now, isAnnounced);
  return wish === null ? null : { kind: "create", wish };
}

/** Time, then a colon or "summarise this channel"; in words that are not announced as a digest all must fit. */
function wishIn(words: string, now: Date, isAnnounced: boolean): DigestWish | null {
  const colon = /:\s/.exec(words);
  const talk = TALK.exec(words);
  const at = colon?.index ?? talk?.index;
  if (at === undefined) {
    if (isAnnounced) throw new RuminateError("TIMETABLE_INVALID", HOW);
    return null;
  }
  const time = words.slice(0, at).replace(/[,;]$/, "").trim();
  if (time === "" && !isAnnounced) return null;
  const schedule = scheduleIn(time, isAnnounced);
  if (schedule === null) return null;
  return { ...readSubject(words.slice(colon === null ? at : at + 1).trim(), now), ...schedule };
}

/** "Mondays 08:30", "about SQLite", "--brief", or all of it: "Mondays 08:30: SQLite --brief". */
function changeIn(words: string, now: Date): DigestChange {
  const { rest, said } = takeOptions(words);
  const [time, subject] = timeAndSubject(rest);
  if (rest === "" && Object.keys(said).length === 0) throw new RuminateError("TIMETABLE_INVALID", HOW_TO_EDIT);
  const schedule = time === "" ? {} : readSchedule(time);
  if (subject === "") return { ...schedule, options: said };
  const { topic, options } = subjectIn(subject, now);
  return { ...schedule, topic, options: { ...said, withTalk: false, ...options } };
}

function timeAndSubject(words: string): [time: string, subject: string] {
  const colon = /:(?:\s|$)/.exec(words);
  if (colon !== null) return [words.slice(0, colon.index).trim(), words.slice(colon.index + 1).trim()];
  const at = (TALK.exec(words) ?? ABOUT.exec(words))?.index ?? words.length;
  return [words.slice(0, at).replace(/[,;]?\s*$/, ""), words.slice(at).replace(ABOUT, "").trim()];
}

/** "summarise this channel and what is new in Rust", in either order; the topic is null where there is no second part. */
function takeApart(words: string): { talk: string; topic: string | null } {
  const news = AND_NEWS.exec(words);
  if (news !== null)
    return { talk: words.slice(0, news.index), topic: words.slice(news.index + (news[1] ?? "").length) };
  const talk = AND_TALK.exec(words);
  if (talk !== null) return { talk: talk[1] ?? "", topic: words.slice(0, talk.index) };
  return { talk: words, topic: null };
}

type Schedule = Pick<DigestWish, "timetable" | "timeZone">;

/**
 * "every weekday at 9 in Europe/Berlin"
 *
 * @throws {RuminateError} TIMETABLE_INVALID
 */
export function readSchedule(words: string): Schedule {
  const { time, timeZone } = takeZone(words.trim());
  return { timetable: parseTimetable(time), timeZone };
}

/** Do the words of a time name a zone as well? */
export function namesZone(words: string): boolean {
  return ZONE.test(words.trim());
}

/**
 * What a digest is about, with its feeds and options: "news about PostgreSQL feed https://… --brief", "summarise this
 * channel"
 *
 * @throws {RuminateError} QUESTION_EMPTY, QUESTION_TOO_LONG, AMOUNT_INVALID
 */
export function readSubject(text: string, now: Date): Pick<DigestWish, "topic" | "options"> {
  const { rest, said } = takeOptions(text);
  const { topic, options } = subjectIn(rest, now);
  return { topic, options: { ...USUAL, ...said, ...options } };
}

function subjectIn(text: string, now: Date): { topic: string | null; options: Partial<DigestOptions> } {
  const parts = takeApart(text);
  const wish = readTalkWish(parts.talk, now);
  if (wish === null) return { topic: topicOf(text), options: {} };
  const options: Partial<DigestOptions> = {
    ...(wish.isBrief ? { length: "brief" } : {}),
    ...(wish.researchesOpenQuestions ? { researchesOpenQuestions: true } : {}),
  };
  if (parts.topic === null) return { topic: null, options };
  return { topic: topicOf(parts.topic), options: { ...options, withTalk: true } };
}

function topicOf(words: string): string {
  return readQuestion(words).replace(TOPIC_OPENING, "");
}

/**
 * "$0.20" in US dollars; null for nothing.
 *
 * @throws {RuminateError} AMOUNT_INVALID
 */
export function readAmount(text: string): number | null {
  if (text.trim() === "") return null;
  const amount = Number((AMOUNT.exec(text.trim())?.[1] ?? "").replace(",", "."));
  if (amount > 0) return amount;
  throw new RuminateError("AMOUNT_INVALID", `Expected an amount in US dollars such as 0.20, got "${text.trim()}".`);
}

function scheduleIn(time: string, isAnnounced: boolean): Schedule | null {
  try {
    return readSchedule(time);
  } catch (error) {
    if (isAnnounced || !(error instanceof RuminateError)) throw error;
    return null;
  }
}

function takeZone(time: string): { time: string; timeZone: string | null } {
  const [whole, zone] = ZONE.exec(time) ?? [];
  if (whole === undefined || zone === undefined) return { time, timeZone: null };
  return { time: time.replace(whole, "").trim(), timeZone: readTimeZone(zone) };
}

/** What words in front of which two dashes stand say, and the feeds; null takes a cap away. */
function takeOptions(text: string): { rest: string; said: Partial<DigestOptions> } {
  const said: Partial<DigestOptions> = {};
  const feeds: string[] = [];
  const rest = text
    .replace(FEED, (_whole, url: string) => {
      feeds.push(url);
      return " ";
    })
    .replace(CAP, (_whole, of: string, amount: string) => {
      const most = amount.toLowerCase() === "none" ? null : readAmount(amount);
      Object.assign(said, of.toLowerCase() === "run" ? { maxRunUsd: most } : { maxMonthUsd: most });
      return " ";
    })
    .replace(FLAG, (_whole, flag: string) => {
      Object.assign(said, FLAGS[flag.toLowerCase() as keyof typeof FLAGS]);
      return " ";
    });
  if (feeds.length > 0) said.feeds = feeds;
  return { rest: rest.replace(/\s+/g, " ").trim(), said };
}

export const HOW = `Say when and what, such as \`digest every weekday at 9: news about PostgreSQL\` or \`digest Fridays 16:00: summarise this channel\`.
- a time zone: \`digest every weekday at 9 in Europe/Berlin: …\`; feeds: \`… feed https://example.org/atom.xml\`
- both in one: \`digest Fridays 16:00: summarise this channel and what is new in Rust\`; \`… and research the open questions\` looks those up
- \`--brief\` for three points at most, \`--say-nothing-new\` for a line when there is nothing new, \`--run-cap 0.20\` and \`--month-cap 5\` for US dollars it may cost
- \`digests\` lists them; \`digest preview ID\` shows you alone what it would tell now, \`digest pause|resume|run|history|delete ID\`
- \`digest edit ID …\` changes what you name and keeps the rest: \`Mondays 08:30\`, \`about SQLite\`, \`--standard\`, \`--silent\`, \`--run-cap none\`, \`--no-feeds\``;

const HOW_TO_EDIT =
  "Say what changes, such as `digest edit ID Mondays 08:30`, `digest edit ID about SQLite` or `digest edit ID --brief`; the rest stays as it is.";
const VERB = /^digest (start|pause|resume|delete|run|preview|history) ([a-z0-9]{4,8})[.!]?$/i;
const EDIT = /^digest edit ([a-z0-9]{4,8})(?=\s|:\s|[.!]?$)/i;
const ABOUT = /(?:^|\s)(?:(?:what is |the )?(?:latest )?news )?about\s/i;
const ANNOUNCED = /^(?:(?:a |new )?digest)\s+/i;
const TALK = /\b(?:briefly )?(?:summari[sz]e|recap|sum up|(?:a )?(?:summary|recap|digest) of) (?:this|the) channel\b/i;
const ZONE = /(?:^|\s)(?:in |\()?([A-Z][A-Za-z]+\/[\w+-]+(?:\/[\w-]+)?|UTC)\)?$/;
const FEED = /(?:^|\s)feed:? <?(https?:\/\/[^\s>]+)>?/gi;
const AND_NEWS =
  /((?:,|;)? (?:and|plus) (?:also )?(?:tell (?:us|me) )?)(?=(?:what(?: is|'s|’s) (?:new|going on)|(?:the )?(?:latest )?news) (?:about|in|on|with|of|from|at) )/i;
const AND_TALK =
  /(?:,|;)? (?:and|plus) (?:also )?((?:briefly )?(?:summari[sz]e|recap|sum up) (?:this|the) channel\b.*)$/i;
const CAP = /(?:^|\s)(?:--|—|–)(run|month)-cap[ =](\S+)(?=\s|$)/gi;
const AMOUNT = /^\$?\s*(\d{1,6}(?:[.,]\d{1,4})?)$/;
const FLAGS = {
  brief: { length: "brief" },
  standard: { length: "standard" },
  "say-nothing-new": { whenNothingNew: "line" },
  silent: { whenNothingNew: "silent" },
  "no-feeds": { feeds: [] },
} as const satisfies Record<string, Partial<DigestOptions>>;
const FLAG = new RegExp(`(?:^|\\s)(?:--|—|–)(${Object.keys(FLAGS).join("|")})(?=\\s|$)`, "gi");
/** What counts where nothing is said of it. */
const USUAL: DigestOptions = {
  length: "standard",
  whenNothingNew: "silent",
  feeds: [],
  researchesOpenQuestions: false,
  maxRunUsd: null,
  maxMonthUsd: null,
};
// "what is new about pg-boss?" is about pg-boss.
const TOPIC_OPENING =
  /^(?:what(?: is|'s|’s) (?:new|going on) (?:about|in|with|on|at) |(?:the )?(?:latest )?news (?:about|on|of|from) )|\?+$/gi;
