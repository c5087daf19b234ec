import { isFormOfBe } from "./function-words.ts";
import type { Reading, Token } from "./reading.ts";

/** "The club rents the house": an "s" between a noun and an article or name. */
export function isPresent({ tokens, language, text }: Reading, index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (language !== "en" || before === undefined || token === undefined || next === undefined) return false;
  if (!/[^s]s$/.test(token.word) || !/\p{Ll}/u.test(text[token.start] ?? "")) return false;
  const hasSubject =
    (before.isContent && before.kind === "word") || /^(?:and|which|who|that|it|he|she)$/.test(before.word);
  return hasSubject && (ARTICLES.test(next.word) || next.isName);
}

const ARTICLES = /^(?:the|a|an|its|his|her|their|all|any|each|every)$/;

/** "Variables take precedence": the page has the verb in the plural. */
export function isPlural(
  { place: { reading }, index, token }: { place: { reading: Reading }; index: number; token: Token },
  own: Token,
): boolean {
  if (reading.language !== "en" || (token.stem !== own.stem && token.isName)) return false;
  return isPresent(reading, index) || (!/s$/.test(token.word) && /[^s]s$/.test(reading.tokens[index - 1]?.word ?? ""));
}

/** "The Bradford museum" has no verb, though a name stands before its noun. */
export function isSureVerb(reading: Reading, index: number): boolean {
  const token = reading.tokens[index];
  if (token === undefined || token.isName) return false;
  const written = reading.text.slice(token.start, token.end);
  return (
    isFormOfBe(token.word, reading.language) ||
    HAVE.test(token.word) ||
    isInEd(token.word) ||
    isPastForm(written, token.word, reading.language) ||
    isPresent(reading, index)
  );
}

function isInEd(word: string): boolean {
  return /ed$/.test(word) && !NOUNS_IN_ED.test(word);
}

const NOUNS_IN_ED = /^(?:shed|sled|bed|red|seed|reed|weed|breed|speed|hundred|sacred)$/;

export function voiceOf({ tokens, text, language }: Reading, index: number): "active" | "passive" | "agentless" {
  const verb = tokens[index];
  if (verb === undefined) return "active";
  const after = text.slice(verb.end, verb.end + 40);
  if (language === "es" && isObjectFirst(tokens[index - 1], after)) return "passive";
  const hasAgent = /^(?:\s+\p{L}+){0,2}\s+(?:by|von|por|par|durch)\s/iu.test(after) && !NO_AGENT.test(after);
  const isParticiple = /(?:ed|en|wn|[^s]t|ado|ada|ido|ida|ados|adas)$/.test(verb.word) || !/ing$/.test(verb.word);
  const hasBe = tokens
    .slice(Math.max(0, index - 3), index)
    .some(({ word, clause }) => clause === verb.clause && isFormOfBe(word, language));
  if (hasBe && isParticiple) return hasAgent ? "passive" : "agentless";
  // "Rejected a complaint by X" is active: without a form of "be" the agent follows at once.
  return /^\s+(?:for\s+|to\s+)?(?:by|von|por|par|durch)\s/iu.test(after) &&
    !NO_AGENT.test(after) &&
    /(?:ed|en|wn|t|paid|ado|ada|ido|ida)$/.test(verb.word)
    ? "passive"
    : "active";
}

// "Voted by 85.5%", "rebuilt by the end of May": how far, when or in what way.
const NO_AGENT =
  /^(?:\s+\p{L}+){0,2}\s+by\s+(?:[$€£]|\d[\d.,]*\s?(?:%|per ?cent)|(?:1[5-9]|20)\d\d(?!\d)|(?:the |its )?(?:end|time|turn|beginning|start|middle|mid|late|early|means|way|accident|default|hand|law|name|far|then|now|January|February|March|April|May|June|July|August|September|October|November|December)\b)/iu;

/** "La fuente la pagó la provincia": what is done to stands first and is taken up again. */
function isObjectFirst(before: Token | undefined, after: string): boolean {
  return (
    /^(?:lo|la|los|las)$/.test(before?.word ?? "") && /^\s(?:(?:el|la|los|las|un|una|su|sus)\s|\p{Lu})/u.test(after)
  );
}

