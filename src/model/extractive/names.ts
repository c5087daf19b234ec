import { STOP_WORDS } from "../../words.ts";

/** A run of capitalised words: a person, a place, a work, an organisation. */
export interface Name {
  text: string;
  start: number;
  end: number;
}

/** Capitalised spans of running text, left to right. Function words at their borders are left out. */
export function namesOf(text: string): Name[] {
  const names: Name[] = [];
  const tokens = Array.from(text.matchAll(TOKEN), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (let index = 0; index < tokens.length; index++) {
    const first = tokens[index];
    if (first === undefined || !startsName(first.text, tokens[index + 1]?.text) || isFunctionWord(first.text)) continue;
    let last = index;
    for (let next = index + 1; next < tokens.length; next++) {
      const previous = tokens[next - 1];
      const token = tokens[next];
      if (previous === undefined || token === undefined) break;
      const gap = text.slice(previous.end, token.start);
      if (!/^(?:[ ]|[-–]|\. |'s )$/.test(gap)) break;
      if (gap === ". " && previous.text.length > 1 && !TITLE.test(previous.text)) break;
      if (CAPITAL.test(token.text) || /^\d{1,3}$/.test(token.text)) last = next;
      else if (!CONNECTOR.has(token.text) || next - last > 2 || (token.text === "the" && previous.text !== "of")) break;
    }
    const end = tokens[last]?.end ?? first.end;
    index = last;
    const name = text.slice(first.start, end);
    if (!MONTH.test(name) && !(first.start === 0 && OPENING.test(name)))
      names.push({ text: name, start: first.start, end });
  }
  return names;
}

/** A capital, or the year of an event: "2018 Winter Olympics". */
function startsName(token: string, next: string | undefined): boolean {
  return (
    CAPITAL.test(token) || (/^\d{4}$/.test(token) && next !== undefined && CAPITAL.test(next) && !MONTH.test(next))
  );
}

function isFunctionWord(token: string): boolean {
  return STOP_WORDS.has(token.toLowerCase());
}

const TOKEN = /[\p{L}\p{N}\p{M}]+(?:['’](?!s\b)[\p{L}]+)*/gu;
const CAPITAL = /^\p{Lu}/u;
/** What opens a sentence and is no name: "However", "Historically". */
const OPENING =
  /^(?:However|Although|Though|Since|Despite|Today|Later|Many|Several|Some|Another|Other|One|Two|Three|First|Second|Thus|Therefore|Meanwhile|Also|Because|Within|Among|Currently|[A-Z][a-z]+ly)$/;
const MONTH = /^(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d+)?$/;
const TITLE = /^(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Mt|Ft)$/;
/** Words inside a name that are not capitalised. */
const CONNECTOR: ReadonlySet<string> = new Set(
  "of the de von van du da di la le del della der den al el bin ibn y e d".split(" "),
);
