import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";
import { isHedge, isNegation } from "../reading/scopes.ts";

/** Words that leave something open: not decided, not granted, only considered. Also for `check-done`. */
export const LEFT_OPEN =
  /(?<!\p{L})(?:(?:still|yet) (?:to be|open|pending|undecided|outstanding)|not (?:yet )?(?:been )?(?:decided|taken|reached|granted|approved|settled)|undecided|pending|remains? (?:to be seen|open|unclear)|(?:is|are) (?:still )?(?:considering|discussing|waiting for)|(?:has|have) yet to|not yet|still (?:before|to be)|awaits|awaiting|under (?:review|discussion|examination)|ist offen|steh(?:t|en) (?:noch )?aus|noch (?:offen|nicht|unklar|kein\p{L}*)|unentschieden|ausstehend|(?:prüf|erwäg)(?:t|en)(?! hat)|pendientes?|(?:aún|todavía) no|sin decidir|por decidir|(?:estudian?|valoran?|barajan?) \p{L}+[aei]r)(?!\p{L})/iu;

const CONDITION = /(?<!\p{L})(?:if|provided|falls|sofern|si)\s[^.;,]{3,60}/iu;

/** "Not yet decided", "a decision is pending": denied in other words. */
export function isLeftOpen(text: string): boolean {
  return LEFT_OPEN.test(text);
}

/** Said as done. */
const SETTLED =
  /(?<!\p{L})(?:already|granted|approved|decided|agreed|secured|settled|genehmigt|beschlossen|erteilt|zugesagt|aprobad[oa]|concedid[oa]|decidid[oa]|(?:has|have|had) (?:now |since |finally )?(?:been )?(?:\p{L}+ed|given|granted|begun|taken|won|got|made|built|set)|(?:was|were) (?:\p{L}+ed|given|begun|built)|bereits|schon|(?:hat|haben|ist|sind|wurden?) [^.;]*\p{L}(?:t|en)|liegt vor|steht fest|ya|(?:ha|han) (?:sido )?\p{L}+(?:ado|ido|to|cho)s?|fue(?:ron)? \p{L}+[ai]d[oa]s?)(?!\p{L})/iu;

/** "Has been granted" where the page says that it is still pending. */
export function checkPending(statement: Reading, evidence: Evidence): Finding[] {
  if (!SETTLED.test(statement.text) || LEFT_OPEN.test(statement.text) || CONDITION.test(statement.text)) return [];
  if (statement.tokens.some((token) => isHedge(token) || isNegation(statement.text, token))) return [];
  for (const place of evidence.places) {
    if (!place.isCore) continue;
    for (const part of partsOf(place)) {
      const open = part.text.match(LEFT_OPEN)?.[0];
      if (open !== undefined && standsOnlyIn(evidence, place, part))
        return [{ weight: 1, reason: `The page says "${open}", the statement says it as done` }];
    }
  }
  return [];
}

interface Part {
  text: string;
  start: number;
  end: number;
}

/** Main clauses: what a semicolon or an adversative divides. */
function partsOf({ reading: { text } }: Place): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const piece of text.split(DIVISION)) {
    parts.push({ text: piece, start, end: start + piece.length });
    start += piece.length;
  }
  return parts;
}

// "It was applied for; a decision is pending": the second part speaks of the first.
const DIVISION =
  /(?<=;|,\s(?=(?:but|aber|doch|jedoch|pero)\s))(?!\s*(?:a|the|eine|die|una|la)\s(?:decision|approval|entscheidung|zustimmung|decisión|aprobación)(?!\p{L}))/iu;

/** A word of the statement stands here and nowhere else: this is what the statement speaks of. */
function standsOnlyIn(evidence: Evidence, place: Place, { start, end }: Part): boolean {
  return evidence.matches.some((matches, index) => {
    const sure = matches.filter(({ strength }) => strength >= 0.7);
    return (
      sure.length > 0 &&
      (evidence.weights[index] ?? 0) >= MIN_WEIGHT &&
      evidence.inContext[index] !== true &&
      sure.every((match) => match.place === place && match.token.start >= start && match.token.end <= end)
    );
  });
}

const MIN_WEIGHT = 0.6;
