import { STOP_WORDS, stem, wordsOf } from "../../words.ts";

export type AnswerKind = "person" | "place" | "date" | "number" | "name" | "yes-no";

/** A relation that questions name in one way and answering sentences in another. */
export interface Relation {
  name: string;
  /** Phrases of questions, as stems. */
  asks: string[][];
  /** Phrases of answering sentences, as stems. */
  cues: string[][];
  /** Those of the cues that mean something by themselves: not "by", "in". */
  strongCues: string[][];
  leadsTo: AnswerKind;
  /** What has such a relation is called this, often in its title; "" where anything may have it. */
  ofKinds: string;
  /** Another shape of answering sentences. */
  pattern: RegExp | null;
}

/**
 * Question phrases → phrases of the sentences that answer them. General English for people, works, places and
 * organisations; "|" separates phrases.
 */
const LEXICON: readonly [string, AnswerKind, string, string][] = [
  [
    "director",
    "person",
    "director|directed|directs|filmmaker",
    "directed by|director|directed|film by|movie by|by director",
  ],
  [
    "performer",
    "person",
    "performer|performed|singer|sang|sung|recorded|band|artist",
    "by|performed by|recorded by|sung by|album by|song by|single by|singer|band|released by|from|studio album",
  ],
  [
    "composer",
    "person",
    "composer|composed|music",
    "composed by|music by|score by|composer|composed|music|scored by|written by|opera by",
  ],
  [
    "writer",
    "person",
    "author|writer|wrote|written|lyricist|screenwriter",
    "written by|author|wrote|novel by|book by|writer|by|story by|play by|penned",
  ],
  ["producer", "person", "producer|produced", "produced by|producer|produced"],
  [
    "cast",
    "person",
    "star|stars|starred|starring|actor|actress|played|plays|cast|voice|voiced|character",
    "starring|stars|starred|played by|actor|actress|portrayed|cast|role|voiced|as|featuring",
  ],
  [
    "founder",
    "person",
    "founder|founded|established|formed|created|creator|started",
    "founded|founder|established|created|formed|founding|co-founded|started|creator|inception",
  ],
  [
    "mother",
    "person",
    "mother|parent|mothered|maternal",
    "mother|son of|daughter of|child of|born to|wife|parents|by his wife",
  ],
  [
    "father",
    "person",
    "father|parent|paternal|fathered",
    "father|son of|daughter of|child of|born to|parents|succeeded his father",
  ],
  [
    "spouse",
    "person",
    "wife|husband|spouse|married|marry|wed",
    "married|wife|husband|spouse|widow|marriage|wed|consort|partner",
  ],
  ["child", "person", "child|children|son|daughter", "son|daughter|child|children|father of|mother of"],
  ["sibling", "person", "sibling|brother|sister", "brother|sister|sibling|siblings|half-brother|half-sister"],
  [
    "grandparent",
    "person",
    "grandfather|grandmother|grandparent",
    "grandfather|grandmother|grandson|granddaughter|father|mother|son of|daughter of",
  ],
  [
    "in-law",
    "person",
    "father in law|mother in law|father-in-law|mother-in-law",
    "married|wife|husband|daughter of|son of|father|mother",
  ],
  [
    "birthplace",
    "place",
    "birthplace|birth place|place of birth|born|from|hometown|city of birth|birth city|birth country",
    "born|birthplace|native|raised|born in|hometown",
  ],
  [
    "birthdate",
    "date",
    "date of birth|birthday|born|older|younger|oldest|youngest|born first|born later|earlier",
    "born",
  ],
  [
    "death",
    "date",
    "die|died|death|dead|deathplace|passed away|killed",
    "died|death|killed|deceased|dead|assassinated",
  ],
  ["burial", "place", "buried|burial|tomb", "buried|interred|tomb|cemetery|grave"],
  ["residence", "place", "live|lived|reside|residence", "lived|lives|resides|moved to|settled|residence|home"],
  [
    "citizenship",
    "place",
    "nationality|citizen|citizenship|country|nation",
    "american|british|born|is an|was an|country|nationality",
  ],
  [
    "location",
    "place",
    "located|location|situated|where|country|state|county|city|town|province|district|region|headquarters|headquartered|based|territory|continent",
    "located|situated|in|headquartered|headquarters|based|city|county|state|province|district|village|town|municipality|capital",
  ],
  [
    "border",
    "place",
    "border|borders|bordered|adjacent|neighboring|share border",
    "border|borders|bordered|adjacent|north|south|east|west|bounded",
  ],
  ["capital", "place", "capital|largest city", "capital|largest city|seat"],
  [
    "education",
    "place",
    "study|studied|graduate|graduated|alma mater|attend|attended|educated|education|school|college|university|degree|doctorate",
    "graduated|studied|attended|educated|degree|alumnus|university|college|school|alma mater|graduate",
  ],
  [
    "employer",
    "name",
    "work|worked|employer|employed|occupation|profession|job",
    "worked|works|employed|joined|career|is a|was a",
  ],
  [
    "team",
    "name",
    "team|plays for|club|played for|position",
    "played for|plays for|team|club|signed|footballer|player|drafted",
  ],
  [
    "award",
    "name",
    "award|won|prize|medal|winner|received",
    "award|won|prize|awarded|medal|received|winner|nominated|honor",
  ],
  [
    "publisher",
    "name",
    "publisher|published|label|record label|released|distributor|distributed",
    "published by|publisher|published|released|label|records|distributed by|released by|through|issued",
  ],
  [
    "broadcaster",
    "name",
    "network|broadcast|station|aired|channel|premiered|airs",
    "broadcast|aired|network|premiered|station|channel|airs|licensed",
  ],
  [
    "owner",
    "name",
    "owner|owned|owns|parent company|company|subsidiary|part of",
    "owned by|owner|owns|subsidiary|part of|acquired|division|parent|company|operated by",
  ],
  [
    "maker",
    "name",
    "made|manufacturer|manufactured|developed|developer|designed|designer|built|architect",
    "made by|manufactured|developed by|designed by|built|developer|designer|architect|developed|produced by",
  ],
  ["party", "name", "party|political party|member", "party|member of|politician|affiliated|candidate"],
  [
    "leader",
    "person",
    "president|leader|in charge|ruler|ruled|king|queen|governor|mayor|prime minister|head|minister|premier|chief",
    "president|leader|ruler|king|queen|governor|mayor|prime minister|head|chief minister|led|elected|minister|premier|ruled",
  ],
  [
    "eponym",
    "name",
    "named after|named for|named|origin of name",
    "named after|named for|name|derived|in honor of|named",
  ],
  ["language", "name", "language|speak|spoken", "language|spoken|languages|speakers|speak"],
  ["genre", "name", "genre|instance of|type|kind|style|sort", "genre|is a|was a|type|kind|style"],
  [
    "follow",
    "name",
    "predecessor|successor|follows|followed by|preceded|replaced|before|next|previous",
    "succeeded|replaced|successor|predecessor|preceded|followed|formerly|renamed",
  ],
  [
    "water",
    "place",
    "body of water|river|lake|sea|waterfall|tributary|mouth",
    "river|lake|sea|ocean|flows|bay|tributary|mouth|joins|empties|banks|shore|coast",
  ],
  [
    "release",
    "date",
    "released|came out|release|come out|published first",
    "released|is a|release|premiered|published|film",
  ],
  ["population", "number", "population|inhabitants|how many people", "population|inhabitants|census|residents|people"],
];

