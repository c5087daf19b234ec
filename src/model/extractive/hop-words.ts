import { stem } from "../../words.ts";

const stems = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).map(stem));

/** What a noun of a question stands for, by its stem. */
export const PERSONS = stems(
  `person individual man woman actor actress artist author writer singer performer composer director producer founder creator
  father mother parent son daughter child wife husband spouse partner sibling brother sister leader ruler president king queen
  emperor monarch governor mayor minister owner inventor designer developer architect character player coach manager winner
  successor predecessor lyricist screenwriter editor host scientist explorer star narrator drummer guitarist uncle aunt`,
);
export const PLACES = stems(
  `country nation state city town village county district province region territory area place location continent birthplace
  birth homeland capital island river lake sea ocean mountain municipality hometown headquarters residence neighborhood colony
  settlement venue site campus nationality`,
);
export const COUNTRIES = stems("country nation homeland nationality");
const OTHERS = stems(
  `band group team club company organization label publisher network station university college school institution league party
  religion church language award film movie song album book novel show series game opera newspaper magazine army
  conflict war battle treaty mater currency sport genre employer manufacturer operator distributor airline airport museum`,
);
/** Nouns that say what is looked for. */
export const HEADS: ReadonlySet<string> = PERSONS.union(PLACES).union(OTHERS);
/** "the village of X" is X. */
export const SAME_THING: ReadonlySet<string> = stems(
  "village town city county state province river island band film song",
);

/** Is the name of the kind that a noun asks for? 1 = it looks so, -1 = it does not, 0 = one cannot tell. */
export function howItFits(head: string, name: { text: string; before: string; isCountry: boolean }): number {
  if (COUNTRIES.has(head)) return name.isCountry ? 1 : -1;
  if (PLACES.has(head)) return /^(?:in|at|of|from|near|to)$/.test(name.before) ? 1 : name.isCountry ? -1 : 0;
  if (PERSONS.has(head)) return name.isCountry ? -1 : PERSON_NAME.test(name.text) ? 1 : 0;
  return name.isCountry ? -1 : 0;
}

const PERSON_NAME = /^\p{Lu}[\p{L}.'’-]* (?:[\p{L}.'’-]+ ){0,2}\p{Lu}[\p{L}'’-]+$/u;
