/** Which language a text is in, from its script and its smallest words; "en" when nothing tells. */
export function languageOf(text: string): string {
  return guessLanguage(text) ?? "en";
}

/** The same, but null when the text is too short to tell. */
export function guessLanguage(text: string): string | null {
  const sample = text.slice(0, MAX_SAMPLE_CHARS);
  for (const [language, script] of BEYOND_LATIN.test(sample) ? SCRIPTS : [])
    if ((sample.match(script)?.length ?? 0) * 6 > sample.length) return language;
  const counts = new Map<string, number>();
  for (const [word] of sample.toLowerCase().matchAll(/\p{L}+/gu))
    for (const language of LANGUAGES_BY_WORD.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  let best: string | null = null;
  for (const [language, count] of counts) if (count > (counts.get(best ?? "") ?? 0)) best = language;
  return (counts.get(best ?? "") ?? 0) >= MIN_WORDS ? best : null;
}

const MAX_SAMPLE_CHARS = 4_000;
const MIN_WORDS = 2;
const BEYOND_LATIN = /[\u0300-\uffff]/;

// Kana before Han: Japanese uses both.
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["zh", /\p{Script=Han}/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["ru", /\p{Script=Cyrillic}/gu],
  ["ar", /\p{Script=Arabic}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["th", /\p{Script=Thai}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
];

const SMALL_WORDS = {
  en: "than those who whose what when while but been have had has will would can may could after before into over about all also only more most he she they we you there no so if because since both during then them him her his out up one two per some any each other such new first where through under between against until without within the of and to in is was for that with as on by at from are were this which it an be has not or its their",
  de: "dass ob wird werden hat haben war waren noch nur über einige alle oder aber wenn wie um ihre ihr seine sein kein keine durch vor unter dieser diese dieses soll muss kann mehr sehr schon der die das und den dem des ein eine einer einen im von zu mit auf für ist war wurde wurden nicht sich auch bei als nach aus am zum zur sind es er sie",
  es: "no sin hay han ha ser este esta desde hasta muy sobre todos todas cada dos sino aunque también según será donde cuando la el los las y en un una del por con que se su es fue para al lo como más sus entre está era fueron pero",
  fr: "ont a mais plus leur leurs cet ces elles ils tous tout toute depuis selon sans sous après avant où l d n c s j qu la le les et des du une un est dans pour par sur au aux que qui il elle son sa ses avec ce cette été était sont pas ne",
  it: "la il lo gli di e che un una per con del della dei delle nel nella sono è stato alla più non si",
  pt: "o os as e um uma do da dos das em no na nos nas com por para que foi é não ao se mais",
  nl: "de het een en van in op te met voor is was door niet zijn dat die aan bij als ook naar",
} as const;

const LANGUAGES_BY_WORD: ReadonlyMap<string, readonly string[]> = indexSmallWords();

function indexSmallWords(): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const [language, words] of Object.entries(SMALL_WORDS))
    for (const word of words.split(" ")) index.set(word, [...(index.get(word) ?? []), language]);
  return index;
}
