import { z } from "zod";
import type { ModelReply, Tool, ToolCall, ToolContext, ToolResult } from "../ports.ts";
import { withScheme } from "../tools/open.ts";
import type { GateVerdict, StopReason } from "../types.ts";
import type { Ceilings } from "./budget.ts";
import { findContradictions } from "./contradictions.ts";
import { gateNote, judge } from "./gate.ts";
import { type Observation, observe, plain } from "./observation.ts";
import { budgetLowNote, CEILING_WORDS, CUT_OFF_NOTE, NO_CALL_NOTE } from "./prompts.ts";
import { createRepetitionWatch, type RepetitionVerdict } from "./repetition.ts";
import { askModel, type RunContext } from "./run-context.ts";
import { judgeTalk } from "./talk-material.ts";
import { refusalForQuery } from "./withheld.ts";

export interface BrowseEnd {
  stopReason: StopReason;
  gate: GateVerdict;
  /** The turn with the accepted `finish`, not yet in the conversation: its result is the call to write. */
  finishTurn: { reply: ModelReply; observations: Observation[]; finishIndex: number } | null;
}

const MAX_MALFORMED_IN_A_ROW = 5;
const MAX_GATE_REFUSALS = 2;

/** Model turn → tool calls → observations, until `finish` is accepted or a rule ends it. */
export async function browse(context: RunContext): Promise<BrowseEnd> {
  const watch = createRepetitionWatch();
  let malformed = 0;
  let refusals = 0;
  let isToldOfBudget = false;
  for (let turn = 0; ; turn++) {
    const spent = context.budget.reached(1);
    if (spent !== null) {
      context.parts.emit({ type: "budget-end", ceiling: CEILING_WORDS[spent] });
      return endWithout("budget", context);
    }
    const reply = await askModel(context, "browse", { toolChoice: "auto" });
    const outcome = await runCalls(reply, { context, turn, watch });
    malformed = outcome.isMalformed ? malformed + 1 : 0;
    if (malformed >= MAX_MALFORMED_IN_A_ROW) return endWithout("malformed", context);

    const { observations, finishIndex } = outcome;
    if (finishIndex !== -1) {
      const gate = judgeRun(context);
      context.parts.emit({ type: "gate-end", verdict: gate, attempt: refusals + 1 });
      const isLast = refusals >= MAX_GATE_REFUSALS || context.budget.reached(1) !== null;
      if (gate.isPassed || isLast)
        return { stopReason: "finished", gate, finishTurn: { reply, observations, finishIndex } };
      refusals += 1;
      observations[finishIndex] = plain(gateNote(gate));
    }
    const low: keyof Ceilings | null = isToldOfBudget ? null : context.budget.reached(0.8);
    if (low !== null) context.parts.emit({ type: "budget-low", ceiling: CEILING_WORDS[low] });
    isToldOfBudget ||= low !== null;
    context.conversation.addTurn(
      reply,
      observations,
      [outcome.note, low === null ? "" : budgetLowNote(low)].join("\n").trim(),
    );
    if (outcome.isRepeating) return endWithout("repetition", context);
  }
}

function endWithout(stopReason: StopReason, context: RunContext): BrowseEnd {
  return { stopReason, gate: judgeRun(context), finishTurn: null };
}

/** What the rules say of the evidence as it is now. */
export function judgeRun(context: RunContext): GateVerdict {
  const { plan, queries, contradictions, searchesSinceContradiction, now, request, parts } = context;
  if (parts.talk !== undefined) {
    const { sources, numberOf } = context.sources;
    return judgeTalk(parts.talk, sources, { ceilings: context.budget.ceilings, numberOf });
  }
  return judge({
    question: request.question,
    plan,
    sources: context.sources.sources,
    queries,
    contradictions,
    searchesSinceContradiction,
    depth: request.depth,
    now,
    indexOf: context.sources.indexOf,
    hasKnown: context.readerNumbers.size > 0,
  });
}

