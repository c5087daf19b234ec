import type { Table } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import { parseMarkdown } from "./parse-markdown.ts";

export interface TableRules {
  /** Tables of the document that may stay as they are, counted from its start. */
  keep: number;
  /** Larger ones never stay. */
  maxRows: number;
  maxColumns: number;
  /** Characters of one line of the text that a table becomes; longer cells are cut. */
  maxLineChars: number;
}

/**
 * Markdown whose tables are drawn as fenced text where the platform shows no table, or not so many. A table that has no
 * room in a line becomes a list, one item for each row.
 */
export function textTables(markdown: string, rules: TableRules): string {
  let text = "";
  let position = 0;
  let kept = 0;
  for (const node of parseMarkdown(markdown).children) {
    if (node.type !== "table") continue;
    const fits = node.children.length <= rules.maxRows && (node.children[0]?.children.length ?? 0) <= rules.maxColumns;
    if (fits && kept < rules.keep) {
      kept += 1;
      continue;
    }
    text += markdown.slice(position, node.position?.start.offset ?? 0) + drawTable(node, rules.maxLineChars);
    position = node.position?.end.offset ?? 0;
  }
  return text + markdown.slice(position);
}

function drawTable(table: Table, maxLineChars: number): string {
  const rows = table.children.map((row) => row.children.map((cell) => plainCell(cell.children)));
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  const lineChars = widths.reduce((total, width) => total + width + 2, -2);
  if (lineChars > maxLineChars) return asList(table);
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const [head = "", ...body] = lines;
  return ["```", head, widths.map((width) => "─".repeat(width)).join("  "), ...body, "```"].join("\n");
}

/** "- **first cell**: head 2: cell 2; head 3: cell 3" */
function asList(table: Table): string {
  const [head = [], ...rows] = table.children.map((row) => row.children.map((cell) => markdownCell(cell.children)));
  const items = rows.map(([first = "", ...cells]) => {
    const rest = cells.map((cell, index) => `${head[index + 1] ?? ""}: ${cell}`).join("; ");
    return `- **${first}** — ${rest}`;
  });
  return items.join("\n");
}

type Cell = Table["children"][number]["children"][number]["children"];

function markdownCell(children: Cell): string {
  return toMarkdown({ type: "paragraph", children }).replace(/\s+/g, " ").trim();
}

function plainCell(children: Cell): string {
  const textOf = (node: Cell[number]): string =>
    "value" in node ? node.value : "children" in node ? node.children.map(textOf).join("") : "";
  return children.map(textOf).join("").replace(/\s+/g, " ").replaceAll("```", "'''").trim();
}

/** Columns on the screen: Chinese, Japanese and Korean characters take two. */
function widthOf(text: string): number {
  return (
    text.length +
    (text.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g)?.length ?? 0)
  );
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}
