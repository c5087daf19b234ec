import { z } from "zod";
import type { Plan } from "../types.ts";
import { cleanLine } from "../untrusted.ts";

// More sub-questions than this make shallow runs. The original's prompt asks for a list without a number.
const MAX_SUB_QUESTIONS = 6;

const reply = z.object({ sub_questions: z.array(z.string().trim().min(1)).min(1) });

/** The plan in a model's reply, however it is wrapped; the question itself where there is none. */
export function parsePlan(text: string, question: string): Plan {
  const found = jsonObjects(text)
    .map((candidate) => reply.safeParse(candidate))
    .find((result) => result.success);
  const texts = found?.data.sub_questions ?? listItems(text);
  const unique = Array.from(new Set(texts.map((item) => cleanLine(item, 300))));
  return planOf(unique.length > 0 ? unique.slice(0, MAX_SUB_QUESTIONS) : [question]);
}

export function planOf(texts: string[]): Plan {
  return { subQuestions: texts.map((text, index) => ({ id: index + 1, text })) };
}

/** Every `{…}` of the text that is JSON, outermost and first to last. */
export function jsonObjects(text: string): unknown[] {
  const objects: unknown[] = [];
  const end = text.lastIndexOf("}");
  for (let start = text.indexOf("{"); start !== -1 && start < end; start = text.indexOf("{", start + 1)) {
    const value = tryParse(text.slice(start, end + 1));
    if (value !== undefined) objects.push(value);
    if (objects.length > 0 || start > MAX_PROSE_CHARS) break;
  }
  return objects;
}

// A plan that starts later than this is no plan; bounds the search for its brace.
const MAX_PROSE_CHARS = 4_000;

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON from this brace on; the next one is tried
  }
}

/** A numbered or dashed list of questions, as models without JSON discipline write it. */
function listItems(text: string): string[] {
  return Array.from(text.matchAll(/^\s*(?:[-*•]|\d+[.)])\s+(.{8,})$/gm), ([, item]) => (item ?? "").trim());
}
