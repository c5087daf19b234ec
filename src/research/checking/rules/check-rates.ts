import type { Evidence, Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { type Unit, unitOf } from "../reading/units.ts";

/** A figure is counted by what the page counts it by: "per hectare" is not "per tree", "48, in hours" not "48 seconds". */
export function checkRates(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.figure === null) continue;
    const matches = (evidence.matches[index] ?? []).filter(({ place }) => place.isSound);
    const finding = checkDenominator(statement, index, matches) ?? checkMeasure(token, matches);
    if (finding !== null) return [finding];
  }
  return [];
}

const PER = /^\s*(?:[^\s,;.]+\s+){0,2}(?:per|pro|je|por|par)\s+/iu;

/** "Per litre" where each sentence that has the figure counts it by something else. */
function checkDenominator(statement: Reading, index: number, matches: readonly Match[]): Finding | null {
  const own = denominatorOf(statement, index);
  if (own === null || matches.length === 0) return null;
  const found = matches.map(({ place: { reading } }) => ({ reading, counted: denominatorsIn(reading) }));
  if (found.some(({ reading, counted }) => counted.length === 0 || matchIn(own, reading) !== null)) return null;
  if (HEADS.test(own.word) && found.some(({ counted }) => counted.some(({ word }) => HEADS.test(word)))) return null;
  const instead = found[0]?.counted[0]?.word ?? "";
  return { weight: 1, reason: `The page counts this per "${instead}", the statement per "${own.word}"` };
}

/** By these all a country's people are counted alike. */
const HEADS = /^(?:head|capita|person|inhabitant|resident|kopf|einwohner|habitante|persona|habitant|personne)s?$/;

/** "Hectare" in "€1,150 per hectare" and in "1,150 trees per hectare". */
function denominatorOf({ tokens, text }: Reading, index: number): Token | null {
  const end = tokens[index]?.end ?? 0;
  const behind = text.slice(end).match(PER)?.[0].length;
  if (behind === undefined) return null;
  return tokens.find(({ start, isContent, kind }) => start === end + behind && isContent && kind === "word") ?? null;
}

function denominatorsIn({ tokens, text }: Reading): Token[] {
  return tokens.filter(
    ({ start, isContent, kind, isName }) =>
      isContent &&
      kind === "word" &&
      !isName &&
      /(?<![a-zß-ɏ])(?:per|pro|je|por|par)\s+$/i.test(text.slice(Math.max(0, start - 6), start)),
  );
}

const MEASURED = /(?<![a-zß-ɏ])(?:in|en)\s+([a-zß-ɏ]+)/gi;

/** The page gives the bare figure and says elsewhere in the sentence, or in the one before, in what it is measured. */
function checkMeasure({ figure, word }: Token, matches: readonly Match[]): Finding | null {
  const unit = figure?.unit;
  if (unit == null || !["time", "data", "length", "mass"].includes(unit.dimension) || matches.length === 0) return null;
  const measures = matches.map(({ token, place }) => {
    if (token.figure === null || token.figure.unit !== null) return null;
    const before = place.page.units[place.unit.index - 1];
    const texts = [place.reading, ...(before?.section === place.unit.section ? [place.page.read(before)] : [])];
    return texts.map(({ text }) => measureIn(text, unit)).find((one) => one !== null) ?? null;
  });
  const [first] = measures;
  if (first == null || measures.some((one) => one === null || one.unit.factor === unit.factor)) return null;
  return { weight: 1, reason: `The page gives "${word}" in ${first.written}, the statement in another unit` };
}

function measureIn(text: string, { dimension }: Unit): { unit: Unit; written: string } | null {
  for (const [, written = ""] of text.matchAll(MEASURED)) {
    const unit = written.length < 2 ? null : unitOf(written);
    if (unit?.dimension === dimension) return { unit, written };
  }
  return null;
}
