import type { ModelMessage, ModelReply, ToolDescription } from "../ports.ts";
import { estimateTokens } from "../words.ts";
import type { Observation } from "./observation.ts";

/** How much of a turn is still shown: in full, with folded observations, as one line each, or not at all. */
type Fold = 0 | 1 | 2 | 3;

interface Turn {
  reply: Pick<ModelReply, "text" | "toolCalls" | "providerState">;
  /** One for each tool call, in call order; a turn without calls has a note instead. */
  observations: Observation[];
  note: string;
  fold: Fold;
}

// Folding happens in large strides so that the prompt's prefix stays the same for many calls: caches depend on it.
const FOLD_AT = 0.85;
const FOLD_TO = 0.6;
// An estimate by characters may be this far off before the first count from the server: stay below by as much.
const SAFETY = 0.95;
const MAX_FOLDED_REPLY_CHARS = 240;

/**
 * The context plan: the messages of a run, folded so that every prompt fits the model's window. What is folded keeps
 * number, title, address and verbatim passages; what is gone is still in the run's sources and can be clicked again.
 */
export interface Conversation {
  addTurn(reply: Turn["reply"], observations: Observation[], note?: string): void;
  /**
   * The messages for the next call, in at most `contextTokens - replyTokens` tokens.
   *
   * @param closing messages at the end of this call only, such as the instruction to write
   */
  messages(replyTokens: number, closing?: ModelMessage[]): ModelMessage[];
  /** What people said meanwhile: stands after the newest turn. */
  remark(text: string): void;
  /** The server says that the last prompt did not fit: plan as if every text had a third more tokens. */
  tighten(): void;
  /** Corrects the estimate by what the server counted for the last prompt. */
  correct(promptTokens: number): void;
}

export function createConversation(
  opening: ModelMessage[],
  tools: ToolDescription[],
  contextTokens: number,
): Conversation {
  const turns: Turn[] = [];
  const toolTokens = estimateTokens(JSON.stringify(tools));
  const countOnce = createCounter();
  let first = opening;
  let correction = 1;
  let lastEstimate = 0;

  function render(closing: ModelMessage[]): ModelMessage[] {
    return joinUsers([...first, ...goneNote(turns), ...turns.flatMap(renderTurn)], closing);
  }

  function remark(text: string): void {
    const turn = turns.at(-1);
    if (turn !== undefined) turn.note = [turn.note, text].filter((line) => line !== "").join("\n");
    else
      first = first.map((message, index) =>
        index === first.length - 1 ? { ...message, content: `${message.content}\n\n${text}` } : message,
      );
  }

  function estimate(closing: ModelMessage[]): number {
    return (toolTokens + tokensOf(render(closing), countOnce)) * correction;
  }

  function messages(replyTokens: number, closing: ModelMessage[] = []): ModelMessage[] {
    const room = (contextTokens - replyTokens) * SAFETY;
    if (estimate(closing) > room * FOLD_AT) foldTo(room * FOLD_TO, room, closing);
    lastEstimate = estimate(closing) / correction;
    return render(closing);
  }

  /** Folds oldest first until `target`; harder folds and the newest turn are touched only to stay below `room`. */
  function foldTo(target: number, room: number, closing: ModelMessage[]): void {
    const older = turns.slice(0, -1);
    for (const turn of older) {
      if (estimate(closing) <= target) return;
      turn.fold = Math.max(turn.fold, 1) as Fold;
    }
    for (const fold of [2, 3] as const) {
      for (const turn of older) {
        if (estimate(closing) <= room * FOLD_AT) return;
        turn.fold = Math.max(turn.fold, fold) as Fold;
      }
    }
    const newest = turns.at(-1);
    for (const fold of [1, 2] as const) {
      if (newest === undefined || estimate(closing) <= room) return;
      newest.fold = Math.max(newest.fold, fold) as Fold;
    }
  }

  return {
    addTurn: (reply, observations, note = "") => {
      turns.push({ reply, observations, note, fold: 0 });
    },
    messages,
    remark,
    tighten: () => {
      correction *= 4 / 3;
    },
    correct: (promptTokens) => {
      if (promptTokens > 0 && lastEstimate > 0) correction = clamp(promptTokens / lastEstimate, 0.7, 2.5);
    },
  };
}

/** Some chat templates refuse two messages of one role in a row. */
function joinUsers(before: ModelMessage[], closing: ModelMessage[]): ModelMessage[] {
  const [last, next] = [before.at(-1), closing[0]];
  if (last?.role !== "user" || next?.role !== "user") return [...before, ...closing];
  const joined: ModelMessage = { role: "user", content: `${last.content}\n\n${next.content}` };
  return [...before.slice(0, -1), joined, ...closing.slice(1)];
}

function renderTurn({ reply, observations, note, fold }: Turn): ModelMessage[] {
  if (fold === 3) return [];
  const text = fold === 0 ? reply.text : reply.text.slice(0, MAX_FOLDED_REPLY_CHARS);
  const assistant: ModelMessage = {
    role: "assistant",
    content: text,
    toolCalls: reply.toolCalls,
    providerState: fold === 2 ? null : reply.providerState,
  };
  const results = reply.toolCalls.map((call, index): ModelMessage => {
    const observation = observations[index];
    return { role: "tool", callId: call.id, content: observation === undefined ? "" : contentOf(observation, fold) };
  });
  return [assistant, ...results, ...(note === "" ? [] : [{ role: "user", content: note } as const])];
}

function contentOf(observation: Observation, fold: Fold): string {
  if (fold === 0) return observation.full;
  return fold === 1 ? observation.stub : observation.line;
}

function goneNote(turns: Turn[]): ModelMessage[] {
  const gone = turns
    .filter(({ fold }) => fold === 3)
    .flatMap(({ observations }) => observations.map(({ line }) => line));
  if (gone.length === 0) return [];
  return [{ role: "user", content: `Earlier steps, no longer shown:\n${gone.slice(-MAX_GONE_LINES).join("\n")}` }];
}

const MAX_GONE_LINES = 12;

export function tokensOf(messages: readonly ModelMessage[], count = estimateTokens): number {
  return messages.reduce((total, message) => total + tokensOfMessage(message, count), 0);
}

// Role, borders and call ids cost a few tokens with every message.
const TOKENS_PER_MESSAGE = 6;

function tokensOfMessage(message: ModelMessage, count: (text: string) => number): number {
  const content = TOKENS_PER_MESSAGE + count(message.content);
  if (message.role !== "assistant") return content;
  const state = message.providerState ? count(JSON.stringify(message.providerState.data)) : 0;
  return content + state + (message.toolCalls.length > 0 ? count(JSON.stringify(message.toolCalls)) : 0);
}

/** The same texts are counted for every call of a run. */
function createCounter(): (text: string) => number {
  const counts = new Map<string, number>();
  return (text) => {
    const known = counts.get(text);
    if (known !== undefined) return known;
    const count = estimateTokens(text);
    counts.set(text, count);
    return count;
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
