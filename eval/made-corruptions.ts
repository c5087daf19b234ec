/** Ways to make a true statement false in one place. Each returns null where the sentence has nothing to alter. */

export interface Source {
  sentence: string;
  /** Of the section the sentence stands in. */
  title: string;
  /** The whole page. */
  text: string;
}

interface Surroundings {
  random: () => number;
  /** Sentences of another page. */
  foreign: readonly Source[];
}

export interface Corruption {
  kind: string;
  /** Few sentences have something to alter: each sentence of a page is tried, not only the first few. */
  isRare: boolean;
  make(source: Source, surroundings: Surroundings): string | null;
}

type Swap = readonly [RegExp, string];

const MONTHS = "January February March April May June July August September October November December".split(" ");
const MONTH = MONTHS.join("|");

export const corruptions: readonly Corruption[] = [
  { kind: "number", isRare: true, make: alterNumber },
  { kind: "date", isRare: false, make: alterDate },
  { kind: "name", isRare: false, make: alterName },
  { kind: "negation", isRare: false, make: ({ sentence }, { random }) => applyOne(sentence, NEGATIONS, random) },
  { kind: "unit", isRare: true, make: ({ sentence }, { random }) => applyOne(sentence, UNITS, random) },
  { kind: "quote", isRare: false, make: alterQuote },
  { kind: "swapped_source", isRare: false, make: (_, { foreign, random }) => pick(foreign, random)?.sentence ?? null },
  { kind: "absent", isRare: false, make: borrowPredicate },
  { kind: "relation", isRare: true, make: exchangeParts },
  { kind: "over_claim", isRare: false, make: ({ sentence }, { random }) => applyOne(sentence, OVER_CLAIMS, random) },
];

function pick<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

/** One of the changes that fit, at its first place. */
function applyOne(sentence: string, swaps: readonly Swap[], random: () => number): string | null {
  const fitting = swaps.filter(([from]) => from.test(sentence));
  const chosen = pick(fitting, random);
  return chosen === undefined ? null : sentence.replace(chosen[0], chosen[1]);
}

const NUMBER = /(?<![\p{L}\p{N}.,-])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\p{L}\p{N}-]|[.,]\d)/gu;

function alterNumber({ sentence, text }: Source, { random }: Surroundings): string | null {
  const numbers = [...sentence.matchAll(NUMBER)].filter(
    ({ 0: written, index }) =>
      !/^(?:1[0-9]|20)\d\d$/.test(written) &&
      !new RegExp(`(?:${MONTH})\\s$`).test(sentence.slice(0, index)) &&
      !new RegExp(`^\\s(?:${MONTH})`).test(sentence.slice(index + written.length)),
  );
  const chosen = pick(numbers, random);
  if (chosen === undefined) return null;
  const value = Number(chosen[0].replaceAll(",", ""));
  const others = [...text.matchAll(NUMBER)].map(([written]) => written).filter((written) => written !== chosen[0]);
  const changed = [value + 1 + Math.floor(random() * 3), value * 10, Math.round(value * 1.3) + 1];
  const other = random() < 0.3 ? pick(others, random) : undefined;
  const written = other ?? write(pick(changed, random) ?? value + 1, chosen[0]);
  return sentence.slice(0, chosen.index) + written + sentence.slice(chosen.index + chosen[0].length);
}

function write(value: number, like: string): string {
  const decimals = like.split(".")[1]?.length ?? 0;
  return like.includes(",") || value >= 10_000 ? value.toLocaleString("en-US") : value.toFixed(decimals);
}

function alterDate({ sentence }: Source, { random }: Surroundings): string | null {
  const year = [...sentence.matchAll(/(?<![\p{N}.,–-])(?:1[5-9]|20)\d\d(?![\p{N}–-]|,\d)/gu)];
  const month = sentence.match(new RegExp(`\\b(?:${MONTH})\\b(?=\\s\\d)`));
  const chosen = pick(year, random);
  if (month !== null && (chosen === undefined || random() < 0.4)) {
    const others = MONTHS.filter((name) => name !== month[0]);
    return sentence.replace(month[0], pick(others, random) ?? "");
  }
  if (chosen === undefined) return null;
  const shift = [1, -1, 2, 10, -10][Math.floor(random() * 5)] ?? 1;
  return sentence.slice(0, chosen.index) + (Number(chosen[0]) + shift) + sentence.slice(chosen.index + 4);
}

