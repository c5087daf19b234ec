import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { Reading, Token } from "./reading.ts";

/** Who did it to whom: a verb of the statement has the same sides in the page, the passive turned round. */
export function checkRoles(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind !== "word" || token.isName || !token.isContent) continue;
    for (const match of evidence.matches[index] ?? []) {
      if (
        !match.place.isCore ||
        match.strength < 0.85 ||
        !isVerb(statement, index) ||
        !isVerb(match.place.reading, match.index)
      )
        continue;
      const crossing = crosses(sidesOf(statement, index), sidesOf(match.place.reading, match.index));
      if (crossing)
        return [{ weight: 1, reason: `In the page the parts around "${match.token.word}" are the other way round` }];
      if (crossing === false) break;
    }
  }
  return [];
}

interface Sides {
  agent: Token[];
  patient: Token[];
  reading: Reading;
}

/** The tokens on either side of the verb within its sentence, in the order of the active voice. */
function sidesOf(reading: Reading, index: number): Sides {
  const verb = reading.tokens[index];
  // "Zhu (the first emperor), who overthrew …": a relative clause reaches back over what is put in between.
  const isRelative = /^(?:who|which|that|der|die|das|que)$/.test(
    reading.tokens.find(({ clause }) => clause === verb?.clause)?.word ?? "",
  );
  const isNear = (token: Token): boolean => {
    const distance = (verb?.clause ?? 0) - token.clause;
    return token.isContent && (distance === 0 || (isRelative && distance > 0 && distance <= 3));
  };
  const left = reading.tokens.slice(0, index).filter(isNear);
  const right = reading.tokens.slice(index + 1).filter(isNear);
  return isPassive(reading, index)
    ? { agent: right, patient: left, reading }
    : { agent: left, patient: right, reading };
}

/** True: the sides are exchanged. False: they agree. Null: nothing can be said. */
function crosses(stated: Sides, found: Sides): boolean | null {
  const both = (tokens: Token[], others: Token[]): Set<string> => {
    const own = new Set(tokens.map(({ stem }) => stem));
    return new Set(others.map(({ stem }) => stem).filter((stem) => own.has(stem)));
  };
  const shared = both(stated.agent, stated.patient).union(both(found.agent, found.patient));
  const overlap = (tokens: Token[], others: Token[]): number =>
    tokens.filter(
      (token) =>
        !shared.has(token.stem) && others.some((other) => other.stem === token.stem && !shared.has(other.stem)),
    ).length;
  const same = overlap(stated.agent, found.agent) + overlap(stated.patient, found.patient);
  const [one, other] = [overlap(stated.agent, found.patient), overlap(stated.patient, found.agent)];
  if (one > 0 && other > 0 && same === 0) return true;
  return same > 0 ? false : null;
}

function isPassive({ tokens, text }: Reading, index: number): boolean {
  const verb = tokens[index];
  if (verb === undefined) return false;
  const after = text.slice(verb.end, verb.end + 40);
  const hasAgent = /^(?:\s+\p{L}+){0,2}\s+(?:by|von|por|par|durch)\s/iu.test(after);
  const hasBe = tokens.slice(Math.max(0, index - 5), index).some(({ word }) => BE.has(word));
  return hasAgent && (hasBe || /(?:ed|en|[^s]t|ado|ada|ido|ida|ados|adas)$/.test(verb.word));
}

const BE: ReadonlySet<string> = new Set(
  "is are was were be been being wird werden wurde wurden worden ist sind war waren es son fue fueron ser sido esta".split(
    " ",
  ),
);

/** A verb with its subject or its auxiliary directly before it; a noun of the same form has an article or adjective. */
function isVerb({ tokens, text }: Reading, index: number): boolean {
  const token = tokens[index];
  if (token === undefined || !/\p{Ll}/u.test(text[token.start] ?? "")) return false;
  const before = tokens[index - 1];
  if (before === undefined) return false;
  if (BE.has(before.word) || AUXILIARIES.has(before.word) || before.isName) return true;
  const earlier = tokens[index - 2];
  return /ly$/.test(before.word) && earlier !== undefined && (BE.has(earlier.word) || earlier.isName);
}

const AUXILIARIES: ReadonlySet<string> = new Set(
  "will would can could may might must did does do to had has have who which that they he she it hat haben se ha que".split(
    " ",
  ),
);
