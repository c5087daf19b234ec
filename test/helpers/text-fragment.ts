/**
 * Where a browser jumps to: the rule of the specification over the visible blocks of a page, as strict as it is there:
 * each term within one block and whole words, the prefix directly before the first words, the last words behind them.
 * https://wicg.github.io/scroll-to-text-fragment/#finding-ranges-in-a-document (read 2026; compared with Chromium 155)
 *
 * @returns the index of the block and the offset in it, or null when the browser stays at the top
 */
export function jump(blocks: readonly string[], link: string): { block: number; at: number } | null {
  const terms = (/:~:text=([^&]*)$/.exec(link)?.[1] ?? "").split(",");
  const prefix = terms[0]?.endsWith("-") === true ? decode(terms.shift()?.slice(0, -1) ?? "") : null;
  const [first, last, ...more] = terms.map(decode);
  if (first === undefined || more.length > 0) throw new Error(`Expected one or two terms, got ${link}.`);
  const shown = blocks.map(createBlock);
  for (let from: Place | null = { block: 0, at: 0 }; from !== null; ) {
    const before: Match | null = prefix === null ? null : find(shown, prefix, from);
    if (prefix !== null && before === null) return null;
    const match: Match | null =
      before === null ? find(shown, first, from) : startsAt(shown, first, behind(shown, before));
    if (match !== null && (last === undefined || find(shown, last, { block: match.block, at: match.end }) !== null))
      return { block: match.block, at: match.at };
    if (before === null) return null;
    from = { block: before.block, at: before.at + 1 };
  }
  return null;
}

interface Place {
  block: number;
  at: number;
}

interface Match extends Place {
  end: number;
}

interface Block {
  text: string;
  borders: ReadonlySet<number>;
}

function decode(term: string): string {
  if (term === "" || /[-,&\s]/.test(term)) throw new Error(`Expected an encoded term, got "${term}".`);
  return fold(decodeURIComponent(term));
}

/** Letters are the same whatever their case and accents. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/\u00ad/g, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

function createBlock(shown: string): Block {
  const text = fold(shown);
  const borders = new Set([text.length]);
  for (const { index } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) borders.add(index);
  return { text, borders };
}

function find(blocks: readonly Block[], term: string, from: Place): Match | null {
  for (let block = from.block; block < blocks.length; block += 1) {
    const { text, borders } = blocks[block] ?? createBlock("");
    for (let at = text.indexOf(term, block === from.block ? from.at : 0); at !== -1; at = text.indexOf(term, at + 1))
      if (borders.has(at) && borders.has(at + term.length)) return { block, at, end: at + term.length };
  }
  return null;
}

function behind(blocks: readonly Block[], { block, end }: Match): Place {
  const rest = blocks[block]?.text.slice(end) ?? "";
  if (rest.trim() === "") return { block: block + 1, at: 0 };
  return { block, at: end + (rest.length - rest.trimStart().length) };
}

function startsAt(blocks: readonly Block[], term: string, place: Place): Match | null {
  const match = find(blocks, term, place);
  return match?.block === place.block && match.at === place.at ? match : null;
}
