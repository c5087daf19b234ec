import { fold } from "../../../words.ts";

/** Words that put the same degree in another form: "the minimum" is the lowest value, "the top pick" the first one. */
export function isPutOtherwise(word: string, text: string): boolean {
  if (ABOVE_ALL.test(text)) return true;
  // The same word said of something else does not put it otherwise, nor does "best known".
  const rest = text.replace(RENOWN, " ").replace(/\p{L}+/gu, (one) => (fold(one) === word ? "" : one));
  return FORMS.some(([own, others]) => own.test(word) && others.test(rest));
}

const RENOWN = /(?<!\p{L})(?:best|most)[- ](?:widely )?(?:known|famous|notable|remembered|noted)(?!\p{L})/giu;

const ABOVE_ALL =
  /(?<!\p{L})(?:than (?:any|all|every)|no other|none (?:is|was|has|of)|(?:un|without )(?:match\p{L}*|rival\p{L}*|surpass\p{L}*|equal\p{L}*|precedent\p{L}*)|second to none|rank(?:s|ed|ing)? first|number one|no\. ?1|top(?:s|ped|ping)|lead(?:s|ing)? the (?:list|table|league|ranking))(?!\p{L})/iu;

/** Folded words of a statement, and what a page may say in their stead. */
const FORMS: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:first|earliest|primer[oa]?|erste[nrs]?|premiere?)$/,
    /(?<!\p{L})(?:first|top|earliest|original(?:ly)?|debut\p{L}*|inaugural|initial(?:ly)?|maiden|pioneer\p{L}*|premi[eè]re\p{L}*|founding|never before|erst\p{L}*|zuerst|primer\p{L}*|estren\p{L}*|inicial\p{L}*)(?!\p{L})/iu,
  ],
  [
    /^(?:last|latest|newest|ultim[oa]|letzte[nrs]?|derniere?)$/,
    /(?<!\p{L})(?:last|latest|final(?:ly)?|newest|(?:most )?recent(?:ly)?|closing|ended|until|zuletzt|letzt\p{L}*|últim\p{L}*|hasta|dern\p{L}*)(?!\p{L})/iu,
  ],
  [
    /^(?:highest|tallest|largest|biggest|greatest|strongest|maximum|hottest|warmest|heaviest|longest|mayor|maxim[oa]|hochste[nrs]?|grosste[nrs]?)$/,
    /(?<!\p{L})(?:highest|tallest|most|maxim\p{L}+|max|record|peak\p{L}*|top|máxim\p{L}+|höchst\p{L}*|größt\p{L}*|rekord\p{L}*|récord|mayor(?:ía|es)?)(?!\p{L})/iu,
  ],
  [
    /^(?:oldest|eldest|alteste[nrs]?|doyenne)$/,
    /(?<!\p{L})(?:oldest|eldest|earliest|senior|first|predat\p{L}+|ältest\p{L}*|más antigu\p{L}+)(?!\p{L})/iu,
  ],
  [
    /^(?:most|meiste[nr]?)$/,
    /(?<!\p{L})(?:highest|largest|biggest|maxim\p{L}+|record|peak\p{L}*|höchst\p{L}*|größt\p{L}*|rekord\p{L}*)(?!\p{L})/iu,
  ],
  [
    /^(?:lowest|least|smallest|fewest|minimum|coldest|shortest|minim[oa]|menor|niedrigste[nrs]?|tiefste[nrs]?|kleinste[nrs]?)$/,
    /(?<!\p{L})(?:lowest|least|smallest|fewest|minim\p{L}+|min|record|mínim\p{L}+|niedrigst\p{L}*|tiefst\p{L}*|kleinst\p{L}*|menor(?:es)?)(?!\p{L})/iu,
  ],
  [
    /^(?:best|finest|greatest)$/,
    /(?<!\p{L})(?:best|finest|master(?:piece|work)s?|magnum opus|top|optimal|ideal|highest|peak)(?!\p{L})/iu,
  ],
  [
    /^(?:only|sole|einzige[nrs]?|unic[oa]|seule?)$/,
    /(?<!\p{L})(?:only|sole(?:ly)?|single|alone|unique(?:ly)?|exclusive(?:ly)?|no other|all of (?:them|these|those|which|whom)|second(?=[- ](?:most|\p{L}+est))|nur|einzig\p{L}*|allein\p{L}*|únic\p{L}+|s[oó]l[oa]|seule?)(?!\p{L})/iu,
  ],
];
