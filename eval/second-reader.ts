import { pino } from "pino";
import { readConfig } from "../src/config.ts";
import type { LanguageModel } from "../src/ports.ts";
import type { CheckedStatement } from "../src/research/citations.ts";
import { batchesOn, limitsFor } from "../src/research/opinion-batches.ts";
import { createJudge, parseOpinions } from "../src/research/opinion-verdicts.ts";
import { createPageIndexes } from "../src/research/passages.ts";
import { replyTokens } from "../src/research/run-context.ts";
import { isAskedAbout } from "../src/research/second-opinion.ts";
import type { Source } from "../src/types.ts";
import { createModel, hasLanguageModel } from "../src/wire-model.ts";

/** Judges statements anew, as `SECOND_OPINION=all` does in a run, and says what it cost. */
export interface SecondReader {
  judge(
    statements: readonly CheckedStatement[],
    sources: readonly Source[],
  ): Promise<Map<CheckedStatement, CheckedStatement>>;
  cost(): { calls: number; promptTokens: number; completionTokens: number; costUsd: number };
}

/** The model that the environment names; null when it names none. */
export async function createSecondReader(environment: NodeJS.ProcessEnv): Promise<SecondReader | null> {
  const config = readConfig(environment);
  if (!hasLanguageModel(config)) return null;
  return readerWith(await createModel(config, { log: pino({ level: "warn" }, pino.destination(2)), record: () => {} }));
}

export function readerWith(model: LanguageModel): SecondReader {
  const spent = { calls: 0, promptTokens: 0, completionTokens: 0, costUsd: 0 };
  return {
    async judge(statements, sources) {
      const textIndexOf = createPageIndexes();
      const asked = statements.filter((one) => isAskedAbout(one, "all"));
      const judge = createJudge(sources, textIndexOf);
      const judged = new Map<CheckedStatement, CheckedStatement>();
      for (const batch of batchesOn(asked, sources, { ...limitsFor(model.contextTokens, 0), textIndexOf })) {
        const { text, usage } = await model.complete(
          {
            purpose: "check",
            messages: batch.messages,
            tools: [],
            toolChoice: "none",
            maxOutputTokens: replyTokens("check", model.contextTokens),
            sessionId: "eval",
          },
          { signal: AbortSignal.timeout(300_000) },
        );
        spent.calls += 1;
        spent.promptTokens += usage.promptTokens;
        spent.completionTokens += usage.completionTokens;
        spent.costUsd += usage.costUsd ?? 0;
        for (const given of parseOpinions(text)) {
          const statement = batch.statements[given.statement - 1];
          if (statement !== undefined && !judged.has(statement)) judged.set(statement, judge(given, statement));
        }
      }
      return judged;
    },
    cost: () => ({ ...spent }),
  };
}
