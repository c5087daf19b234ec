import { LIMITS, type MessageContent } from "./limits.ts";
import { clip, escapeText, literal, withoutMentions } from "./slack-text.ts";

/** A few words of Markdown for everybody in a thread. */
export function noteContents(markdown: string): MessageContent[] {
  const text = withoutMentions(markdown)
    .slice(0, LIMITS.markdown - 2_000)
    .toWellFormed();
  const shown = text.trim() === "" ? "…" : text;
  return [
    { text: escapeText(clip(literal(shown), 300)), blocks: [{ type: "markdown", text: shown }] },
    { text: escapeText(literal(shown).slice(0, LIMITS.messageText / 2)), blocks: [] },
  ];
}
