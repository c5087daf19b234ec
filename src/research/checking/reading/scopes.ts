import type { Token } from "./reading.ts";

/** Marks the tokens that stand in the scope of a negation, of a possibility, or of something still ahead. */
export function markScopes(text: string, tokens: Token[]): void {
  tokens.forEach((token, index) => {
    if (token.kind !== "word" || token.isName) return;
    const { word } = token;
    if (isNegation(text, token)) reach(tokens, index, "isNegated", NEGATED_WORDS);
    if (POSSIBLE.has(word) && isLowerCase(text, token)) reach(tokens, index, "isPossible", POSSIBLE_WORDS);
    if (
      (AHEAD.has(word) && !isPastFuture(text, token, tokens[index - 1])) ||
      (word === "yet" && isNegation(text, token)) ||
      (INTENDED.has(word) && isIntended(text, tokens, index)) ||
      isDestined(text, tokens, index)
    )
      reach(tokens, index, "isAhead", POSSIBLE_WORDS);
  });
}

/** "Not", "never", "without", "failed to": denies what follows. */
export function isNegation(text: string, token: Token): boolean {
  if (token.kind !== "word" || token.isName) return false;
  // "Has yet to decide".
  if (token.word === "yet") return /^\s+to\b/.test(text.slice(token.end, token.end + 5));
  const denies =
    isOutOfUse(text, token) ||
    ((NEGATIONS.has(token.word) || isNegatingVerb(text, token)) && !isNumero(text, token)) ||
    isNot(text, token);
  return denies && !UNTIL_DATE.test(text.slice(token.end, token.end + UNTIL_CHARS));
}

/** "Was not finished until 1907" says that it was. */
const UNTIL_DATE = /^[^.,;:()]*\b(?:until|till|hasta|bis)\s(?:\p{L}+\s){0,3}\d/u;
const UNTIL_CHARS = 100;

/** "Few", "barely", "instead": may deny. */
function isWeakNegative(token: Token): boolean {
  return !token.isName && (WEAK_NEGATIVE_WORDS.has(token.stem) || WEAK_NEGATIVE_WORDS.has(token.word));
}

/** Is there any word in the text that turns a statement round, by itself or by its prefix? */
export function isNegative(token: Token): boolean {
  if (token.isName) return false;
  if (isWeakNegative(token)) return true;
  return NEGATIONS.has(token.word) || isNegativeWord(token) || /n't$/.test(token.word);
}

/** "Aborted", "free": words that deny by their meaning, wherever in the clause they stand. */
export function isNegativeWord(token: Token): boolean {
  if (token.isName) return false;
  return (
    NEGATIVE_WORDS.has(token.stem) ||
    NEGATIVE_WORDS.has(token.word) ||
    NEGATIVE_FORM.test(token.word) ||
    NEGATIVE_ROOT.test(token.word)
  );
}

const NEGATIVE_FORM =
  /^(?:un(?!i|der|ter|til|it|o|e)\p{L}{3}|im(?:poss|prob)|in(?:capab|abil|dep|sens|suff|accur|complet|activ|valid|corr|effect|vis)|non|dis(?:abl|cont|allow|lik|approv|regard|satisf|trust)|ver(?:wei|bo))|less$/u;

/** "Failed", "refused", "scheiterte", "rechazaron": what its clause speaks of did not come to be. */
export function isDenyingVerb(token: Token): boolean {
  if (token.isName || token.kind !== "word") return false;
  return DENYING_STEMS.has(token.stem) || DENYING_ROOT.test(token.word);
}

const DENYING_STEMS: ReadonlySet<string> = words(
  "fail refus reject deny decline declin doubt drop abandon cancel cancell dismiss scrap disabl forbid ban prohibit prevent",
);
const DENYING_ROOT =
  /^(?:rechaz|neg[oó]$|fracas|refus|rejet|echou|lehnt|ablehn|abgelehn|scheiter|gescheiter|verweiger|zweifel|dud[oa]$)/;

// Inflected: what somebody did who did not do, have or let something.
const NEGATIVE_ROOT =
  /^(?:rechaz|neg[oa]|nieg|prohib|fracas|impid|suspend|refus|rejet|interdi|echou|manqu|lehnt|ablehn|abgelehn|scheiter|gescheiter|verweiger|verbiet|verbot|untersag|erfolglos|vergeblich|oppos(?:e[sd]?|ing)$|doubt|zweif|dud[oa]|sceptic|skeptic|disagree|dissent|reject|declin|dismiss|withh|skip|vacan|opus|spar(?:e[ds]?|ing)$)/;

