/** A Markdown source without the parts that are not text: front matter, link definitions, what nobody sees. */
export interface MarkdownSource {
  text: string;
  /** Name to value of the front matter, as it is written. */
  matter: Map<string, string>;
  /** Targets of the link definitions, by lower-case label. */
  definitions: Map<string, string>;
}

/** Takes a source apart; headings become `# …` where they are underlined. */
export function takeApart(source: string): MarkdownSource {
  const { matter, body } = takeFrontMatter(source.replace(/\r\n?/g, "\n"));
  const definitions = new Map<string, string>();
  const visible = body.replace(CODE_OR_UNSEEN, (match, code: string | undefined) => (code === undefined ? "" : match));
  const text = outsideCode(visible, (prose) => withMarkedHeadings(takeDefinitions(prose, definitions)));
  return { text, matter, definitions };
}

function takeFrontMatter(source: string): { matter: Map<string, string>; body: string } {
  const block = /^---\n([\s\S]{0,10000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(source);
  const lines = Array.from((block?.[1] ?? "").matchAll(/^([\w-]+)[ \t]*:[ \t]*(.*)$/gm));
  if (block === null || lines.length === 0) return { matter: new Map(), body: source };
  const matter = new Map(lines.map(([, name = "", value = ""]) => [name.toLowerCase(), unquote(value.trim())]));
  return { matter, body: source.slice(block[0].length) };
}

function unquote(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, "$2");
}

function takeDefinitions(prose: string, definitions: Map<string, string>): string {
  return prose.replace(DEFINITION, (_, label: string, target: string) => {
    const key = label.trim().toLowerCase();
    if (!definitions.has(key)) definitions.set(key, target);
    return "";
  });
}

function withMarkedHeadings(prose: string): string {
  return prose
    .replace(UNDERLINED, (_, words: string, line: string) => `${line.startsWith("=") ? "#" : "##"} ${words.trim()}`)
    .replace(/^( {0,3}#{1,6}[ \t][^\n]{0,500}?)[ \t]+#+[ \t]*$/gm, "$1");
}

/** Changes what stands between the fenced blocks of code. */
function outsideCode(source: string, change: (prose: string) => string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const code of source.matchAll(new RegExp(FENCED_CODE, "gm"))) {
    pieces.push(change(source.slice(from, code.index)), code[0]);
    from = code.index + code[0].length;
  }
  pieces.push(change(source.slice(from)));
  return pieces.join("");
}

/** Sources of expressions with the flags `g`, `m` and `i`. A fence that is not closed reaches to the end. */
export const FENCED_CODE =
  "^[ >]{0,12}(?<fence>`{3,}|~{3,})[^\\n]*(?:\\n[\\s\\S]*?^[ >]{0,12}\\k<fence>[`~]*[ \\t]*$|[\\s\\S]*)";
export const INLINE_CODE = "(?<tick>`+)(?!`)[\\s\\S]{1,1000}?(?<!`)\\k<tick>(?!`)";

const HIDING =
  "\\bhidden\\b|display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0|opacity\\s*:\\s*0(?![.\\d])";
const END_OF_SOURCE = "$(?![\\s\\S])";
/** Code comes first: what looks unseen in it is code. A hidden element without an end reaches to the next empty line. */
const CODE_OR_UNSEEN = new RegExp(
  [
    `(${FENCED_CODE}|${INLINE_CODE})`,
    `<!--[\\s\\S]*?(?:-->|${END_OF_SOURCE})`,
    `<(?<raw>script|style|svg|template|noscript|math|dialog)\\b[^>]*>[\\s\\S]*?(?:</\\k<raw>\\s*>|${END_OF_SOURCE})`,
    `<(?<name>[a-z][\\w-]*)\\b[^>]{0,500}?(?:${HIDING})[^>]{0,500}>[\\s\\S]*?(?:</\\k<name>\\s*>|\\n[ \\t]*\\n|${END_OF_SOURCE})`,
  ].join("|"),
  "gim",
);
const DEFINITION =
  /^ {0,3}\[(?!\^)([^[\]\n]{1,200})\]:[ \t]*\n?[ \t]*<?([^\s<>]+)>?(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*$\n?/gm;
/** A line of text, not of a list, quote, table or code, over a line of `===` or `---`. */
const UNDERLINED = /^(?! {0,3}(?:[-*+>#|`~=<]|\d+[.)]))( {0,3}\S[^\n]{0,500})\n {0,3}(=+|-{2,})[ \t]*$/gm;
