import type { ModelReply } from "../ports.ts";
import { createJournal } from "../storage/journal.ts";
import { remarksAfter } from "../storage/offers.ts";
import type { Attempt } from "./attempt.ts";

/** What was added when the answer was being written already is in no prompt: whoever added it should know. */
export async function tellLateRemarks({ taken, database, outbox, platform, log }: Attempt): Promise<void> {
  const { id, request } = taken.run;
  const remarks = await remarksAfter(database, id, 0);
  if (remarks.length === 0) return;
  const steps = await createJournal(database).load(id);
  const told = new Set(
    steps
      .flatMap(({ kind, result }) => (kind === "model" ? ((result as ModelReply).remarks ?? []) : []))
      .map((remark) => remark.id),
  );
  const late = remarks.filter((remark) => !told.has(remark.id));
  if (late.length === 0) return;
  const key = `${id}:late`;
  await outbox
    .post(request.thread, key, () => platform.postNote(request.thread, LATE, key))
    .catch((error: unknown) => {
      log.warn({ err: error }, "a late note was not spoken of");
    });
}

const LATE = "A note came too late for this answer, which was being written already. Ask it as a question of its own.";
