import type { Reading, Token } from "./reading.ts";

/** Indices of neighbouring name tokens: "Charles Willard Moore" is one name. */
export function namesOf(reading: Reading): readonly number[][] {
  return groupsOf(reading).all;
}

/** Indices of the name that the token at the index is part of; undefined when it is part of none. */
export function nameWith(reading: Reading, index: number): readonly number[] | undefined {
  return groupsOf(reading).byToken[index];
}

/** The names of a text, in order and by their tokens. */
export interface Names {
  all: readonly number[][];
  byToken: readonly (readonly number[])[];
}

function groupsOf(reading: Reading): Names {
  if (reading.names === null) {
    const all = groupNames(reading);
    const byToken: number[][] = [];
    for (const name of all) for (const index of name) byToken[index] = name;
    reading.names = { all, byToken };
  }
  return reading.names;
}

function groupNames({ tokens, text }: { tokens: readonly Token[]; text: string }): number[][] {
  const names: number[][] = [];
  tokens.forEach((token, index) => {
    const last = names.at(-1);
    const before = last === undefined ? undefined : tokens[last.at(-1) ?? -1];
    const gap = before === undefined ? null : text.slice(before.end, token.start);
    if (token.kind === "figure" && gap !== null && NUMBERED.test(gap)) last?.push(index);
    if (!token.isName || !token.isContent) return;
    if (gap !== null && JOINT.test(gap) && !(gap === " the " && isOpening(text, before))) last?.push(index);
    else names.push([index]);
  });
  return names;
}

/** "At Lund the Danes …": a place, and then who did something there; "Ivan the Terrible" is one name. */
function isOpening(text: string, before: Token | undefined): boolean {
  return (
    /(?:^|[.,;:]\s)\p{L}+(?:\s\p{L}+){0,4}$/u.test(text.slice(0, before?.end)) &&
    OPENING.test(text.slice(0, before?.start))
  );
}

const OPENING =
  /(?:^|[.,;:]\s)(?:at|in|on|before|after|during|since|until|near|from|for|outside|under|by)\s[^.,;:]*$/iu;

// "Rocky Creek Bridge No. 01089" is one name.
const NUMBERED = /^,?\s(?:No|Nr|Nº|№|#)\.?\s?$/iu;
const JOINT =
  /^(?:[\s-]|\.\s?|\s\p{Lu}\.\s|\s(?:of|the|of the|de|del|de la|la|von|van|der|den|zu|di|da|dos|al|el|bin|ibn|y|&)\s|\.)$/u;
