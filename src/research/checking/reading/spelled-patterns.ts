/** Finds the numbers in words of a language; English ones where the language has no list. */
export function spelledPattern(language: string): RegExp {
  return PATTERNS.get(language) ?? ENGLISH;
}

// "½", "2½", "3/4", "2 1/2": written alike in all languages.
const SIGNS = String.raw`(?<![\d.,/\u2013-])(?:\d+[\s\u00a0-]?[½⅓⅔¼¾⅕⅖⅛]|[½⅓⅔¼¾⅕⅖⅛]|(?:\d+[\s-])?(?:1/(?:[2-9]|1[0-9]|20)|2/[3579]|3/[4578]|4/5|5/[68]|7/(?:8|10)|9/10))(?![\d/])`;

function patternOf(alternatives: readonly string[]): RegExp {
  // Without the u flag and its \p{L}, which make building it at its first use ten times as long.
  return new RegExp(String.raw`(?<![a-zß-ɏ\d])(?:${[SIGNS, ...alternatives].join("|")})(?![a-zß-ɏ])`, "gi");
}

const ONES = "one|two|three|four|five|six|seven|eight|nine";
const SMALL = `${ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen`;
const TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
const BELOW_HUNDRED = `(?:(?:${TENS})(?:[\\s-](?:${ONES}))?|${SMALL})`;
const SCALE = "hundred|thousand|million|billion|trillion";
const NTHS = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth";
const MEASURES =
  "second|minute|hour|day|week|month|year|decade|century|mile|metre|meter|kilomet(?:re|er)|litre|liter|pound|kilo|ton|tonne|acre|hectare|inch|foot|degree|per ?cent";
const ENGLISH = patternOf([
  "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)",
  String.raw`(?:half|(?:a |three )?quarters? of) an?(?=\s+(?:${MEASURES})\b)`,
  `an? (?:${MEASURES}|million|billion|dozen) and a half`,
  String.raw`(?:${SMALL}|\d+)[\s-]and[\s-]a[\s-](?:half|quarter)`,
  String.raw`(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out of)\s+(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d+)`,
  String.raw`1 in \d{1,3}(?![\d.,:%]|\s(?:seconds|minutes|hours|days|weeks|months|years|per))`,
  String.raw`(?:one|two|three|four|five|six|seven|nine|an?)[\s-](?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?)`,
  String.raw`(?:every|each)\s(?:third|fourth|fifth|tenth)`,
  String.raw`half(?: an?\s+|-)dozen`,
  String.raw`half(?=\s+an?\s+(?:million|billion))`,
  String.raw`an?(?=\s+(?:fortnight|half-century|quarter-century)\b)`,
  String.raw`(?<=\b(?:nearly|almost|about|around|roughly|over|under|than)\s)an?(?=\s+(?:${MEASURES})\b)`,
  String.raw`one\s+[a-z]+\s+in\s+(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d+)(?!\s+(?:seconds|minutes|hours|days|weeks|months|years|games|matches|attempts|seasons))`,
  String.raw`(?:(?:an? |${BELOW_HUNDRED}[\s-])(?:${SCALE})|${SCALE})(?:[\s-](?:${SCALE})|,?\s(?:and\s)?${BELOW_HUNDRED})*`,
  `(?:a|${BELOW_HUNDRED}) dozen|(?:two|three|four|six) score`,
  BELOW_HUNDRED,
  `(?:two|three|four|five|six|seven|eight|ten|twenty|hundred)-?fold`,
  "dozen|half|halves|halved|twice|doubled?|tripled?|quadrupled?|thrice|zero",
  String.raw`(?<!\b(?:one|a|per|each|every|\d)\s)second(?!\s+(?:after|later|before|per))|${NTHS}|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth`,
]);

