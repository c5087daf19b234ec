/** Which rule of the citation check speaks up how often: rightly, on corrupted statements, and wrongly, on true ones. */
import type { Verdict } from "../src/types.ts";

/** A statement with its label, and what the check said of it. */
export interface JudgedRow {
  label: "supported" | "unsupported";
  verdict: Verdict;
  reason: string;
}

export interface RuleRow {
  /** Its reason without the words that it names. */
  rule: string;
  /** Corrupted statements that it spoke against, among them those that no other rule did. */
  caught: number;
  onlyCaught: number;
  /** True statements called unsupported, and weak. */
  alarms: number;
  onlyAlarms: number;
  weak: number;
  /** Share of the statements called unsupported that are corrupted; null when it decided nothing. */
  precision: number | null;
}

/** Rules by how many alarms they gave. Of each statement the check names its two weightiest reasons. */
export function tabulateRules(rows: readonly JudgedRow[]): RuleRow[] {
  const spoken = rows.flatMap((row) => {
    const rules = rulesOf(row.reason);
    return rules.map((rule) => ({ ...row, rule, isOnly: rules.length === 1 }));
  });
  return Array.from(Map.groupBy(spoken, ({ rule }) => rule).entries(), ([rule, list]): RuleRow => {
    const [caught, alarms] = (["unsupported", "supported"] as const).map((label) =>
      list.filter((row) => row.label === label && row.verdict === "unsupported"),
    ) as [typeof list, typeof list];
    const decided = caught.length + alarms.length;
    return {
      rule,
      caught: caught.length,
      onlyCaught: caught.filter(({ isOnly }) => isOnly).length,
      alarms: alarms.length,
      onlyAlarms: alarms.filter(({ isOnly }) => isOnly).length,
      weak: list.filter(({ label, verdict }) => label === "supported" && verdict === "weak").length,
      precision: decided === 0 ? null : caught.length / decided,
    };
  }).toSorted((a, b) => b.alarms - a.alarms || b.caught - a.caught);
}

/** Reasons name the words of page and statement in quotation marks; what is left is the rule. */
function rulesOf(reason: string): string[] {
  const bare = reason
    .replace(/"[^"]*"(?:, "[^"]*")*/g, "…")
    .replace(/\.$/, "")
    .replace(/ \(…\)/g, "");
  return Array.from(new Set(bare.split("; ").filter((part) => part !== "" && !part.startsWith("it says"))));
}

export function printRules(rules: readonly RuleRow[]): void {
  const lines = rules.map(({ rule, caught, onlyCaught, alarms, onlyAlarms, weak, precision }) => {
    const share = precision === null ? "" : `${(precision * 100).toFixed(0)}%`;
    return `| ${rule} | ${caught} (${onlyCaught}) | ${alarms} (${onlyAlarms}) | ${weak} | ${share} |`;
  });
  process.stdout.write(
    `\n| rule | caught (alone) | alarms (alone) | weak on true | precision |\n|---|---|---|---|---|\n${lines.join("\n")}\n`,
  );
}
