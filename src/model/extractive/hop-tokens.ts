import { fold, STOP_WORDS, stem } from "../../words.ts";
import { HEADS } from "./hop-words.ts";
import type { Hop } from "./hops.ts";

/** A piece of a question that is being taken apart: what is understood becomes one piece. */
export type Token =
  | { kind: "word"; text: string; folded: string }
  | { kind: "mark"; text: string; folded: string }
  | { kind: "name"; text: string; folded: string }
  | { kind: "hop"; text: string; folded: string; hop: Hop };

/** Words that carry meaning. */
export function wordsIn(text: string): Hop["words"] {
  return Array.from(text.matchAll(WORD), ([word]) => ({ text: word, stem: stem(fold(word)) })).filter(
    (word) => !STOP_WORDS.has(fold(word.text)),
  );
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’](?!s\b)[\p{L}]+)*/gu;
const TOKEN = /['’]s\b|[\p{L}\p{N}\p{M}]+(?:[-'’](?!s\b)[\p{L}\p{N}]+)*|[,;:.?!]/gu;

export function tokensOf(text: string, names: readonly string[]): Token[] {
  const spans = names
    .map((name) => name.replace(/['’]s?$/, ""))
    .flatMap((name) => {
      const start = name === "" ? -1 : text.indexOf(name);
      return start === -1 ? [] : [{ start, end: start + name.length, text: name }];
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const tokens: Token[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.start < at) continue;
    tokens.push(...plainTokens(text.slice(at, span.start)), { kind: "name", text: span.text, folded: "" });
    at = span.end;
  }
  return [...tokens, ...plainTokens(text.slice(at))];
}

function plainTokens(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), ([token]) => ({
    kind: /^[\p{L}\p{N}]/u.test(token) ? "word" : "mark",
    text: token,
    folded: fold(token),
  }));
}

export const isTold = (token: Token | undefined) => token?.kind === "name" || token?.kind === "hop";
export const isHead = (token: Token | undefined) => token?.kind === "word" && HEADS.has(stem(token.folded));
export const isOne = (token: Token | undefined, words: ReadonlySet<string>) =>
  token !== undefined && token.kind !== "name" && words.has(token.folded);
