import { defuse } from "../../src/chat/defuse.ts";
import type { SignedWords } from "../../src/ports.ts";
import { LIMITS, type MessageContent } from "./limits.ts";
import type { People } from "./people.ts";
import { personOf } from "./replies.ts";
import { clip, escapeText, literal, notificationText, withoutMentions } from "./slack-text.ts";

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

/** With the name as people read it: a mention would call the person. */
export async function signed({ by, text }: SignedWords, people: Pick<People, "namesOf">): Promise<string> {
  const { workspaceId, userId } = personOf(by);
  const name = (await people.namesOf(workspaceId, [userId])).get(userId);
  return `**${name === undefined ? "Somebody" : clip(defuse(name).replace(/[*_~`\\[\]]/g, ""), MAX_NAME)}** ${text}`;
}

const MAX_NAME = 80;
