import type { Report, Usage } from "../types.ts";

/** The questions of a digest that nobody answered, as they can be looked up; the digest's own label and author are off. */
export function openQuestionsIn({ citations }: Pick<Report, "citations">): string[] {
  const open = citations.flatMap(({ statement }) => {
    const words = /^Open(?: question)?:\s*(.+)$/is.exec(statement.trim())?.[1];
    if (words === undefined) return [];
    return [/["“]([^"”]{8,})["”]/.exec(words)?.[1] ?? words];
  });
  return Array.from(new Set(open));
}

/** The digest with what was found on its open questions below it: one list of sources, one numbering. */
export function withFindings(digest: Report, findings: readonly { question: string; report: Report }[]): Report {
  let whole = digest;
  for (const { question, report } of findings) {
    const offset = whole.sources.length;
    const isFound = report.outcome !== "nothing-found";
    const found = isFound ? renumbered(report.answer, offset) : "Nothing reliable was found on this.";
    whole = {
      ...whole,
      answer: `${whole.answer}\n\n**Looked up: ${question}**\n\n${found}`,
      citations: [
        ...whole.citations,
        ...report.citations.map((citation) => ({ ...citation, number: citation.number + offset })),
      ],
      sources: [...whole.sources, ...report.sources.map((source) => ({ ...source, number: source.number + offset }))],
      uncited: [...whole.uncited, ...report.uncited],
      removed: whole.removed + report.removed,
      queries: [...whole.queries, ...report.queries],
      models: modelsOf([...whole.models, ...report.models]),
      usage: sumOf(whole.usage, report.usage),
    };
  }
  return whole;
}

function renumbered(answer: string, offset: number): string {
  return answer.replace(/\[(\d{1,3})\](?!\()/g, (_mark, number: string) => `[${Number(number) + offset}]`);
}

function modelsOf(models: Report["models"]): Report["models"] {
  const calls = new Map<string, number>();
  for (const { model, calls: more } of models) calls.set(model, (calls.get(model) ?? 0) + more);
  return Array.from(calls, ([model, count]) => ({ model, calls: count }));
}

function sumOf(a: Usage, b: Usage): Usage {
  return {
    modelCalls: a.modelCalls + b.modelCalls,
    promptTokens: a.promptTokens + b.promptTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    costUsd: a.costUsd === null ? b.costUsd : a.costUsd + (b.costUsd ?? 0),
    searches: a.searches + b.searches,
    pages: a.pages + b.pages,
    durationMs: a.durationMs + b.durationMs,
  };
}
