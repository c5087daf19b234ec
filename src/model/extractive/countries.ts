import { wordsOf } from "../../words.ts";

/** The country that a name or an adjective stands for ("Norway", "Norwegian"); null for any other word. */
export type CountryOf = (name: string) => string | null;

/** The lists are the runtime's own (Unicode CLDR): regions, languages, and where a language is spoken most. */
export function createCountryOf(): CountryOf {
  const names = countryNames();
  const languages = languageCountries();
  return (name) => {
    const key = wordsOf(name).join(" ");
    return names.get(key) ?? IRREGULAR.get(key) ?? languages.get(key) ?? fromAdjective(key, names);
  };
}

/** Lower-case words of a name → the name as it is written. */
function countryNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const style of ["short", "long"] as const) {
    const regions = new Intl.DisplayNames("en", { type: "region", style, fallback: "none" });
    for (const code of twoLetterCodes()) {
      const name = regions.of(code.toUpperCase());
      if (name !== undefined) names.set(wordsOf(name).join(" "), name);
    }
  }
  return names;
}

function languageCountries(): Map<string, string> {
  const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const languages = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  const countries = new Map<string, string>();
  for (const code of twoLetterCodes()) {
    const language = languages.of(code);
    const region = language === undefined ? undefined : new Intl.Locale(code).maximize().region;
    const country = region === undefined ? undefined : regions.of(region);
    if (language !== undefined && country !== undefined) countries.set(wordsOf(language).join(" "), country);
  }
  return countries;
}

/** "Ugandan" → "Uganda", "Mexican" → "Mexico", "Belgian" → "Belgium". */
function fromAdjective(word: string, names: Map<string, string>): string | null {
  for (const suffix of SUFFIXES) {
    if (!word.endsWith(suffix) || word.length - suffix.length < 4) continue;
    const root = word.slice(0, -suffix.length);
    const country = ENDINGS.map((ending) => names.get(root + ending)).find((name) => name !== undefined);
    if (country !== undefined) return country;
  }
  return null;
}

const SUFFIXES = ["n", "an", "ian", "ean", "nian", "ese", "i", "ish", "ine"];
const ENDINGS = ["", "a", "e", "o", "y", "ia", "ium", "ina"];
/** Where the language is spoken most elsewhere, and words that CLDR has no entry for. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["american", "United States"],
  ["u s", "United States"],
  ["british", "United Kingdom"],
  ["english", "England"],
  ["scottish", "Scotland"],
  ["portuguese", "Portugal"],
  ["spanish", "Spain"],
  ["swiss", "Switzerland"],
]);

function twoLetterCodes(): string[] {
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
  return letters.flatMap((first) => letters.map((second) => first + second));
}
