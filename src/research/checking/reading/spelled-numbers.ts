/** The value of a number in words, a fraction or a multiple ("forty-two", "two thirds", "one in two", "twice"), or null. */
export function spelledNumberOf(written: string): number | null {
  if (/^an?$/.test(written)) return 1;
  if (/^\p{Script=Han}/u.test(written)) return hanNumberOf(written);
  return signedFractionOf(written) ?? mixedNumberOf(written) ?? shareOf(written) ?? wholeOf(written);
}

/** "½", "2½", "3/4", "2 1/2". */
function signedFractionOf(written: string): number | null {
  const { whole, sign, part, parts } = written.match(FRACTION)?.groups ?? {};
  const fraction = sign === undefined ? divide(Number(part), Number(parts)) : (SIGNS[sign] ?? 0);
  return fraction === null || Number.isNaN(fraction) ? null : Number(whole ?? 0) + fraction;
}

const FRACTION = /^(?:(?<whole>\d+)[\s\u00a0-]?)?(?:(?<sign>[½⅓⅔¼¾⅕⅖⅛])|(?<part>\d+)\/(?<parts>\d+))$/u;
const SIGNS: Readonly<Record<string, number>> = {
  "½": 1 / 2,
  "⅓": 1 / 3,
  "⅔": 2 / 3,
  "¼": 1 / 4,
  "¾": 3 / 4,
  "⅕": 1 / 5,
  "⅖": 2 / 5,
  "⅛": 1 / 8,
};

/** "Two and a half", "a year and a half", "zweieinhalb", "año y medio", "deux et demi". */
function mixedNumberOf(written: string): number | null {
  if (written === "anderthalb") return 1.5;
  const { head, part } = written.match(MIXED)?.groups ?? {};
  if (head === undefined) return null;
  // "A million and a half", "hora y media": what is counted stands inside, and it is one.
  const whole = /^(?:an?|une?|una) /.test(head) ? 1 : (valueOfWord(head) ?? wholeOf(head) ?? 1);
  return whole + (part === "quarter" ? 1 / 4 : 1 / 2);
}

const MIXED = /^(?<head>.+?)(?:[\s-]and[\s-]a[\s-](?<part>half|quarter)|einhalb| y medi[oa]| et demie?)$/u;

/** "Two thirds", "one in five", "jeder dritte", "halb so". */
function shareOf(written: string): number | null {
  const words = written
    .replace(/(?: of)? an?$| so$/, "")
    .split(/[\s-]+/)
    .filter((word) => !/^(?:and|et|y|la|partes?)$/.test(word));
  const [first = "", second] = words;
  const last = words.at(-1) ?? "";
  if (words.length > 1 && words.some((word) => /^(?:in|of|cada)$/.test(word)))
    return divide(valueOfWord(first), valueOfWord(last));
  if (EACH.test(first)) return FRACTIONS.get(second ?? "") ?? divide(1, spelledOrdinalOf(second ?? ""));
  const share = FRACTIONS.get(last) ?? FRACTIONS.get(last.replace(/[ns]$/, ""));
  return share === undefined || words.length > 2 ? null : share * (words.length === 1 ? 1 : (valueOfWord(first) ?? 1));
}

// "Every third", "jeder dritte": a third of them.
const EACH = /^(?:every|each|jede[rs]?)$/;

function wholeOf(written: string): number | null {
  const words = written.split(/[\s,-]+/).filter((word) => !/^(?:and|et|y|la|an?)$/.test(word));
  if (/^(?:dozen|dutzend|docena|score)$/.test(words.at(-1) ?? "") && words.length === 2)
    return (words[0] === "half" ? 0.5 : (valueOfWord(words[0] ?? "") ?? 1)) * (words[1] === "score" ? 20 : 12);
  let total = 0;
  let group = 0;
  for (const word of words) {
    const value = valueOfWord(word);
    if (value === null) return null;
    if (value >= 1_000) {
      total += Math.max(group, 1) * value;
      group = 0;
    } else if (value === 100 || (value === 20 && group === 4)) group = Math.max(group, 1) * value;
    else group += value;
  }
  // "One" alone is a pronoun more often than a figure.
  return total + group === 1 ? null : total + group;
}

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
  // "Thirty-third" is a place in a row, "one-third" a share.
  if (ones !== undefined && ORDINALS.has(ones) && (VALUES.get(tens) ?? 0) >= 20)
    return (VALUES.get(tens) ?? Number.NaN) + (ORDINALS.get(ones) ?? 0);
  if (teens !== undefined && (VALUES.get(teens) ?? 0) > 12) return VALUES.get(teens) ?? null;
  return ORDINALS.get(written) ?? ORDINALS.get(written.replace(/[rns]$/, "")) ?? null;
}

function valueOfWord(word: string): number | null {
  if (/^\d+$/.test(word)) return Number(word);
  return VALUES.get(word) ?? (/fold$/.test(word) ? VALUES.get(word.replace(/-?fold$/, "")) : null) ?? germanOf(word);
}

