import type { Nodes } from "mdast";
import { sentencesOf } from "../words.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/**
 * The answer in two sentences: the first two of its text, without marks and markup.
 */
export function summarize(markdown: string, maxChars = 400): string {
  const text = parseMarkdown(markdown)
    .children.filter(({ type }) => type === "paragraph" || type === "list")
    .map(plainText)
    .map((paragraph) => paragraph.replace(MARK, "").replace(/\s+/g, " ").trim())
    .filter((paragraph) => /[\p{L}\p{N}]/u.test(paragraph));
  const sentences = text.flatMap((paragraph) => sentencesOf(paragraph).map(({ text: sentence }) => sentence));
  const [first = "", second] = sentences;
  if (second === undefined || first.length + second.length + 1 > maxChars) return cut(first, maxChars);
  return `${first} ${second}`;
}

const MARK = /\s*\[\d{1,4}\]/g;

function plainText(node: Nodes): string {
  if ("value" in node) return node.value;
  if (!("children" in node)) return "";
  const between = node.type === "list" || node.type === "listItem" ? " " : "";
  return node.children.map(plainText).join(between);
}

function cut(sentence: string, maxChars: number): string {
  if (sentence.length <= maxChars) return sentence;
  const end = sentence.lastIndexOf(" ", maxChars - 1);
  return `${sentence.slice(0, end > maxChars / 2 ? end : maxChars - 1).toWellFormed()}…`;
}
