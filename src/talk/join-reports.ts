import type { Report, Usage } from "../types.ts";

/** One report of two: the second's answer below the first's, in one numbering and one list of sources. */
export function joinReports(first: Report, second: Report, { between }: { between: string }): Report {
  const offset = first.sources.length;
  const below = renumbered(second.answer, offset);
  return {
    ...first,
    answer: [first.answer, below].filter((answer) => answer !== "").join(between),
    citations: [...first.citations, ...second.citations.map((each) => ({ ...each, number: each.number + offset }))],
    sources: [...first.sources, ...second.sources.map((each) => ({ ...each, number: each.number + offset }))],
    uncited: [...first.uncited, ...second.uncited],
    removed: first.removed + second.removed,
    queries: [...first.queries, ...second.queries],
    models: modelsOf([...first.models, ...second.models]),
    usage: sumOf(first.usage, second.usage),
  };
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
