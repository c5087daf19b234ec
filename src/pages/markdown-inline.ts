import { type LinkedPiece, linkBareAddresses } from "./linked-text.ts";
import { withoutEmphasis } from "./markdown-emphasis.ts";
import { FENCED_CODE, INLINE_CODE } from "./markdown-source.ts";
import { attributeOf, characterOf, signOfTag, TAG_NAMES } from "./markdown-tags.ts";

export interface InlineOptions {
  /** Targets of the link definitions, by lower-case label. */
  definitions: ReadonlyMap<string, string>;
  /** The absolute address behind a target, or null for one that is not kept. */
  addressOf(target: string): string | null;
}

/** A `mark` may be emphasis; a `literal` is not looked at any more. */
export interface InlinePiece extends LinkedPiece {
  kind: "text" | "mark" | "literal";
}

/** Markdown as pieces: links as words, tags, badges and emphasis gone, code as it stands. */
export function inlinePieces(source: string, options: InlineOptions): LinkedPiece[] {
  const pieces: InlinePiece[] = [];
  let url: string | null = null;
  let from = 0;
  for (const match of source.matchAll(TOKEN)) {
    pieces.push({ text: source.slice(from, match.index), url, kind: "text" });
    from = match.index + match[0].length;
    const { tag, end, attributes } = match.groups ?? {};
    if (tag?.toLowerCase() === "a") url = end === "/" ? null : options.addressOf(attributeOf("href", attributes ?? ""));
    for (const piece of tokenPieces(match, options)) pieces.push({ ...piece, url: piece.url ?? url });
  }
  pieces.push({ text: source.slice(from), url, kind: "text" });
  return withoutEmphasis(pieces);
}

function tokenPieces(match: RegExpExecArray, options: InlineOptions): InlinePiece[] {
  const { escaped, entity, tag, end, attributes, marks, address, image, words, target, label } = match.groups ?? {};
  const literal = (text: string): InlinePiece[] => [{ text, url: null, kind: "literal" }];
  if (escaped !== undefined) return literal(escaped);
  if (entity !== undefined) return literal(characterOf(entity));
  if (tag !== undefined)
    return [{ text: textOfTag(tag.toLowerCase(), end === "/", attributes ?? ""), url: null, kind: "text" }];
  if (marks !== undefined) return [{ text: marks, url: null, kind: "mark" }];
  if (address !== undefined) return linkBareAddresses(address).map((piece) => ({ ...piece, kind: "literal" }));
  if (words === undefined) return literal(match[0]);
  const known = target ?? options.definitions.get((label || words).trim().toLowerCase());
  if (known === undefined) return [{ text: match[0], url: null, kind: "text" }];
  if (image !== undefined) return literal(wordsOfPicture(known, words));
  return [{ text: wordsOf(words, options), url: options.addressOf(known.replace(/^<|>$/g, "")), kind: "literal" }];
}

/** The words of a link: no pictures, no emphasis, no links in them. */
function wordsOf(markdown: string, options: InlineOptions): string {
  const withoutPictures = markdown.replace(/!\[[^[\]]*\](?:\([^()]*\)|\[[^[\]]*\])/g, "");
  return inlinePieces(withoutPictures, options)
    .map(({ text }) => text)
    .join("");
}

function textOfTag(name: string, isEnd: boolean, attributes: string): string {
  if (name !== "img") return signOfTag(name, isEnd);
  return wordsOfPicture(attributeOf("src", attributes), attributeOf("alt", attributes));
}

/** What a picture is said to show; nothing for badges, whose state (build, version, coverage) is in the picture. */
function wordsOfPicture(address: string, alternative: string): string {
  return BADGE.test(address) || UNSPOKEN.test(alternative.trim()) ? "" : alternative;
}

const BADGE =
  /shields\.io|badge|badgen|travis-ci|codecov|coveralls|snyk\.io|david-dm|\/workflows?\/|opencollective|nodei\.co|circleci|appveyor|phobia/i;
const UNSPOKEN = /^(?:banner|logo|image|img|icon|screenshot|picture)?$/i;

/** Text in brackets, with code, escapes and one level of brackets in it; bounded, so that it cannot be slow. */
const WORDS = "(?:[^[\\]\\\\`]|\\\\.|`[^`]{0,300}`|!?\\[[^[\\]]{0,300}\\](?:\\([^()\\s]{0,500}\\))?|`){0,500}?";
const TARGET = "\\(\\s*(?<target><[^<>\\n]{0,2000}>|(?:[^\\s()\\\\]|\\\\.|\\([^\\s()]{0,500}\\)){0,2000})";
const TITLE = "(?:\\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\\([^()]{0,500}\\)))?\\s*\\)";
const TOKEN = new RegExp(
  [
    FENCED_CODE,
    INLINE_CODE,
    "\\\\(?<escaped>[!-/:-@[-`{-~])",
    "&(?<entity>#\\d{1,7}|#x[\\da-f]{1,6}|[a-z]{2,8});",
    "<(?<address>https?://[^\\s<>]{1,2000})>",
    `<(?<end>/?)(?<tag>${TAG_NAMES})(?<attributes>\\s[^<>]{0,2000})?/?>`,
    '(?<address>\\bhttps?://[^\\s<>"`\\\\|]{1,2000})',
    `(?<image>!)?\\[(?!\\^)(?<words>${WORDS})\\](?:${TARGET}${TITLE}|\\[(?<label>[^[\\]\\n]{0,200})\\]|(?![([:]))`,
    "(?<marks>\\*{1,3}|_{1,3}|~~)",
  ].join("|"),
  "gim",
);
