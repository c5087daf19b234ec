import type { LinkedPiece } from "./linked-text.ts";
import type { InlinePiece } from "./markdown-inline.ts";

/**
 * Takes out the marks that come in pairs around words: `**so**`, `_so_`, `~~so~~`. What stands alone (`2 * 3`,
 * `**kwargs`, `snake_case`) is text. A paragraph's end ends all that is open in it.
 */
export function withoutEmphasis(pieces: readonly InlinePiece[]): LinkedPiece[] {
  const dropped = new Set<InlinePiece>();
  let open: InlinePiece[] = [];
  let before = "\n";
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "mark") {
      const after = characterAfter(pieces, index);
      const opener = canClose(piece.text, before, after) ? open.findLast(({ text }) => text === piece.text) : undefined;
      if (opener !== undefined) {
        dropped.add(opener).add(piece);
        open = open.slice(0, open.lastIndexOf(opener));
      } else if (canOpen(piece.text, before, after) && open.length < MAX_OPEN) open.push(piece);
    } else if (PARAGRAPH_END.test(piece.text)) open = [];
    before = piece.text.at(-1) ?? before;
  }
  return pieces.filter((piece) => piece.text !== "" && !dropped.has(piece));
}

function characterAfter(pieces: readonly InlinePiece[], index: number): string {
  for (let next = index + 1; next < pieces.length; next++) {
    const text = pieces[next]?.text ?? "";
    if (text !== "") return text.charAt(0);
  }
  return "\n";
}

/** https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run, without its rules for punctuation. */
function canOpen(mark: string, before: string, after: string): boolean {
  return !/\s/.test(after) && (!mark.startsWith("_") || !WORD.test(before));
}

function canClose(mark: string, before: string, after: string): boolean {
  return !/\s/.test(before) && (!mark.startsWith("_") || !WORD.test(after));
}

const PARAGRAPH_END = /\n[ \t]*\n/;
const WORD = /[\p{L}\p{N}]/u;
const MAX_OPEN = 20;