export function isHedge(token: Token): boolean {
  return POSSIBLE.has(token.word) || AHEAD.has(token.word) || HEDGES.has(token.word);
}

/** "Out of service", "außer Betrieb", "fuera de servicio": what follows is denied. */
function isOutOfUse(text: string, { word, end }: Token): boolean {
  if (word !== "out" && word !== "ausser" && word !== "außer" && word !== "fuera") return false;
  return /^\s(?:of (?:service|order|use|operation|action|print|stock)|betrieb|dienst|kraft|de (?:servicio|uso|funcionamiento|circulación))(?!\p{L})/iu.test(
    text.slice(end, end + 24),
  );
}

/** "Failed to open", "lacked a roof". */
function isNegatingVerb(text: string, { stem, end }: Token): boolean {
  return NEGATING_STEMS.has(stem) && (stem === "lack" || /^\s+to\b/.test(text.slice(end, end + 5)));
}

/** "She, who would die in 1917", "he would later sell it": told from an earlier time, but done. */
function isPastFuture(text: string, { word, end }: Token, before: Token | undefined): boolean {
  if (word !== "would") return false;
  return (
    /^(?:who|which)$/.test(before?.word ?? "") ||
    /^ (?:later|eventually|subsequently|go on to|end up)\b/.test(text.slice(end, end + 16))
  );
}

/** "The ferry is to enter service", "she is to be succeeded". */
function isDestined(text: string, tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  if (token === undefined || !DESTINING.has(token.word)) return false;
  if (before === undefined || (!before.isContent && !RELATIVE.test(before.word)) || AIMS.has(before.word)) return false;
  return /^\s+to\s/.test(text.slice(token.end, token.end + 4));
}

const RELATIVE = /^(?:that|which|who|it|they|he|she)$/;
const DESTINING: ReadonlySet<string> = words("is are was were");

const AIMS: ReadonlySet<string> = words("aim goal purpose idea task job function intention");

/** "Is planned", "plans to": not "later than planned". */
function isIntended(text: string, tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token === undefined) return false;
  // "Plans are under way to build".
  if (token.word === "plans" && /^\s(?:are|were|exist)\s[^,.;]{0,20}?to\s/.test(text.slice(token.end, token.end + 30)))
    return true;
  if (token.word === "due") return DUE.test(text.slice(token.end, token.end + 20));
  if (/^\s+to\b/.test(text.slice(token.end, token.end + 5))) return true;
  return /^(?:is|are|was|were|be|been)$/.test(tokens[index - 1]?.word ?? "");
}

// "Due to rain" gives a cause.
const DUE =
  /^ to (?:be|become|begin|close|come|end|enter|finish|get|go|join|launch|leave|move|open|receive|reopen|replace|return|run|start|take)\b/;

/** "No. 12" is a number; "not until", "no more than" and "not only" deny nothing. */
function isNumero(text: string, { end, word }: Token): boolean {
  const after = text.slice(end, end + 20);
  if (word === "no" && /^\.?\s*\d|^\.\s|^\s+(?:other|one else)\b/.test(after)) return true;
  return /^\s+(?:until|before|only|just|merely|(?:more|less|fewer|later|earlier|longer) than|vor|erst|nur|mehr als|weniger als|solo|sólo|hasta|antes de|más de|menos de)\b/iu.test(
    after,
  );
}

