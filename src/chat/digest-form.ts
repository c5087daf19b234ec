import type { DigestField, DigestForm } from "../chat-ports.ts";
import { RuminateError, userMessageFor } from "../errors.ts";
import type { Digest, DigestOptions } from "../types.ts";
import { type DigestWish, readAmount, readSchedule, readSubject } from "./digest-command.ts";
import { describeTimetable } from "./timetable/describe-timetable.ts";
import { nextTimes, readTimeZone } from "./timetable/next-times.ts";
import { parseTimetable } from "./timetable/parse-timetable.ts";

/** US dollars for one issue of a digest and for all of a month; null = no limit of its own. */
export interface DigestLimits {
  perRun: number | null;
  perMonth: number | null;
}

export type FormWish = DigestWish & { timeZone: string };

export interface FormProblem {
  field: DigestField;
  text: string;
}

/** What the form asks for, with its zone, as the same words in a message would; or what is wrong, field by field. */
export function readDigestForm(
  form: DigestForm,
  { timeZone: usual, limits, now }: { timeZone: string; limits: DigestLimits; now: Date },
): FormWish | FormProblem[] {
  const problems: FormProblem[] = [];
  const read = <Value>(field: DigestField, work: () => Value): Value | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof RuminateError) || !MENDABLE.has(error.code)) throw error;
      const isEmpty = error.code === "QUESTION_EMPTY";
      problems.push({ field, text: isEmpty ? "Write what it is about." : userMessageFor(error) });
      return null;
    }
  };
  const zone = read("timeZone", () => readTimeZone(form.timeZone.trim() || usual)) ?? usual;
  const schedule = read("timetable", () => {
    const asked = readSchedule(form.timetable);
    const schedule = { timetable: asked.timetable, timeZone: asked.timeZone ?? zone };
    // A day that never comes is found now.
    nextTimes({ cron: schedule.timetable, timeZone: schedule.timeZone }, { after: now.toISOString(), count: 1 });
    return schedule;
  });
  const subject = form.kind === "talk" ? OF_TALK : read("topic", () => readSubject(form.topic, now));
  const maxRunUsd = read("runCap", () => capIn(form.runCap, limits.perRun));
  const maxMonthUsd = read("monthCap", () => capIn(form.monthCap, limits.perMonth));
  if (problems.length > 0 || schedule === null || subject === null) return problems;
  const { topic, options } = subject;
  const isBrief = form.length === "brief" || options.length === "brief";
  return {
    ...{ topic, ...schedule },
    // Who writes into the field as into a message is understood as well.
    options: {
      length: isBrief ? "brief" : "standard",
      whenNothingNew: form.whenNothingNew === "line" ? "line" : (options.whenNothingNew ?? "silent"),
      feeds: options.feeds,
      ...(form.kind === "both" || options.withTalk === true ? { withTalk: true } : {}),
      researchesOpenQuestions: form.researchesOpenQuestions || options.researchesOpenQuestions === true,
      maxRunUsd: maxRunUsd ?? options.maxRunUsd ?? null,
      maxMonthUsd: maxMonthUsd ?? options.maxMonthUsd ?? null,
    },
  };
}

/** What stands in the field of the form; a topic when it is nothing that we know. */
export function readDigestKind(value: string): DigestForm["kind"] {
  return value === "talk" || value === "both" ? value : "topic";
}

/** The form as the digest is now; of a new one when null. */
export function formOf(digest: Digest | null, timeZone: string): DigestForm {
  if (digest === null) return { ...EMPTY, timeZone };
  const { topic, options, timetable } = digest;
  const { length, whenNothingNew, researchesOpenQuestions, maxRunUsd, maxMonthUsd } = options;
  return {
    kind: topic === null ? "talk" : options.withTalk === true ? "both" : "topic",
    topic: [topic ?? "", ...options.feeds.map((url) => `feed ${url}`)].join(" ").trim(),
    timetable: timetableWords(timetable),
    timeZone: digest.timeZone,
    ...{ length, whenNothingNew, researchesOpenQuestions },
    runCap: amountWords(maxRunUsd),
    monthCap: amountWords(maxMonthUsd),
  };
}

/** What people chose of the ways to tell it, in a line: "3 to 7 points; nothing is said when there is nothing new". */
export function describeOptions({ length, whenNothingNew, ...options }: DigestOptions): string {
  const caps = [
    options.maxRunUsd ? `$${options.maxRunUsd.toFixed(2)} each time` : "",
    options.maxMonthUsd ? `$${options.maxMonthUsd.toFixed(2)} a month` : "",
  ].filter((cap) => cap !== "");
  return [
    length === "brief" ? "At most 3 points" : "3 to 7 points",
    whenNothingNew === "line" ? "a line when there is nothing new" : "nothing is said when there is nothing new",
    options.researchesOpenQuestions ? "open questions are looked up" : "",
    caps.length === 0 ? "" : `at most ${caps.join(" and ")}`,
  ]
    .filter((part) => part !== "")
    .join("; ");
}

/** @throws {RuminateError} AMOUNT_INVALID also above what whoever runs us allows */
function capIn(text: string, most: number | null): number | null {
  const amount = readAmount(text);
  if (amount === null || most === null || amount <= most) return amount;
  throw new RuminateError("AMOUNT_INVALID", `Whoever runs me allows at most $${most}.`);
}

/** As people would say it, where that means the same. */
function timetableWords(cron: string): string {
  const words = describeTimetable({ cron, timeZone: "UTC" }).replace(/ \(UTC\)$/, "");
  try {
    return parseTimetable(words) === cron ? words : cron;
  } catch (error) {
    if (error instanceof RuminateError && error.code === "TIMETABLE_INVALID") return cron;
    throw error;
  }
}

function amountWords(amount: number | null | undefined): string {
  return amount === null || amount === undefined ? "" : String(amount);
}

const EMPTY: Omit<DigestForm, "timeZone"> = {
  kind: "topic",
  topic: "",
  timetable: "every weekday at 9",
  length: "standard",
  whenNothingNew: "silent",
  researchesOpenQuestions: false,
  runCap: "",
  monthCap: "",
};
const OF_TALK: { topic: null; options: Partial<DigestOptions> & { feeds: string[] } } = {
  topic: null,
  options: { feeds: [] },
};
/** The person can mend these in the form; all else is ours. */
const MENDABLE: ReadonlySet<string> = new Set([
  "QUESTION_EMPTY",
  "QUESTION_TOO_LONG",
  "TIMETABLE_INVALID",
  "AMOUNT_INVALID",
]);
