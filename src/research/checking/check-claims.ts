import { bindingOf } from "./bindings.ts";
import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { shareStart } from "./matching.ts";
import { areOpposite, hasOpposite } from "./opposites.ts";
import type { Reading, Token } from "./reading.ts";

/** Superlatives, order, causes and opposites: the statement claims no more, and nothing contrary to, what the page says. */
export function checkClaims(statement: Reading, evidence: Evidence): Finding[] {
  return [
    ...checkOpposites(statement, evidence),
    ...checkPhrases(statement, evidence),
    ...checkComparison(statement, evidence),
    ...checkOrder(statement, evidence),
    ...checkSuperlatives(statement, evidence),
    ...checkTotality(statement, evidence),
    ...checkCause(statement, evidence),
  ];
}

/** A word of the statement whose opposite stands where the word should stand. */
function checkOpposites(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind !== "word" || token.isName || (!token.isContent && !hasOpposite(token.stem))) continue;
    // "One second": a quantity, compared with the figures.
    if (/^(?:one|a|an|per|each|eine?|una?|pro)$/.test(statement.tokens[index - 1]?.word ?? "")) continue;
    const opposite = bestOpposite(statement, evidence, index);
    if (opposite === null) continue;
    const own = ownBinding(statement, evidence, index);
    if (opposite.binding < (own === null ? 0.25 : Math.max(0.4, own * OPPOSITE_MARGIN))) continue;
    return [{ weight: 1, reason: `The page says "${opposite.word}", the statement "${token.word}"` }];
  }
  return [];
}

const OPPOSITE_MARGIN = 1.5;

function bestOpposite(statement: Reading, evidence: Evidence, index: number): { word: string; binding: number } | null {
  const token = statement.tokens[index];
  let best: { word: string; binding: number } | null = null;
  for (const place of evidence.places) {
    if (!place.isCore) continue;
    for (const other of place.reading.tokens) {
      if (token === undefined || other.kind !== "word" || !areOpposite(token.stem, other.stem)) continue;
      if (other.isNegated !== token.isNegated || statement.tokens.some(({ stem }) => stem === other.stem)) continue;
      const binding = bindingOf(statement, evidence, index, { place, token: other });
      if (best === null || binding > best.binding) best = { word: other.word, binding };
    }
  }
  return best;
}

/** Binding of the word itself in the evidence; null when it is not there. */
function ownBinding(statement: Reading, evidence: Evidence, index: number): number | null {
  const token = statement.tokens[index];
  let best: number | null = null;
  for (const place of evidence.places)
    for (const other of place.reading.tokens) {
      const isSame = other.stem === token?.stem || (token?.isContent === true && sharesConcept(token, other));
      if (!place.isCore || !isSame) continue;
      best = Math.max(best ?? 0, bindingOf(statement, evidence, index, { place, token: other }));
    }
  return best;
}

/** Phrases that exclude one another: of each line, only one can be so. */
const PHRASES: readonly (readonly RegExp[])[] = [
  [
    /\b(?:on (?:schedule|time)|as (?:planned|scheduled)|punctually|planmäßig|pünktlich|fristgerecht|a tiempo|en el plazo previsto)\b/iu,
    /\b(?:behind (?:schedule|time)|late|delay\p{L}*|overdue|later than (?:planned|scheduled|expected)|verspät\p{L}*|verzöger\p{L}*|con retraso|más tarde de lo previsto)\b/iu,
    /\b(?:ahead of (?:schedule|time)|early|earlier than (?:planned|scheduled|expected)|vorzeitig|früher als geplant|antes de lo previsto)\b/iu,
  ],
  [
    /\b(?:(?:with)?in budget|on budget)\b/iu,
    /\b(?:over(?:ran)? (?:its |the )?budget|above budget|cost overrun|teurer als geplant)\b/iu,
    /\b(?:under|below) budget\b/iu,
  ],
  [
    /\bfree of charge|\bfor free\b|\bkostenlos\b|\bunentgeltlich\b|\bgratis\b/iu,
    /\b(?:for a fee|fee-based|kostenpflichtig|de pago)\b/iu,
  ],
];