const OF_KINDS: Record<string, string | undefined> = {
  director: "film",
  performer: "song album",
  composer: "song opera",
  writer: "novel book play",
  producer: "film album",
  cast: "film series",
};

// A life's dates in brackets behind a name; "is an American …".
const LIFE = /\([^)]*\b\d{4}\b[^)]*\)/;
const PATTERNS: Record<string, RegExp | undefined> = {
  birthdate: LIFE,
  death: /\([^)]*\b\d{4}\b[^)]*[–-][^)]*\d{4}[^)]*\)/,
  citizenship: /\b(?:is|was) (?:an?|the) (?:[\w-]+ ){0,2}\p{Lu}/u,
};

export function createLexicon(): Relation[] {
  return LEXICON.map(([name, leadsTo, asks, cues]) => ({
    name,
    leadsTo,
    asks: phrases(asks),
    cues: phrases(cues),
    strongCues: phrases(
      cues
        .split("|")
        .filter((cue) => !STOP_WORDS.has(cue))
        .join("|"),
    ),
    ofKinds: OF_KINDS[name] ?? "",
    pattern: PATTERNS[name] ?? null,
  }));
}

function phrases(text: string): string[][] {
  return text.split("|").map((phrase) => wordsOf(phrase).map(stem));
}

/** Relations of which the stems hold a phrase, in the order of the lexicon. */
export function relationsIn(stems: readonly string[], lexicon: readonly Relation[]): Relation[] {
  return lexicon.filter(({ asks }) => asks.some((phrase) => placesOf(phrase, stems).length > 0));
}

/** Where a phrase starts in a list of stems. */
export function placesOf(phrase: readonly string[], stems: readonly string[]): number[] {
  const places: number[] = [];
  for (let at = stems.indexOf(phrase[0] ?? ""); at !== -1; at = stems.indexOf(phrase[0] ?? "", at + 1)) {
    if (phrase.every((word, offset) => stems[at + offset] === word)) places.push(at);
  }
  return places;
}

/** Does a text state one of these relations, of whatever? */
export function isStated({ strongCues, pattern }: Relation, stems: readonly string[], text: string): boolean {
  return strongCues.some((phrase) => placesOf(phrase, stems).length > 0) || pattern?.test(text) === true;
}
