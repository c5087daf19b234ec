import type { Logger } from "pino";
import { asRuminateError } from "../errors.ts";
import type {
  Journal,
  LanguageModel,
  ModelMessage,
  ModelPurpose,
  ModelReply,
  OpenPage,
  Remark,
  SearchBackend,
  Tool,
  ToolDescription,
} from "../ports.ts";
import type { Contradiction, Depth, Plan, ProgressEvent, ResearchRequest } from "../types.ts";
import { cleanText } from "../untrusted.ts";
import type { Budget, Ceilings } from "./budget.ts";
import type { Conversation } from "./conversation.ts";
import type { Languages } from "./prompts.ts";
import type { Recorder } from "./recorder.ts";
import type { SourceList } from "./source-list.ts";
import type { TalkMaterial } from "./talk-material.ts";
import type { ThreadMaterial } from "./understanding.ts";

/** What a run is made with; chosen in `app.ts`. */
export interface ResearchParts {
  model: LanguageModel;
  tools: readonly Tool[];
  search: SearchBackend;
  openPage: OpenPage;
  journal: Journal;
  ceilings: Record<Depth, Ceilings>;
  languages: Languages;
  /** The pages are a channel's conversations: then `search` and `openPage` know nothing else. */
  talk?: TalkMaterial;
  /** For a question that has to be understood by what was said or answered before. */
  thread?: () => Promise<ThreadMaterial>;
  /** What people have added to the question after the remark of this id. */
  remarks?: (after: number) => Promise<Remark[]>;
  /** A model may look at the statements that code calls weak, or at all that do not stand in the page word for word. */
  secondOpinion?: { about: "weak" | "all"; timeoutMs: number };
  /** Nobody will take the run up again: also a model failure that may pass ends it with what was found. */
  isLastTry: boolean;
  /** Must neither block nor throw. Called again for replayed steps, so that a card can be drawn anew. */
  emit(event: ProgressEvent): void;
  log: Logger;
}

/** One run at work: what its phases share. */
export interface RunContext {
  runId: string;
  request: ResearchRequest;
  parts: ResearchParts;
  recorder: Recorder;
  budget: Budget;
  sources: SourceList;
  conversation: Conversation;
  toolDescriptions: ToolDescription[];
  /** Highest number by which the readers of this thread know a source; theirs go on after it. */
  readerNumbers: ReadonlySet<number>;
  /** What was added to the question, as far as the model knows it. */
  remarks: Remark[];
  plan: Plan;
  /** The queries that were really sent, in order. */
  queries: string[];
  contradictions: Contradiction[];
  searchesSinceContradiction: number;
  now: string;
  signal: AbortSignal;
}

/** Tokens kept for a reply: a quarter of a small window, and no more than a long report needs. */
export function replyTokens(purpose: ModelPurpose, contextTokens: number): number {
  const wanted = purpose === "write" || purpose === "revise" ? 8_192 : 4_096;
  return Math.min(wanted, Math.floor(contextTokens / 4));
}

/** One model call of the conversation, journaled and counted. A prompt that the server finds too long is planned anew, once. */
export async function askModel(
  context: RunContext,
  purpose: ModelPurpose,
  options: { toolChoice: "auto" | "none"; closing?: ModelMessage[] },
): Promise<ModelReply> {
  const { conversation, parts, recorder } = context;
  const room = replyTokens(purpose, parts.model.contextTokens);
  const complete = () => callModel(context, purpose, conversation.messages(room, options.closing), options.toolChoice);
  const messages = conversation.messages(room, options.closing);
  const reply = await recorder.record("model", purpose, async () => {
    const fresh = (await parts.remarks?.(context.remarks.at(-1)?.id ?? 0)) ?? [];
    const current =
      fresh.length === 0 ? messages : takeIn(context, fresh, () => conversation.messages(room, options.closing));
    const withRemarks = (made: ModelReply): ModelReply => (fresh.length === 0 ? made : { ...made, remarks: fresh });
    try {
      return withRemarks(await callModel(context, purpose, current, options.toolChoice));
    } catch (error) {
      if (asRuminateError(error).code !== "MODEL_CONTEXT_OVERFLOW") throw error;
      conversation.tighten();
      return withRemarks(await complete());
    }
  });
  // Of a replayed step: they were there when it was asked.
  const told = (reply.remarks ?? []).filter(({ id }) => !context.remarks.some((remark) => remark.id === id));
  if (told.length > 0) takeIn(context, told, () => conversation.messages(room, options.closing));
  context.budget.countReply(reply);
  conversation.correct(reply.usage.promptTokens);
  return reply;
}

/** The remarks become part of the conversation, where the next prompt has them. */
function takeIn(context: RunContext, remarks: readonly Remark[], next: () => ModelMessage[]): ModelMessage[] {
  for (const remark of remarks) {
    const text = cleanText(remark.text).trim();
    context.remarks.push({ ...remark, text });
    context.conversation.remark(`Added to the question by the people who asked, take it into account: ${text}`);
    context.parts.emit({ type: "remark", text });
  }
  return next();
}

export function callModel(
  { parts, runId, toolDescriptions, signal }: Pick<RunContext, "parts" | "runId" | "toolDescriptions" | "signal">,
  purpose: ModelPurpose,
  messages: ModelMessage[],
  toolChoice: "auto" | "none",
): Promise<ModelReply> {
  const maxOutputTokens = replyTokens(purpose, parts.model.contextTokens);
  const request = { purpose, messages, tools: toolDescriptions, toolChoice, maxOutputTokens, sessionId: runId };
  return parts.model.complete(request, { signal });
}
