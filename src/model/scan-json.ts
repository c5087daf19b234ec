/** Looks through one text. All looking together reads each character a bounded number of times. */
export interface Scan {
  readonly text: string;
  /** The first match at or behind `from`. A pattern that was not found once is not searched again. */
  find(pattern: RegExp, from: number): { start: number; end: number } | null;
  /** The end of the object that opens at `start`; the end of the text when it never closes. */
  endOfObject(start: number): number;
}

export function createScan(text: string): Scan {
  const matches = new Map<string, { start: number; end: number } | null>();

  function find(pattern: RegExp, from: number): { start: number; end: number } | null {
    const known = matches.get(pattern.source);
    if (known === null || (known !== undefined && known.start >= from)) return known;
    const sticky = new RegExp(pattern.source, `${pattern.flags.replace("g", "")}g`);
    sticky.lastIndex = from;
    const match = sticky.exec(text);
    const found = match === null ? null : { start: match.index, end: match.index + match[0].length };
    matches.set(pattern.source, found);
    return found;
  }

  return { text, find, endOfObject: (start) => endOfObject(text, start) };
}

function endOfObject(text: string, start: number): number {
  let depth = 0;
  let isInString = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{") depth += 1;
    else if (character === "}" && --depth === 0) return index + 1;
  }
  return text.length;
}
