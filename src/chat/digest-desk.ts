import { isDeepStrictEqual } from "node:util";
import type { DigestForm, DigestLine, Note } from "../chat-ports.ts";
import type { Digest, DigestIssue, ThreadRef } from "../types.ts";
import { defuse } from "./defuse.ts";
import { type DigestChange, type DigestCommand, type DigestWish, HOW } from "./digest-command.ts";
import { type DigestLimits, describeOptions, type FormWish } from "./digest-form.ts";
import { isSameChannel } from "./same-channel.ts";
import { describeTimetable, presentTimetable, wallTime } from "./timetable/describe-timetable.ts";
import { nextTimes } from "./timetable/next-times.ts";

/** The digests that are kept, as far as people may manage them. */
export interface DigestDesk {
  listOf(place: ThreadRef): Promise<Digest[]>;
  find(id: string): Promise<Digest | null>;
  /** A new one; the same digest of the same event once more is the one that is there, unchanged. */
  add(digest: Omit<Digest, "id" | "createdAt">, event: string): Promise<Digest>;
  /** Begins, or goes on, with the time that is due next. */
  activate(id: string, nextDueAt: string, owner: string): Promise<void>;
  pause(id: string, reason: string): Promise<void>;
  /** What was told before stays told. */
  edit(id: string, change: Pick<Digest, "topic" | "options" | "timetable" | "timeZone" | "nextDueAt">): Promise<void>;
  remove(id: string): Promise<void>;
  /** Tells it now, beside its timetable, and once however often the event comes; why not in words, or null. */
  runNow(digest: Digest, event: string): Promise<string | null>;
  /** The same for this person alone: the channel is told nothing, and nothing counts as told. What it costs does. */
  preview(digest: Digest, person: string, event: string): Promise<string | null>;
  /** Newest first. */
  issues(id: string, limit: number): Promise<DigestIssue[]>;
  /** US dollars, in this month (UTC). */
  spentThisMonth(id: string): Promise<number>;
  /** For a day. Resolves with its id. */
  keepDraft(draft: DigestDraft): Promise<string>;
  draft(id: string): Promise<DigestDraft | null>;
  readonly limits: DigestLimits;
}

/** What somebody filled in and did not save yet. */
export interface DigestDraft {
  /** The digest that it changes; null for a new one. */
  digestId: string | null;
  place: ThreadRef;
  person: string;
  form: DigestForm;
}

/** Who wants something, where, and the event that says so: platforms send an event again when they are not sure. */
export interface DigestAsker {
  place: ThreadRef;
  person: string;
  event: string;
}

export interface DigestReplyParts {
  desk: DigestDesk;
  /** Where the words name no zone. */
  timeZone: string;
  now(): Date;
  /** Tells everybody in the channel; once for each name. Never rejects. */
  announce(place: ThreadRef, words: Note, name: string): void;
}

/** Does what somebody wants with the digests of their channel, and says in Markdown what came of it. */
export async function manageDigests(
  command: DigestCommand,
  who: DigestAsker,
  parts: DigestReplyParts,
): Promise<string> {
  const { desk } = parts;
  if (command.kind === "help") return HOW;
  if (command.kind === "list") return listed(await desk.listOf(who.place), who.person, parts);
  if (command.kind === "create") return create(command.wish, who, parts);
  return change(command, who, parts);
}

async function change(
  command: Extract<DigestCommand, { id: string }>,
  { place, person, event }: DigestAsker,
  parts: DigestReplyParts,
): Promise<string> {
  const { desk } = parts;
  const digest = await desk.find(command.id);
  if (digest === null || !isSameChannel(digest.place, place)) return notHere(command.id);
  switch (command.kind) {
    case "start":
    case "resume":
      return activate(digest, person, parts);
    case "edit":
      return saveEdit(digest, { wish: changed(digest, command.change), person }, parts);
    case "pause":
      await desk.pause(digest.id, "paused in this channel");
      return `Paused: ${nameOf(digest)}. \`digest resume ${digest.id}\` goes on.`;
    case "delete":
      await desk.remove(digest.id);
      return `Deleted: ${nameOf(digest)}.`;
    case "run": {
      const refusal = await desk.runNow(digest, event);
      if (refusal !== null) return `${nameOf(digest)} is not told now. ${refusal}`;
      return `On it: ${nameOf(digest)} comes here as soon as it is ready${digest.options.whenNothingNew === "silent" ? ", unless there is nothing new" : ""}.`;
    }
    case "preview": {
      const refusal = await desk.preview(digest, person, event);
      if (refusal !== null) return `${nameOf(digest)} is not previewed. ${refusal}`;
      return `On it: what ${nameOf(digest)} would tell now is shown to you alone as soon as it is ready.`;
    }
    case "history":
      return history(digest, await desk.issues(digest.id, MOST_ISSUES));
  }
}