function checkPhrases(statement: Reading, evidence: Evidence): Finding[] {
  for (const phrases of PHRASES) {
    const stated = phrases.find((phrase) => phrase.test(statement.text));
    if (stated === undefined) continue;
    const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading.text);
    if (core.some((text) => stated.test(text))) continue;
    const other = core.flatMap((text) => phrases.flatMap((phrase) => text.match(phrase)?.[0] ?? []))[0];
    const own = statement.text.match(stated)?.[0] ?? "";
    if (other !== undefined) return [{ weight: 1, reason: `The page says "${other}", the statement "${own}"` }];
  }
  return [];
}

const COMPARISON =
  /\b(?:(?:more|less|fewer|\p{L}{3,}er)\b[^.;]{0,60}?\bthan|mehr \p{L}+ als|weniger \p{L}+ als|más \p{L}+ que|menos \p{L}+ que)\s+(?!\d|[$€£]|(?:half|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|a|an)\b)/iu;
const COMPARING =
  /\b(?:more|less|fewer|than|\p{L}{3,}er than|compared|while|whereas|mehr|weniger|als|más|menos|que)\b/iu;

/** "More X than Y" where the page compares nothing. */
function checkComparison(statement: Reading, evidence: Evidence): Finding[] {
  const comparison = statement.text.match(COMPARISON)?.[0];
  if (comparison === undefined) return [];
  const isCompared = evidence.places.some(({ isCore, reading }) => isCore && COMPARING.test(reading.text));
  return isCompared ? [] : [{ weight: 0.7, reason: `The page does not compare: "${comparison.trim()}"` }];
}

type Order = "before" | "after";

const ORDER_WORDS: ReadonlyMap<string, Order> = new Map([
  ..."before prior preceding until till vor bevor bis antes hasta avant 之前 以前"
    .split(" ")
    .map((word) => [word, "before"] as const),
  ..."after following since from nach nachdem seit ab tras despues desde apres depuis 之后 以后"
    .split(" ")
    .map((word) => [word, "after"] as const),
]);
// "From" and "since" open a span, "until" closes one: they stand against each other only before a date.
const SPAN_WORDS: ReadonlySet<string> = new Set("since from seit ab desde depuis until till bis hasta".split(" "));

/** "Before X" where the page says "after X". */
function checkOrder(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    const stated = orderBefore(statement, index);
    if (stated === null || !token.isContent || token.date?.isDerived === true) continue;
    const found = (evidence.matches[index] ?? []).flatMap(({ place, index: at }) =>
      place.isCore ? (orderBefore(place.reading, at) ?? []) : [],
    );
    if (found.length === 0 || found.some(({ order }) => order === stated.order)) continue;
    if (token.kind === "word" && (stated.isSpan || found.every(({ isSpan }) => isSpan))) continue;
    return [
      { weight: 1, reason: `The page puts this ${found[0]?.order} "${token.word}", the statement ${stated.order} it` },
    ];
  }
  return [];
}

/** The word of order that governs a token: within the clause, at most three words of meaning before it. */
function orderBefore({ tokens }: Reading, index: number): { order: Order; isSpan: boolean } | null {
  const token = tokens[index];
  if (token === undefined) return null;
  for (let at = index - 1; at >= 0; at -= 1) {
    const other = tokens[at];
    if (other === undefined || other.clause !== token.clause || token.position - other.position > 4) return null;
    const order = ORDER_WORDS.get(other.word);
    if (order !== undefined) return { order, isSpan: SPAN_WORDS.has(other.word) };
  }
  return null;
}

function checkSuperlatives(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    const kind = superlativeAt(statement, index);
    if (kind === null) continue;
    const readings = [
      ...evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading),
      ...evidence.contexts,
    ];
    const found = readings.flatMap((reading) =>
      reading.tokens.flatMap((other, at) => (superlativeAt(reading, at) === null ? [] : [{ reading, other, at }])),
    );
    const word = statement.text.slice(token.start, token.end);
    const same = found.find(
      (one) =>
        (sameSuperlative(statement, index, one.reading, one.at) || sharesConcept(token, one.other)) &&
        sameHead(statement, index, one.reading, one.at),
    );
    if (same === undefined) {
      if (QUIET.has(token.word) && (found.length > 0 || !hasArticle(statement, index))) continue;
      return [{ weight: 1, reason: `The page does not say "${word}"` }];
    }
    if (
      ATTRIBUTED.test(attribution(same.reading, same.at)) &&
      !ATTRIBUTED.test(statement.text) &&
      !VIEWED.test(statement.text)
    )
      return [{ weight: 1, reason: `The page reports "${word}" as somebody's view, the statement says it as a fact` }];
    if (!isOneOf(statement, index) && found.every(({ reading, at }) => isOneOf(reading, at)))
      return [{ weight: 1, reason: `The page says "one of" or "among" where the statement says "${word}"` }];
  }
  return [];
}

