import { stripVTControlCharacters, styleText } from "node:util";
import { WORD_JOINER } from "../../src/chat/defuse.ts";
import type { CardTask, ProgressCard } from "../../src/types.ts";

export interface ProgressView {
  /** Said at once, before anything is loaded. */
  start(question: string): void;
  draw(card: ProgressCard): void;
}

const MARKS: Record<CardTask["status"], string> = { pending: "○", running: "◐", done: "●", failed: "✕" };
const COLORS = { pending: "gray", running: "yellow", done: "green", failed: "red" } as const;
// The newest lines of each task: the panel must stay on the screen, and a terminal has 24 lines.
const SHOWN_DETAILS = 4;

/** The card drawn over itself, for a terminal. */
export function createLivePanel(stream: NodeJS.WritableStream & { columns?: number }): ProgressView {
  let drawnLines = 0;
  return {
    start: (question) => {
      stream.write(`${styleText("bold", question)}\n`);
    },
    draw: (card) => {
      // A terminal that does not tell its width says 0.
      const width = (stream.columns || 80) - 1;
      const lines = panelLines(card).map((line) => clip(line.replaceAll(WORD_JOINER, ""), width));
      const back = drawnLines === 0 ? "" : `\u001b[${drawnLines}A\u001b[0J`;
      stream.write(`${back}${lines.join("\n")}\n`);
      drawnLines = lines.length;
    },
  };
}

function panelLines(card: ProgressCard): string[] {
  const tasks = card.tasks.flatMap((task) => {
    const hidden = task.details.length - SHOWN_DETAILS;
    const details = task.details.slice(-SHOWN_DETAILS).map((detail) => styleText("gray", `    ${detail}`));
    const more = hidden > 0 ? [styleText("gray", `    … ${hidden} more`)] : [];
    return [`  ${styleText(COLORS[task.status], MARKS[task.status])} ${task.title}`, ...more, ...details];
  });
  return [card.title, ...tasks, ""];
}

function clip(line: string, width: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= width ? line : styleText("gray", `${plain.slice(0, width - 1)}…`);
}

/** Each new fact as one line, for pipes and logs. */
export function createLinePrinter(stream: NodeJS.WritableStream): ProgressView {
  const printed = new Map<string, number>();
  let title = "";
  return {
    start: (question) => {
      stream.write(`Researching: ${question}\n`);
    },
    draw: (card) => {
      for (const task of card.tasks) {
        const before = printed.get(task.id) ?? 0;
        for (const detail of task.details.slice(before))
          stream.write(`${task.title}: ${detail.replaceAll(WORD_JOINER, "")}\n`);
        printed.set(task.id, task.details.length);
      }
      if (card.state !== "running" && card.title !== title) stream.write(`${card.title}\n`);
      title = card.title;
    },
  };
}
