import { remember } from "../../remember.ts";
import { fold, STOP_WORDS, stem, termsOf, wordsOf } from "../../words.ts";
import { type Hop, hopsOf } from "./hops.ts";
import { type AnswerKind, type Relation, relationsIn } from "./relations.ts";

/** What a question asks for, as far as its words tell. */
export interface QuestionView {
  text: string;
  /** Stems that carry meaning, with their weight. */
  weights: Map<string, number>;
  /** All stems in order, function words included. */
  stems: string[];
  /** Words that carry meaning, in order, as they are written. */
  words: { text: string; stem: string; isName: boolean }[];
  /** What the question names: works, people, places; longest spans. */
  names: string[];
  /** Their stems. */
  nameStems: string[][];
  /** All of its stems that a page can deal with. */
  terms: ReadonlySet<string>;
  /** Pieces between relative pronouns and commas. */
  clauses: string[];
  wants: AnswerKind;
  /** How near each term stands to what is asked for, 0 to 1: the question word, or the end of its clause. */
  focus: ReadonlyMap<string, number>;
  /** Stems of the nouns that say what kind of thing lies on the way: "the county in which …". */
  bridgeKinds: ReadonlySet<string>;
  relations: Relation[];
  /** What has to be told one after the other, the question itself last. */
  hops: Hop[];
}

const NAME_WEIGHT = 2;
const RELATION_WEIGHT = 0.7;
const KIND_WEIGHT = 0.5;

/** Each question is taken apart once: every call of a run asks for it again. */
export function createReadQuestion(lexicon: readonly Relation[]): (text: string) => QuestionView {
  return remember((text) => readQuestion(text, lexicon), MAX_QUESTIONS);
}

const MAX_QUESTIONS = 20;

export function readQuestion(text: string, lexicon: readonly Relation[]): QuestionView {
  const names = namesInQuestion(text);
  const nameStems = new Set(names.flatMap((name) => wordsOf(name).map(stem)));
  const stems = wordsOf(text).map(stem);
  const relations = relationsIn(stems, lexicon);
  const asked = new Set(relations.flatMap(({ asks }) => asks.flat()));
  const words = Array.from(text.matchAll(WORD), ([word]) => ({
    text: word,
    stem: stem(fold(word)),
    isName: nameStems.has(stem(fold(word))),
  })).filter(({ text: word }) => !STOP_WORDS.has(fold(word)) && !EMPTY_WORDS.has(fold(word)));
  const weights = new Map<string, number>();
  for (const { stem: term } of words) {
    const isNumber = /\d/.test(term);
    weights.set(
      term,
      nameStems.has(term) || isNumber
        ? NAME_WEIGHT
        : asked.has(term)
          ? RELATION_WEIGHT
          : KIND_WORDS.has(term)
            ? KIND_WEIGHT
            : 1,
    );
  }
  const namedTerms = names.map(termsOf);
  return {
    text,
    weights,
    stems,
    words,
    names,
    nameStems: namedTerms,
    terms: new Set([...weights.keys(), ...namedTerms.flat()]),
    clauses: clausesOf(text),
    wants: kindWanted(text),
    focus: focusOf(text),
    bridgeKinds: bridgeKindsOf(stems),
    relations,
    hops: hopsOf(text, names, lexicon),
  };
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’](?!s\b)[\p{L}]+)*/gu;
/** Words that say what kind of thing is meant, not which one. */
const KIND_WORDS: ReadonlySet<string> = new Set(
  "person individual man woman people group thing place city country state town county film movie song album book novel company organization team kind type sort term part area time year date amount number"
    .split(" ")
    .map(stem),
);
/** Words of questions that no answering sentence repeats. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  "name tell many much often long whose whom did does was were".split(" "),
);

/** What a country is called when it is only passed through. */
export const COUNTRY_KINDS: ReadonlySet<string> = new Set(
  "country nation nationality citizen citizenship homeland".split(" ").map(stem),
);

/** A noun of kind right behind "what" or "which" is asked for, anywhere else it is passed through. */
function bridgeKindsOf(stems: readonly string[]): ReadonlySet<string> {
  const kinds = stems.filter((term, at) => {
    if (!PLACE_KINDS.has(term)) return false;
    return !stems.slice(Math.max(0, at - 2), at).some((before) => before === "what" || before === "which");
  });
  return new Set(kinds);
}

const PLACE_KINDS: ReadonlySet<string> = new Set(
  `country nation nationality citizen citizenship homeland county district province region state city town village continent island
  river lake sea ocean mountain university college school institution company organization association band group team club party
  church museum airport station network department`
    .split(/\s+/)
    .map(stem),
);

