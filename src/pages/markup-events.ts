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

/** Hears the tags as they stand in the source, balanced or not. */
export interface TagSink {
  open(name: string, attributes: Attributes): void;
  text(data: string): void;
  close(name: string): void;
}

/** The tags and texts of a source, to be heard as often as needed. */
export type TagRecord = (sink: TagSink) => void;

/**
 * Reads HTML as events, much as a browser would build its tree: missing ends are implied, stray ends are ignored.
 *
 * Time is linear in the length and depth is bounded, whatever the page: htmlparser2's own Parser needs 15 s for
 * 100,000 nested tags followed by 100,000 stray ends (measured), so only its tokenizer is used.
 */
export function readMarkup(tags: TagRecord, sink: MarkupSink): void {
  const tree = createOpenElements(sink);
  tags(tree);
  tree.closeAll();
}

/** Reads the tags of HTML once. Memory is about three words for each tag on top of the source. */
export function recordTags(html: string): TagRecord {
  const kinds: (Attributes | "text" | "close")[] = [];
  const words: string[] = [];
  const record = (kind: Attributes | "text" | "close", word: string) => {
    kinds.push(kind);
    words.push(word);
  };
  readTags(
    html,
    { isXml: false },
    {
      open: (name, attributes) => record(attributes, name),
      text: (data) => record("text", data),
      close: (name) => record("close", name),
    },
  );
  return (sink) => {
    for (let index = 0; index < words.length; index++) {
      const word = words[index] ?? "";
      const kind = kinds[index] ?? NO_ATTRIBUTES;
      if (kind === "text") sink.text(word);
      else if (kind === "close") sink.close(word);
      else sink.open(word, kind);
    }
  };
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
  let attributes: Attributes = NO_ATTRIBUTES;
  let attributeName = "";
  let value = "";
  const callbacks = {
    onopentagname(start, end) {
      name = nameAt(start, end);
      attributes = NO_ATTRIBUTES;
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
      if (!WANTED_ATTRIBUTES.has(attributeName) || attributes[attributeName] !== undefined) return;
      if (attributes === NO_ATTRIBUTES) attributes = {};
      attributes[attributeName] = value;
    },
  } satisfies Partial<TokenizerCallbacks>;
  return { callbacks, name: () => name, attributes: () => attributes };
}

function ignore(): void {
  // Not part of what a reader sees.
}

/** Shared by all tags without attributes that matter. */
const NO_ATTRIBUTES: Attributes = Object.freeze({});
// Longer than any real class list or address; the guard refuses addresses above 8 KiB anyway.
const MAX_ATTRIBUTE_CHARS = 8192;

const WANTED_ATTRIBUTES: ReadonlySet<string> = new Set(
  `aria-hidden aria-modal bgcolor class color colspan content data-lang datetime hidden href id itemprop name property rel
  role rowspan start style summary type`.split(/\s+/),
);
