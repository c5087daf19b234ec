import type { AnswerForm, Depth } from "../types.ts";

/** Words that say how to answer, and nothing of the matter. */
export interface OptionPhrase {
  means: Depth | AnswerForm;
  pattern: RegExp;
}

// Before a colon or a comma, as the whole opening: "in depth: …", "kurze Frage: …", "briefly, …".
const OPENINGS: readonly [Depth | AnswerForm, string][] = [
  [
    "deep",
    "(?:research (?:this|it) )?in[- ]depth|deep dive|(?:go|dig) deep(?:er)?|thorough(?:ly)?|tief|gründlich|ausführlich|(?:geh|gehe|gehen sie)(?: bitte)? in die tiefe",
  ],
  ["quick", "quickly|(?:just )?(?:give me )?a quick answer|quick question|schnell|(?:kurze|schnelle) frage"],
  ["brief", "briefly|in (?:short|brief)|(?:just )?(?:give me )?a (?:short|brief) answer|kurz(?: gesagt)?|in kürze"],
];
// As a clause of its own at the end: "… ? Go deep, please."
const ENDINGS: readonly [Depth | AnswerForm, string][] = [
  [
    "deep",
    "(?:go|dig) deep(?:er)?|in[- ]depth|(?:be )?thorough(?:ly)?|ausführlich|gründlich|(?:geh|gehe|gehen sie)(?: bitte)? in die tiefe",
  ],
  ["quick", "quick(?:ly)?|(?:just )?a quick answer|schnell"],
  ["brief", "(?:keep it|be) (?:brief|short)|briefly|in (?:brief|short)|kurz|in kürze|(?:fass dich|halte es) kurz"],
];
const PLEASE = "(?:please|bitte)";

export const OPTION_PHRASES: readonly OptionPhrase[] = [
  ...OPENINGS.map(([means, words]) => ({
    means,
    pattern: new RegExp(`^\\s*(?:${PLEASE},?\\s+)?(?:${words})(?:,?\\s+${PLEASE})?\\s*[:,]\\s+`, "iu"),
  })),
  ...ENDINGS.map(([means, words]) => ({
    means,
    pattern: new RegExp(`(?:[,;]|(?<=[.?!]))\\s*(?:${PLEASE},?\\s+)?(?:${words})(?:,?\\s+${PLEASE})?[.!]*\\s*$`, "iu"),
  })),
  {
    means: "deep",
    pattern:
      /^\s*(?:please\s+)?(?:(?:give|get)\s+(?:me|us)\s+|do\s+|take\s+)?(?:(?:an?|some)\s+)?(?:deep|thorough|in-depth)\s+(?:dive|look|research|analysis)\s+(?:on|into|at|of)\s+/i,
  },
  { means: "deep", pattern: /^\s*(?:please\s+)?look\s+(?:thoroughly|deeply)\s+(?:into|at)\s+/i },
  { means: "table", pattern: /^\s*(?:please\s+)?tabulate\s+/i },
  {
    means: "table",
    pattern:
      /[,\s]+(?:in (?:table|tabular) form(?:at)?|als tabelle|in (?:einer tabelle|tabellenform)|tabellarisch)(?:,?\s+(?:please|bitte))?(?=[.?!]*\s*$|,\s)/i,
  },
  { means: "report", pattern: /[,\s]+als bericht(?:,?\s+bitte)?(?=[.?!]*\s*$|,\s)/i },
  {
    means: "report",
    pattern: /^\s*an?\s+(?:short|brief|detailed|full|long|comprehensive)\s+report\s+(?:on|about)\s+/i,
  },
  ...(
    [
      ["report", "einen", "bericht"],
      ["table", "eine", "tabelle"],
    ] as const
  ).map(([means, article, noun]) => ({
    means,
    pattern: new RegExp(
      `^\\s*(?:bitte\\s+)?(?:schreib|schreibe|gib|mach|mache|erstell|erstelle)\\s+(?:(?:mir|uns)\\s+)?(?:bitte\\s+)?${article}\\s+(?:(?:kurzen?|ausführlichen?|langen?)\\s+)?${noun}\\s+(?:über|zu|zum|zur|von|der|mit)\\s+`,
      "iu",
    ),
  })),
];
