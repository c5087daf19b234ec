/** What an HTML tag in Markdown leaves behind in the text. */
export function signOfTag(name: string, isEnd: boolean): string {
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (level !== undefined) return isEnd ? "\n\n" : `\n\n${"#".repeat(Number(level))} `;
  if (name === "tr") return isEnd ? "" : "\n|";
  if (name === "td" || name === "th") return isEnd ? " | " : " ";
  if (name === "li") return isEnd ? "" : "\n- ";
  if (name === "br" || name === "dt" || name === "dd") return "\n";
  if (name === "code" || name === "kbd" || name === "samp") return "`";
  if (name === "sup") return isEnd ? "" : "^";
  return BLOCKS.test(name) ? "\n\n" : "";
}

/** The value of an attribute in the source of a tag; "" when it is not there. */
export function attributeOf(name: "href" | "src" | "alt", attributes: string): string {
  const match = ATTRIBUTES[name].exec(attributes);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? "";
}

/** The character that an entity stands for; one that is not in the list stays as it is written. */
export function characterOf(entity: string): string {
  const number = /^#(?:x([\da-f]+)|(\d+))$/i.exec(entity);
  if (number === null) return ENTITIES.get(entity) ?? `&${entity};`;
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

const ATTRIBUTES = {
  href: /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i,
  src: /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i,
  alt: /\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i,
};

/** Only these are tags: `Array<string>` and `<your-token>` are text that somebody forgot to quote. */
export const TAG_NAMES = `(?:${[
  "a|abbr|article|aside|b|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption",
  "figure|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|main|mark|nav|nobr|ol|p|picture|pre|q|s|samp",
  "section|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video|wbr",
].join("|")})\\b`;

const BLOCKS =
  /^(?:article|aside|blockquote|caption|center|details|div|dl|figcaption|figure|footer|header|hr|main|nav|ol|p|picture|pre|section|summary|table|ul)$/;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["copy", "©"],
  ["reg", "®"],
  ["trade", "™"],
  ["mdash", "—"],
  ["ndash", "–"],
  ["hellip", "…"],
  ["rarr", "→"],
  ["larr", "←"],
  ["bull", "•"],
  ["middot", "·"],
  ["times", "×"],
]);
