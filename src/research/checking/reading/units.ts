/** Units of measure as reports write them: one meaning for each spelling, with the factor to the dimension's base unit. */
export interface Unit {
  /** What is measured; figures of different dimensions are never compared. */
  dimension: string;
  /** How many base units it is; the base is the entry with factor 1. */
  factor: number;
  /** Added before the factor: 0 °C is 32 °F. */
  offset?: number;
}

/** The unit a word or sign stands for, or null. Case matters where it changes the meaning (Mbit/s and MB/s). */
export function unitOf(written: string): Unit | null {
  return UNITS.get(written) ?? UNITS.get(written.toLowerCase()) ?? null;
}

/** Spellings with a factor each, grouped by dimension. Factors: SI brochure, 9th edition, and NIST SP 811 for others. */
const TABLE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  length: {
    "mm millimetre millimetres millimeter millimeters millimetern milímetro milímetros millimètre millimètres 毫米": 0.001,
    "cm centimetre centimetres centimeter centimeters zentimeter zentimetern centímetro centímetros centimètre centimètres 厘米": 0.01,
    "m metre metres meter meters metern metro metros mètre mètres 米 公尺": 1,
    "km kilometre kilometres kilometer kilometers kilometern kilómetro kilómetros kilomètre kilomètres 公里 千米": 1_000,
    "inch inches zoll": 0.0254,
    "ft foot feet fuß pies": 0.3048,
    "yd yard yards": 0.9144,
    "mi mile miles meile meilen milla millas 英里": 1_609.344,
    "nmi nautical_mile nautical_miles seemeile seemeilen milla_náutica millas_náuticas": 1_852,
  },
  area: {
    "m² m2 sqm quadratmeter quadratmetern 平方米": 1,
    "km² km2 quadratkilometer quadratkilometern 平方公里": 1e6,
    "ha hectare hectares hektar hektare hectárea hectáreas 公顷": 1e4,
    "acre acres": 4_046.8564,
    "mi²": 2_589_988.11,
    "ft²": 0.092903,
  },
  volume: {
    "ml millilitre millilitres milliliter milliliters": 0.001,
    "l litre litres liter liters litern litro litros 升": 1,
    "m³ m3 kubikmeter kubikmetern 立方米": 1_000,
    "km³": 1e12,
    "gallon gallons galón galones": 3.785411784,
    "barrel barrels bbl": 158.987295,
  },
  mass: {
    "mg milligram milligrams milligramm miligramos milligrammes 毫克": 1e-6,
    "g gram grams gramm gramme grammes gramo gramos 克": 0.001,
    "kg kilogram kilograms kilo kilos kilogramm kilogramo kilogramos kilogramme kilogrammes 公斤 千克": 1,
    "t tonne tonnes tonnen tonelada toneladas 吨": 1_000,
    "ton tons": 1_000,
    "lb lbs pound_weight": 0.45359237,
    "oz ounce ounces": 0.028349523,
  },
  time: {
    "ns nanosecond nanoseconds": 1e-9,
    "µs μs us microsecond microseconds": 1e-6,
    "ms millisecond milliseconds millisekunde millisekunden milisegundos 毫秒": 1e-3,
    "s sec secs second seconds sekunde sekunden segundo segundos secondes 秒": 1,
    "min mins minute minutes minuten minuto minutos 分钟": 60,
    "h hr hrs hour hours stunde stunden hora horas heure heures 小时": 3_600,
    "day days tag tage tagen día días jour jours 天": 86_400,
    "week weeks woche wochen semana semanas semaine semaines 周": 604_800,
    "fortnight fortnights": 1_209_600,
    "month months monat monate monaten mes meses mois 个月": 2_629_800,
    "half-century": 1_577_880_000,
    "quarter-century vierteljahrhundert": 788_940_000,
    viertelstunde: 900,
    dreiviertelstunde: 2_700,
    "year years yr yrs jahr jahre jahren año años ans année années 年": 31_557_600,
    "decade decades jahrzehnt jahrzehnte jahrzehnten década décadas décennie décennies": 315_576_000,
    "century centuries jahrhundert jahrhunderte jahrhunderten siglo siglos siècle siècles": 3_155_760_000,
  },
  ratio: { "% percent per_cent prozent por_ciento pourcent ％": 0.01, "‰ permille promille": 0.001 },
  points: {
    "percentage_point percentage_points prozentpunkt prozentpunkte prozentpunkten puntos_porcentuales 个百分点": 1,
    "basis_point basis_points basispunkt basispunkte": 0.01,
  },
  data: {
    "bit bits": 1,
    "kbit kilobit kilobits": 1e3,
    "Mbit mbit megabit megabits": 1e6,
    "Gbit gbit gigabit gigabits": 1e9,
    "byte bytes B": 8,
    "KB kB kb kilobyte kilobytes": 8e3,
    "MB mb megabyte megabytes": 8e6,
    "GB gb gigabyte gigabytes": 8e9,
    "TB tb terabyte terabytes": 8e12,
    "PB petabyte petabytes": 8e15,
    "KiB kibibyte kibibytes": 8_192,
    "MiB mebibyte mebibytes": 8_388_608,
    "GiB gibibyte gibibytes": 8_589_934_592,
  },
  rate: {
    "bit/s bps": 1,
    "kbit/s kbps": 1e3,
    "Mbit/s Mbps mbps Mb/s": 1e6,
    "Gbit/s Gbps gbps Gb/s": 1e9,
    "B/s": 8,
    "kB/s KB/s": 8e3,
    "MB/s MBps": 8e6,
    "GB/s GBps": 8e9,
  },
  speed: { "m/s": 1, "km/h kmh kph": 0.277778, mph: 0.44704, "knots kn": 0.514444 },
  current: { "mA milliamp milliamps milliampere": 0.001, "A amp amps ampere amperes": 1 },
  voltage: { "mV millivolt millivolts": 0.001, "V volt volts": 1, "kV kilovolt kilovolts": 1_000 },
  power: {
    mW: 0.001,
    "W watt watts vatios": 1,
    "kW kilowatt kilowatts kilovatios": 1e3,
    "MW megawatt megawatts mégawatt mégawatts megavatios": 1e6,
    "GW gigawatt gigawatts gigavatios": 1e9,
    "hp horsepower": 745.7,
  },
  energy: {
    "J joule joules": 1,
    kJ: 1e3,
    Wh: 3_600,
    "kWh kilowatt-hour kilowatt-hours": 3.6e6,
    MWh: 3.6e9,
    GWh: 3.6e12,
    TWh: 3.6e15,
    kcal: 4_184,
  },
  frequency: { "Hz hertz": 1, "kHz kilohertz": 1e3, "MHz megahertz": 1e6, "GHz gigahertz": 1e9 },
  temperature: {
    "°C ℃ celsius centigrade degrees_celsius grad_celsius 摄氏度": 1,
    "°F ℉ fahrenheit degrees_fahrenheit": 5 / 9,
    kelvin: 1,
  },
  angle: { "° degree degrees grad grados degrés": 1 },
  resistance: { "Ω ohm ohms": 1, "kΩ kilohm": 1e3 },
  pressure: { "Pa pascal": 1, hPa: 100, kPa: 1e3, bar: 1e5, psi: 6_894.757 },
  concentration: { "mmol/l": 1, "mol/l": 1e3, "mg/l": 1, "µg/l": 0.001 },
  eur: { "€ eur euro euros 欧元": 1 },
  usd: { "$ usd us$ dollar dollars dólar dólares 美元": 1 },
  cent: { "cent cents céntimos ¢": 0.01 },
  gbp: { "£ gbp pound pounds sterling pfund libras livres 英镑": 1, pence: 0.01 },
  jpy: { "¥ jpy yen 日元": 1 },
  cny: { "cny rmb yuan 元 人民币 元人民币": 1 },
  chf: { "chf franken": 1 },
  inr: { "₹ inr rupee rupees": 1 },
  krw: { "₩ krw won": 1 },
  rub: { "₽ rub rouble roubles ruble rubles": 1 },
  peso: { "peso pesos": 1 },
  // Old money: each word its own, since "crowns" are never "marks".
  crown: { "crown crowns": 1 },
  mark: { "mark marks": 1 },
  ducat: { "ducat ducats dukaten": 1 },
  florin: { "florin florins": 1 },
  guilder: { "guilder guilders gulden": 1 },
  taler: { "thaler thalers taler": 1 },
  franc: { "franc francs francos": 1 },
  lira: { "lira lire liras": 1 },
  shilling: { "shilling shillings schilling": 1 },
  peseta: { "peseta pesetas": 1 },
  real: { "reales reais": 1 },
  krona: { "kr sek nok dkk krona kronor krone kroner": 1 },
};

// Scales of temperature begin at different points.
const OFFSETS: Readonly<Record<string, number>> = { "°F ℉ fahrenheit degrees_fahrenheit": -32, kelvin: -273.15 };

const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries(TABLE).flatMap(([dimension, spellings]) =>
    Object.entries(spellings).flatMap(([words, factor]) =>
      words.split(" ").map((word) => {
        const offset = OFFSETS[words];
        return [
          word.replaceAll("_", " "),
          offset === undefined ? { dimension, factor } : { dimension, factor, offset },
        ] as const;
      }),
    ),
  ),
);
