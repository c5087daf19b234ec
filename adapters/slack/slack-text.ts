import { WORD_JOINER } from "../../src/chat/defuse.ts";

/**
 * Text for a field that Slack reads as markup (`text` of a message): nothing in it is alive.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping (read 2026-11-22)
 */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Our own few words of Markdown (bold, code, lists, links to the given addresses or channels) as Slack's older markup, for replies that
 * take no Markdown block.
 */
export function toMrkdwn(markdown: string, links: readonly string[] = []): string {
  const alive = new Set(links.map(escapeText));
  return escapeText(markdown)
    .replace(/\[((?:\\.|[^\\[\]])+)\]\(([^\s()]+)\)/g, (link, words: string, url: string) =>
      alive.has(url) ? `<${url}|${words.replace(/\\(.)/g, "$1")}>` : link,
    )
    .replace(/&lt;#\w+&gt;/g, (channel) =>
      alive.has(channel) ? channel.replace("&lt;", "<").replace("&gt;", ">") : channel,
    )
    .replace(/\*\*([^*\n]+)\*\*/g, "*$1*")
    .replace(/^(\s*)[-*] /gm, "$1• ");
}

/** Markdown for a Markdown block: Slack reads `<!channel>` and `<@U1>` even there, and in code as well. */
export function withoutMentions(markdown: string): string {
  return markdown.replace(/<(?=[!@#])/g, `<${WORD_JOINER}`);
}

/**
 * For fields in which Slack reads nothing: without the invisible characters that keep text from coming alive elsewhere. What
 * looks like a mention keeps its own, should a client read more than it is meant to.
 */
export function literal(text: string): string {
  return withoutMentions(text.replaceAll(WORD_JOINER, ""));
}

/** One line of at most `most` characters, whole characters only; never empty, as Slack refuses empty texts. */
export function clip(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") return "…";
  if (line.length <= most) return line;
  return `${line
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, "")
    .trimEnd()}…`;
}

/**
 * What a notification shows of Markdown, and screen readers read of a message with blocks: the first words, without marks and
 * their addresses.
 */
export function notificationText(markdown: string, mostChars = 200): string {
  const words = literal(markdown)
    .replace(/\s*\[\[\d+\]\([^)]*\)\]/g, "")
    // The line below a table's head.
    .replace(/^[\s|:-]+$/gm, "")
    .replace(/^[-*] /gm, "")
    // Within a word it is no mark: America/New_York.
    .replace(/[*#`|]+|(?<![\p{L}\d])_+|_+(?![\p{L}\d])/gu, "");
  return escapeText(clip(words, mostChars));
}

/**
 * What a person wrote, without Slack's markup: entities back to characters, links and channels to their words. What is set
 * names channels by their ids.
 */
export function readText(text: string, { botUserId }: { botUserId: string | null }): string {
  const isSetting = /^\s*(?:<@\w+>\s*)?settings\s/i.test(text);
  return (isSetting ? text.replace(/<#(\w+)(?:\|[^>]*)?>/g, "$1 ") : text)
    .replace(/<@([UW]\w+)(?:\|([^>]*))?>/g, (_all, id: string, name?: string) =>
      id === botUserId ? " " : name === undefined ? `@${id}` : `@${name}`,
    )
    .replace(/<#\w+(?:\|([^>]*))?>/g, (_all, name?: string) => (name ? `#${name}` : "this channel"))
    .replace(/<!(?:subteam\^\w+|date\^[^|>]*|\w+)(?:\|([^>]*))?>/g, (_all, label?: string) => label ?? "")
    .replace(/<(?:mailto:)?([^>|]+)(?:\|([^>]*))?>/g, (_all, url: string, label?: string) => withLabel(url, label))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

/** "words (address)"; the address alone where the words are part of it. */
function withLabel(url: string, label: string | undefined): string {
  return label === undefined || label === "" || url.includes(label) ? url : `${label} (${url})`;
}
