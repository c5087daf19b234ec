import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { DigestLine, DigestReply } from "../../src/chat-ports.ts";
import { button, buttonRow, textDisplay } from "./components.ts";
import { formatCustomId } from "./custom-id.ts";
import { literal, plainLine } from "./discord-text.ts";
import { LIMITS, type MessageContent } from "./limits.ts";
import { userIdOf } from "./private-words.ts";

/** Buttons of digests; what they are about is a digest, except for those of a draft. */
export type DigestButton =
  | "digest-new"
  | "digest-card"
  | "digest-edit"
  | "digest-run"
  | "digest-preview"
  | "digest-pause"
  | "digest-resume"
  | "digest-history"
  | "digest-delete"
  | "digest-sure"
  | "digest-save"
  | "digest-again";

/** The digests of a channel, each with a button to what can be done with it. */
export function listContent(digests: readonly DigestLine[]): MessageContent {
  const shown = digests.slice(0, MOST_DIGESTS);
  const hidden = digests.length - shown.length;
  const none = digests.length === 0 ? [textDisplay("There are no digests in this channel.")] : [];
  const more = hidden === 0 ? [] : [textDisplay(`-# ${hidden} more: \`/digest manage\` finds them by name.`)];
  const create = press("digest-new", "new", "New digest");
  return { components: [...none, ...shown.map(inList), ...more, buttonRow([create])] };
}

/** One digest with everything that can be done with it. */
export function cardContent(digest: DigestLine): MessageContent {
  const { id, isActive } = digest;
  return {
    components: [
      textDisplay(factsOf(digest, 1_000)),
      buttonRow([
        press("digest-preview", id, "Preview for me"),
        press("digest-run", id, "Tell now"),
        isActive ? press("digest-pause", id, "Pause") : press("digest-resume", id, "Go on"),
      ]),
      buttonRow([
        press("digest-edit", id, "Change"),
        press("digest-history", id, "What became of it"),
        press("digest-delete", id, "Delete", ButtonStyle.Danger),
      ]),
    ],
  };
}

/** Discord asks nobody whether they are sure. */
export function sureContent(digest: DigestLine): MessageContent {
  const words = "**Delete it?** It is not told any more, and what was told so far is forgotten.";
  return {
    components: [
      textDisplay(`${words}\n${factsOf(digest, 500)}`),
      buttonRow([
        press("digest-sure", digest.id, "Delete", ButtonStyle.Danger),
        press("digest-card", digest.id, "Keep"),
      ]),
    ],
  };
}

/** How a form was understood; nothing is saved yet. */
export function proposalContent({ draftId, title, lines }: Extract<DigestReply, { kind: "proposal" }>): MessageContent {
  const shown = lines.slice(0, MOST_LINES).map((line) => literal(line, 300));
  return {
    components: [
      textDisplay([`**${literal(title, 500)}**`, ...shown].join("\n").slice(0, LIMITS.messageText).toWellFormed()),
      buttonRow([
        press("digest-save", draftId, "Save", ButtonStyle.Success),
        press("digest-again", draftId, "Change something"),
      ]),
    ],
  };
}

/** What is wrong in a form, and a way back to it with all that was filled in: Discord shows nothing at the fields. */
export function problemsContent({ draftId, problems }: Extract<DigestReply, { kind: "problems" }>): MessageContent {
  const lines = problems.map(({ field, text }) => `- ${FIELDS[field]}: ${literal(text, 300)}`);
  return {
    components: [
      textDisplay(["Nothing was saved:", ...lines].join("\n")),
      buttonRow([press("digest-again", draftId, "Back to the form", ButtonStyle.Primary)]),
    ],
  };
}

/** "Digest about tea · next on Mon 30 Nov 2026 09:00 · Ana", to be found while it is typed. */
export function suggestionOf({ id, name, state }: DigestLine, owner: string): { name: string; value: string } {
  const rest = ` · ${plainLine(state, 40)} · ${plainLine(owner, 20)}`;
  return { name: `${plainLine(name, LIMITS.optionText - rest.length)}${rest}`, value: id };
}

const FIELDS: Record<Extract<DigestReply, { kind: "problems" }>["problems"][number]["field"], string> = {
  topic: "Topic",
  timetable: "When",
  timeZone: "When",
  runCap: "US dollars each time",
  monthCap: "US dollars a month",
};
// Three components each, of 40.
const MOST_DIGESTS = 12;
const MOST_LINES = 10;

function inList(digest: DigestLine): APIMessageTopLevelComponent {
  return {
    type: ComponentType.Section,
    components: [textDisplay(factsOf(digest, 280))],
    accessory: press("digest-card", digest.id, "Manage"),
  };
}

function factsOf({ name, owner, when, state, last, cost }: DigestLine, most: number): string {
  const facts = [when, state, last, cost].filter((fact) => fact !== null).join("; ");
  return `**${literal(name, most / 2)}** by <@${userIdOf(owner)}>\n${literal(facts, most / 2)}`;
}

function press(action: DigestButton, subject: string, label: string, style?: Parameters<typeof button>[2]) {
  return button(formatCustomId({ action, subject }), label, style);
}
