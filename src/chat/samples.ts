import type { AnswerForm, Depth } from "../types.ts";

/** A question to begin with, as it may be pressed. */
export interface Sample {
  label: string;
  question: string;
  depth: Depth | null;
  form: AnswerForm | null;
}

/** One of each kind. */
export const SAMPLES: readonly Sample[] = [
  { label: "A quick fact", question: "When is the next leap second?", depth: "quick", form: null },
  {
    label: "A comparison",
    question: "Compare PostgreSQL, SQLite and DuckDB for analytics",
    ...{ depth: null, form: "table" },
  },
  {
    label: "A deep look",
    question: "What is known about the long-term reliability of heat pumps?",
    ...{ depth: "deep", form: null },
  },
];

/** As somebody would write it: "quick: When is the next leap second?" */
export function sampleWords({ question, depth, form }: Sample): string {
  return `${[depth, form].filter((word) => word !== null).join(" ")}: ${question}`;
}
