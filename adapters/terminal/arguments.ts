import { RuminateError } from "../../src/errors.ts";
import type { AnswerForm, Depth } from "../../src/types.ts";
import { parseOptions } from "./parse-options.ts";

export interface AskArguments {
  question: string;
  depth: Depth;
  form: AnswerForm;
  /** Folders to search; empty = as configured. */
  corpus: string[];
  isJson: boolean;
  /** File for the report as Markdown, or null. */
  outFile: string | null;
}

export const ASK_USAGE = `Usage: npm run ask -- "your question" [options]

  --corpus DIR         search this folder of Markdown, HTML, text and PDF (repeatable)
  --depth DEPTH        quick, standard or deep (default: standard)
  --form FORM          brief, report or table (default: brief)
  --out FILE           also write the report, with every cited passage, as Markdown
  --json               the report as one JSON object on standard output
  --help               this text`;

const DEPTHS: readonly Depth[] = ["quick", "standard", "deep"];
const FORMS: readonly AnswerForm[] = ["brief", "report", "table"];

/** @throws {RuminateError} USAGE_INVALID, with what was expected */
export function readAskArguments(argv: string[]): AskArguments | "help" {
  const { values, positionals } = parse(argv);
  if (values.help) return "help";
  return {
    question: positionals.join(" "),
    depth: oneOf("--depth", values.depth, DEPTHS),
    form: oneOf("--form", values.form, FORMS),
    corpus: values.corpus,
    isJson: values.json,
    outFile: values.out ?? null,
  };
}

function parse(argv: string[]) {
  return parseOptions("ask", {
    args: argv,
    allowPositionals: true,
    options: {
      corpus: { type: "string", multiple: true, default: [] },
      depth: { type: "string", default: "standard" },
      form: { type: "string", default: "brief" },
      out: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}

function oneOf<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new RuminateError("USAGE_INVALID", `Expected ${name} to be ${choices.join(", ")}, got "${value}".`);
}
