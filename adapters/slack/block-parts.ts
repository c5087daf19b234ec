import type { types } from "@slack/bolt";
import { LIMITS } from "./limits.ts";
import { clip } from "./slack-text.ts";

/** Small pieces of Block Kit. Texts in them are shown as they are: Slack reads no markup in any of these. */

export function richText(elements: types.RichTextElement[]): types.RichTextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

export function textElement(text: string, style?: types.RichTextText["style"]): types.RichTextText {
  return style === undefined ? { type: "text", text } : { type: "text", text, style };
}

/** The name of a person, "slack:T0123:U0456". */
export function userElement(person: string): types.RichTextUserMention {
  return { type: "user", user_id: person.split(":").at(-1) ?? person };
}

export function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

export function section(text: string): types.SectionBlock {
  return { type: "section", text: plain(text), expand: true };
}

export function context(lines: readonly string[]): types.ContextBlock {
  return { type: "context", elements: lines.slice(0, LIMITS.contextElements).map((line) => plain(clip(line, 500))) };
}

export interface ButtonOptions {
  action: string;
  label: string;
  value: string;
  style?: "primary" | "danger";
}

export function button({ action, label, value, style }: ButtonOptions): types.Button {
  const text = plain(clip(label, LIMITS.buttonText));
  return { type: "button", action_id: action, text, value, ...(style === undefined ? {} : { style }) };
}

export function isHttp(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url) && url.length <= LIMITS.url;
}
