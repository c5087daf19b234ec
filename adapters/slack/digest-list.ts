import type { types } from "@slack/bolt";
import type { DigestLine, DigestVerb } from "../../src/chat-ports.ts";
import { button, plain, richText, textElement, userElement } from "./block-parts.ts";
import { LIMITS, type MessageContent } from "./limits.ts";
import { clip, escapeText, literal } from "./slack-text.ts";

export const DIGEST_ACTIONS = {
  create: "ruminate_digest_new",
  edit: "ruminate_digest_edit",
  run: "ruminate_digest_run",
  preview: "ruminate_digest_preview",
  more: "ruminate_digest_more",
  remove: "ruminate_digest_delete",
} as const;

/** The digests of a channel, or of a person, with what can be done with each. */
export function digestBlocks(digests: readonly DigestLine[], none: string): types.KnownBlock[] {
  const shown = digests.slice(0, MOST_DIGESTS);
  const rest = digests.length - shown.length;
  return [
    ...(shown.length === 0 ? [richText([textElement(none)])] : shown.flatMap(oneDigest)),
    ...(rest === 0 ? [] : [richText([textElement(`${rest} more: say \`digests\` to read them all.`)])]),
    { type: "actions", elements: [button({ action: DIGEST_ACTIONS.create, label: "New digest", value: "new" })] },
  ];
}

/** The list of a channel, as a message. */
export function listContent(digests: readonly DigestLine[]): MessageContent {
  const names = digests.map(
    ({ name, state }) => `${clip(literal(name), MAX_NAME)} (${clip(literal(state), MAX_NAME)})`,
  );
  const count = digests.length === 1 ? "1 digest in this channel" : `${digests.length} digests in this channel`;
  const text = names.length === 0 ? NONE : escapeText(clip(`${count}: ${names.join("; ")}`, MAX_TEXT));
  return { text, blocks: digestBlocks(digests, NONE) };
}

/** "pause:k3f9x", the value of a choice in the menu. */
export function readChoice(value: string): { verb: DigestVerb; digestId: string } | null {
  const [verb = "", digestId = ""] = value.split(":");
  return verb in MENU ? { verb: verb as DigestVerb, digestId } : null;
}

function oneDigest({ id, name, owner, when, state, last, cost, isActive }: DigestLine): types.KnownBlock[] {
  const facts = [when, state, last, cost].filter((fact) => fact !== null).join("; ");
  return [
    richText([
      textElement(clip(literal(name), MAX_NAME), { bold: true }),
      textElement(` (${id})\n${clip(literal(facts), MAX_FACTS)}; made by `),
      userElement(owner),
    ]),
    {
      type: "actions",
      elements: [
        button({ action: DIGEST_ACTIONS.edit, label: "Change", value: id }),
        button({ action: DIGEST_ACTIONS.preview, label: "Preview", value: id }),
        button({ action: DIGEST_ACTIONS.run, label: "Tell now", value: id }),
        menu(id, isActive ? "pause" : "resume"),
        { ...button({ action: DIGEST_ACTIONS.remove, label: "Delete", value: id, style: "danger" }), confirm: SURE },
      ],
    },
  ];
}

function menu(id: string, first: "pause" | "resume"): types.Overflow {
  const options = ([first, "history"] as const).map((verb) => ({ text: plain(MENU[verb]), value: `${verb}:${id}` }));
  return { type: "overflow", action_id: DIGEST_ACTIONS.more, options };
}

const MENU = { pause: "Pause", resume: "Go on", history: "What became of it" };
const SURE: types.ConfirmationDialog = {
  title: plain("Delete this digest?"),
  text: plain("It is not told any more, and what was told so far is forgotten."),
  confirm: plain("Delete"),
  deny: plain("Keep"),
  style: "danger",
};
const NONE = "There are no digests in this channel.";
const MAX_TEXT = 1_500;
// So that as many as are shown stay within what all blocks of a message may hold together.
const MAX_NAME = 120;
const MAX_FACTS = 260;
// Two blocks each, in a message of 50 and a page of 100 with other things on it.
const MOST_DIGESTS = Math.min(20, Math.floor((LIMITS.messageBlocks - 2) / 2));
