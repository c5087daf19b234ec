import type { ElementRules } from "./markdown-writer.ts";
import type { Attributes } from "./markup-events.ts";
import type { FlowWriter } from "./text-flow.ts";

export interface CodeRules {
  rules: ElementRules;
  /** Is a code block being written, where every space counts? */
  isInside(): boolean;
  /** A block element in a code block is a line of its own. */
  endLine(): void;
}

/** `pre` becomes a fenced block with its language, `code` and its kin stand in backticks. */
export function createCodeRules({ line, addBlock }: FlowWriter): CodeRules {
  let depth = 0;
  let language = "";
  const isInside = () => depth > 0;

  const noteLanguage = (attributes: Attributes) => {
    language ||= LANGUAGE_CLASS.exec(attributes.class ?? "")?.[1] ?? attributes["data-lang"] ?? "";
  };
  const writeBlock = () => {
    const pieces = line.take(true);
    const fence = fenceFor(pieces.map(({ text }) => text).join(""));
    if (pieces.length > 0) {
      addBlock([{ text: `${fence}${language}\n`, url: null }, ...pieces, { text: `\n${fence}`, url: null }]);
    }
    language = "";
  };
  const inline = {
    open: (attributes: Attributes) => (isInside() ? noteLanguage(attributes) : line.add("`", true)),
    close: () => (isInside() ? undefined : line.add("`", true)),
  };
  const pre = {
    open(attributes: Attributes) {
      depth++;
      noteLanguage(attributes);
    },
    close() {
      depth--;
      if (depth === 0) writeBlock();
    },
  };
  return {
    rules: { pre, listing: pre, xmp: pre, code: inline, kbd: inline, samp: inline, tt: inline },
    isInside,
    endLine: () => (line.lastCharacter() === "\n" ? undefined : line.breakLine()),
  };
}

/** Longer than any run of backticks in the code. */
export function fenceFor(code: string): string {
  const runs = code.match(/`{3,}/g) ?? [];
  return "`".repeat(runs.reduce((longest, run) => Math.max(longest, run.length), 2) + 1);
}

/** As highlighters name it: highlight.js, Prism, GitHub, Sphinx. */
const LANGUAGE_CLASS = /\b(?:language|lang|highlight-source|highlight)-([\w+#-]{1,20})/;