interface TurnOutcome {
  observations: Observation[];
  /** Index of a `finish` call, or -1. */
  finishIndex: number;
  isMalformed: boolean;
  isRepeating: boolean;
  /** Said to the model after the turn; "" for nothing. */
  note: string;
}

interface TurnOptions {
  context: RunContext;
  turn: number;
  watch: (call: ToolCall, turn: number) => RepetitionVerdict;
}

// A turn that asks for more is a runaway; the rest is refused in words. facts/security-and-reliability.md, F20.
const MAX_CALLS_PER_TURN = 8;

async function runCalls(reply: ModelReply, options: TurnOptions): Promise<TurnOutcome> {
  const calls = reply.toolCalls;
  if (calls.length === 0) {
    const note = reply.stopReason === "length" ? CUT_OFF_NOTE : NO_CALL_NOTE;
    return { observations: [], finishIndex: -1, isMalformed: true, isRepeating: false, note };
  }
  const prepared = calls.map((call, index) => prepare(call, index, options));
  // Started in call order, so that the journal numbers them the same way each time.
  const results = await Promise.all(prepared.map((step) => (step.kind === "run" ? step.start() : step.result)));
  const questions = [options.context.request.question, ...options.context.plan.subQuestions.map(({ text }) => text)];
  const observations = results.map((result, index) => {
    settle(result, calls[index], options.context);
    const observation = observe(result, options.context.sources, questions);
    announce(result, calls[index], options.context);
    const note = prepared[index]?.note ?? "";
    return note === "" ? observation : { ...observation, full: `${observation.full}\n${note}` };
  });
  noteContradictions(options.context, questions);
  return {
    observations,
    finishIndex: results.findIndex((result) => result.kind === "finish"),
    isMalformed: prepared.every(({ isMalformed }) => isMalformed),
    isRepeating: prepared.some(({ isRepeating }) => isRepeating),
    note: "",
  };
}

type Prepared = { isMalformed: boolean; isRepeating: boolean; note: string } & (
  | { kind: "run"; start: () => Promise<ToolResult> }
  | { kind: "refused"; result: ToolResult }
);

/** Finds the tool, validates the arguments, asks the watch and the budget. */
function prepare(call: ToolCall, index: number, { context, turn, watch }: TurnOptions): Prepared {
  const tool = context.parts.tools.find(({ name }) => name === call.name);
  if (tool === undefined) {
    const names = context.parts.tools.map(({ name }) => name).join(", ");
    return refuse(`There is no tool "${call.name}". The tools are: ${names}.`, { isMalformed: true });
  }
  const input = tool.input.safeParse(call.arguments);
  if (!input.success) return refuse(describeBadArguments(call, input.error), { isMalformed: true });
  if (index >= MAX_CALLS_PER_TURN) return refuse(`Not run: at most ${MAX_CALLS_PER_TURN} calls in one turn.`);
  const repetition = tool.name === "finish" ? "fresh" : watch(call, turn);
  if (repetition === "refuse" || repetition === "stop") {
    return refuse("Not run: you made this very call twice already. Try something else or finish.", {
      isRepeating: repetition === "stop",
    });
  }
  const cost = COSTS[tool.name];
  if (cost !== undefined && !context.budget.take(cost)) {
    return refuse(`Not run: no ${cost} are left for this research. Work with what is there, then finish.`);
  }
  const note = repetition === "warn" ? "Note: you made this call before. A third time it is refused." : "";
  return {
    kind: "run",
    start: () => run(tool, input.data, call, context),
    isMalformed: false,
    isRepeating: false,
    note,
  };
}

const COSTS: Record<string, "searches" | "pages" | undefined> = { search: "searches", click: "pages", open: "pages" };

function refuse(message: string, flags: { isMalformed?: boolean; isRepeating?: boolean } = {}): Prepared {
  const result: ToolResult = { kind: "failure", code: "REFUSED", message };
  return {
    kind: "refused",
    result,
    isMalformed: flags.isMalformed ?? false,
    isRepeating: flags.isRepeating ?? false,
    note: "",
  };
}