/** Something of what the superlative is said of is the same: "the largest city" and "the largest port" are two claims. */
function sameHead(a: Reading, at: number, b: Reading, there: number): boolean {
  const isHead = ({ isContent, isName, kind }: Token): boolean => isContent && !isName && kind === "word";
  const heads = (reading: Reading, index: number): Token[] => [
    ...reading.tokens.slice(0, index).filter(isHead).slice(-HEAD_WORDS),
    ...reading.tokens
      .slice(index + 1)
      .filter(isHead)
      .slice(0, HEAD_WORDS),
  ];
  const [stated, found] = [heads(a, at), heads(b, there)];
  if (stated.length === 0 || found.length === 0) return true;
  return stated.some((token) =>
    found.some(
      (other) => token.stem === other.stem || sharesConcept(token, other) || shareStart(token.stem, other.stem),
    ),
  );
}

const HEAD_WORDS = 4;

const ATTRIBUTED =
  /\b(?:consider\p{L}*|regard\p{L}*|describ\p{L}*|seen as|viewed as|thought|believ\p{L}*|said to|call\p{L}*|claim\p{L}*|reput\p{L}*|arguabl\p{L}*|perhaps|possibly|according to|deem\p{L}*|hail\p{L}*|gilt als|gelten als|angeblich|bezeichn\p{L}*|considerad\p{L}*|según)\b/iu;

const VIEWED = /\b(?:saw|sees?|views?|viewed|historians?|critics?|experts?|some|many|often|commonly|widely)\b/iu;

/** What stands before the superlative in its clause. */
function attribution({ text, tokens }: Reading, at: number): string {
  const clause = tokens[at]?.clause;
  const first = tokens.find((token) => token.clause === clause);
  return text.slice(first?.start ?? 0, tokens[at]?.start ?? 0);
}

function hasArticle({ text, tokens }: Reading, index: number): boolean {
  return /\b(?:the|its|his|her|their|der|die|das|el|la|los|las|le)\s+$/iu.test(
    text.slice(0, tokens[index]?.start ?? 0),
  );
}

// These rank or limit, but are also said where nothing is claimed.
const QUIET: ReadonlySet<string> = new Set(["first", "last", "latest", "only"]);

/** What is at its highest degree at this token, or null: "largest", "most important", "most widely", "größte", "más antigua". */
function superlativeAt({ tokens, text, language }: Reading, index: number): string | null {
  const token = tokens[index];
  if (token === undefined || token.kind !== "word") return null;
  const { word } = token;
  const next = tokens[index + 1];
  if (word === "any" && next?.word === "other") return "most";
  if (word === "most" || word === "least") {
    if (next === undefined || /^(?:of|the|at)$/.test(next.word) || next.kind !== "word") return null;
    return /(?:at|the majority)\s$/.test(text.slice(0, token.start)) && word === "least" ? null : next.stem;
  }
  if (
    word === "mas" &&
    next !== undefined &&
    next.word !== "de" &&
    next.kind === "word" &&
    /\b(?:el|la|los|las|lo|y)\s+(?:\p{L}+\s+){0,3}$/iu.test(text.slice(0, token.start))
  )
    return next.stem;
  if (
    SUPERLATIVES.has(word) ||
    (language === "es" && SPANISH_SUPERLATIVES.has(word)) ||
    (/^\p{Ll}{3,}est$/u.test(word) && !NO_SUPERLATIVE.has(word))
  )
    return token.stem;
  if (/^\p{Ll}{3,}ste[nrsm]?$/u.test(word) && GERMAN.test(word)) return token.stem;
  return null;
}

const SUPERLATIVES: ReadonlySet<string> = new Set(
  `best worst only last latest sole unique unrivalled unprecedented first foremost largest biggest decisive
  einzige einziger einziges einzigen beste bester besten 最 唯一 首`.split(/\s+/),
);
const SPANISH_SUPERLATIVES: ReadonlySet<string> = new Set(
  "unico unica mejor peor mayor primer primera primero ultimo ultima".split(" "),
);
const NO_SUPERLATIVE: ReadonlySet<string> = new Set(
  "interest forest harvest request guest test rest west invest protest contest arrest honest modest suggest conquest southwest northwest midwest budapest priest digest manifest tempest".split(
    " ",
  ),
);
const GERMAN =
  /^(?:gro(?:ss|ß)|alt|alte|jung|jung|hoch|hoch|höch|hoch|klein|lang|lang|stark|wichtig|meist|schnell|best|erst|neu|bedeutend|bekannt|häufig|haufig|teuer|tief|breit|schon|reich|arm|oft|berühmt|beruhmt)\p{L}*ste/u;

