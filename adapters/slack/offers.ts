import type { types } from "@slack/bolt";
import type { Offer, OfferChoice } from "../../src/chat-ports.ts";
import { button, section } from "./block-parts.ts";
import type { MessageContent } from "./limits.ts";
import { clip, escapeText, literal } from "./slack-text.ts";

export const OFFER_ACTIONS: Record<OfferChoice, string> = {
  note: "ruminate_note",
  queue: "ruminate_queue",
  replace: "ruminate_replace",
};

/** What shall be done with a question that came while another one is at work. */
export function offerContents({ runId, text, choices }: Offer): MessageContent[] {
  const elements = choices.map(({ type, label }) => button({ action: OFFER_ACTIONS[type], label, value: runId }));
  const actions: types.ActionsBlock = { type: "actions", elements };
  return [{ text: plainText(text), blocks: [section(literal(text)), actions] }];
}

/** What the question becomes when it is answered. */
export function settledContents(text: string): MessageContent[] {
  return [{ text: plainText(text), blocks: [section(literal(text))] }];
}

function plainText(text: string): string {
  return escapeText(clip(literal(text), 300));
}
