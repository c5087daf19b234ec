/** Foreign text is cleaned here once, at the door of the room that reads it. Part of the floor: imports nothing. */

/**
 * Removes what people cannot see and a model might obey: control characters, bidi overrides, zero-width runs, tag
 * characters, variation-selector smuggling, stacked combining marks; breaks up chat-template tokens and our own
 * marks. Line breaks and tabs stay; single joiners stay (Persian, Hindi and emoji need them). Idempotent.
 */
export function cleanText(text: string): string {
  if (CLEAN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(INVISIBLE, "")
    .replace(/([\u200c\u200d])[\u200c\u200d]+/g, "$1")
    .replace(/(\p{M}{4})\p{M}+/gu, "$1")
    .replace(TEMPLATE_TOKEN, (token) => token.replaceAll("<", "‹").replaceAll(">", "›"))
    .replace(/\[(\/?)(INST|SYS)\]/gi, "‹$1$2›")
    .replaceAll("【", "[")
    .replaceAll("】", "]")
    .normalize("NFC");
}

/** Cleaned text on one line, cut at `maxChars` with an ellipsis: titles, snippets, names. */
export function cleanLine(text: string, maxChars: number): string {
  const line = cleanText(text).replace(/\s+/g, " ").trim();
  if (line.length <= maxChars) return line;
  return `${line
    .slice(0, maxChars - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

// Plain ASCII without what begins a token or a tag: most texts, told in a tenth of the time.
const CLEAN = /^[\n\t\x20-;=-Z\\-~]*$/;
// C0 without tab and line feed, C1, soft hyphen, combining grapheme joiner, Arabic letter mark, Hangul fillers, Mongolian
// vowel separator, zero-width space, direction marks and overrides, word joiner to invisible plus, deprecated format
// characters, byte order mark, interlinear annotation, variation selectors supplement, tags.
const INVISIBLE =
  /\u034f|[\u{e0100}-\u{e01ef}]|(?![\n\t])[\p{Cc}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
// `<|im_start|>` and its kin, think and tool-call tags, the begin-of-sequence tags of open models.
const TEMPLATE_TOKEN =
  /<\|[^<>\n]{0,60}\|>|<\/?(?:think|thinking|tool_call|tool_response|arg_key|arg_value|s|sop|eop)>/gi;