const EINER = "zwei|drei|vier|fünf|sechs|sieben|acht|neun";
const PARTS_DE = `(?:${EINER}|ein(?=und|hundert|tausend)|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|zehn|elf|zwölf|zwanzig|dreißig|(?:vier|fünf|sech|sieb|acht|neun)zig|und|hundert|tausend)`;
const PARTE = "dos|tres|cuatro|cinco|seis|siete|ocho|nueve";
const NUMERO = `(?:${PARTE}|diez|once|doce|trece|catorce|quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti(?:uno?|dós|trés|cuatro|cinco|séis|siete|ocho|nueve)|(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?: y (?:un[oa]?|${PARTE}))?|cien(?:to)?|(?:dos|tres|cuatro|seis|ocho)cient[oa]s|quinient[oa]s|setecient[oa]s|novecient[oa]s|mil)`;
const DIGIT_FR = "deux|trois|quatre|cinq|six|sept|huit|neuf";
const TEEN_FR = "dix-(?:sept|huit|neuf)|dix|onze|douze|treize|quatorze|quinze|seize";
const NOMBRE = `(?:quatre-vingts?(?:-(?:${TEEN_FR}|un|${DIGIT_FR}))?|soixante(?:-(?:et-)?(?:${TEEN_FR})| et onze)|(?:vingt|trente|quarante|cinquante|soixante)(?:(?: et |-et-|-)(?:un|${DIGIT_FR}))?|${TEEN_FR}|${DIGIT_FR}|cents?(?! (?:euros?|dollars?)\\b)|mille)`;

const PATTERNS: ReadonlyMap<string, RegExp> = new Map([
  [
    "de",
    patternOf([
      "(?:ein|zwei|drei|vier|fünf|sechs)einhalb|anderthalb",
      String.raw`halbe[nrs]?(?=\s+(?:jahr|monat|tag|stunde|minute|meter|kilometer|liter|tonne|million|milliarde)[a-z]*\b)`,
      "jede[rs]? (?:zweite|dritte|vierte|fünfte|zehnte)",
      "(?:(?:eine?[mnrs]?|zwei|drei|vier|fünf) )?(?:drittel|viertel|fünftel|sechstel|siebtel|achtel|zehntel)[ns]?",
      `(?!und|tausende)${PARTS_DE}+`,
      "dutzend|hälfte|halb so(?= \\w)|doppelte?|dreifache|verdoppelte?n?|verdreifachte?n?|vervierfachte?n?|halbierte?n?",
      `(?:${EINER}|zehn)mal(?= so\\b)`,
      "(?:zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt|elft|zwölft)e[rns]?",
    ]),
  ],
  [
    "es",
    patternOf([
      String.raw`medi[oa](?=\s+(?:año|mes|día|hora|minuto|metro|kilómetro|litro|tonelada|siglo|millón)\b)`,
      "(?:una? )?(?:año|hora|millón|mes|día|semana|siglo) y medi[oa]",
      `${NUMERO} y medi[oa]`,
      "(?:un[oa]?|dos|tres) de cada (?:dos|tres|cuatro|cinco|seis|ocho|diez)",
      "(?:dos|tres) (?:tercios|quintos)|un (?:tercio|cuarto|quinto|sexto)|tres cuartos|(?:una|la) (?:tercera|cuarta|quinta|sexta|décima) parte|(?:dos|tres) (?:terceras|cuartas|quintas) partes",
      `${NUMERO}(?: ${NUMERO})*`,
      "docena|mitad|doble|triple|(?:duplicó|duplicaron|triplicó|triplicaron)",
      "segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]",
    ]),
  ],
  [
    "zh",
    /[一二两三四五六七八九十百]+(?=年|个月|个|天|小时|分钟|米|公里|公斤|吨|人|名|座|次|倍|所|家|位|岁|周|届|种|票)/gu,
  ],
  [
    "fr",
    patternOf([
      "demie?(?=[-\\s](?:heure|siècle|douzaine|million)\\b)",
      "(?:une? )?(?:an|année|heure|mois|jour|semaine|siècle|million) et demie?",
      `${NOMBRE} et demie?`,
      "(?:un|deux|trois|quatre) (?:tiers|quarts?|cinquièmes?|sixièmes?|dixièmes?)",
      `${NOMBRE}(?:[\\s-]${NOMBRE})*`,
      "dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine|millier|moitié|double|triple",
      "(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix)ième",
    ]),
  ],
]);
