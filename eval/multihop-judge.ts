import type { Report } from "../src/types.ts";
import { fold } from "../src/words.ts";
import type { Corpus } from "./multihop-corpus.ts";

export interface Question {
  id: string;
  type: string;
  question: string;
  answer: string;
  aliases?: string[];
  supporting_ids: string[];
}

export interface Judged {
  set: string;
  id: string;
  type: string;
  question: string;
  answer: string;
  /** Share of the gold passages that were opened. */
  recall: number;
  /** Null for yes/no questions: their answer stands nowhere in words. */
  inOpened: boolean | null;
  inCited: boolean | null;
  opened: string[];
  cited: string[];
  searches: number;
  wallMs: number;
  cpuMs: number;
  citations: number;
  confirmed: number;
  isNothingFound: boolean;
}

const MAX_CITED = 5;

interface Answered {
  report: Report;
  opened: string[];
  corpus: Corpus;
  times: { wallMs: number; cpuMs: number };
}

export function judge(set: string, question: Question, { report, opened, corpus, times }: Answered): Judged {
  const ids = opened.map(corpus.idOf);
  const answers = [question.answer, ...(question.aliases ?? [])].map(plain).filter((text) => text.trim() !== "");
  const holdsAnswer = (text: string) => answers.some((answer) => plain(text).includes(answer));
  const isYesOrNo = /^(?:yes|no)$/i.test(question.answer);
  const citations = report.citations.slice(0, MAX_CITED);
  const cited = citations.map(({ url, statement }) => `${corpus.row(corpus.idOf(url))?.title}: ${statement}`);
  const read = ids.map((id) => `${corpus.row(id)?.title}. ${corpus.row(id)?.text}`);
  return {
    set,
    id: question.id,
    type: question.type,
    question: question.question,
    answer: question.answer,
    recall: question.supporting_ids.filter((id) => ids.includes(id)).length / question.supporting_ids.length,
    inOpened: isYesOrNo ? null : read.some(holdsAnswer),
    inCited: isYesOrNo ? null : cited.some(holdsAnswer),
    opened: ids.map((id) => corpus.row(id)?.title ?? id),
    cited,
    searches: report.usage.searches,
    ...times,
    citations: report.citations.length,
    confirmed: report.citations.filter(({ verdict }) => verdict === "supported").length,
    isNothingFound: report.outcome === "nothing-found",
  };
}

/** What the reader has to reach on each of the public sets; other sets are measured without a goal. */
const GOALS: Record<string, { recall: number; cited: number; p95Ms: number } | undefined> = {
  hotpot: { recall: 0.95, cited: 0.87, p95Ms: 150 },
  "2wiki": { recall: 0.95, cited: 0.8, p95Ms: 150 },
  musique: { recall: 0.7, cited: 0.48, p95Ms: 150 },
};

/** One row a set, followed by one for each of its types of questions. */
export function summarize(results: readonly Judged[]) {
  const sets = Array.from(Map.groupBy(results, ({ set }) => set));
  return sets.flatMap(([name, rows]) => {
    const types = Array.from(Map.groupBy(rows, ({ type }) => type)).sort(([, a], [, b]) => b.length - a.length);
    return [
      summarizeRows(name, rows, GOALS[name]),
      ...types.map(([type, some]) => summarizeRows(`${name}: ${type}`, some, undefined)),
    ];
  });
}

function summarizeRows(name: string, rows: readonly Judged[], goal: (typeof GOALS)[string]) {
  const recall = mean(rows.map((row) => row.recall));
  const inCited = mean(rows.flatMap((row) => (row.inCited === null ? [] : [Number(row.inCited)])));
  const p95Ms = quantile(
    rows.map((row) => row.wallMs),
    0.95,
  );
  return {
    name,
    questions: rows.length,
    recall,
    recallGoal: goal?.recall ?? null,
    allOpened: mean(rows.map((row) => Number(row.recall === 1))),
    inOpened: mean(rows.flatMap((row) => (row.inOpened === null ? [] : [Number(row.inOpened)]))),
    inCited,
    citedGoal: goal?.cited ?? null,
    searches: mean(rows.map((row) => row.searches)),
    p50Ms: quantile(
      rows.map((row) => row.wallMs),
      0.5,
    ),
    p95Ms,
    p95CpuMs: quantile(
      rows.map((row) => row.cpuMs),
      0.95,
    ),
    confirmed: sum(rows.map((row) => row.confirmed)) / Math.max(1, sum(rows.map((row) => row.citations))),
    nothingFound: rows.filter((row) => row.isNothingFound).length,
    isReached: goal === undefined || (recall >= goal.recall && inCited >= goal.cited && p95Ms <= goal.p95Ms),
  };
}

/** Lower case, without articles and punctuation, with a space at both ends: whole words only. */
function plain(text: string): string {
  const words =
    fold(text)
      .replace(/\b(?:the|a|an)\b/g, " ")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.join(" ")} `;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}
