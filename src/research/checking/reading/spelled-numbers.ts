/** The value of a number in words, a fraction or a multiple ("forty-two", "two thirds", "one in two", "twice"), or null. */
export function spelledNumberOf(written: string): number | null {
  if (/^an?$/.test(written)) return 1;
  if (/^\p{Script=Han}/u.test(written)) return hanNumberOf(written);
  if (/^an? \p{L}+ and a half$/u.test(written)) return 1.5;
  const half = written.match(/^(.+) and a half$/)?.[1] ?? written.match(/^(.+)einhalb$/u)?.[1];
  if (half !== undefined) return (valueOfWord(half) ?? Number.NaN) + 0.5;
  if (written === "anderthalb") return 1.5;
  const words = written
    .replace(/(?: of)? an?$/, "")
    .split(/[\s-]+/)
    .filter((word) => !/^(?:and|et|y|la|partes?)$/.test(word));
  const [first = "", second] = words;
  if (/^(?:dozen|dutzend|docena)$/.test(words.at(-1) ?? "") && words.length === 2)
    return first === "half" ? 6 : (valueOfWord(first) ?? 1) * 12;
  if (words.includes("in") || words.includes("of") || words.includes("cada"))
    return divide(valueOfWord(first), valueOfWord(words.at(-1) ?? ""));
  if (EACH.test(first)) return FRACTIONS.get(second ?? "") ?? divide(1, spelledOrdinalOf(second ?? ""));
  const last = words.at(-1) ?? "";
  const share = FRACTIONS.get(last) ?? FRACTIONS.get(last.replace(/[ns]$/, ""));
  if (share !== undefined && words.length <= 2) return share * (second === undefined ? 1 : (valueOfWord(first) ?? 1));
  let total = 0;
  let group = 0;
  for (const word of words) {
    const value = valueOfWord(word);
    if (value === null) return null;
    if (value >= 1_000) {
      total += Math.max(group, 1) * value;
      group = 0;
    } else if (value === 100) group = Math.max(group, 1) * 100;
    else group += value;
  }
  // "One" alone is a pronoun more often than a figure.
  return total + group <= 1 ? null : total + group;
}

// "Every third", "jeder dritte": a third of them.
const EACH = /^(?:every|each|jede[rs]?)$/;

/** "二十五" as 25. */
function hanNumberOf(written: string): number | null {
  let [total, digit] = [0, 0];
  for (const sign of written) {
    const place = sign === "十" ? 10 : sign === "百" ? 100 : null;
    const value = "零一二三四五六七八九".indexOf(sign === "两" ? "二" : sign);
    if (place !== null) [total, digit] = [total + (digit === 0 ? 1 : digit) * place, 0];
    else if (value >= 0) digit = value;
    else return null;
  }
  return total + digit <= 1 ? null : total + digit;
}

/** 3 for "third"; null for what is not an ordinal. "First" is left out: it is a claim of priority, not a figure. */
export function spelledOrdinalOf(written: string): number | null {
  const teens = written.match(/^(.+?)(?:th|ten?|sten?)$/u)?.[1];
  const [tens = "", ones] = written.split("-");
  if (ones !== undefined && ORDINALS.has(ones)) return (VALUES.get(tens) ?? Number.NaN) + (ORDINALS.get(ones) ?? 0);
  if (teens !== undefined && (VALUES.get(teens) ?? 0) > 12) return VALUES.get(teens) ?? null;
  return ORDINALS.get(written) ?? ORDINALS.get(written.replace(/[rns]$/, "")) ?? null;
}