/** Kept at once, but not begun: people see first when it will be told. */
async function create(
  { topic, timetable, timeZone, options }: DigestWish,
  { place, person, event }: DigestAsker,
  { desk, timeZone: usual, now }: DigestReplyParts,
): Promise<string> {
  const zone = timeZone ?? usual;
  const times = presentTimetable({ cron: timetable, timeZone: zone }, now().toISOString());
  const owned = { place: { ...place, threadId: null }, owner: person, topic, options, timetable, timeZone: zone };
  const digest = await desk.add(
    { ...owned, state: "paused", pausedBecause: NOT_BEGUN, failures: 0, nextDueAt: null },
    event,
  );
  return `${nameOf(digest)}\n${times}.\n\nNothing is told yet: \`digest start ${digest.id}\` begins it, \`digest preview ${digest.id}\` shows you alone what it would tell now, \`digest delete ${digest.id}\` takes it away.`;
}

/** Begins at once: people saw what it will be. The same draft twice is one digest. */
export async function saveNew(
  { id, wish, place, person }: Pick<DigestDraft, "place" | "person"> & { id: string; wish: FormWish },
  parts: DigestReplyParts,
): Promise<string> {
  const { timetable, timeZone } = wish;
  const [next = ""] = nextTimes({ cron: timetable, timeZone }, { after: parts.now().toISOString(), count: 1 });
  const begun = { state: "active", pausedBecause: null, failures: 0, nextDueAt: next } as const;
  const digest = await parts.desk.add({ ...wish, place, owner: person, ...begun }, id);
  announceNew(digest, person, parts);
  return `${whenOf(digest, next)} ${LISTED}`;
}

/** What nobody named stays: the digest with the change in it. */
function changed(digest: Digest, { options, ...change }: DigestChange): DigestWish {
  const { topic, timetable, timeZone } = digest;
  const wish = { topic, timetable, ...change, timeZone: change.timeZone ?? timeZone };
  return { ...wish, options: { ...digest.options, ...(wish.topic === null ? { feeds: [] } : {}), ...options } };
}

export async function saveEdit(
  digest: Digest,
  { wish, person }: { wish: DigestWish; person: string },
  { desk, now, announce }: DigestReplyParts,
): Promise<string> {
  const { topic, options, timetable } = wish;
  const timeZone = wish.timeZone ?? digest.timeZone;
  const schedule = { cron: timetable, timeZone };
  const after = now().toISOString();
  const [next = ""] = nextTimes(schedule, { after, count: 1 });
  const nextDueAt = digest.state === "active" ? next : null;
  await desk.edit(digest.id, { topic, options, timetable, timeZone, nextDueAt });
  const isOther = !isDeepStrictEqual(toldOf(digest), toldOf({ topic, options, timetable, timeZone }));
  if (isOther && digest.state === "active") {
    const text = `changed what is told here: ${whenOf({ topic, options, timetable, timeZone }, next)} ${LISTED}`;
    announce(digest.place, { by: person, text }, `digest:${digest.id}:changed:${after}`);
  }
  const lines = [
    `Changed. ${nameOf({ topic, options })}`,
    `${presentTimetable(schedule, after)}.`,
    `${describeOptions(options)}.`,
    ...options.feeds.map((url) => `Feed: ${defuse(url)}`),
    ...(digest.state === "active" ? [] : [`It is paused: \`digest resume ${digest.id}\` goes on.`]),
  ];
  return lines.join("\n");
}

/** Whoever goes on with a digest whose owner is gone owns it from now on. */
async function activate(digest: Digest, person: string, parts: DigestReplyParts): Promise<string> {
  const timetable = { cron: digest.timetable, timeZone: digest.timeZone };
  const [next = ""] = nextTimes(timetable, { after: parts.now().toISOString(), count: 1 });
  await parts.desk.activate(digest.id, next, digest.pausedBecause === OWNER_GONE ? person : digest.owner);
  if (digest.pausedBecause === NOT_BEGUN) announceNew({ ...digest, nextDueAt: next }, person, parts);
  return `${whenOf(digest, next)} ${LISTED}`;
}