/** "Zweihundertfünfzig", "fünfundzwanzigtausend": the parts of a number in one word. */
function germanOf(word: string): number | null {
  for (const [name, value] of GERMAN_SCALES) {
    const at = word.indexOf(name);
    if (at === -1) continue;
    const [head, rest] = [word.slice(0, at), word.slice(at + name.length).replace(/^und/, "")];
    const [times, more] = [head === "" ? 1 : valueOfWord(head), rest === "" ? 0 : valueOfWord(rest)];
    return times === null || more === null ? null : times * value + more;
  }
  const [, ones = "", tens = ""] = word.match(/^(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(.+)$/) ?? [];
  const [small, large] = [VALUES.get(ones), VALUES.get(tens)];
  if (small !== undefined && large !== undefined) return small + large;
  return /mal$/.test(word) ? (VALUES.get(word.replace(/mal$/, "")) ?? null) : null;
}

const GERMAN_SCALES = [
  ["tausend", 1_000],
  ["hundert", 100],
] as const;

function divide(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

const VALUES: ReadonlyMap<string, number> = list({
  zero: 0,
  "a an ein un": 1,
  "one eins uno una une": 1,
  "two zwei dos deux": 2,
  "three drei tres trois": 3,
  "four vier cuatro quatre": 4,
  "five fünf cinco cinq": 5,
  "six sechs seis": 6,
  "seven sieben siete sept": 7,
  "eight acht ocho huit": 8,
  "nine neun nueve neuf": 9,
  "ten zehn diez dix dizaine": 10,
  "eleven elf once onze": 11,
  "twelve zwölf doce douze dozen dutzend docena douzaine": 12,
  "thirteen dreizehn trece treize": 13,
  "fourteen vierzehn catorce quatorze": 14,
  "fifteen fünfzehn quince quinze quinzaine": 15,
  "sixteen sechzehn dieciséis dieciseis seize": 16,
  "seventeen siebzehn diecisiete": 17,
  "eighteen achtzehn dieciocho": 18,
  "nineteen neunzehn diecinueve": 19,
  "twenty zwanzig veinte vingt vingts vingtaine": 20,
  "veintiuno veintiun": 21,
  veintidós: 22,
  veintitrés: 23,
  veinticuatro: 24,
  veinticinco: 25,
  veintiséis: 26,
  veintisiete: 27,
  veintiocho: 28,
  veintinueve: 29,
  "thirty dreißig treinta trente trentaine": 30,
  "forty vierzig cuarenta quarante quarantaine": 40,
  "fifty fünfzig cincuenta cinquante cinquantaine": 50,
  "sixty sechzig sesenta soixante": 60,
  "seventy siebzig setenta": 70,
  "eighty achtzig ochenta": 80,
  "ninety neunzig noventa": 90,
  "hundred hundert cien ciento cent cents centaine": 100,
  "doscientos doscientas": 200,
  "trescientos trescientas": 300,
  "cuatrocientos cuatrocientas": 400,
  "quinientos quinientas": 500,
  "seiscientos seiscientas": 600,
  "setecientos setecientas": 700,
  "ochocientos ochocientas": 800,
  "novecientos novecientas": 900,
  "thousand tausend mil mille millier": 1_000,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  "twice double doubled doppelt doppelte doble verdoppelt verdoppelte verdoppelten duplicó duplicaron": 2,
  "triple tripled thrice dreifach dreifache verdreifacht verdreifachte verdreifachten triplicó triplicaron": 3,
  "quadruple quadrupled vervierfacht vervierfachte vervierfachten": 4,
});

const FRACTIONS: ReadonlyMap<string, number> = list({
  "half halves halved halb halbe halber halbes halben hälfte halbiert halbierte halbierten": 1 / 2,
  "medio media mitad moitié demi demie": 1 / 2,
  "third thirds drittel tercio tercios tercera terceras tiers": 1 / 3,
  "quarter quarters fourth fourths viertel cuarto cuartos cuarta cuartas quart quarts": 1 / 4,
  "fifth fifths fünftel quinto quintos quinta quintas cinquième cinquièmes": 1 / 5,
  "sixth sixths sechstel sexto sexta sixième sixièmes": 1 / 6,
  "seventh sevenths siebtel": 1 / 7,
  "eighth eighths achtel": 1 / 8,
  "ninth ninths": 1 / 9,
  "tenth tenths zehntel décima dixième dixièmes": 1 / 10,
  "hundredth hundredths": 1 / 100,
});

const ORDINALS: ReadonlyMap<string, number> = list({
  first: 1,
  twentieth: 20,
  "second zweite segundo segunda deuxième": 2,
  "third dritte tercero tercera tercer troisième": 3,
  "fourth vierte cuarto cuarta quatrième": 4,
  "fifth fünfte quinto quinta cinquième": 5,
  "sixth sechste sexto sexta sixième": 6,
  "seventh siebte septième": 7,
  "eighth achte huitième": 8,
  "ninth neunte neuvième": 9,
  "tenth zehnte dixième": 10,
  "eleventh elfte": 11,
  "twelfth zwölfte": 12,
});

function list(values: Readonly<Record<string, number>>): Map<string, number> {
  return new Map(
    Object.entries(values).flatMap(([words, value]) => words.split(" ").map((word) => [word, value] as const)),
  );
}
