/** How a release is written: "1.2.9", "3.4.5-alpha.9"; of "18.x" the open part is no name. */
const RELEASE =
  /^\d+(?:\.\d+){2,}(?:-(?:[a-z]+\.?\d+|[a-z]*\d+|alpha|beta|rc|pre|dev|next|canary)(?:\.\d+)*)?(?![\p{L}\d])/iu;
const OPEN = /^\d+(?:\.\d+)?(?:\.[x*])+(?![\p{L}\d])/iu;

// "1.234.567" is a large number where points part the thousands.
const THOUSANDS = /^\d{1,3}(?:\.\d{3})+$/;

export interface Version {
  length: number;
  /** Told apart from every other one; null for "18.x", which counts as 18. */
  reading: number | null;
}

/** The version that begins with these digits of the text. */
export function versionAt(text: string, at: number, digits: string): Version | null {
  if (!MAY_BE_VERSION.test(digits) && text[at + digits.length] !== ".") return null;
  const rest = text.slice(at, at + MAX_CHARS);
  const open = rest.match(OPEN)?.[0];
  if (open !== undefined) return { length: open.length, reading: null };
  const written = rest.match(RELEASE)?.[0];
  return written === undefined || THOUSANDS.test(digits)
    ? null
    : { length: written.length, reading: numberOf(written) };
}

const MAY_BE_VERSION = /^\d+\.\d+\./;
const MAX_CHARS = 40;

// Small enough for two neighbours to be told apart by what rounding allows.
const MODULUS = 8_388_593;

function numberOf(written: string): number {
  let value = 1;
  for (const char of written.toLowerCase()) value = (value * 131 + (char.codePointAt(0) ?? 0)) % MODULUS;
  return value;
}
