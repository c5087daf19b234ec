/** How well the citation check tells true statements from corrupted ones: see the data's README for the format. */
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type CheckedStatement, checkAnswer } from "../src/research/citations.ts";
import type { Source, Verdict } from "../src/types.ts";
import { makeSets, type Passage } from "./made-statements.ts";
import { printRules, tabulateRules } from "./rule-table.ts";
import { createSecondReader, type SecondReader } from "./second-reader.ts";

const page = z.object({ page_id: z.string(), title: z.string(), url: z.string(), text: z.string() });
const statement = z.object({
  id: z.string(),
  page_id: z.string(),
  statement: z.string(),
  label: z.enum(["supported", "unsupported"]),
  kind: z.string(),
});

type Row = z.infer<typeof statement> & { verdict: Verdict; reason: string };

/** Goals by kind: the share caught of corrupted ones, the share of alarms on true ones. */
const GOALS: Readonly<Record<string, number>> = {
  number: 0.99,
  date: 0.99,
  quote: 0.99,
  swapped_source: 0.99,
  name: 0.95,
  unit: 0.95,
  negation: 0.95,
  absent: 0.7,
  relation: 0.7,
  over_claim: 0.7,
  verbatim: 0.05,
  paraphrase: 0.15,
  answer: 0.15,
  altered: 0.9,
};

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: "string", multiple: true },
      made: { type: "string", multiple: true },
      json: { type: "boolean" },
      misses: { type: "boolean" },
      rules: { type: "boolean" },
      "second-opinion": { type: "boolean" },
    },
  });
  const sets = [
    ...(values.data ?? []).map(readSet),
    ...(values.made === undefined ? [] : makeSets(values.made.flatMap(readPassages), MADE)),
  ];
  if (sets.length === 0) {
    process.stderr.write(
      "Usage: npm run eval -- citations [--data DIR …] [--made FILE_OR_DIR …] [--json] [--misses] [--rules] [--second-opinion]\n",
    );
    return 2;
  }
  const reader = values["second-opinion"] === true ? await createSecondReader(process.env) : null;
  if (values["second-opinion"] === true && reader === null) {
    process.stderr.write(
      "A second opinion needs a language model: set OPENROUTER_API_KEY or OPENAI_BASE_URL, and MODELS.\n",
    );
    return 2;
  }
  const judged = await Array.fromAsync(sets, async (set) => {
    const rows = await judgeAll(set, reader);
    return { set: set.name, kinds: summarize(rows), rows };
  });
  if (reader !== null) process.stderr.write(`Second opinion: ${JSON.stringify(reader.cost())}\n`);
  const shown = judged.map(({ rows, ...one }) => ({
    ...one,
    rows: values.misses === true ? missesOf(rows) : undefined,
  }));
  const rules = values.rules === true ? tabulateRules(judged.flatMap(({ rows }) => rows)) : undefined;
  if (values.json === true) writeJson(shown, rules);
  else {
    for (const { set, kinds, rows } of shown) print(set, kinds, set === "held-out" ? [] : (rows ?? []));
    if (rules !== undefined) printRules(rules);
  }
  return judged.every(({ kinds }) => kinds.every(({ isHeld }) => isHeld !== false)) ? 0 : 1;
}

function writeJson(sets: readonly object[], rules: readonly object[] | undefined): void {
  const all = rules === undefined ? sets : [...sets, { rules }];
  process.stdout.write(`${JSON.stringify(all.length === 1 ? all[0] : all)}\n`);
}

// Some 2,000 statements in each half.
const MADE = { pages: 100, seed: 8 };

/** Pages or passages to make statements from: any rows with a title and a text. */
function readPassages(path: string): Passage[] {
  const files = statSync(path).isDirectory() ? [join(path, "pages.jsonl")] : [path];
  return files.flatMap((file) => readRows(file, z.object({ title: z.string(), text: z.string() })));
}

interface StatementSet {
  name: string;
  pages: z.infer<typeof page>[];
  statements: z.infer<typeof statement>[];
}

function readSet(folder: string): StatementSet {
  const [pages, statements] = [
    readRows(join(folder, "pages.jsonl"), page),
    readRows(join(folder, "statements.jsonl"), statement),
  ];
  return { name: basename(folder), pages, statements };
}

async function judgeAll({ pages: list, statements }: StatementSet, reader: SecondReader | null): Promise<Row[]> {
  const sources = new Map(list.map((row, index) => [row.page_id, sourceOf(row, index + 1)]));
  const checked = statements.map((row) => {
    const source = sources.get(row.page_id);
    if (source === undefined)
      throw new Error(`Statement ${row.id} names page ${row.page_id}, which is not in pages.jsonl.`);
    return { row, parts: checkRow(row, source) };
  });
  const all = checked.flatMap(({ parts }) => parts);
  const judged = await reader?.judge(all, Array.from(sources.values()));
  return checked.flatMap(({ row, parts }) =>
    rowsOf(
      row,
      parts.map((part) => judged?.get(part) ?? part),
    ),
  );
}

