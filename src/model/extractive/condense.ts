import type { ModelMessage } from "../../ports.ts";

/**
 * A question of a conversation so that it stands alone, as well as that can be done without a model: one that leans on
 * what came before gets the question that was asked before it.
 */
export function condense(question: string, messages: readonly ModelMessage[]): string {
  const prompt = messages.findLast(({ role }) => role === "user")?.content ?? "";
  const earlier = Array.from(prompt.matchAll(/^Earlier question: (.+)$/gm), ([, text]) => text ?? "").at(-1);
  if (earlier === undefined || !isLeaning(question)) return question;
  const first = earlier.replace(/ \(This follows on the question: .*$/, "");
  return `${question} (This follows on the question: ${first.slice(0, 600).toWellFormed()})`;
}

function isLeaning(question: string): boolean {
  return LEANS.test(question) || (question.match(/[\p{L}\p{N}]+/gu) ?? []).length <= 4;
}

const LEANS =
  /^\s*(?:and|but|or|what about|how about|why|und|aber|was ist mit|et|y)\b|\b(?:it|its|they|them|their|that|those|this|these|ones?|former|latter|there|same|er|sie|es|dies\w*|davon)\b/i;
