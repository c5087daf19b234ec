import { STOP_WORDS, stem, termsOf, wordsOf } from "../../words.ts";
import { namesInQuestion } from "./question.ts";
import type { ReadPage, Scene } from "./scene.ts";

/** What somebody who looks something up wants to have: each wants another kind of line. */
export type Wanted =
  | { kind: "definition"; name: string }
  /** A version of `of`, which something else needs. */
  | { kind: "version"; of: string }
  | { kind: "default" }
  | { kind: "change"; version: string }
  | { kind: "comparison" }
  | { kind: "amount" }
  | { kind: "instruction" }
  | { kind: "confirmation" }
  | { kind: "fact" };

/** A question that is looked up in documents. */
export interface DocumentQuestion {
  wanted: Wanted;
  /** Stems of all its words that carry meaning. */
  terms: ReadonlySet<string>;
  /** Their weights, as far as an answer can repeat them. */
  weights: Map<string, number>;
  /** The part of the weights that is asked of the subject: a line that has none of it is about something else. */
  matter: Map<string, number>;
  /** Stems of each thing that the question is about. */
  names: readonly Named[];
}

export interface Named {
  stems: readonly string[];
  /** Written in one piece, like `robots-parser`: a part of it names something else. */
  isWhole: boolean;
}

export function readDocumentQuestion(question: string, scene: Scene): DocumentQuestion {
  const wanted = wantedBy(question);
  const terms = new Set([...termsOf(question), ...pieceStems(question)]);
  const asked = new Map(Array.from(scene.weights).filter(([term]) => terms.has(term)));
  const all = asked.size > 0 ? asked : scene.weights;
  const own = namesOf(question, wanted, scene.pages);
  const names = own.length > 0 ? own : namesOf(scene.view.question, wanted, scene.pages);
  const said = new Set((SAID_OTHERWISE[wanted.kind] ?? "").split(" ").map(stem));
  const weights = new Map(Array.from(all).filter(([term]) => !said.has(term) || all.size === 1));
  return { wanted, terms, weights, names, matter: matterOf(weights, new Set(names.flatMap(({ stems }) => stems))) };
}

/** Words of questions for which the answer has a sign, a figure or a heading in their place. */
const SAID_OTHERWISE: Partial<Record<Wanted["kind"], string>> = {
  version: "version need needed require requires required minimum supported support run work",
  default: "value option setting parameter property",
  change: "change changed new version release happened different",
  instruction: "create define make add write set configure",
  comparison: "compare compared difference different between versus",
};

export function wantedBy(question: string): Wanted {
  const definition = DEFINITION.map((form) => form.exec(question)?.[1]).find((name) => name !== undefined);
  if (definition !== undefined && !VERSION_WORD.test(definition)) return { kind: "definition", name: definition };
  const changed = CHANGED.test(question) ? VERSION_NUMBER.exec(question)?.[1] : undefined;
  if (changed !== undefined) return { kind: "change", version: changed };
  const versioned = VERSIONED.exec(question);
  if (versioned !== null) return { kind: "version", of: versioned[1] ?? versioned[2] ?? "" };
  if (/\bdefaults?\b/i.test(question)) return { kind: "default" };
  if (COMPARED.test(question)) return { kind: "comparison" };
  if (/\b(?:how (?:many|often|much)|which version|what version)\b/i.test(question)) return { kind: "amount" };
  if (/^\s*(?:can|could|does|do|did|is|are|has|have|will|may)\b/i.test(question)) return { kind: "confirmation" };
  return { kind: /^\s*how (?:do|can|should|to|does one)\b/i.test(question) ? "instruction" : "fact" };
}

/** A name has no small words in it: "what is the default port of X" asks for more than what X is. */
const NAME = String.raw`((?:(?!(?:the|of|in|for|to|on|with|by|at|from|default|and|or)\b)[\w@][\w@./+#-]*[ ]?){1,4}?)`;
const DEFINITION = [
  new RegExp(String.raw`^\s*(?:what|who)(?:['’]s| is| are)\s+(?:an? |the )?${NAME}(?: \([^)]*\))?\s*\??\s*$`, "i"),
  new RegExp(String.raw`^\s*what does\s+(?:the )?${NAME}(?: do)\s*\??\s*$`, "i"),
];
const VERSION_WORD = /\b(?:version|difference|latest)\b/i;
const VERSIONED =
  /\b(?:which|what|minimum|minimal)(?: (?:is|are|the|minimum|minimal))* ([^,?]{2,40}?) versions?\b|\b(?:which|what) versions? of ([^,?]{2,40}?) (?:does|do|is|are|has|should|can)\b/i;