/** Its maker alone sees what they did; who will read it hears in a line what will come, from whom and when. */
function announceNew(digest: Digest, person: string, { announce }: DigestReplyParts): void {
  const text = `set up what is told here from now on: ${whenOf(digest, digest.nextDueAt ?? "")} ${LISTED}`;
  announce(digest.place, { by: person, text }, `digest:${digest.id}`);
}

type Told = Pick<Digest, "topic" | "options" | "timetable" | "timeZone">;

/** "Digest about pg-boss: every weekday at 09:00 (Europe/Berlin), next on Mon 30 Nov 2026 09:00." */
function whenOf(digest: Told, next: string): string {
  const { timetable, timeZone } = digest;
  return `${nameOf(digest)}: ${describeTimetable({ cron: timetable, timeZone })}, next on ${wallTime(next, timeZone)}.`;
}

function toldOf({ topic, options, timetable, timeZone }: Told): unknown {
  // What is kept has no fields without a value.
  return JSON.parse(JSON.stringify({ topic, options, timetable, timeZone }));
}

async function listed(digests: readonly Digest[], person: string, parts: DigestReplyParts): Promise<string> {
  if (digests.length === 0) return `There are no digests in this channel.\n${HOW}`;
  const lines = (await linesOf(digests, parts)).map(({ id, name, owner, when, state, last, cost }) =>
    [`- \`${id}\` ${name}: ${when}, ${state}`, last, cost, owner === person ? "yours" : null]
      .filter((part) => part !== null)
      .join("; "),
  );
  return lines.join("\n");
}

/** Whose they are, where they stand, when they are told next, how it went last and what they cost. */
export function linesOf(
  digests: readonly Digest[],
  { desk }: { desk: Pick<DigestDesk, "issues" | "spentThisMonth"> },
): Promise<DigestLine[]> {
  return Promise.all(
    digests.map(async (digest) => {
      const [issues, spent] = await Promise.all([desk.issues(digest.id, MOST_ISSUES), desk.spentThisMonth(digest.id)]);
      const last = issues.find(({ state }) => state !== "previewed");
      const { id, owner, timetable, timeZone, state, pausedBecause, nextDueAt } = digest;
      const isActive = state === "active" && nextDueAt !== null;
      return {
        ...{ id, owner, isActive, name: nameOf(digest), when: describeTimetable({ cron: timetable, timeZone }) },
        state: isActive
          ? `next on ${wallTime(nextDueAt, timeZone)}`
          : `paused (${(pausedBecause ?? "").replace(/\.$/, "")})`,
        last: last === undefined ? null : `last: ${issueLine(last, timeZone)}`,
        cost: spent > 0 ? `$${spent.toFixed(2)} this month` : null,
      };
    }),
  );
}

function history(digest: Digest, issues: readonly DigestIssue[]): string {
  if (issues.length === 0) return `${nameOf(digest)} was not told yet.`;
  return [`${nameOf(digest)}:`, ...issues.map((issue) => `- ${issueLine(issue, digest.timeZone)}`)].join("\n");
}

function issueLine({ dueAt, state, costUsd }: DigestIssue, timeZone: string): string {
  const cost = costUsd === null ? "" : `, $${costUsd.toFixed(2)}`;
  return `${wallTime(dueAt, timeZone)} ${STATES[state]}${cost}`;
}

export function nameOf({ topic, options }: Pick<Digest, "topic" | "options">): string {
  if (topic === null) return "Digest of this channel";
  return `Digest ${options.withTalk === true ? "of this channel and " : ""}about ${defuse(topic)}`;
}

export function notHere(id: string): string {
  return `There is no digest ${id} in this channel. \`digests\` lists them.`;
}

/** Why it is paused when nobody is there any more to answer for it. */
export const OWNER_GONE = "whoever made it is not here any more";
const NOT_BEGUN = "not begun yet";
const LISTED = "`digests` lists what is told here.";
const MOST_ISSUES = 10;
const STATES: Record<DigestIssue["state"], string> = {
  claimed: "at work",
  posted: "told",
  silent: "nothing new",
  skipped: "left out",
  failed: "failed",
  previewed: "previewed",
};
