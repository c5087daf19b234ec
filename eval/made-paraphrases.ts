/** Says a sentence otherwise without changing what it says: by rule, so that the truth needs no judge. */
import type { Source } from "./made-corruptions.ts";

type Rule = readonly [RegExp, string | ((...parts: string[]) => string)];

const MONTH = "January|February|March|April|May|June|July|August|September|October|November|December";
const SPELLED = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

/** Null where no rule fits. */
export function paraphrase({ sentence }: Source, random: () => number): string | null {
  // One order at most: two would bring the first one back.
  const moved = ORDER.map((rule) => put(sentence, rule)).find((text) => text !== sentence);
  let text = moved ?? sentence;
  // Only what stood there at first is replaced: else pairs of synonyms would undo one another.
  const fitting = [...FORMS, ...SYNONYMS].filter((rule) => put(sentence, rule) !== sentence);
  for (const rule of fitting) if (random() > LEAVE_OUT) text = put(text, rule);
  return text === sentence ? null : text.charAt(0).toUpperCase() + text.slice(1);
}

function put(text: string, [from, to]: Rule): string {
  return typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
}

const LEAVE_OUT = 0.15;

/** Clause order and voice. */
const ORDER: readonly Rule[] = [
  [
    /^(In|On|During|After|Before|Since|By) ([^,]{3,40}), (\p{L}.*)\.$/u,
    (_, word = "", rest = "", main = "") => `${main} ${word.toLowerCase()} ${rest}.`,
  ],
  [
    new RegExp(String.raw`^([^,]{10,90}) (in (?:(?:${MONTH}) )?(?:1[5-9]|20)\d\d)\.$`, "u"),
    (_, main = "", when = "") => `${when.charAt(0).toUpperCase()}${when.slice(1)}, ${main}.`,
  ],
  [
    /^((?:The )?\p{Lu}[\p{L} ]{2,40}) (?:is|was) (written|directed|produced|founded|designed|built|discovered|published|released|developed|composed|established|created) by ((?:the )?\p{Lu}[\p{L}]+(?: \p{Lu}[\p{L}]+)*)\.$/u,
    (_, patient = "", verb = "", agent = "") => `${agent} ${ACTIVE[verb] ?? verb} ${patient.replace(/^The /, "the ")}.`,
  ],
];

const ACTIVE: Readonly<Record<string, string>> = { written: "wrote" };

/** Dates and figures in another writing. */
const FORMS: readonly Rule[] = [
  [new RegExp(String.raw`\b(\d{1,2}) (${MONTH}) (\d{4})\b`, "gu"), "$2 $1, $3"],
  [new RegExp(String.raw`\b(${MONTH}) (\d{1,2}), (\d{4})\b(?!\))`, "u"), "$2 $1 $3"],
  [/(?<![\d,.$£€])(\d),(\d{3})(?![\d,])/g, "$1$2"],
  [
    /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b (?=\p{Ll}{4,}s\b)/u,
    (_, word = "") => `${SPELLED.indexOf(word)} `,
  ],
  [/(?<![\d.,$£€-])([2-9]) (?=\p{Ll}{4,}s\b)/u, (_, digit = "") => `${SPELLED[Number(digit)]} `],
  [/(?<=\d)%/g, " percent"],
  [/(?<=\d )km\b/g, "kilometres"],
  [/(?<=\d )(?:meters|metres)\b/g, "m"],
  [/(?<=\d)(?:,000,000| million)\b/g, " million"],
];

const SYNONYMS: readonly Rule[] = [
  [/\bis located in\b/g, "lies in"],
  [/\blocated in\b/g, "situated in"],
  [/\bsituated\b/g, "located"],
  [/\bfounded\b/g, "established"],
  [/\bestablished\b/g, "founded"],
  [/\bbegan\b/g, "started"],
  [/\bstarted\b/g, "began"],
  [/\bconsists of\b/g, "comprises"],
  [/\bconstructed\b/g, "built"],
  [/\bbuilt\b/g, "constructed"],
  [/\bfilm\b/g, "movie"],
  [/\bmovie\b/g, "film"],
  [/\bautomobile\b/g, "car"],
  [/\bapproximately\b|\babout(?= \d)/g, "roughly"],
  [/\bpurchased\b/g, "bought"],
  [/\bbought\b/g, "purchased"],
  [/\bobtained\b/g, "got"],
  [/\bdied\b/g, "passed away"],
  [/\bhusband\b|\bwife\b/g, "spouse"],
  [/\balso known as\b/g, "also called"],
  [/\bbest known for\b/g, "most famous for"],
  [/\bbest known as\b/g, "most famous as"],
  [/\bsuch as\b/g, "like"],
  [/\bmoved to\b/g, "relocated to"],
  [/\breceived\b/g, "was given"],
  [/\bprior to\b/g, "before"],
  [/\btook place\b/g, "happened"],
  [/\bwas held\b/g, "took place"],
  [/\bbecame\b/g, "went on to become"],
  [/\bassisted\b/g, "helped"],
  [/\bemployed\b/g, "used"],
  [/\bserved as\b/g, "acted as"],
  [/\bworked as\b/g, "was employed as"],
  [/\bcreated\b/g, "made"],
  [/\bdemolished\b/g, "torn down"],
  [/\breleased\b/g, "issued"],
  [/\bborders\b/g, "adjoins"],
  [/\bincludes\b/g, "contains"],
  [/\bduring\b/g, "in the course of"],
  [/\bentire\b/g, "whole"],
  [/\bwhich is\b/g, "that is"],
  [/\bhowever\b/g, "though"],
  [/\bnear\b/g, "close to"],
  [/\bmainly\b/g, "chiefly"],
  [/\bseveral\b/g, "a number of"],
  [/\bassociated with\b/g, "linked to"],
  [/\bfather of\b/g, "dad of"],
  [/\bauthor\b/g, "writer"],
  [/\bcommenced\b/g, "began"],
  [/\bending\b/g, "finishing"],
  [/\bresides\b/g, "lives"],
  [/\bpopular\b/g, "well-liked"],
  [/\bfirst appeared\b/g, "made its first appearance"],
  [/\bfollowing\b/g, "after"],
];