/** Capitalised runs and quotations, with lower-case words inside where the run goes on behind them. */
export function namesInQuestion(text: string): string[] {
  const names = Array.from(text.matchAll(QUOTED), ([, quoted]) => quoted ?? "");
  const rest = text.replace(QUOTED, " | ");
  for (const match of rest.matchAll(RUN)) {
    let run = match[0].replace(/[\s,:;.!?–-]+$/, "");
    if (isSentenceStart(rest, match.index)) run = run.replace(FUNCTION_WORD_START, "");
    run = run.replace(FUNCTION_WORD_START, "").trim();
    if (run !== "" && /\p{Lu}|\d/u.test(run[0] ?? "")) names.push(run);
  }
  return Array.from(new Set(names));
}

function isSentenceStart(text: string, index: number): boolean {
  return /(?:^|[.?!]\s+|\|\s*)$/.test(text.slice(0, index));
}

const QUOTED = /["“”„«`]([^"“”„«»`]{2,120})["“”»`]/g;
const TOKEN = String.raw`(?:\p{Lu}[\p{L}\p{N}\p{M}'’.&/-]*|\d[\p{N}\p{L},.–/-]*)`;
const JOINT = String.raw`(?:[,:!?]?\s+|\s+[–&-]\s+|\s+(?:(?:of|the|and|in|for|to|at|on|by|with|a|an|de|von|van|du|da|di|la|le|del|der|al|el|y|e|ap|ibn|bin|from)\s+){1,3})`;
// Not in the middle of a word: "bodyTimeout" names no Timeout.
const RUN = new RegExp(String.raw`(?<![\p{L}\p{N}_])${TOKEN}(?:${JOINT}${TOKEN}|\s*\([^)]{2,60}\))*`, "gu");
const FUNCTION_WORD_START =
  /^(?:(?:The|A|An|In|On|At|Of|By|To|From|With|For|And|Or|Who|Whom|Whose|What|Which|When|Where|Why|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Will|Would|If|Besides|Between|Both|This|That|There|Name|Under|During|After|Before|It|He|She|They)\b[\s,]*)+/;

/** Pieces of the question between commas and relative pronouns that hold something to search for. */
function clausesOf(text: string): string[] {
  return text
    .split(
      /\s*[,;:?]\s+|\s*\b(?:(?:in|of|by|for|on|to|from|at|with|under) )?(?:where|which|that|who|whom|whose|when|whom)\b\s*/i,
    )
    .map((clause) => clause.replace(/[?.,]+$/, "").trim())
    .filter((clause) => wordsOf(clause).filter((word) => !STOP_WORDS.has(word)).length >= 2);
}

/** "When did the X open": the words behind the question word and, after an auxiliary, the end of its clause. */
function focusOf(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(text);
  const asking = words.findIndex((word) => QUESTION_WORDS.has(word));
  const at = Math.max(0, asking);
  const end = words.findIndex((word, index) => index > at + 2 && RELATIVE.has(word));
  const last = (end === -1 ? words.length : end) - 1;
  const isInverted = AUXILIARIES.has(words[at + 1] ?? "") || AUXILIARIES.has(words[at] ?? "");
  const focus = new Map<string, number>();
  words.forEach((word, index) => {
    const near = 1 / (1 + Math.abs(index - at) / 3);
    const close = isInverted && index <= last ? 1 / (1 + (last - index) / 2) : 0;
    const term = stem(word);
    focus.set(term, Math.max(focus.get(term) ?? 0, near, close));
  });
  return focus;
}

const QUESTION_WORDS: ReadonlySet<string> = new Set("what which who whom whose when where why how".split(" "));
const RELATIVE: ReadonlySet<string> = new Set("that which who whom whose where when in".split(" "));
const AUXILIARIES: ReadonlySet<string> = new Set(
  "is are was were do does did has have had can could will would should".split(" "),
);

function kindWanted(text: string): AnswerKind {
  const question = ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  if (/^ (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should) /.test(question)) return "yes-no";
  const found = KINDS.find(([, pattern]) => pattern.test(question));
  return found?.[0] ?? "name";
}

const KINDS: readonly [AnswerKind, RegExp][] = [
  [
    "date",
    / when | what (?:year|date|day|month|time|century) | which (?:year|date|day|month|century) | (?:birthday|date of (?:birth|death)) /,
  ],
  [
    "number",
    / how (?:many|much|old|long|tall|large|big|high|far) | population | percentage | what (?:number|amount|percent) /,
  ],
  [
    "person",
    / who | whom | whose | which (?:person|man|woman|actor|actress|singer|director|author|writer|player) | (?:name|what) (?:the |is the )?(?:mother|father|wife|husband) /,
  ],
  [
    "place",
    / where | (?:what|which)(?: \w+)? (?:city|country|state|county|town|place|province|continent|district|region|location|river|village|island) | place of (?:birth|death) | birthplace /,
  ],
];
