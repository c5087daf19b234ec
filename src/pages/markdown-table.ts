import type { LinkedPiece } from "./linked-text.ts";
import type { ElementRules } from "./markdown-writer.ts";
import type { Attributes } from "./markup-events.ts";
import { type Block, type FlowWriter, joinBlocks, onOneLine } from "./text-flow.ts";

interface TableCell {
  blocks: Block[];
  isHeader: boolean;
  columns: number;
  rows: number;
}

interface Table {
  rows: TableCell[][];
  /** Known to be no table of data: it says so, or another table stands in it. */
  isLayout: boolean;
}

/** A table of data becomes a Markdown table; of one that only arranges the page, the cells become ordinary text. */
export function tableRules(flow: FlowWriter): ElementRules {
  const tables: Table[] = [];
  const cells: TableCell[] = [];

  const openCell = (isHeader: boolean) => (attributes: Attributes) => {
    flow.enter();
    cells.push({ blocks: [], isHeader, columns: spanOf(attributes.colspan), rows: spanOf(attributes.rowspan) });
  };
  const closeCell = () => {
    const cell = cells.pop();
    const blocks = flow.leave();
    const table = tables.at(-1);
    if (table === undefined) pushAll(flow.current().blocks, blocks);
    else if (cell !== undefined) lastRow(table).push({ ...cell, blocks });
  };
  const table = {
    open({ role }: Attributes) {
      for (const outer of tables) outer.isLayout = true;
      tables.push({ rows: [], isLayout: role === "presentation" || role === "none" });
    },
    close() {
      const closed = tables.pop() ?? { rows: [], isLayout: true };
      const pieces = tablePieces(closed);
      if (pieces !== null) flow.addBlock(pieces);
      else for (const cell of closed.rows.flat()) pushAll(flow.current().blocks, cell.blocks);
    },
  };
  return {
    table,
    tr: { open: () => void tables.at(-1)?.rows.push([]) },
    td: { open: openCell(false), close: closeCell },
    th: { open: openCell(true), close: closeCell },
  };
}

function lastRow(table: Table): TableCell[] {
  if (table.rows.length === 0) table.rows.push([]);
  return table.rows.at(-1) as TableCell[];
}

function pushAll(target: Block[], blocks: Block[]): void {
  for (const block of blocks) target.push(block);
}

function spanOf(value: string | undefined): number {
  const span = Number.parseInt(value ?? "1", 10);
  return span >= 1 && span <= MAX_SPAN ? span : 1;
}

function tablePieces(table: Table): LinkedPiece[] | null {
  const rows = table.rows.filter((row) => row.length > 0);
  const hasHeader = rows.some((row) => row.some((cell) => cell.isHeader));
  const width = Math.min(
    rows.reduce((widest, row) => Math.max(widest, widthOf(row)), 0),
    MAX_COLUMNS,
  );
  const isData = !table.isLayout && width > 1 && (rows.length > 1 || hasHeader) && !rows.flat().some(isProse);
  if (!isData) return null;
  const pieces: LinkedPiece[] = [];
  const spanning: Spanning[] = [];
  for (const [index, row] of rows.entries()) {
    if (index > 0) pieces.push({ text: "\n", url: null });
    for (const piece of rowPieces(row, width, spanning)) pieces.push(piece);
    if (index === 0) pieces.push({ text: `\n|${" --- |".repeat(width)}`, url: null });
  }
  return pieces;
}

/** A cell that reaches down: its text is repeated, so that each row can be read and quoted alone. */
interface Spanning {
  text: string;
  rowsLeft: number;
}

function rowPieces(row: TableCell[], width: number, spanning: Spanning[]): LinkedPiece[] {
  const pieces: LinkedPiece[] = [{ text: "|", url: null }];
  const cells = row.values();
  for (let column = 0; column < width; column++) {
    const above = spanning[column];
    if (above !== undefined && above.rowsLeft > 0) {
      above.rowsLeft--;
      pieces.push({ text: ` ${above.text} |`, url: null });
      continue;
    }
    const cell: TableCell | undefined = cells.next().value;
    const content = cell === undefined ? [] : cellPieces(cell);
    pieces.push({ text: " ", url: null }, ...content, { text: " |", url: null });
    if (cell === undefined) continue;
    const columns = Math.min(cell.columns, width - column);
    const text = cell.rows > 1 ? content.map((piece) => piece.text).join("") : "";
    for (let spanned = 0; spanned < columns; spanned++) {
      if (cell.rows > 1) spanning[column + spanned] = { text: spanned === 0 ? text : "", rowsLeft: cell.rows - 1 };
    }
    pieces.push({ text: "  |".repeat(columns - 1), url: null });
    column += columns - 1;
  }
  return pieces;
}

function cellPieces(cell: TableCell): LinkedPiece[] {
  const pieces = onOneLine(joinBlocks(cell.blocks));
  return pieces.map(({ text, url }) => ({ text: text.replaceAll("|", "\\|"), url }));
}

function widthOf(row: TableCell[]): number {
  return row.reduce((width, cell) => width + cell.columns, 0);
}

/** Does the cell hold a text rather than a value? */
function isProse(cell: TableCell): boolean {
  if (cell.blocks.length > MAX_CELL_BLOCKS) return true;
  let chars = 0;
  for (const block of cell.blocks) for (const piece of block.pieces) chars += piece.text.length;
  return chars > MAX_CELL_CHARS;
}

// Above these a row is no longer read as a row. The widest tables of statistics have some 30 columns.
const MAX_COLUMNS = 60;
const MAX_SPAN = 1000;
const MAX_CELL_BLOCKS = 30;
const MAX_CELL_CHARS = 1500;
