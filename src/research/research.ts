import { RuminateError } from "../errors.ts";
import type { ModelMessage } from "../ports.ts";
import { describeTool } from "../tools/describe-tool.ts";
import type { Plan, Report, ResearchRequest, Run } from "../types.ts";
import { type BrowseEnd, browse, judgeRun } from "./browse.ts";
import { createBudget } from "./budget.ts";
import { createConversation } from "./conversation.ts";
import { type Draft, EMPTY_DRAFT } from "./drafts.ts";
import { knownOpening, restoreKnown } from "./known-pages.ts";
import { parsePlan, planOf } from "./plan.ts";
import { browsePrompt, PLAN_INSTRUCTION, questionPrompt, SYSTEM_PROMPT } from "./prompts.ts";
import { createRecorder } from "./recorder.ts";
import { composeReport } from "./report.ts";
import { callModel, type ResearchParts, type RunContext } from "./run-context.ts";
import { createSourceList } from "./source-list.ts";
import { isReadableStep } from "./step-shapes.ts";
import { talkOpening } from "./talk-material.ts";
import { type KnownPage, understand } from "./understanding.ts";
import { collectFindings, writeCheckedAnswer } from "./writing.ts";

/**
 * The rumination loop: plan → browse until the gate accepts `finish` → write → check → report. Each effect is
 * journaled before it counts, so a run that is called again with the same id goes on after its last finished step.
 *
 * A ceiling, and once pages were read a stop (`signal` aborted with CANCELLED) or a model that fails, end in a partial
 * report. Rejects with MODEL_* when there is nothing to report, and with `signal.reason` for any other abort.
 */
export async function research(
  run: Pick<Run, "id" | "request">,
  parts: ResearchParts,
  { signal }: { signal: AbortSignal },
): Promise<Report> {
  const context = await begin(run, parts, signal);
  try {
    const hasNothing = parts.talk?.threads.length === 0;
    const end = hasNothing ? nothingToRead(context) : await browse(context);
    const draft = context.sources.sources.length === 0 ? EMPTY_DRAFT : await writeCheckedAnswer(context, end);
    return finish(context, end, draft);
  } catch (error) {
    const stopReason = partialReasonOf(error, parts, signal);
    // Before anything was read there are no findings: that would look like an answer that nothing is known.
    if (stopReason === null || context.sources.sources.length === 0) throw signal.aborted ? signal.reason : error;
    parts.log.warn({ err: error, runId: run.id, stopReason }, "run ends with partial findings");
    const end: BrowseEnd = { stopReason, gate: judgeRun(context), finishTurn: null };
    return finish(context, end, collectFindings(context.sources, context.plan));
  }
}

/** Nobody said anything: no model need be asked. */
function nothingToRead(context: RunContext): BrowseEnd {
  return { stopReason: "finished", gate: judgeRun(context), finishTurn: null };
}

function finish(context: RunContext, end: BrowseEnd, draft: Draft): Report {
  const report = composeReport(context, end, draft);
  const { outcome, stopReason, usage } = report;
  context.parts.emit({ type: "run-end", outcome, stopReason, usage });
  return report;
}

function partialReasonOf(
  error: unknown,
  { isLastTry }: ResearchParts,
  signal: AbortSignal,
): "cancelled" | "model-failed" | null {
  if (signal.aborted) {
    const { reason } = signal;
    return reason instanceof RuminateError && reason.code === "CANCELLED" ? "cancelled" : null;
  }
  const isModelFailure = error instanceof RuminateError && error.code.startsWith("MODEL_");
  return isModelFailure && (isLastTry || !error.isRetryable) ? "model-failed" : null;
}

async function begin(
  { id: runId, request: asked }: Pick<Run, "id" | "request">,
  parts: ResearchParts,
  signal: AbortSignal,
): Promise<RunContext> {
  const recorder = await createRecorder(runId, parts.journal, isReadableStep);
  const ceilings = parts.ceilings[asked.depth];
  const toolDescriptions = parts.tools.map(describeTool);
  const now = asked.requestedAt;
  parts.emit({ type: "run-start", runId, question: asked.question, depth: asked.depth });
  if (recorder.replayedSteps > 0) parts.emit({ type: "run-resume", stepsReplayed: recorder.replayedSteps });
  const budget = createBudget(ceilings, recorder.elapsedMs);
  const alone = { runId, request: asked, parts, recorder, budget, toolDescriptions, now, signal };
  const { request, known } = await understood(alone);
  const base = { ...alone, request };
  const question = questionPrompt(request, now.slice(0, 10), parts.languages);
  const plan = await makePlan(base, question);
  parts.emit({ type: "plan-end", plan });
  const sources = createSourceList(request.question);
  restoreKnown(known, sources);
  const { talk, model } = parts;
  const questions = [request.question, ...plan.subQuestions.map(({ text }) => text)];
  const material = [
    talk === undefined ? "" : talkOpening(talk, sources, model.contextTokens),
    knownOpening(sources, questions, model.contextTokens),
  ];
  const opening = opened(
    [question, ...material.filter((text) => text !== ""), browsePrompt(plan, ceilings)].join("\n\n"),
  );
  return {
    ...base,
    readerNumbers: new Set(known.flatMap(({ number }) => number ?? [])),
    remarks: [],
    plan,
    sources,
    conversation: createConversation(opening, toolDescriptions, model.contextTokens),
    queries: [],
    contradictions: [],
    searchesSinceContradiction: 0,
  };
}

type Beginning = Pick<
  RunContext,
  "runId" | "request" | "parts" | "recorder" | "budget" | "toolDescriptions" | "signal"
>;

/** A question that was asked in a conversation is put into words that stand alone; nothing else of it comes in here. */
async function understood(context: Beginning): Promise<{ request: ResearchRequest; known: KnownPage[] }> {
  const { request, parts, recorder, budget } = context;
  const { thread } = parts;
  if (thread === undefined) return { request, known: [] };
  const step = await recorder.record("thread", "understand", async () => understand(context, await thread()));
  for (const reply of step.replies) budget.countReply(reply);
  const { question, withheld, known, messages, answers } = step;
  parts.emit({ type: "thread-end", question, messages, answers, pages: known.length });
  return { request: { ...request, question, withheld: [...(request.withheld ?? []), ...withheld] }, known };
}

/** What the request brings, or one to six sub-questions by the model; at depth `quick` the question is its own plan and costs no call. */
async function makePlan(context: Beginning, prompt: string): Promise<Plan> {
  const { question, depth, subQuestions = [] } = context.request;
  if (subQuestions.length > 0) return planOf([...subQuestions]);
  if (depth === "quick") return planOf([question]);
  const messages = opened(`${prompt}\n\n${PLAN_INSTRUCTION}`);
  const reply = await context.recorder.record("plan", "plan", () => callModel(context, "plan", messages, "none"));
  context.budget.countReply(reply);
  return parsePlan(reply.text, question);
}

/** One system and one user message: some chat templates refuse two messages of one role in a row. */
function opened(prompt: string): ModelMessage[] {
  return [
    { role: "system", content: SYSTEM_PROMPT },
    { role: "user", content: prompt },
  ];
}
