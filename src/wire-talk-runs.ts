import type { Logger } from "pino";
import { RuminateError } from "./errors.ts";
import { collectTalk } from "./jobs/collect-talk.ts";
import type { ChatPlatform } from "./ports.ts";
import { createMemoryJournal } from "./research/recorder.ts";
import { openQuestionsIn, withFindings } from "./talk/open-questions.ts";
import { withoutCopies } from "./talk/without-copies.ts";
import type { Report, Run } from "./types.ts";
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
    const told = withoutCopies({ ...digest, gaps: [...digest.gaps, ...unread] });
    return talk.researchesOpenQuestions === true ? lookUp(run, told, signal) : told;
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

  return (run, parts, { signal }) => {
    const { talk } = run.request;
    return talk === undefined ? research(run, parts, { signal }) : tellTalk(run, talk, parts, signal);
  };
}

type Talk = NonNullable<Run["request"]["talk"]>;
