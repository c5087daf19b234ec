import type { Attributes, MarkupSink } from "./markup-events.ts";
import {
  IMPLIED_ENDS,
  isBlockName,
  PARAGRAPH_ENDERS,
  SCOPE_NAMES,
  TABLE_PART_NAMES,
  VOID_NAMES,
} from "./markup-names.ts";

/**
 * The elements that are open at a moment. Tags come in as they stand in the source, the sink hears balanced events at
 * most `MAX_DEPTH` deep.
 */
export function createOpenElements(sink: MarkupSink) {
  const names: string[] = [];
  const openCounts = new Map<string, number>();
  /** Elements below the depth limit inside a skipped one: they only wait for their end tags. */
  const waiting = new Map<string, number>();
  /** How deep the skipped element lies, or 0 while nothing is skipped. */
  let skipDepth = 0;
  let linkAttributes: Attributes = {};

  function open(name: string, attributes: Attributes): void {
    endImplied(name);
    if (VOID_NAMES.has(name)) {
      if (skipDepth === 0 && sink.open(name, attributes)) sink.close(name);
      return;
    }
    if (names.length === MAX_DEPTH && skipDepth > 0) {
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
      return;
    }
    // Too deep: beside the deepest element instead of inside it, as browsers do.
    if (names.length === MAX_DEPTH) pop();
    if (name === "a") linkAttributes = attributes;
    names.push(name);
    openCounts.set(name, (openCounts.get(name) ?? 0) + 1);
    if (skipDepth === 0 && !sink.open(name, attributes)) skipDepth = names.length;
  }

  function close(name: string): void {
    const waitingCount = waiting.get(name) ?? 0;
    if (waitingCount > 0) waiting.set(name, waitingCount - 1);
    else if (openCounts.get(name)) popTo(openIndex(names, (open) => open === name, endStopFor(name)));
  }

  function endImplied(name: string): void {
    if (PARAGRAPH_ENDERS.has(name) && openCounts.get("p")) endParagraph();
    const implied = IMPLIED_ENDS.get(name);
    if (implied === undefined) return;
    popTo(
      openIndex(
        names,
        (open) => implied.ends.has(open),
        (open) => implied.within.has(open),
      ),
    );
  }

  /** A link around a block goes on behind the paragraph that the block ends. */
  function endParagraph(): void {
    const linkCount = openCounts.get("a") ?? 0;
    popTo(openIndex(names, (open) => open === "p", isScope));
    if ((openCounts.get("a") ?? 0) < linkCount) open("a", linkAttributes);
  }

  function pop(): void {
    const name = names.pop() ?? "";
    openCounts.set(name, (openCounts.get(name) ?? 1) - 1);
    if (skipDepth === 0) sink.close(name);
    else if (names.length < skipDepth) {
      skipDepth = 0;
      waiting.clear();
    }
  }

  function popTo(index: number): void {
    while (index >= 0 && names.length > index) pop();
  }

  function text(data: string): void {
    if (skipDepth === 0) sink.text(data);
  }

  return { open, close, text, closeAll: () => popTo(0) };
}

/** Index of the innermost open element that is looked for and not behind a stop, else -1. */
function openIndex(names: string[], isWanted: (name: string) => boolean, isStop: (name: string) => boolean): number {
  for (let index = names.length - 1; index >= 0; index--) {
    const name = names[index] ?? "";
    if (isWanted(name)) return index;
    if (isStop(name)) return -1;
  }
  return -1;
}

/** The elements through which an end tag of this name does not reach. */
function endStopFor(name: string): (open: string) => boolean {
  if (name === "table") return () => false;
  if (TABLE_PART_NAMES.has(name)) return (open) => open === "table";
  return name === "a" || isBlockName(name) ? isScope : isBlockName;
}

function isScope(name: string): boolean {
  return SCOPE_NAMES.has(name);
}

// Chrome's parser stops nesting at 512 (HTMLConstructionSite, kMaximumHTMLParserDOMTreeDepth); real pages stay below
// 100, and Readability's time grows with the depth.
const MAX_DEPTH = 256;
