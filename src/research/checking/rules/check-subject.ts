import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { type Gap, isInContext } from "../evidence/word-run.ts";
import { matchIn } from "../reading/matching.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** "The Belcourt plant has …" where the page has "The reservoir has …": the page says it of another thing. */
export function checkSubject(statement: Reading, evidence: Evidence, place: Place, gap: Gap): Finding | null {
  if (!gap.isFirst || gap.own.length === 0 || gap.other.length === 0 || gap.other.length > 3) return null;
  const isNamed = gap.own.some((index) => statement.tokens[index]?.isName === true);
  const isFree = (index: number): boolean =>
    !isInContext(statement.tokens[index], place) &&
    !(evidence.matches[index] ?? []).some((match) => match.place === place);
  if (!isNamed || !gap.own.every(isFree)) return null;
  const first = place.reading.tokens[gap.other[0] ?? 0];
  if (
    first === undefined ||
    !/^(?:The|Der|Die|Das|El|La|Los|Las|Le)\s+$/u.test(place.reading.text.slice(0, first.start))
  )
    return null;
  const isNew = gap.other.every((index) => {
    const token = place.reading.tokens[index];
    return token !== undefined && token.kind === "word" && !token.isName && matchIn(token, statement) === null;
  });
  if (!isNew || !belongsToAnother(statement, evidence, place, first)) return null;
  return { weight: 1, reason: `The page says this of "${first.word}"` };
}

/** "The reservoir" takes up the "Tamsin Reservoir" of a sentence before, of which the statement does not speak. */
function belongsToAnother(statement: Reading, evidence: Evidence, place: Place, noun: Token): boolean {
  return evidence.places.some(({ page, unit, reading }) => {
    if (page !== place.page || unit.section !== place.unit.section || unit.index >= place.unit.index) return false;
    return namesOf(reading).some((name) => {
      const tokens = name.flatMap((index) => reading.tokens[index] ?? []);
      return (
        tokens.some(({ stem }) => stem === noun.stem) && tokens.every((token) => matchIn(token, statement) === null)
      );
    });
  });
}
