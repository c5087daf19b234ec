import type { Nodes } from "mdast";
import { defuse, WORD_JOINER } from "../../src/chat/defuse.ts";
import { parseMarkdown } from "../../src/chat/parse-markdown.ts";
import { cleanLine } from "../../src/untrusted.ts";

/** Foreign words on one line, as they are: nothing in them is markup, a link, a mention. Cut before they are escaped. */
export function literal(text: string, maxChars: number): string {
  const line = cleanLine(text.replaceAll(WORD_JOINER, ""), maxChars);
  return defuse(line).replace(MARKUP, "\\$&");
}

/** The same for places that show no markup: labels of buttons, options, names of threads. */
export function plainLine(text: string, maxChars: number): string {
  return cleanLine(text.replaceAll(WORD_JOINER, ""), maxChars);
}

/**
 * Markdown as Discord shows it: headings go down to the third level and stand on a line of their own, and what Discord
 * alone reads (timestamps, channels, commands, emoji, spoilers) does not come alive.
 */
export function toDiscordMarkdown(markdown: string): string {
  const edits: Edit[] = [];
  const waiting: Nodes[] = [parseMarkdown(markdown)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { start, end } = placeOf(node);
    if (node.type === "heading") edits.push(...headingEdits(node, markdown));
    if (node.type === "thematicBreak") edits.push({ start, end, text: "" });
    if (node.type === "text") {
      const source = markdown.slice(start, end);
      const inert = source.replace(DISCORD_ONLY, `$&${WORD_JOINER}`).replaceAll("||", `|${WORD_JOINER}|`);
      if (inert !== source) edits.push({ start, end, text: inert });
    }
    if ("children" in node) waiting.push(...node.children);
  }
  return applyEdits(markdown, edits);
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

const MARKUP = /[\\`*_~|[\]()<>#]/g;
// <t:1700000000:R>, <#channel>, <@person>, </command:1>, <:emoji:1>, <a:emoji:1>, <id:browse>
// https://discord.com/developers/docs/reference#message-formatting (read 2026-11-22)
const DISCORD_ONLY = /<(?=(?:t|a|id)?[:/@#&!])/g;
const DEEPEST_HEADING = 3;

/** What stands around the words of a heading is written anew: also underlined headings, which Discord does not know. */
function headingEdits(node: Nodes & { type: "heading" }, markdown: string): Edit[] {
  const [first, last] = [node.children[0], node.children.at(-1)];
  const { start, end } = placeOf(node);
  if (first === undefined || last === undefined) return [{ start, end, text: "" }];
  const prefix = `${"#".repeat(Math.min(node.depth, DEEPEST_HEADING))} `;
  const [from, to] = [placeOf(first).start, placeOf(last).end];
  const isAsItShouldBe = markdown.slice(start, from) === prefix && to === end;
  return isAsItShouldBe
    ? []
    : [
        { start, end: from, text: prefix },
        { start: to, end, text: "" },
      ];
}

function placeOf({ position }: Nodes): { start: number; end: number } {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

function applyEdits(markdown: string, edits: readonly Edit[]): string {
  let text = "";
  let position = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    text += markdown.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return text + markdown.slice(position);
}
