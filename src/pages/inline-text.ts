import { cleanPiece, type LinkedPiece } from "./linked-text.ts";

/** The line of text that is being written: words, links among them, forced breaks. */
export interface InlineText {
  /** Adds text; white space counts as one space unless `isVerbatim`. */
  add(text: string, isVerbatim: boolean): void;
  breakLine(): void;
  /** A number in superscript gets a `^`: 10<sup>6</sup> must not become 106, nor km<sup>2</sup> km2. */
  raise(isRaised: boolean): void;
  /** What is added while it is muted is not written. */
  mute(isMuted: boolean): void;
  /** What is added from here leads to `url`; null = nowhere. */
  leadTo(url: string | null): void;
  lastCharacter(): string;
  /** Hands over the cleaned, trimmed pieces and starts anew. A link leads on only until it has shown words. */
  take(isVerbatim: boolean): LinkedPiece[];
}

export function createInlineText(): InlineText {
  let pieces: LinkedPiece[] = [];
  let url: string | null = null;
  let isRaised = false;
  let isMuted = false;
  const lastCharacter = () => pieces.at(-1)?.text.at(-1) ?? "";

  const append = (text: string) => {
    const last = pieces.at(-1);
    if (last !== undefined && last.url === url) last.text += text;
    else pieces.push({ text, url });
  };

  return {
    add(text, isVerbatim) {
      if (isMuted) return;
      if (isRaised && url === null && /^[+−–-]?\d/.test(text) && /[\p{L}\p{N})]/u.test(lastCharacter())) append("^");
      isRaised = false;
      append(isVerbatim ? text : text.replace(WHITE_SPACE, " "));
    },
    breakLine: () => append("\n"),
    leadTo(target) {
      url = target;
    },
    raise(isNowRaised) {
      isRaised = isNowRaised;
    },
    mute(isNowMuted) {
      isMuted = isNowMuted;
    },
    lastCharacter,
    take(isVerbatim) {
      const taken = isVerbatim ? verbatim(pieces) : tidy(pieces);
      if (taken.some((piece) => piece.url !== null && piece.url === url)) url = null;
      pieces = [];
      return taken;
    },
  };
}

/** One space between words, none at the ends or around breaks, none inside the ends of a link. */
function tidy(pieces: LinkedPiece[]): LinkedPiece[] {
  const tidied: LinkedPiece[] = [];
  let endsInSpace = true;
  const push = (text: string, url: string | null) => {
    const start = endsInSpace ? text.trimStart() : text;
    if (start === "") return;
    tidied.push({ text: start, url });
    endsInSpace = /\s$/.test(start);
  };
  for (const piece of pieces) {
    // Spaces first: a long run of them would make the second expression quadratic.
    const text = cleanPiece(piece.text)
      .replace(/[ \t]{2,}/g, " ")
      .replace(/ ?\n[ \n]*/g, "\n")
      .replace(EMPTY_CODE, "");
    if (piece.url === null) push(text, null);
    else pushLink(text, piece.url, push);
  }
  trimEnd(tidied);
  return tidied;
}

function pushLink(text: string, url: string, push: (text: string, url: string | null) => void): void {
  const words = text.trim();
  if (words !== text.trimEnd()) push(" ", null);
  push(words, url);
  if (words !== text.trimStart()) push(" ", null);
}

/** Code keeps its spaces; empty lines around it go. */
function verbatim(pieces: LinkedPiece[]): LinkedPiece[] {
  const cleaned = pieces.map(({ text, url }) => ({ text: cleanPiece(text), url })).filter(({ text }) => text !== "");
  const first = cleaned[0];
  if (first !== undefined) first.text = first.text.replace(/^(?:[ \t]*\n)+/, "");
  trimEnd(cleaned);
  return cleaned;
}

/** Any but a single space, which need not be replaced by itself. */
const WHITE_SPACE = /\s{2,}|[^\S ]/g;
const EMPTY_CODE = /(?<!`)``(?!`)/g;

function trimEnd(pieces: LinkedPiece[]): void {
  for (let last = pieces.at(-1); last !== undefined; last = pieces.at(-1)) {
    last.text = last.text.trimEnd();
    if (last.text !== "") return;
    pieces.pop();
  }
}