function describeBadArguments(call: ToolCall, error: z.ZodError): string {
  const got = JSON.stringify(call.arguments) ?? "nothing";
  return `The arguments of ${call.name} do not fit. ${z.prettifyError(error)} Got ${got.slice(0, 200)}.`;
}

function run(tool: Tool, input: unknown, call: ToolCall, context: RunContext): Promise<ToolResult> {
  const { sources, parts, signal, request } = context;
  const address = addressOf(input, context);
  const refusal = address === null || sources.openedAs(address) !== null ? null : sources.claim(address);
  const toolContext: ToolContext = {
    search: parts.search,
    openPage: parts.openPage,
    target: sources.target,
    refusalFor: () => refusal,
    refusalForQuery: (query) => refusalForQuery(query, request.withheld ?? []),
    openedAs: sources.openedAs,
    signal,
  };
  announceStart(call, input, context);
  return context.recorder.record("tool", `${call.name} ${JSON.stringify(input)}`, () => tool.run(input, toolContext));
}

/** The address that a call would fetch, or null: a search, another part of an opened page, an unknown number. */
function addressOf(input: unknown, { sources }: RunContext): string | null {
  const { link_id, url } = input as { link_id?: number; url?: string };
  if (url !== undefined) return withScheme(url);
  const target = link_id === undefined ? null : sources.target(link_id);
  return target?.kind === "address" ? target.url : null;
}

function announceStart(call: ToolCall, input: unknown, { sources, parts }: RunContext): void {
  const { query, link_id, url } = input as { query?: string; link_id?: number; url?: string };
  if (call.name === "search" && query !== undefined) parts.emit({ type: "search-start", query });
  const target = link_id === undefined ? null : sources.target(link_id);
  if (target?.kind === "address") parts.emit({ type: "page-start", url: target.url, title: target.title });
  if (url !== undefined) parts.emit({ type: "page-start", url, title: url });
}

/** Gives back what was taken for nothing and keeps the run's own record. */
function settle(result: ToolResult, call: ToolCall | undefined, context: RunContext): void {
  const cost = COSTS[call?.name ?? ""];
  if (result.kind === "hits") {
    context.queries.push(result.query);
    if (context.contradictions.length > 0) context.searchesSinceContradiction += 1;
  }
  const isUnused =
    cost === "pages" && (result.kind === "part" || (result.kind === "failure" && result.code !== "REFUSED"));
  if (isUnused) context.budget.giveBack("pages");
}

function announce(result: ToolResult, call: ToolCall | undefined, { sources, parts }: RunContext): void {
  const {
    query = "",
    link_id,
    url = "",
  } = (call?.arguments ?? {}) as { query?: string; link_id?: number; url?: string };
  if (result.kind === "hits") parts.emit({ type: "search-end", query: result.query, hits: result.hits.length });
  if (result.kind === "page") {
    const { title, url: address, parts: pieces } = result.page;
    const number = sources.openedAs(address) ?? 0;
    parts.emit({ type: "page-end", number, url: address, title, part: 1, parts: pieces.length });
  }
  if (result.kind !== "failure") return;
  const target = link_id === undefined ? null : sources.target(link_id);
  const page = target?.kind === "address" ? target : { url, title: url };
  const reason = result.message;
  if (result.code === "SEARCH_UNAVAILABLE") parts.emit({ type: "search-error", query, reason });
  if (result.code.startsWith("PAGE_")) parts.emit({ type: "page-error", url: page.url, title: page.title, reason });
}

function noteContradictions(context: RunContext, questions: string[]): void {
  // People in a talk may differ, and change their minds: that is told by its points.
  if (context.sources.sources.length < 2 || context.parts.talk !== undefined) return;
  context.contradictions = findContradictions(context.sources.sources, questions, context.sources.indexOf);
}
