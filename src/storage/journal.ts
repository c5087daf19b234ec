import { RuminateError } from "../errors.ts";
import type { Journal, Queryable } from "../ports.ts";
import type { Step, StepKind } from "../types.ts";

/**
 * The journal on the database. A step is one insert, and what a replay loads is exactly what was stored. Steps done in
 * parallel may be stored out of order: after a crash there can be gaps.
 *
 * Storing the very same step again is fine (the connection may have died between the commit and its answer); another
 * step at a taken index means that somebody else works on the run, and is refused.
 */
export function createJournal(database: Queryable): Journal {
  return {
    load: async (runId) => {
      const rows = await database.query<StepRow>(LOAD, [runId]);
      const strange = rows.find(({ format }) => format !== FORMAT);
      if (strange !== undefined) throw inOtherFormat(runId, strange);
      return rows.map(stepOf);
    },
    append: async (runId, step) => {
      const { index, kind, durationMs, recordedAt } = step;
      const label = JSON.stringify(step.label);
      const result = JSON.stringify(step.result) ?? "null";
      const [stored] = await database.query(APPEND, [
        runId,
        index,
        kind,
        label,
        result,
        durationMs,
        recordedAt,
        FORMAT,
      ]);
      if (stored === undefined) await acceptOnlyTheSame(database, { runId, index, label, result });
    },
  };
}

/**
 * Within a transaction: puts the steps of another version aside, so that the run begins anew, and ends the lease: what
 * is still at work on the old steps is not stored. False when that was done before; then it would not help.
 */
export async function beginAnew(query: Queryable, runId: string): Promise<boolean> {
  const rows = await query.query(BEGIN_ANEW, [runId]);
  if (rows.length > 0) await query.query("delete from journal where run_id = $1", [runId]);
  return rows.length > 0;
}

/**
 * The meaning of what is stored. To be raised by whoever changes what a run makes of its steps in a way that their shapes
 * do not show: runs that are at work during the update then begin anew instead of going on with other numbers.
 */
const FORMAT = 2;

interface StepRow {
  format: number;
  index: number;
  kind: StepKind;
  label: string;
  result: unknown;
  duration_ms: number;
  recorded_at: string;
}

const LOAD = `select format, index, kind, label, result, duration_ms, recorded_at from journal where run_id = $1 order by index`;
// Selected from runs, so that a run that was forgotten meanwhile gets no journal, without an error in a transaction.
const APPEND = `insert into journal (run_id, index, kind, label, result, duration_ms, recorded_at, format)
  select id, $2, $3, $4, $5, $6, $7, $8 from runs where id = $1
  on conflict (run_id, index) do nothing returning index`;
const BEGIN_ANEW = `update runs set was_begun_anew = true, lease_epoch = lease_epoch + 1, updated_at = now()
  where id = $1 and not was_begun_anew returning id`;
const STORED = "select label::text, result::text from journal where run_id = $1 and index = $2";

function stepOf({ index, kind, label, result, duration_ms, recorded_at }: StepRow): Step {
  return { index, kind, label, result, durationMs: duration_ms, recordedAt: recorded_at };
}

function inOtherFormat(runId: string, { index, format }: StepRow): RuminateError {
  const message = `Step ${index} of run ${runId} is stored in format ${format}; this version reads ${FORMAT}.`;
  return new RuminateError("JOURNAL_UNREADABLE", message);
}

interface Refused {
  runId: string;
  index: number;
  label: string;
  result: string;
}

async function acceptOnlyTheSame(database: Queryable, { runId, index, label, result }: Refused): Promise<void> {
  const [there] = await database.query<{ label: string; result: string }>(STORED, [runId, index]);
  if (there === undefined) throw new RuminateError("JOURNAL_MISMATCH", `Run ${runId} is not stored any more.`);
  if (there.label === label && there.result === result) return;
  throw new RuminateError(
    "JOURNAL_MISMATCH",
    `Expected step ${index} of run ${runId} to be new, the journal holds ${there.label}. Another process works on the run.`,
  );
}