function isNot(text: string, token: Token): boolean {
  if (text[token.end - 1] === "t" && /n['’]t$/u.test(text.slice(token.start, token.end))) return true;
  // French: "n'est plus", not "ne … que".
  if (token.word === "n" && /^['’]\p{L}/u.test(text.slice(token.end, token.end + 2))) return true;
  return token.kind === "word" && token.word.charCodeAt(0) > LAST_LATIN && CJK_NOT.test(token.word);
}

const LAST_LATIN = 0x24f;
const CJK_NOT = /^(?:不(?!断|同|仅|过|久)|没有?|未|无法?|并非|非(?!常)|ない|ません)/;

function isLowerCase(text: string, { start }: Token): boolean {
  // "May 1951" is a month; "May" at a sentence's start is rarely the auxiliary.
  return /\p{Ll}/u.test(text[start] ?? "");
}

// The head of what is denied or only possible comes soon after the word; adverbs between do not count.
const NEGATED_WORDS = 2;
const POSSIBLE_WORDS = 3;

function reach(tokens: Token[], from: number, mark: "isNegated" | "isPossible" | "isAhead", words: number): void {
  const cue = tokens[from];
  let left = words;
  for (let index = from + 1; index < tokens.length && left > 0; index += 1) {
    const token = tokens[index];
    if (token === undefined || (token.clause !== cue?.clause && !SKIPPED.has(tokens[index]?.word ?? ""))) break;
    if (ENDS.has(token.word)) break;
    if (!token.isContent || SKIPPED.has(token.word)) continue;
    token[mark] = true;
    left -= 1;
    // "Not have to give up teaching": the denial ends where another one begins.
    if (mark === "isNegated" && GIVING_UP.has(token.stem)) break;
  }
  if (left < words || mark !== "isNegated" || cue?.word !== "nicht") return;
  // German "nicht" may close its clause: then it denies the verb before it.
  for (let index = from - 1, found = 0; index >= 0 && found < 1; index -= 1) {
    const token = tokens[index];
    if (token === undefined || token.clause !== cue?.clause) break;
    if (!token.isContent) continue;
    token.isNegated = true;
    found += 1;
  }
}

const GIVING_UP: ReadonlySet<string> = words("giv stop ceas quit abandon los lack renounc forgo aufgeb verlor dej");

// "Not successful until 1988": what comes after is not denied.
const ENDS: ReadonlySet<string> = words("until till bis hasta except but unless before");
const NEGATING_STEMS: ReadonlySet<string> = words("lack fail failur refus refusal unabl inability");

const SKIPPED: ReadonlySet<string> = words(
  "any yet longer ever even also already really actually simply always necessarily currently still either more than just mehr auch noch immer nunca",
);

const NEGATIONS: ReadonlySet<string> = words(
  `not no never neither nor without cannot none nobody nothing hardly barely scarcely nowhere
  nicht kein keine keiner keinen keinem keines kaum
  nie niemals ohne weder niemand niemandem niemanden nichts no ni nunca jamas sin tampoco ningun ninguna ninguno nadie nada
  ne pas jamais sans aucun aucune`,
);

// They deny what stands in their clause.
const NEGATIVE_WORDS: ReadonlySet<string> = words(
  `fail failur refus reject deny decline unable impossible prevent avoid forbid ban abandon abort cancel cancell omit escap shun forgo refrain entging wrongly wrong mistakenly mistaken falsely erroneously myth misconception unclear unknown
  disabled false verweigern verboten ablehnen abgelehnt rechazar prohibir denegar gratis kostenlos gratuit gratuita gratuito free`,
);

// They may deny what follows them.
const WEAK_NEGATIVE_WORDS: ReadonlySet<string> = words(
  `exempt except exclude few fewer rarely seldom instead rather against absent absence lack miss missing alone only single
  gone needless optional voluntar harmless away littl
  off stop stopp cease nobody kaum wenig excepto salvo tampoco kept closed lose lost vacant suspend drop`,
);

const POSSIBLE: ReadonlySet<string> = words(
  `may might could possibly perhaps maybe probably likely konnte konnten kann moglicherweise vielleicht eventuell
  voraussichtlich durfte podria podrian puede pueden quiza quizas tal posiblemente probablemente pourrait pourraient peut 可能 或许 也许`,
);

const AHEAD: ReadonlySet<string> = words(
  `will would shall soll sollen
  sollte will wollen geplant plant werde planea planean prevé preve previsto prevista proyecta sera seran 将 计划 预计`,
);

const INTENDED: ReadonlySet<string> = words(
  "due plan plans planned expect expects expected intend intends intended propose proposes proposed hope hopes hoped scheduled want wants wanted try tries tried attempt attempts attempted seek seeks sought threaten threatens threatened",
);

const HEDGES: ReadonlySet<string> = words(
  `if unless provided when whether should can possible potential plan plans planned proposal proposed expect expected forecast
  want wants wanted try tries tried attempt attempts attempted seek seeks sought threaten threatens threatened effort
  unlikely probable presumably supposedly doubtful doubts uncertain unclear risk risks
  estimate estimated suggest suggests claimed alleged reportedly apparently seems seem appear appears sofern falls wenn ob geplant
  si posible prevista previsto plan proyecto`,
);

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}