function sameSuperlative(a: Reading, at: number, b: Reading, there: number): boolean {
  const one = superlativeAt(a, at);
  const other = superlativeAt(b, there);
  return one !== null && one === other;
}

function sharesConcept(a: Token, b: Token): boolean {
  return a.concepts.some((concept) => b.concepts.includes(concept));
}

/** "One of the largest", "among the oldest", "zu den ältesten", "una de las". */
function isOneOf({ tokens, text }: Reading, index: number): boolean {
  const before = text.slice(0, tokens[index]?.start ?? 0);
  return /\b(?:one of|among|amongst|some of|eine[rs]? der|unter den|zu den|un[ao] de (?:los|las)|entre (?:los|las)|the (?:second|third|fourth|fifth)|zweit\p{L}*|dritt\p{L}*)\b[^.;]{0,40}$/iu.test(
    before,
  );
}

const TOTAL: ReadonlySet<string> = new Set(
  "all every always entire entirely whole fully completely none everyone everything alle jeder immer samtliche vollstandig gesamte todos todas siempre toda cada 所有 全部".split(
    " ",
  ),
);
const PARTIAL =
  /\b(?:some|several|many|most|part(?:ly|ially)?|few|often|usually|sometimes|except|half|majority|mainly|mostly|partie|einige|mehrere|viele|meist\p{L}*|teil\p{L}*|oft|manche|algun\p{L}*|varios|muchos|parte|mayoría|casi)\b/iu;

const ALONE = /\b(?:alone|by itself|single-handedly|on its own|allein|im Alleingang|por sí sol[oa])\b/iu;

/** "All" where the page says "some", "most" or "except". */
function checkTotality(statement: Reading, evidence: Evidence): Finding[] {
  const alone = statement.text.match(ALONE)?.[0];
  if (
    alone !== undefined &&
    !evidence.places.some(
      ({ isCore, reading }) => isCore && (ALONE.test(reading.text) || /\bonly\b/i.test(reading.text)),
    )
  )
    return [{ weight: 0.7, reason: `The page does not say "${alone}"` }];
  const token = statement.tokens.find(({ word }) => TOTAL.has(word));
  if (token === undefined) return [];
  const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading);
  if (core.some(({ tokens }) => tokens.some(({ word }) => TOTAL.has(word)))) return [];
  if (core.some(({ text }) => /100\s?%|\b(?:complet|entire|ganz|total)/iu.test(text))) return [];
  const isPartial = core.some(({ text }) => PARTIAL.test(text)) && !PARTIAL.test(statement.text);
  return isPartial ? [{ weight: 0.6, reason: `The page says less than "${token.word}"` }] : [];
}

const CAUSE =
  /\b(?:because|due to|owing to|thanks to|caused|causes|as a result|result(?:ed|s|ing)? (?:in|of|from)|led to|leads to|therefore|thus|hence|so that|since|as|by|for|consequently|made possible|contribut\p{L}+|trigger\p{L}*|in order|from|after|following|with|weil|wegen|aufgrund|durch|dank|führte|infolge|deshalb|daher|da|denn|nach|porque|debido|gracias|causa|por|provoc\p{L}+|tras)\b/iu;
const STRONG_CAUSE =
  /\b(?:because|due to|owing to|thanks to|caused by|as a result of|led to|made possible|single-handedly|by itself|weil|wegen|aufgrund|dank|porque|debido a|gracias a)\b/iu;

/** A cause that the page does not give. */
function checkCause(statement: Reading, evidence: Evidence): Finding[] {
  const cause = statement.text.match(STRONG_CAUSE)?.[0];
  if (cause === undefined) return [];
  const isGiven = evidence.places.some(
    ({ reading, isCore }) => isCore && (STRONG_CAUSE.test(reading.text) || CAUSE.test(reading.text)),
  );
  return isGiven ? [] : [{ weight: 0.5, reason: `The page gives no such cause ("${cause}")` }];
}
