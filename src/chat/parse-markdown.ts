import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/**
 * Markdown with tables, strikethrough and task lists as a syntax tree in which every node has its position. The
 * extensions' transforms are left out: they look for further bare addresses in finished text, and the nodes that they
 * make have no position.
 */
export function parseMarkdown(markdown: string): Root {
  const mdastExtensions = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions });
}
