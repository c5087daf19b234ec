import type { ActionReply, ChatAction, Offer, OfferChoice } from "../chat-ports.ts";
import type { MessageRef, Run, ThreadRef } from "../types.ts";
import type { IsAdmin } from "./admins.ts";
import { defuse } from "./defuse.ts";

/** What can be done with a question that came while another one is at work in its thread. False: it was decided before. */
export interface OfferDesk {
  /** The newest run of the thread that is at work or waits, or null. */
  atWorkIn(thread: ThreadRef): Promise<Run | null>;
  /** It is worked on, when that run is at its end. */
  release(runId: string, after: string | null): Promise<boolean>;
  /** Its words go to the target as a remark; false also when the target is at its end. */
  note(runId: string, remark: { target: string; person: string; text: string }): Promise<boolean>;
  stop(runId: string): Promise<boolean>;
  drop(runId: string): Promise<boolean>;
  /** Its asker was asked, with this message. */
  asked(runId: string, message: MessageRef): Promise<void>;
}

/** Asks what to do with the new question. Who may not stop the other one is not offered to. */
export async function makeOffer(
  { runId, asker, question }: { runId: string; asker: string; question: string },
  busy: Run,
  isAdmin: IsAdmin,
): Promise<Offer> {
  const mayReplace = busy.request.asker === asker || (await isAdmin(asker, busy.request.thread));
  const choices = (Object.keys(LABELS) as OfferChoice[])
    .filter((type) => type !== "replace" || mayReplace)
    .map((type) => ({ type, label: LABELS[type] }));
  const text = `I am at work on “${shorten(busy.request.question)}” in this thread. What shall I do with “${shorten(question)}”?`;
  return { runId, asker, text, choices };
}

const LABELS: Record<OfferChoice, string> = {
  note: "Add it as a note",
  queue: "Ask it afterwards",
  replace: "Stop that, ask this",
};

export function isChoice(action: ChatAction): action is ChatAction & { type: OfferChoice } {
  return Object.hasOwn(LABELS, action.type);
}

/** What comes of a choice. Each holds also when the other run ended meanwhile. */
export async function choose(
  type: OfferChoice,
  run: Run,
  { person, desk, isAdmin }: { person: string; desk: OfferDesk; isAdmin: IsAdmin },
): Promise<ActionReply> {
  const { asker, thread, question } = run.request;
  if (person !== asker) return { kind: "words", text: "Only the person who asked can choose." };
  if (run.state !== "offered") return DECIDED;
  const busy = await desk.atWorkIn(thread);
  if (busy === null) return settled(await desk.release(run.id, null), "The other research has ended; this one begins.");
  switch (type) {
    case "note":
      if (await desk.note(run.id, { target: busy.id, person, text: question }))
        return settled(true, `Noted for the research at work: “${shorten(question)}”`);
      return settled(await desk.release(run.id, null), "It was too late for a note, so this is researched now.");
    case "queue":
      return settled(
        await desk.release(run.id, busy.id),
        `“${shorten(question)}” comes next, after the research at work.`,
      );
    case "replace": {
      const mayStop = busy.request.asker === person || (await isAdmin(person, thread));
      if (!mayStop) return { kind: "words", text: ONLY_ASKER };
      const isReleased = await desk.release(run.id, busy.id);
      if (isReleased) await desk.stop(busy.id);
      return settled(isReleased, `Stopping that research, with what was found. Then comes “${shorten(question)}”.`);
    }
  }
}

export const ONLY_ASKER = "Only the person who asked, or an admin, can stop this research.";
const DECIDED: ActionReply = { kind: "settled", text: "This was decided already." };

function settled(isDone: boolean, text: string): ActionReply {
  return isDone ? { kind: "settled", text } : DECIDED;
}

function shorten(question: string): string {
  const line = defuse(question.replace(/\s+/g, " ").trim());
  return line.length <= 150 ? line : `${line.slice(0, 149).toWellFormed()}…`;
}
