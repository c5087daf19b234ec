import type { ToolDescription } from "../ports.ts";
import { type Candidate, type ParsedCall, parseJson, readCandidate } from "./read-candidate.ts";
import { createScan, type Scan } from "./scan-json.ts";
import { splitThinking } from "./split-thinking.ts";

export interface ParsedReply {
  /** What stands outside thinking and calls. */
  text: string;
  /** The part of `text` behind the last call: a report that was written in the same breath as `finish`. */
  textAfter: string;
  calls: ParsedCall[];
  /** What looked like a call and was none, in words. */
  problems: string[];
}

/**
 * Finds function calls in a reply that was written as text: JSON objects in prose, fences or lists, several in a row,
 * `arguments` or `parameters` as object or string, `<tool_call>` with JSON or with arg_key and arg_value, with thinking
 * before them that may lack its opening or closing tag. Broken JSON is never mended: a call that names its function
 * keeps its arguments as text, so that the model can be told. Never throws; time grows linearly with the text.
 *
 * @param options.onlyKnown take only calls of the given tools; else any name, so that the model can be told
 */
export function parseCalls(
  reply: string,
  tools: readonly ToolDescription[],
  options: { onlyKnown: boolean },
): ParsedReply {
  const { visible, unclosed } = splitThinking(reply);
  const parsed = parseVisible(visible, tools, options);
  if (parsed.calls.length > 0 || unclosed === "") return parsed;
  // Thinking that was never closed: a call at its very end is meant, one in the middle is only considered.
  const late = parseVisible(unclosed, tools, options);
  return late.calls.length > 0 && late.textAfter === "" ? { ...late, text: parsed.text } : parsed;
}

// Each restart may read the whole text again.
const MAX_RESTARTS = 20;

function parseVisible(
  visible: string,
  tools: readonly ToolDescription[],
  options: { onlyKnown: boolean },
): ParsedReply {
  const scan = createScan(visible);
  const calls: ParsedCall[] = [];
  const problems: string[] = [];
  const outside: string[] = [];
  let position = 0;
  let restarts = 0;
  for (let from = 0, found = nextCandidate(scan, from); found !== null; found = nextCandidate(scan, from)) {
    from = found.end;
    const taken = readCandidate(found, tools).filter(
      ({ name }) => !options.onlyKnown || tools.some((tool) => tool.name === name),
    );
    if (taken.length > 0) {
      calls.push(...taken);
      outside.push(visible.slice(position, found.start));
      position = found.end;
    } else if (found.kind === "object" && found.value === undefined) {
      if (problems.length === 0) problems.push("A JSON object was not complete or not valid.");
      restarts += 1;
      if (restarts > MAX_RESTARTS) break;
      from = found.start + 1; // a good object may stand inside the broken one
    }
  }
  if (calls.length === 0) return { text: visible.trim(), textAfter: "", calls, problems };
  const textAfter = tidy(visible.slice(position));
  const text = [...outside.map(tidy), textAfter].filter((piece) => piece !== "").join("\n\n");
  return { text, textAfter, calls, problems };
}

const MARKUP_OPEN = /<tool_call>/i;
const MARKUP_CLOSE = /<\/tool_call>/i;
const OBJECT_OPEN = /\{\s{0,40}["}]/;

/** The next object or `<tool_call>` at or behind `from`, whichever comes first. */
function nextCandidate(scan: Scan, from: number): Candidate | null {
  const markup = scan.find(MARKUP_OPEN, from);
  const object = scan.find(OBJECT_OPEN, from);
  if (markup !== null && (object === null || markup.start < object.start)) {
    const close = scan.find(MARKUP_CLOSE, markup.end);
    const nextOpen = scan.find(MARKUP_OPEN, markup.end);
    const end = Math.min(close?.start ?? scan.text.length, nextOpen?.start ?? scan.text.length);
    const text = scan.text.slice(markup.end, end);
    return { kind: "markup", start: markup.start, end: end === close?.start ? close.end : end, text, value: undefined };
  }
  if (object === null) return null;
  const end = scan.endOfObject(object.start);
  const text = scan.text.slice(object.start, end);
  return { kind: "object", start: object.start, end, text, value: parseJson(text) };
}

/** Without the fences, brackets and commas that held a call. */
function tidy(text: string): string {
  const bare = text.replace(/<\/?tool_calls?>/gi, "").replace(/```[\w-]{0,20}\s*$/, "");
  let start = 0;
  let end = bare.length;
  while (start < end && /[\s,\]]/.test(bare.charAt(start))) start += 1;
  while (end > start && /[\s,[]/.test(bare.charAt(end - 1))) end -= 1;
  const inner = bare.slice(start, end);
  return inner.startsWith("```") && !inner.startsWith("```", 3) && inner.lastIndexOf("```") === 0
    ? inner.slice(3).trim()
    : inner;
}
