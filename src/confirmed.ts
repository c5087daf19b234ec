/** How much of a report was confirmed, and by whom. Part of the floor: imports nothing. */

/** What it takes of a report. */
interface Checked {
  citations: readonly { statement: string; verdict: string; isSecondOpinion?: boolean }[];
  uncited: readonly string[];
}

export interface Confirmed {
  /** Statements that name a source, and statements of fact that ought to. */
  total: number;
  /** By code, or by a model's second opinion. */
  confirmed: number;
  /** Those of them that no code confirmed, only the model. */
  byOpinion: number;
}

/** How many of a report's statements were confirmed, and by whom. A statement with several sources counts once. */
export function countConfirmed({ citations, uncited }: Checked): Confirmed {
  const statements = Map.groupBy(citations, ({ statement }) => statement);
  const confirmed = Array.from(statements.values(), (group) =>
    group.filter(({ verdict }) => verdict === "supported"),
  ).filter((group) => group.length > 0);
  const byOpinion = confirmed.filter((group) => group.every(({ isSecondOpinion }) => isSecondOpinion === true));
  return { total: statements.size + uncited.length, confirmed: confirmed.length, byOpinion: byOpinion.length };
}
