import type { Reading, Token } from "./reading.ts";

/** Indices of neighbouring name tokens: "Charles Willard Moore" is one name. */
export function namesOf(reading: Reading): readonly number[][] {
  reading.names ??= groupNames(reading);
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
    if (gap !== null && JOINT.test(gap)) last?.push(index);
    else names.push([index]);
  });
  return names;
}

// "Rocky Creek Bridge No. 01089" is one name.
const NUMBERED = /^,?\s(?:No|Nr|Nº|№|#)\.?\s?$/iu;
const JOINT =
  /^(?:[\s-]|\.\s?|\s(?:of|the|of the|de|del|de la|la|von|van|der|den|zu|di|da|dos|al|el|bin|ibn|y|&)\s|\.)$/u;