function valueOfWord(word: string): number | null {
  if (/^\d+$/.test(word)) return Number(word);
  const direct = VALUES.get(word);
  if (direct !== undefined) return direct;
  const german = word.match(/^(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(.+)$/);
  if (german?.[1] !== undefined) return (VALUES.get(german[1]) ?? 0) + (VALUES.get(german[2] ?? "") ?? 0);
  const hundreds = word.match(/^(zwei|drei|vier|fünf|sechs|sieben|acht|neun)(hundert|tausend)$/);
  if (hundreds?.[1] !== undefined) return (VALUES.get(hundreds[1]) ?? 0) * (VALUES.get(hundreds[2] ?? "") ?? 0);
  return null;
}

function divide(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

const VALUES: ReadonlyMap<string, number> = list({
  "a an ein un": 1,
  "one eins uno une": 1,
  "two zwei dos deux": 2,
  "three drei tres trois": 3,
  "four vier cuatro quatre": 4,
  "five fünf cinco cinq": 5,
  "six sechs seis": 6,
  "seven sieben siete sept": 7,
  "eight acht ocho huit": 8,
  "nine neun nueve neuf": 9,
  "ten zehn diez dix": 10,
  "eleven elf once onze": 11,
  "twelve zwölf doce douze dozen dutzend docena": 12,
  "thirteen dreizehn trece treize": 13,
  "fourteen vierzehn catorce quatorze": 14,
  "fifteen fünfzehn quince quinze": 15,
  "sixteen sechzehn dieciséis seize": 16,
  "seventeen siebzehn diecisiete": 17,
  "eighteen achtzehn dieciocho": 18,
  "nineteen neunzehn diecinueve": 19,
  "twenty zwanzig veinte vingt": 20,
  "veintiuno veintiun": 21,
  veintidós: 22,
  veintitrés: 23,
  veinticuatro: 24,
  veinticinco: 25,
  veintiséis: 26,
  veintisiete: 27,
  veintiocho: 28,
  veintinueve: 29,
  "thirty dreißig treinta trente": 30,
  "forty vierzig cuarenta quarante": 40,
  "fifty fünfzig cincuenta cinquante": 50,
  "sixty sechzig sesenta soixante": 60,
  "seventy siebzig setenta": 70,
  "eighty achtzig ochenta": 80,
  "ninety neunzig noventa": 90,
  "hundred hundert cien cent": 100,
  "thousand tausend mil mille": 1_000,
  million: 1e6,
  billion: 1e9,
  "twice double doubled doppelt doppelte doble": 2,
  "triple tripled thrice dreifach dreifache": 3,
  "quadruple quadrupled": 4,
});

const FRACTIONS: ReadonlyMap<string, number> = list({
  "half halves halbe halber halbes halben hälfte medio media mitad moitié": 1 / 2,
  "third thirds drittel tercio tercios tercera terceras tiers": 1 / 3,
  "quarter quarters fourth fourths viertel cuarto cuartos cuarta cuartas quart quarts": 1 / 4,
  "fifth fifths fünftel quinto quintos quinta quintas": 1 / 5,
  "sixth sixths": 1 / 6,
  "eighth eighths": 1 / 8,
  "tenth tenths zehntel décima": 1 / 10,
});

const ORDINALS: ReadonlyMap<string, number> = list({
  first: 1,
  twentieth: 20,
  "second zweite segundo segunda": 2,
  "third dritte tercero tercera tercer": 3,
  "fourth vierte cuarto cuarta": 4,
  "fifth fünfte quinto quinta": 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
});

function list(values: Readonly<Record<string, number>>): Map<string, number> {
  return new Map(
    Object.entries(values).flatMap(([words, value]) => words.split(" ").map((word) => [word, value] as const)),
  );
}

/** Finds the numbers in words of a language; English ones where the language has no list. */
export function spelledPattern(language: string): RegExp {
  return PATTERNS.get(language) ?? ENGLISH;
}

const WORDS_EN =
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion";
const MEASURES =
  "second|minute|hour|day|week|month|year|decade|century|mile|metre|meter|kilomet(?:re|er)|litre|liter|pound|kilo|ton|tonne|acre|hectare|inch|foot|degree|per ?cent";
const ENGLISH = patternOf([
  "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)",
  String.raw`(?:half|(?:a |three )?quarters? of) an?(?=\s+(?:${MEASURES})\b)`,
  `an? (?:${MEASURES}) and a half`,
  String.raw`(?:${WORDS_EN}|\d+) and a half`,
  String.raw`(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out of)\s+(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d+)`,
  String.raw`(?:one|two|three|four|five|seven|nine|an?)[\s-](?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)`,
  String.raw`(?:every|each)\s(?:third|fourth|fifth|tenth)`,
  String.raw`half an?\s+(?:dozen|million|billion)`,
  String.raw`an?(?=\s+fortnight\b)`,
  String.raw`(?<=\b(?:nearly|almost|about|around|roughly|over|under|than)\s)an?(?=\s+(?:${MEASURES})\b)`,
  String.raw`one\s+[a-z]+\s+in\s+(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d+)(?!\s+(?:seconds|minutes|hours|days|weeks|months|years|games|matches|attempts|seasons))`,
  String.raw`(?:a (?:hundred|thousand|million|dozen)|${WORDS_EN})(?:(?:[\s-]|\sand\s)(?:${WORDS_EN}))*(?:\sdozen)?`,
  "dozen|half|halves|twice|doubled?|tripled?|quadrupled?|thrice",
  String.raw`(?<!\b(?:one|a|per|each|every|\d)\s)second(?!\s+(?:after|later|before|per))|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth`,
]);
const PATTERNS: ReadonlyMap<string, RegExp> = new Map([
  [
    "de",
    patternOf([
      "(?:ein|zwei|drei|vier|fünf|sechs)einhalb|anderthalb",
      String.raw`halbe[nrs]?(?=\s+(?:jahr|monat|tag|stunde|minute|meter|kilometer|liter|tonne)[a-z]*\b)`,
      "jede[rs]? (?:zweite|dritte|vierte|fünfte|zehnte)",
      "(?:(?:ein|zwei|drei|vier|fünf) )?(?:drittel|viertel|fünftel|zehntel)[ns]?",
      "(?:drei|vier|fünf|sech|sieb|acht|neun)zehn",
      "(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)",
      "(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun)?(?:hundert|tausend)",
      "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzend|hälfte|doppelte?|dreifache",
      "(?:zweite|dritte|vierte|fünfte)[rns]?",
    ]),
  ],
  [
    "es",
    patternOf([
      String.raw`medi[oa](?=\s+(?:año|mes|día|hora|minuto|metro|kilómetro|litro|tonelada|siglo)\b)`,
      "(?:un[oa]?|dos|tres) de cada (?:dos|tres|cuatro|cinco|seis|ocho|diez)",
      "(?:dos|tres) (?:tercios|quintos)|un (?:tercio|cuarto|quinto)|tres cuartos|(?:una|la) (?:tercera|cuarta|quinta|décima) parte|(?:dos|tres) (?:terceras|cuartas|quintas) partes",
      "veinti(?:uno?|dós|trés|cuatro|cinco|séis|siete|ocho|nueve)",
      "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve",
      "veinte|(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?: y (?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?|cien|mil|docena|mitad|doble|triple",
      "segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]",
    ]),
  ],
  [
    "zh",
    /[一二两三四五六七八九十百]+(?=年|个月|个|天|小时|分钟|米|公里|公斤|吨|人|名|座|次|倍|所|家|位|岁|周|届|种|票)/gu,
  ],
  [
    "fr",
    patternOf([
      "(?:un|deux|trois) (?:tiers|quarts?)",
      "deux|trois|quatre|cinq|six|sept|huit|neuf|dix-sept|dix-huit|dix-neuf|dix|onze|douze|treize|quatorze|quinze|seize|(?:vingt|trente|quarante|cinquante|soixante)(?:(?: et |-et-|-)(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|cent|mille|moitié|double|triple",
    ]),
  ],
]);

function patternOf(alternatives: readonly string[]): RegExp {
  // Without the u flag and its \p{L}, which make building it at its first use ten times as long.
  return new RegExp(String.raw`(?<![a-zß-ɏ\d])(?:${alternatives.join("|")})(?![a-zß-ɏ])`, "gi");
}
