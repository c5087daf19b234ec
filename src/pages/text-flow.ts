import { createInlineText, type InlineText } from "./inline-text.ts";
import type { LinkedPiece } from "./linked-text.ts";

/** A paragraph, heading, list item, table or piece of code. */
export interface Block {
  pieces: LinkedPiece[];
  isItem: boolean;
  /** Stands on the line below the block before it, without an empty line between. */
  isTight: boolean;
}

/** Where blocks go: the page, or one cell of a table. */
export interface TextFlow {
  blocks: Block[];
  /** The next number of each open list; null for one without numbers. */
  lists: (number | null)[];
  /** Has a list just begun that is not part of another one? */
  isNewList: boolean;
  quoteDepth: number;
  headingLevel: number;
  /** Sign of a list item or definition that waits for its first block. */
  marker: string;
}

/** Makes blocks out of the inline text, in the innermost of the flows that are open. */
export interface FlowWriter {
  line: InlineText;
  current(): TextFlow;
  enter(): void;
  /** Ends the innermost flow and hands over its blocks. */
  leave(): Block[];
  /** Ends the paragraph that is being written, if there is one. */
  endBlock(): void;
  /** Adds a block of its own that takes no list sign, such as a table. */
  addBlock(pieces: LinkedPiece[]): void;
}

export function createFlowWriter(): FlowWriter {
  const line = createInlineText();
  const flows: TextFlow[] = [emptyFlow()];
  const current = () => flows.at(-1) as TextFlow;

  const add = (pieces: LinkedPiece[], sign: string, isItem: boolean) => {
    const flow = current();
    const isTight = sign === DEFINITION_SIGN || (isItem && !flow.isNewList && flow.blocks.at(-1)?.isItem === true);
    flow.blocks.push({ pieces: prefixLines(pieces, "> ".repeat(flow.quoteDepth), sign), isItem, isTight });
    flow.marker = "";
    flow.isNewList = false;
  };

  const addHeading = (pieces: LinkedPiece[], level: number) => {
    const words = onOneLine(pieces).map(({ text, url }) => ({ text: text.replace(HEADING_SIGN, ""), url }));
    if (words.some(({ text }) => text !== "")) add(words, `${"#".repeat(level)} `, false);
  };

  return {
    line,
    current,
    enter: () => flows.push(emptyFlow()),
    leave: () => (flows.length > 1 ? (flows.pop()?.blocks ?? []) : current().blocks),
    endBlock() {
      const pieces = line.take(false);
      if (pieces.length === 0) return;
      const { headingLevel, marker, lists } = current();
      if (headingLevel > 0) return addHeading(pieces, headingLevel);
      const indent = marker === "" ? "" : "  ".repeat(Math.min(Math.max(lists.length - 1, 0), MAX_INDENTS));
      add(pieces, indent + marker, marker !== "");
    },
    addBlock: (pieces) => add(pieces, "", false),
  };
}

export const DEFINITION_SIGN = ": ";

/** The blocks as one run of pieces, an empty line between them where they are not tight. */
export function joinBlocks(blocks: Block[]): LinkedPiece[] {
  const pieces: LinkedPiece[] = [];
  for (const block of blocks) {
    if (pieces.length > 0) pieces.push({ text: block.isTight ? "\n" : "\n\n", url: null });
    for (const piece of block.pieces) pieces.push(piece);
  }
  return pieces;
}

export function onOneLine(pieces: LinkedPiece[]): LinkedPiece[] {
  return pieces.map(({ text, url }) => ({ text: text.replace(/\n+/g, " "), url }));
}

function emptyFlow(): TextFlow {
  return { blocks: [], lists: [], isNewList: false, quoteDepth: 0, headingLevel: 0, marker: "" };
}

function prefixLines(pieces: LinkedPiece[], quote: string, sign: string): LinkedPiece[] {
  const quoted =
    quote === "" ? pieces : pieces.map(({ text, url }) => ({ text: text.replace(/\n/g, `\n${quote}`), url }));
  return quote + sign === "" ? quoted : [{ text: quote + sign, url: null }, ...quoted];
}

/** The sign beside a heading that links to the heading itself, in Sphinx, MkDocs, rustdoc and their kin. */
const HEADING_SIGN = /^\s*[§¶🔗]\s*|\s*[§¶🔗]\s*$|^#$|\s#$/gu;
// Deeper lists are rare, and thousands of spaces in front of a word would be a way to blow a page up.
const MAX_INDENTS = 6;
