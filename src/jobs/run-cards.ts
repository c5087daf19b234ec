import { newCard } from "../chat/progress-card.ts";
import type { ProgressCard, Run } from "../types.ts";

/** The card of a run that begins. */
export function startingCard({ id, request: { question, depth, asker }, createdAt }: Run): ProgressCard {
  return { ...newCard({ id, question, depth, startedAt: createdAt }), asker };
}

/** The card of a run that waits. Place 1 is next. */
export function waitingCard(run: Run, place: number): ProgressCard {
  const title = place === 1 ? "Waiting · next in the queue" : `Waiting · place ${place} in the queue`;
  return { ...startingCard(run), state: "queued", title };
}

/** The card of a run that ended without a report. */
export function failedCard(card: ProgressCard, { code, message }: { code: string; message: string }): ProgressCard {
  const tasks = card.tasks.map((task) => (task.status === "running" ? { ...task, status: "failed" as const } : task));
  return { ...card, tasks, title: message, state: code === "CANCELLED" ? "stopped" : "failed" };
}
