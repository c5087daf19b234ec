/**
 * Bytes to text. What the bytes themselves show (byte order mark, valid UTF-8) is believed before what is declared,
 * since servers name a charset by habit; a wrong or unknown charset gives some wrong letters, never an error.
 *
 * @param declared charset parameter of the answer, else what the page says about itself (`charsetInMarkup`)
 */
export function decodeText(bytes: Uint8Array, declared: string | null): string {
  const visible = encodingInBytes(bytes);
  if (visible !== null) return decode(visible, bytes);
  const encoding = declared === null ? null : encodingNamed(declared);
  const utf8 = decodeStrictly(bytes);
  if (encoding === null || encoding === "utf-8") return utf8 ?? decodeUndeclared(bytes);
  // A text with accents that happens to be valid UTF-8 is UTF-8: in a one-byte charset it would be garbage.
  if (utf8 !== null && SINGLE_BYTE.test(encoding)) return utf8;
  const text = decode(encoding, bytes);
  return utf8 !== null && text.includes(REPLACEMENT) ? utf8 : text;
}

/** The charset that a page names in its first 2 KiB, in a `<meta>` or an XML declaration. */
export function charsetInMarkup(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(0, 2048));
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? charsetInXml(head);
}

/** One character for each byte: for looking at what is there before the charset is known. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function charsetInXml(head: string): string | null {
  return /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ?? null;
}

/** By the byte order mark or, in UTF-16 without one, by the zero bytes of its Latin letters. */
function encodingInBytes(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const pairs = Math.min(bytes.length, 512) >> 1;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs * 2; index++) if (bytes[index] === 0) index % 2 === 0 ? even++ : odd++;
  if (odd > pairs * 0.4 && even === 0) return "utf-16le";
  return even > pairs * 0.4 && odd === 0 ? "utf-16be" : null;
}

function encodingNamed(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    // RangeError: a name that the Encoding standard does not know says nothing about the bytes.
    return null;
  }
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** Null when the bytes are no UTF-8; an end in the middle of a character is forgiven, since texts may be cut. */
function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    // TypeError: that is the answer that was asked for.
    return null;
  }
}

/** Broken UTF-8 if most of its longer characters are whole, else what browsers assume in the west. */
function decodeUndeclared(bytes: Uint8Array): string {
  const text = decode("utf-8", bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return broken > whole ? decode("windows-1252", bytes) : text;
}

const REPLACEMENT = "\ufffd";
const SINGLE_BYTE = /^(?:windows-125|iso-8859-|koi8-|macintosh|x-mac-|ibm866)/;
