import type { LanguageModel, ModelReply, ModelRequest, ToolCall } from "../ports.ts";
import { condense } from "./extractive/condense.ts";
import { createCountryOf } from "./extractive/countries.ts";
import { decompose } from "./extractive/decompose.ts";
import { documentSteps, isDocument } from "./extractive/documents.ts";
import { nextSteps, type Step } from "./extractive/next-step.ts";
import { createReadQuestion } from "./extractive/question.ts";
import { createReadings } from "./extractive/reading.ts";
import { createLexicon } from "./extractive/relations.ts";
import { createScene, createSeeHit, createSeePage } from "./extractive/scene.ts";
import { talkSteps, tellTalk } from "./extractive/talk.ts";
import { createReadView, type View } from "./extractive/view.ts";
import { writeQuotes } from "./extractive/writing.ts";

const NOTHING_SAID = "Nothing was said that belongs into a digest.";

/**
 * A language model without a language model. It plays the protocol as any model does: it plans, searches, reads,
 * follows a bridging name to a further page, finishes, and answers with sentences of the pages, each with its mark. It
 * keeps nothing between calls: what it does follows from the messages alone.
 */
export function createExtractiveReader(): LanguageModel {
  const readQuestion = createReadQuestion(createLexicon());
  const readView = createReadView();
  const prepared = { seePage: createSeePage(createReadings(), createCountryOf()), seeHit: createSeeHit() };

  function reply({ purpose, messages }: ModelRequest): { text: string; toolCalls: ToolCall[] } {
    const view = readView(messages);
    if (purpose === "plan") return say(JSON.stringify({ sub_questions: decompose(view.question) }));
    if (purpose === "condense") return say(condense(view.question, messages));
    if (view.threads !== null)
      return purpose === "browse" ? call(talkSteps(view, view.threads), view) : say(tellTalk(view) || NOTHING_SAID);
    const scene = createScene(view, readQuestion(view.question), prepared);
    const isLookUp = scene.pages.some(isDocument);
    if (purpose === "browse") return call(isLookUp ? documentSteps(scene) : nextSteps(scene), view);
    return say(writeQuotes(scene));
  }

  return {
    name: "extractive",
    // Its prompts are parsed, not paid for; the window only decides when old pages are folded.
    contextTokens: 128_000,
    notice: "extractive mode: sentences quoted from sources, no language model",
    async complete(request, { signal }): Promise<ModelReply> {
      signal.throwIfAborted();
      const { text, toolCalls } = reply(request);
      return {
        text,
        toolCalls,
        stopReason: toolCalls.length > 0 ? "tool-calls" : "stop",
        usage: { promptTokens: 0, cachedTokens: 0, completionTokens: 0, costUsd: 0 },
        model: "extractive",
        providerState: null,
      };
    },
  };
}

function say(text: string): { text: string; toolCalls: ToolCall[] } {
  return { text, toolCalls: [] };
}

function call(steps: readonly Step[], { turns }: View): { text: string; toolCalls: ToolCall[] } {
  const toolCalls = steps.map(
    (step, index): ToolCall => ({ id: `call-${turns}-${index}`, name: step.name, arguments: argumentsOf(step) }),
  );
  return { text: "", toolCalls };
}

function argumentsOf(step: Step): Record<string, unknown> {
  switch (step.name) {
    case "search":
      return { query: step.query };
    case "click":
      return { link_id: step.number };
    case "finish":
      return {};
  }
}
