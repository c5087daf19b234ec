import type { Logger } from "pino";
import type { ChatPlatform } from "./chat-ports.ts";
import { RuminateError } from "./errors.ts";
import { collectTalk } from "./jobs/collect-talk.ts";
import { createMemoryJournal } from "./research/recorder.ts";
import { joinReports } from "./talk/join-reports.ts";
import { openQuestionsIn, withFindings } from "./talk/open-questions.ts";
import { withoutCopies } from "./talk/without-copies.ts";
import type { Report, ReportForm, ResearchRequest, Run } from "./types.ts";
import type { ResearchWith, RunParts } from "./wire-research.ts";
import type { ResearchTalk } from "./wire-talk.ts";

export interface TalkRunsParts {
  /** For runs that ask the web or the corpus, and for the open questions of a talk. */
  research: ResearchWith;
  researchTalk: ResearchTalk;
  platforms: readonly ChatPlatform[];
  log: Logger;
}

// Each is a quick research of its own.
const MOST_LOOKED_UP = 2;

/**
 * Runs of both kinds. A run with `talk` reads what was said in its own channel, where its answer goes, too; its journal is not
 * used, and its report holds no text of the messages.
 */
export function createRunResearch({ research, researchTalk, platforms, log }: TalkRunsParts): ResearchWith {
  async function tellTalk(run: Run, talk: Talk, parts: RunParts, signal: AbortSignal): Promise<Report> {
    const { thread } = run.request;
    const platform = platforms.find(({ name }) => name === thread.platform);
    if (platform === undefined) throw new RuminateError("INTERNAL", `No platform "${thread.platform}" is open here.`);
    const { messages, isComplete } = await collectTalk(platform, { ...thread, threadId: null }, talk.since, { signal });
    log.info({ runId: run.id, messages: messages.length, isComplete }, "talk read");
    const { emit, isLastTry } = parts;
    const digest = await researchTalk(run, messages, { emit, isLastTry, signal });
    const unread = isComplete ? [] : [`older messages than the newest ${messages.length}`];
    return withoutCopies({ ...digest, gaps: [...digest.gaps, ...unread] });
  }

  /** The web first: its steps are in the journal, and are not paid again when the reading of the talk is interrupted. */
  async function tellBoth(run: Run, talk: Talk, parts: RunParts, signal: AbortSignal): Promise<Report> {
    const { talk: _talk, subQuestions, ...asked } = run.request;
    const half = { ...asked, form: "short-digest", ...halfTheMoney(run) } as const;
    const request = { ...half, question: talk.beside ?? "", since: talk.since };
    const news = await research({ ...run, request }, parts, { signal });
    const said = await tellTalk({ ...run, request: { ...run.request, ...half } }, talk, parts, signal);
    return bothIn(said, news, run.request.form);
  }

  async function lookUp(run: Run, digest: Report, signal: AbortSignal): Promise<Report> {
    const findings: { question: string; report: Report }[] = [];
    for (const question of openQuestionsIn(digest).slice(0, MOST_LOOKED_UP)) {
      const { talk, subQuestions, ...asked } = run.request;
      const request = { ...asked, question, depth: "quick", form: "brief" } as const;
      const parts: RunParts = { journal: createMemoryJournal(), isLastTry: true, emit: () => {} };
      try {
        findings.push({ question, report: await research({ ...run, request }, parts, { signal }) });
      } catch (error) {
        signal.throwIfAborted();
        // The digest is worth telling without it.
        log.warn({ err: error, runId: run.id }, "open question not looked up");
      }
    }
    return withFindings(digest, findings);
  }

  return async (run, parts, { signal }) => {
    const { talk } = run.request;
    if (talk === undefined) return research(run, parts, { signal });
    const tell = talk.beside === undefined ? tellTalk : tellBoth;
    const digest = await tell(run, talk, parts, signal);
    return talk.researchesOpenQuestions === true ? lookUp(run, digest, signal) : digest;
  };
}

/** What a digest may cost is for both parts together. */
function halfTheMoney({ request: { digest } }: Run): Pick<ResearchRequest, "digest"> {
  if (digest === undefined || digest.maxCostUsd === null) return {};
  return { digest: { ...digest, maxCostUsd: digest.maxCostUsd / 2 } };
}

/** Three points of each, so that it stays one message; in a short one two of the talk and one of the news. */
function bothIn(said: Report, news: Report, form: ReportForm): Report {
  const [fromTalk, fromWeb] = form === "short-digest" ? [2, 1] : [3, 3];
  const talk = asPoints(said, news.outcome === "nothing-found" ? fromTalk + fromWeb : fromTalk);
  const web = asPoints(news, said.outcome === "nothing-found" ? fromTalk + fromWeb : fromWeb);
  const outcome = said.outcome === "nothing-found" ? news.outcome : said.outcome;
  return { ...joinReports(talk, web, { between: "\n" }), outcome, material: "pages" };
}

/** The first statements that carry a mark, as a list. */
function asPoints(report: Report, count: number): Report {
  if (report.outcome === "nothing-found") return { ...report, answer: "", sources: [], citations: [] };
  const marked = report.answer.split("\n").filter((line) => /\[\d{1,4}\]/.test(line));
  const items = marked.slice(0, count).map((line) => `- ${line.replace(/^\s*(?:[-*+•]|\d{1,2}[.)])\s+/, "")}`);
  return { ...report, answer: items.join("\n") };
}

type Talk = NonNullable<Run["request"]["talk"]>;
