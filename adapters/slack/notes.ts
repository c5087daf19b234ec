import type { types } from "@slack/bolt";
import { defuse } from "../../src/chat/defuse.ts";
import { SAMPLES } from "../../src/chat/samples.ts";
import type { Note } from "../../src/chat-ports.ts";
import { button } from "./block-parts.ts";
import { LIMITS, type MessageContent } from "./limits.ts";
import type { People } from "./people.ts";
import { personOf } from "./replies.ts";
import { clip, escapeText, literal, notificationText, withoutMentions } from "./slack-text.ts";

/** One for each sample question, and one for a question of one's own. */
export const SAMPLE_ACTIONS: readonly string[] = SAMPLES.map((_sample, index) => `ruminate_sample_${index}`);
export const ASK_ACTION = "ruminate_ask";

/** A few words of Markdown for everybody in a thread. */
export function noteContents({ text: markdown, hasSamples = false }: Note): MessageContent[] {
  const text = withoutMentions(markdown)
    .slice(0, LIMITS.markdown - 2_000)
    .toWellFormed();
  const shown = text.trim() === "" ? "…" : text;
  return [
    {
      text: notificationText(shown, MAX_NOTIFICATION),
      blocks: [{ type: "markdown", text: shown }, ...(hasSamples ? [sampleRow()] : [])],
    },
    { text: escapeText(literal(shown).slice(0, LIMITS.messageText / 2)), blocks: [] },
  ];
}

function sampleRow(): types.ActionsBlock {
  const samples = SAMPLES.map(({ label }, index) =>
    button({ action: SAMPLE_ACTIONS[index] ?? "", label, value: "sample" }),
  );
  const own = button({ action: ASK_ACTION, label: "Ask a question", value: "ask", style: "primary" });
  return { type: "actions", elements: [own, ...samples] };
}

/** With the name as people read it: a mention would call the person. */
export async function signed(words: string | Note, people: Pick<People, "namesOf">): Promise<Note> {
  if (typeof words === "string") return { text: words };
  const { by, text } = words;
  if (by === undefined) return words;
  const { workspaceId, userId } = personOf(by);
  const name = (await people.namesOf(workspaceId, [userId])).get(userId);
  const shown = name === undefined ? "Somebody" : clip(defuse(name).replace(/[*_~`\\[\]]/g, ""), MAX_NAME);
  return { ...words, text: `**${shown}** ${text}` };
}

const MAX_NAME = 80;
// A note is short, and screen readers read nothing else of it.
const MAX_NOTIFICATION = 1_500;
