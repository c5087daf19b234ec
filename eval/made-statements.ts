/** Makes labelled statements from pages by rule: true ones, and twins of them that were altered in one place. */

import { sentencesOf } from "../src/words.ts";
import { corruptions, type Source } from "./made-corruptions.ts";
import { paraphrase } from "./made-paraphrases.ts";

export interface Passage {
  title: string;
  text: string;
}

export interface MadePage extends Passage {
  page_id: string;
  url: string;
}

export interface MadeStatement {
  id: string;
  page_id: string;
  statement: string;
  label: "supported" | "unsupported";
  kind: string;
}

export interface MadeSet {
  name: "tune" | "held-out";
  pages: MadePage[];
  statements: MadeStatement[];
}

/** Rules are written against `tune`; `held-out` has other pages and is only looked at as a sum. */
export function makeSets(
  passages: readonly Passage[],
  { pages: count, seed }: { pages: number; seed: number },
): MadeSet[] {
  const random = createRandom(seed);
  const kept = passages.filter(({ text }) => text.length > MIN_PASSAGE_CHARS && text.length < MAX_PASSAGE_CHARS);
  const drawn = shuffled(kept, random).slice(0, count * 2 * SECTIONS);
  const pages = Array.from({ length: Math.floor(drawn.length / SECTIONS) }, (_, index) =>
    joinPassages(drawn.slice(index * SECTIONS, (index + 1) * SECTIONS), index),
  );
  return (["tune", "held-out"] as const).map((name, half) => {
    const own = pages.filter((_, index) => index % 2 === half);
    return {
      name,
      pages: own,
      statements: own.flatMap((page, index) => statementsOf(page, own[index - 1] ?? own.at(-1), random)),
    };
  });
}

const MIN_PASSAGE_CHARS = 250;
const MAX_PASSAGE_CHARS = 2_500;
// A page holds several subjects, so that another name of the right kind is always near.
const SECTIONS = 3;

function joinPassages(passages: readonly Passage[], index: number): MadePage {
  const id = `made-${String(index).padStart(4, "0")}`;
  const text = passages
    .map(({ title, text: body }) => `## ${title}\n\n${body.replace(/\s+/g, " ").trim()}`)
    .join("\n\n");
  return { page_id: id, url: `https://example.org/${id}`, title: passages[0]?.title ?? "", text };
}

function statementsOf(page: MadePage, other: MadePage | undefined, random: () => number): MadeStatement[] {
  const sources = shuffled(sourcesOf(page), random);
  const foreign = other === undefined ? [] : sourcesOf(other);
  const rows: Omit<MadeStatement, "id" | "page_id">[] = [];
  for (const [index, source] of sources.entries()) {
    const isCommon = index < SOURCES_PER_PAGE;
    const put = paraphrase(source, random);
    if (isCommon) rows.push({ statement: source.sentence, label: "supported", kind: "verbatim" });
    if (put !== null) rows.push({ statement: put, label: "supported", kind: "paraphrase" });
    // Half of the twins are altered paraphrases: what a model writes is seldom the page's own sentence.
    const base = index % 2 === 0 || put === null ? source : { ...source, sentence: put };
    for (const { kind, isRare, make } of corruptions) {
      const statement = isCommon || isRare ? make(base, { random, foreign }) : null;
      if (statement !== null && statement !== base.sentence && !page.text.includes(statement))
        rows.push({ statement, label: "unsupported", kind });
    }
  }
  return rows.map((row, index) => ({ id: `${page.page_id}-${index}`, page_id: page.page_id, ...row }));
}

const SOURCES_PER_PAGE = 4;

/** Sentences that can stand alone: a subject with a name, not a pronoun, and no debris of markup. */
function sourcesOf(page: MadePage): Source[] {
  return page.text.split("\n\n").flatMap((block, index, blocks) => {
    if (block.startsWith("## ")) return [];
    const title = blocks[index - 1]?.replace(/^## /, "") ?? "";
    return sentencesOf(block, "en")
      .map(({ text }) => text.trim())
      .filter(
        (sentence) =>
          sentence.length > 50 && sentence.length < 230 && STANDS_ALONE.test(sentence) && !DEBRIS.test(sentence),
      )
      .map((sentence) => ({ sentence, title, text: page.text }));
  });
}

const STANDS_ALONE =
  /^(?!(?:He|She|It|They|This|These|Those|That|His|Her|Its|Their|There|Here|But|And|However|Also|Other|Both|Such|Another|Some)\b)\p{Lu}.*\b(?:is|was|are|were|has|had|\p{L}+ed|won|led|became|wrote|made|began|held)\b.*\.$/u;
const DEBRIS = /[[\]{}<>|]|\(\s*[;,)]|\s,|"|“/;

/** Mulberry32: the same sets on each machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