/** A verb with its subject or its auxiliary directly before it; a noun of the same form has an article or adjective. */
export function isVerb({ tokens, text, language }: Reading, index: number): boolean {
  const token = tokens[index];
  if (token === undefined || !/\p{Ll}/u.test(text[token.start] ?? "")) return false;
  const before = tokens[index - 1];
  // "Node.js" is one word.
  if (before === undefined || text[token.start - 1] === ".") return false;
  // "A Czech drama": the name is an adjective there.
  const isAdjective = /^an?$/.test(tokens[index - 2]?.word ?? "");
  if (isFormOfBe(before.word, language) || AUXILIARIES.has(before.word) || (before.isName && !isAdjective)) return true;
  if (isPastForm(text.slice(token.start, token.end), token.word, language)) return true;
  const isOften = ADVERBS.has(before.word) && !DETERMINERS.test(tokens[index - 2]?.word ?? "");
  if (isOften || (language === "fr" && /^(?:a|ont|avait)$/.test(before.word))) return true;
  if (/ing$/.test(token.word) && /^(?:by|after|before|while|when|without)$/.test(before.word)) return true;
  const earlier = tokens[index - 2];
  if (/ly$/.test(before.word) && earlier !== undefined && (isFormOfBe(earlier.word, language) || earlier.isName))
    return true;
  return (before.isContent || /^(?:and|but|or|then)$/.test(before.word)) && isInEd(token.word);
}

/** Forms that are verbs wherever they stand. */
function isPastForm(written: string, word: string, language: string): boolean {
  if (language === "es") return /\p{Ll}(?:ó|aron|ieron)$/u.test(written);
  if (language === "de") return /^(?!ge)\p{Ll}{3,}(?:te|ten)$/u.test(written) || GERMAN_PAST.has(word);
  return language === "en" && PAST.has(word);
}

const PAST: ReadonlySet<string> = new Set(
  "gave took made sold bought wrote rewrote won led held sent paid told found lost kept left brought sought taught caught fought thought chose drove knew saw spoke stole wore beat laid built spent met drew threw flew sang shot hid fed asked got".split(
    " ",
  ),
);

const GERMAN_PAST: ReadonlySet<string> = new Set(
  "gab nahm nannte schrieb verkaufte gewann verlor hielt fand ließ liess bot rief schlug trug zog warf baute".split(
    " ",
  ),
);

/** "Later", "wholly": says when or how, and is no part. */
export function isAdverb({ isName, word }: Token): boolean {
  return !isName && MANNER.test(word);
}

const MANNER =
  /^(?:later|earlier|again|now|soon|once|together|worldwide|(?!famil|assemb|supp|anom|monop|repl|all|rall|jul)\p{L}{3,}ly)$/u;

const ADVERBS: ReadonlySet<string> = new Set(
  "often always never usually sometimes frequently also later then first finally mainly".split(" "),
);

// "The first game": no adverb before a verb.
const DETERMINERS = /^(?:the|an?|in|for|at|of|with|his|her|its|their|this|that|these|those|no|every|each)$/;

const AUXILIARIES: ReadonlySet<string> = new Set(
  "will would can could may might must did does do to had has have who which that they he she it hat haben se ha que".split(
    " ",
  ),
);

/** "Was", "did", "could": what a verb or a "not" follows. */
export function isAuxiliary({ tokens, language }: Reading, index: number): boolean {
  const word = tokens[index]?.word ?? "";
  return isFormOfBe(word, language) || HELPING.test(word);
}

const HELPING =
  /^(?:will|would|can|could|may|might|must|need|should|does|do|did|has|have|had|hat|haben|kann|wird|se|ha|han|puede)$/;

const HAVE =
  /^(?:has|have|had|hat|haben|ha|han|began|became|came|went|grew|rose|fell|ran|stood|set|put|begann|wurde|kam|ging)$/;
