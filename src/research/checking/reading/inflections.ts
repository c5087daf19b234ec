/** Dictionary forms that a word may be an inflected form of, likeliest first; folded, as are the words of the lists. */
export function* dictionaryFormsOf(word: string, language: string): Generator<string> {
  if (word.length < MIN_CHARS) return;
  if (language === "de") yield* germanFormsOf(word);
  else if (language === "es") yield* spanishFormsOf(word);
}

const MIN_CHARS = 4;
const MIN_ROOT = 3;

/** "Vereine", "alten", "Häusern"; "gekostet", "leitete" and "leitet" for "kosten" and "leiten". */
function* germanFormsOf(word: string): Generator<string> {
  for (const ending of GERMAN_ENDINGS) {
    const root = word.slice(0, -ending.length);
    if (!word.endsWith(ending) || root.length < MIN_ROOT) continue;
    yield root;
    yield `${root}e`;
  }
  const bare = /^ge\p{L}{4,}(?:t|en)$/u.test(word) ? word.slice(2) : word;
  const verb = bare.replace(/(?:eten|ete|ten|et|te|t|en)$/u, "");
  if (verb !== bare && verb.length >= MIN_ROOT) yield `${verb}en`;
}

const GERMAN_ENDINGS = ["innen", "in", "ern", "en", "er", "es", "em", "e", "n", "s"];

/** "Antiguas" for "antiguo", "abrieron" for "abrir", "cuesta" is listed with its verb. */
function* spanishFormsOf(word: string): Generator<string> {
  const noun = word.replace(/(?:os|as|es|s|a|o|e)$/u, "");
  if (noun.length >= MIN_ROOT) {
    yield noun;
    for (const ending of ["o", "a", "e"]) yield noun + ending;
  }
  for (const [ending, infinitives] of SPANISH_VERBS) {
    const root = word.slice(0, -ending.length);
    if (!word.endsWith(ending) || root.length < MIN_ROOT) continue;
    for (const infinitive of infinitives) yield root + infinitive;
    return;
  }
}

const AR = ["ar"];
const ER_IR = ["er", "ir"];

/** Endings without accents, the longest first. */
const SPANISH_VERBS: readonly (readonly [string, readonly string[]])[] = [
  ..."aremos aron aban arian aran ando ados adas ado ada ara aria aba an o a"
    .split(" ")
    .map((one) => [one, AR] as const),
  ..."ieron iendo ieran idos idas ido ida io ian ia era ira en e".split(" ").map((one) => [one, ER_IR] as const),
].toSorted(([a], [b]) => b.length - a.length);
