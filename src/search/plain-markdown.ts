/**
 * Markdown as text to search in: no front matter, badges, link targets, comments, tags or tables of contents. Headings
 * stay as "# …" lines and code fences stay, both for `cutPassages`. Much cheaper than a parser, and good enough to find
 * and to show a few lines; a page that is opened goes through the real one. Takes time linear in the length.
 *
 * @returns the title (front matter, else a heading) or null, and the text
 */
export function plainMarkdown(source: string): { title: string | null; text: string } {
  const { body, title } = takeFrontMatter(source.replace(/\r\n?/g, "\n"));
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of withoutComments(body).split("\n")) {
    const mark = FENCE.exec(line)?.[1] ?? null;
    const isFence = fence === null ? mark !== null : mark?.startsWith(fence) === true;
    if (isFence) fence = fence === null ? mark : null;
    if (isFence || fence !== null) lines.push(line);
    else addPlainLine(lines, line);
  }
  return { title: title ?? titleIn(lines), text: lines.join("\n") };
}

/** Words of a line of Markdown: link texts without targets, no images, tags or emphasis. */
export function plainInline(line: string): string {
  return line
    .replace(/!\[[^\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])/g, "")
    .replace(/\[([^[\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])/g, "$1")
    .replace(HTML_TAG, " ")
    .replace(/\*{1,3}|__|`+/g, "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/&(nbsp|amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? " ")
    .replace(/[ \t]{2,}/g, " ")
    .trim();
}

function addPlainLine(lines: string[], line: string): void {
  if (REFERENCE.test(line) || CONTENTS_ENTRY.test(line) || RULE_OF_TABLE.test(line)) return;
  const above = lines.at(-1) ?? "";
  if (UNDERLINE.test(line) && above.trim() !== "" && !above.startsWith("#")) {
    lines[lines.length - 1] = `${line.startsWith("=") ? "#" : "##"} ${above}`;
    return;
  }
  const heading = HEADING.exec(line) ?? HTML_HEADING.exec(line);
  if (heading === null) lines.push(plainInline(line));
  else addHeading(lines, heading);
}

function addHeading(lines: string[], [, mark = "#", text = ""]: RegExpExecArray): void {
  const words = plainInline(text);
  const level = mark.startsWith("#") ? mark : "#".repeat(Number(mark));
  if (words !== "") lines.push("", `${level} ${words}`, "");
}

/** A heading of the first level, or one that the document opens with; later ones name only their section. */
function titleIn(lines: string[]): string | null {
  let isCode = false;
  let isOpening = true;
  for (const line of lines) {
    if (FENCE.test(line)) isCode = !isCode;
    else if (!isCode && (line.startsWith("# ") || (isOpening && line.startsWith("#"))))
      return line.replace(/^#+\s*/, "");
    if (line.trim() !== "") isOpening = false;
  }
  return null;
}

function takeFrontMatter(source: string): { body: string; title: string | null } {
  if (!source.startsWith("---\n")) return { body: source, title: null };
  const end = source.indexOf("\n---", 3);
  if (end === -1) return { body: source, title: null };
  const title = /^title:[ \t]*(["']?)(.{1,300}?)\1[ \t]*$/m.exec(source.slice(4, end + 1))?.[2] ?? null;
  return { body: source.slice(end + 4), title };
}

function withoutComments(text: string): string {
  const [first = "", ...rest] = text.split("<!--");
  return [first, ...rest.map((piece) => piece.slice(Math.max(0, piece.indexOf("-->") + 3) || piece.length))].join("");
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.{0,1000}?)(?:\s+#+)?\s*$/;
const HTML_HEADING = /^\s*<h([1-6])\b[^<>]{0,500}>(.{1,1000}?)(?:<\/h[1-6]>.{0,20})?$/i;
const UNDERLINE = /^(?:=+|-{2,})\s*$/;
const REFERENCE = /^\s{0,3}\[[^\]\n]{1,200}\]:\s/;
const CONTENTS_ENTRY = /^\s*(?:[-*+]|\d+\.)\s+\[[^\]\n]{0,300}\]\(#[^)\n]{0,300}\)\s*$/;
const RULE_OF_TABLE = /^\s*\|?\s*:?-{2,}[-:| \t]*\|[-:| \t]*$/;
// The elements that READMEs use; `Promise<string>` in a sentence is no tag.
const HTML_TAG =
  /<\/?(?:a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|picture|pre|s|small|source|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video)\b[^<>]{0,2000}>/gi;
const ENTITIES: Record<string, string> = { nbsp: " ", amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