/** A whole answer as a model writes it, with marks 【1】 that quote the page: each of its statements is a row. */
const ANSWER = "answer";

function checkRow({ kind, statement: text }: z.infer<typeof statement>, source: Source): CheckedStatement[] {
  const marked = text.replace(/【1(?=[†】])/g, `【${source.number}`);
  // An altered sentence of an answer keeps the marks that it had.
  if (kind !== ANSWER) return checkAnswer(!text.includes("【1†") ? `${text} 【${source.number}】` : marked, [source]);
  return checkAnswer(marked, [source]).filter(({ isFactual, numbers }) => isFactual || numbers.length > 0);
}

function rowsOf(row: z.infer<typeof statement>, parts: readonly CheckedStatement[]): Row[] {
  if (row.kind === ANSWER)
    return parts.map(({ statement: text, verdict, reason }, index) => ({
      ...row,
      id: `${row.id}-${index + 1}`,
      statement: text,
      verdict,
      reason,
    }));
  // A row of two sentences is as good as its worse one.
  const worst = parts.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict])[0];
  return [{ ...row, verdict: worst?.verdict ?? "unsupported", reason: worst?.reason ?? "" }];
}

const RANK: Readonly<Record<Verdict, number>> = { unsupported: 0, weak: 1, supported: 2 };

function readRows<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => schema.parse(JSON.parse(line)));
}

function sourceOf({ title, url, text }: z.infer<typeof page>, number: number): Source {
  const parts = [{ start: 0, end: text.length, heading: null }];
  return {
    number,
    hops: 0,
    foundBy: "search",
    query: null,
    page: { url, title, text, parts, publishedAt: null, readAt: "1970-01-01T00:00:00Z", links: [], anchors: [] },
  };
}

interface KindSummary {
  kind: string;
  label: string;
  rows: number;
  supported: number;
  weak: number;
  unsupported: number;
  /** Corrupted: share called unsupported. True: share of alarms, weak counted half. */
  rate: number;
  /** The same with weak counted half as caught; for true rows with weak not counted. */
  lenientRate: number;
  goal: number | null;
  isHeld: boolean | null;
}

function summarize(rows: readonly Row[]): KindSummary[] {
  const groups = Map.groupBy(rows, ({ label, kind }) => `${label}/${kind}`);
  return Array.from(groups.values(), (group) => {
    const [{ kind, label } = { kind: "", label: "" }] = group;
    const count = (verdict: Verdict): number => group.filter((row) => row.verdict === verdict).length;
    const [supported, weak, unsupported] = [count("supported"), count("weak"), count("unsupported")];
    const half = (unsupported + weak / 2) / group.length;
    const strict = unsupported / group.length;
    const [rate, lenientRate] = label === "supported" ? [half, strict] : [strict, half];
    const goal = GOALS[kind] ?? null;
    const isHeld = goal === null ? null : label === "supported" ? rate <= goal : rate >= goal;
    return { kind, label, rows: group.length, supported, weak, unsupported, rate, lenientRate, goal, isHeld };
  }).toSorted((a, b) => a.label.localeCompare(b.label) || a.kind.localeCompare(b.kind));
}

function missesOf(rows: readonly Row[]): Row[] {
  return rows.filter(({ label, verdict }) => verdict !== label);
}

function print(set: string, kinds: readonly KindSummary[], misses: readonly Row[]): void {
  for (const { id, kind, verdict, statement: text, reason } of misses)
    process.stdout.write(`${kind} ${id}: ${verdict}: ${text}\n    ${reason}\n`);
  process.stdout.write(`\n## ${set}\n\n`);
  process.stdout.write(
    "| kind | rows | unsupported | weak | supported | caught (weak half) or alarms (weak 0) | goal | held |\n",
  );
  process.stdout.write("|---|---|---|---|---|---|---|---|\n");
  for (const one of kinds) {
    const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
    const sign = one.label === "supported" ? "≤" : "≥";
    const goal = one.goal === null ? "" : `${sign} ${percent(one.goal)}`;
    const held = one.isHeld === null ? "" : one.isHeld ? "yes" : "NO";
    const what = one.label === "supported" ? "alarms" : "caught";
    process.stdout.write(
      `| ${one.kind} | ${one.rows} | ${one.unsupported} | ${one.weak} | ${one.supported} | ${what} ${percent(one.rate)} (${percent(one.lenientRate)}) | ${goal} | ${held} |\n`,
    );
  }
}