const CHANGED = /\b(?:chang\w+|new|added|removed|dropped|fixed|breaking|deprecated)\b/i;
const VERSION_NUMBER = /\b(?:versions?|release|v|in|since) ?v?(\d+(?:\.\d+)*)\b|\b[\w-]+[ @]v?(\d+(?:\.\d+)*)\s*\??$/i;
const COMPARED = /^\s*compare\b|\bdifferences? between\b|\b(?:versus|vs)\b|\bcompared? (?:to|with)\b/i;

/**
 * What the question is about, of all it names: what a page is called after; else what is written in one piece, like
 * `robots-parser`, for no part of it will do; else pages that are called by a plain word of it, like "zod"; else its
 * capitals. The rest of the names is asked about these. "Which Node.js version does X need" is about X.
 */
function namesOf(question: string, wanted: Wanted, pages: readonly ReadPage[]): Named[] {
  const versioned = new Set(wanted.kind === "version" ? wordsOf(wanted.of).map(stem) : []);
  const named = namedBy(question, wanted).filter(({ stems }) => !stems.every((term) => versioned.has(term)));
  const heads = pages.map(headOf).filter((head) => head.size > 0);
  const borne = named.filter((name) => heads.some((head) => namedIn([name], head) === 1));
  if (borne.length > 0) return borne;
  const whole = named.filter(({ isWhole }) => isWhole);
  if (whole.length > 0) return whole;
  const asked = new Set(wordsOf(question).map(stem));
  const called = heads.filter((head) => head.isSubsetOf(asked) && !head.isSubsetOf(versioned));
  return called.length > 0 ? called.map((head) => ({ stems: Array.from(head), isWhole: false })) : named;
}

function namedBy(question: string, wanted: Wanted): Named[] {
  const words = Array.from(question.matchAll(/@?\w+(?:[./-]\w+)+/g), ([word]) => word);
  const code = words.filter((word) => !FILE.test(word)).map((text) => ({ text, isWhole: true }));
  const runs = namesInQuestion(question)
    .filter((name) => /\p{L}/u.test(name) && !words.some((text) => text.includes(name)))
    .map((text) => ({ text, isWhole: false }));
  const defined = wanted.kind === "definition" ? [{ text: wanted.name, isWhole: false }] : [];
  return [...code, ...runs, ...defined]
    .map(({ text, isWhole }) => ({ stems: stemsOfName(text), isWhole }))
    .filter(({ stems }) => stems.length > 0);
}

const FILE = /\.(?:txt|json|md|tsx?|html?|ya?ml|csv|pdf|xml)$/i;

/** Stems of the pieces of names such as `bodyTimeout`: people ask for the body timeout. */
export function pieceStems(text: string): string[] {
  const names = text.match(/[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*/gu) ?? [];
  return names.flatMap((name) => wordsOf(name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")).map(stem));
}

function stemsOfName(name: string): string[] {
  return wordsOf(name)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}

/** Stems of the name in a title such as "name: what it is". */
export function headOf({ title }: Pick<ReadPage, "title">): Set<string> {
  return new Set(wordsOf(/^(\S+): /.exec(title)?.[1] ?? title).map(stem));
}

/** How much of the best known name of the question the stems have, 0 to 1; null where it names nothing. */
export function namedIn(names: readonly Named[], stems: ReadonlySet<string>): number | null {
  if (names.length === 0) return null;
  const shares = names.map(({ stems: own, isWhole }) => {
    const share = own.filter((term) => stems.has(term)).length / own.length;
    return isWhole && share < 1 ? 0 : share;
  });
  return Math.max(...shares);
}

function matterOf(weights: ReadonlyMap<string, number>, subject: ReadonlySet<string>): Map<string, number> {
  const rest = Array.from(weights).filter(([term]) => !subject.has(term));
  const telling = rest.filter(([term]) => !LIGHT.has(term));
  return new Map(telling.length > 0 ? telling : rest);
}

/** Words that nearly every sentence about software has. */
const LIGHT: ReadonlySet<string> = new Set(
  "use used using need turn have get make do work want take give let run come default specific exist possible able"
    .split(" ")
    .map(stem),
);