const NAME = /(?<=[\p{Ll},)] )\p{Lu}\p{Ll}{2,}(?: \p{Lu}\p{Ll}{2,})*(?![\p{L}’']|\.\p{L})/gu;
const NO_NAME = new RegExp(
  `^(?:${MONTH}|The|Their|This|He|She|It|In|English|American|British|French|German|Italian|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|President|King|Queen|University)$`,
);

function alterName({ sentence, text }: Source, { random }: Surroundings): string | null {
  const names = namesIn(sentence);
  const chosen = pick(names, random);
  if (chosen === undefined) return null;
  const words = chosen[0].split(" ");
  const others = namesIn(text)
    .map(([written]) => written)
    .filter((name) => name.split(" ").length === words.length && !words.some((word) => name.includes(word)))
    .filter((name) => !sentence.includes(name));
  const other = pick(others, random);
  return other === undefined
    ? null
    : sentence.slice(0, chosen.index) + other + sentence.slice(chosen.index + chosen[0].length);
}

function namesIn(text: string): RegExpExecArray[] {
  return [...text.matchAll(NAME)].filter(([written]) => !written.split(" ").some((word) => NO_NAME.test(word)));
}

const NEGATIONS: readonly Swap[] = [
  [/\b(is|was|are|were)\b(?! not| no)/, "$1 not"],
  [/\b(is|was|are|were)\b(?! not| no)/, "$1 never"],
  [/\b(is|are)\b(?! not| no)/, "$1 no longer"],
  [/\b(has|had|have)\b (?=been|\p{L}+ed\b)/u, "$1 not "],
  [/\b(can|will|would|must)\b(?! not)/, "$1 not"],
  [/ (?:not|never)\b/, ""],
  [/ (won|received|became|joined|served|moved|played|released|founded|graduated|established)\b/, " never $1"],
  [/ (won)\b/, " failed to win"],
  [/ (received)\b/, " failed to receive"],
  [/ (reached)\b/, " failed to reach"],
  [/ (moved)\b/, " did not move"],
  [/ (released)\b/, " did not release"],
  [/\bwith (?=a|the)\b/, "without "],
  [/\bbefore\b/, "after"],
  [/\bafter\b/, "before"],
  [/\bincreased\b/, "decreased"],
  [/\bdecreased\b/, "increased"],
  [/\baccepted\b/, "rejected"],
  [/\brejected\b/, "accepted"],
  [/\bopened\b/, "closed"],
  [/\bclosed\b/, "opened"],
  [/\bincluding\b/, "excluding"],
  [/\bsupported\b/, "opposed"],
  [/\boldest\b/, "newest"],
  [/\bfirst\b/, "last"],
  [/\blargest\b/, "smallest"],
  [/\bmany\b/i, "few"],
  [/\bnorthern\b/, "southern"],
  [/\bsouthern\b/, "northern"],
  [/\beastern\b/, "western"],
  [/\bwestern\b/, "eastern"],
];

const UNITS: readonly Swap[] = [
  [/(?<=\d )(?:kilometers|kilometres|km)\b/, "miles"],
  [/(?<=\d )(?:miles|mi)\b/, "kilometres"],
  [/(?<=\d )(?:meters|metres|m)\b/, "feet"],
  [/(?<=\d )(?:feet|ft)\b/, "metres"],
  [/(?<=\d )million\b/, "billion"],
  [/(?<=\d )billion\b/, "million"],
  [/(?<=\d )acres?\b/, "hectares"],
  [/(?<=\d )(?:hectares|ha)\b/, "acres"],
  [/(?<=\d )years\b/, "months"],
  [/(?<=\d )months\b/, "years"],
  [/(?<=\d )minutes\b/, "hours"],
  [/(?<=\d )hours\b/, "minutes"],
  [/(?<=\d )days\b/, "weeks"],
  [/\$(?=\d)/, "£"],
  [/£(?=\d)/, "$"],
  [/(?<=\d)\s?(?:%|percent\b|per cent\b)/, " people"],
  [/(?<=\d )tons?\b/, "kilograms"],
  [/(?<=\d )kg\b/, "tonnes"],
  [/(?<=\d )square (?:kilometers|kilometres)\b/, "square miles"],
  [/(?<=\d )square miles\b/, "square kilometres"],
];

const OVER_CLAIMS: readonly Swap[] = [
  [/\bone of the (?:first|oldest|largest|biggest|best|most)/, "the only"],
  [/\bone of the (?=\p{L}+est\b|most\b|first\b)/u, "the "],
  [/\b(is|was) an? (?=\p{L})/u, "$1 the only "],
  [/\b(is|was) an? (?=\p{L})/u, "$1 the first "],
  [/\b(is|was) an? (?=\p{L})/u, "$1 the most famous "],
  [/\b(?:many|some|several|most)(?: of the)?\b/i, "all"],
  [/\b(?:often|usually|sometimes|mostly|generally|frequently)\b/, "always"],
  [/\b(?:may|might|could|can)\b/, "will certainly"],
  [/\b(is|was) (?:considered|regarded as|believed to be|thought to be|reportedly|probably)\b/, "$1 undoubtedly"],
  [/\b(?:helped|contributed) to\b/, "alone managed to"],
  [/\bknown for\b/, "known worldwide above all for"],
  [/\.$/, ", more than anyone else."],
  [/\.$/, ", which proves its worldwide importance."],
  [/\b(in|at) (?=(?:1[5-9]|20)\d\d)/, "for the first time ever $1 "],
];

/** A run of the sentence's words in quotation marks, one of them exchanged. */
function alterQuote({ sentence, text, title }: Source, { random }: Surroundings): string | null {
  const words = sentence.replace(/\.$/, "").split(" ");
  if (words.length < 8) return null;
  const start = Math.floor(random() * (words.length - 7));
  const run = words.slice(start, start + 7);
  const at = run.findIndex((word, index) => index > 0 && index < 6 && /^\p{Ll}{5,}$/u.test(word));
  const others = text.split(/\s+/).filter((word) => /^\p{Ll}{5,}$/u.test(word) && word !== run[at]);
  const other = pick(others, random);
  if (at === -1 || other === undefined) return null;
  return `Of ${title} it is said: "${run
    .with(at, other)
    .join(" ")
    .replace(/[,;:]$/, "")}".`;
}

/** What another page says of its own subject. */
function borrowPredicate({ title }: Source, { foreign, random }: Surroundings): string | null {
  const about = foreign.filter(({ sentence, title: other }) => sentence.startsWith(`${other} `));
  const chosen = pick(about, random);
  return chosen === undefined ? null : title.replace(/ \(.*\)$/, "") + chosen.sentence.slice(chosen.title.length);
}

/** Between two names, or a name and a noun phrase. */
const PART = String.raw`(?:the )?\p{Lu}[\p{L}.'’-]+(?: (?:of |the |de |von |van )*\p{Lu}[\p{L}.'’-]+)*`;
const LINK = String.raw`(?:is|was|are|were) (?:\p{L}+ed|written|won|held|led|built|sung) by|defeated|succeeded|married|directed|wrote|founded|produced|replaced|beat|killed|conquered|invaded|bought|acquired|sold|named|discovered|designed|appointed|influenced|sued|joined|(?:is|was) (?:the |an? )?(?:son|daughter|father|mother|brother|sister|wife|husband|capital|part|subsidiary|successor|predecessor|student|member|suburb) of`;
const RELATION = new RegExp(`(?<=^|, |and )(${PART}) (${LINK}) (${PART})(?=[ ,.;])`, "u");

function exchangeParts({ sentence }: Source): string | null {
  const found = sentence.match(RELATION);
  if (found === null || /\bmarried\b|\bbrother\b|\bsister\b/.test(found[2] ?? "")) return null;
  const [whole, first = "", link = "", second = ""] = found;
  const upper = second.charAt(0).toUpperCase() + second.slice(1);
  return sentence.replace(whole, `${upper} ${link} ${first.replace(/^The /, "the ")}`);
}
