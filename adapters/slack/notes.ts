import { LIMITS, type MessageContent } from "./limits.ts";
import { escapeText, literal, notificationText, withoutMentions } from "./slack-text.ts";

/** A few words of Markdown for everybody in a thread. */
export function noteContents(markdown: string): MessageContent[] {
  const text = withoutMentions(markdown)
    .slice(0, LIMITS.markdown - 2_000)
    .toWellFormed();
  const shown = text.trim() === "" ? "…" : text;
  return [
    { text: notificationText(shown), blocks: [{ type: "markdown", text: shown }] },
    { text: escapeText(literal(shown).slice(0, LIMITS.messageText / 2)), blocks: [] },
  ];
}
