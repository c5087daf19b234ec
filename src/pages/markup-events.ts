import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { FOREIGN_NAMES } from "./markup-names.ts";
import { createOpenElements } from "./open-elements.ts";

/** Names in lower case; only the attributes that some reader of this room looks at. */
export type Attributes = Record<string, string>;

/** Receives a page as balanced events. */
export interface MarkupSink {
  /** Answers whether the content is wanted; of an unwanted element nothing more is heard, not even its close. */
  open(name: string, attributes: Attributes): boolean;
  text(data: string): void;
  close(name: string): void;
}

/**
 * Reads HTML as events, much as a browser would build its tree: missing ends are implied, stray ends are ignored.
 *
 * Time is linear in the length and depth is bounded, whatever the page: htmlparser2's own Parser needs 15 s for
 * 100,000 nested tags followed by 100,000 stray ends (measured), so only its tokenizer is used.
 */
export function readMarkup(html: string, sink: MarkupSink): void {
  const tree = createOpenElements(sink);
  readTags(html, { isXml: false }, tree);
  tree.closeAll();
}

/** Hears the tags as they stand in the source, balanced or not. */
export interface TagSink {
  open(name: string, attributes: Attributes): void;
  text(data: string): void;
  close(name: string): void;
}

/** Reads tags and text; entities are decoded, comments and declarations left out. In HTML names are in lower case. */
export function readTags(source: string, { isXml }: { isXml: boolean }, sink: TagSink): void {
  const nameAt = (start: number, end: number) =>
    isXml ? source.slice(start, end) : source.slice(start, end).toLowerCase();
  const tag = createTagReader(source, nameAt);
  const callbacks: TokenizerCallbacks = {
    ...tag.callbacks,
    onopentagend: () => sink.open(tag.name(), tag.attributes()),
    onselfclosingtag() {
      sink.open(tag.name(), tag.attributes());
      if (isXml || FOREIGN_NAMES.has(tag.name())) sink.close(tag.name());
    },
    onclosetag: (start, end) => sink.close(nameAt(start, end)),
    ontext: (start, end) => sink.text(source.slice(start, end)),
    ontextentity: (codepoint) => sink.text(String.fromCodePoint(codepoint)),
    oncdata: (start, end, offset) => sink.text(source.slice(start, end - offset)),
    oncomment: ignore,
    ondeclaration: ignore,
    onprocessinginstruction: ignore,
    onend: ignore,
  };
  const tokenizer = new Tokenizer({ xmlMode: isXml }, callbacks);
  tokenizer.write(source);
  tokenizer.end();
}

/** Collects the name and the wanted attributes of the tag that is being read. */
function createTagReader(source: string, nameAt: (start: number, end: number) => string) {
  let name = "";
  let attributes: Attributes = {};
  let attributeName = "";
  let value = "";
  const callbacks = {
    onopentagname(start, end) {
      name = nameAt(start, end);
      attributes = {};
    },
    onattribname(start, end) {
      attributeName = source.slice(start, end).toLowerCase();
      value = "";
    },
    onattribdata(start, end) {
      value += source.slice(start, Math.min(end, start + MAX_ATTRIBUTE_CHARS));
    },
    onattribentity(codepoint) {
      value += String.fromCodePoint(codepoint);
    },
    onattribend() {
      const isNew = !Object.hasOwn(attributes, attributeName);
      if (isNew && WANTED_ATTRIBUTES.has(attributeName)) attributes[attributeName] = value;
    },
  } satisfies Partial<TokenizerCallbacks>;
  return { callbacks, name: () => name, attributes: () => attributes };
}

function ignore(): void {
  // Not part of what a reader sees.
}

// Longer than any real class list or address; the guard refuses addresses above 8 KiB anyway.
const MAX_ATTRIBUTE_CHARS = 8192;

const WANTED_ATTRIBUTES: ReadonlySet<string> = new Set(
  `aria-hidden aria-modal bgcolor class color colspan content data-lang datetime hidden href id itemprop name property rel
  role rowspan start style summary type`.split(/\s+/),
);
