import type { Token } from "./reading.ts";

/** 1 for a rise, −1 for a fall. */
export type Direction = 1 | -1;

/** What the text says of the way: "rose", "fewer than"; null where it says both or neither. */
export function directionOf(text: string, { isStrict }: { isStrict: boolean }): Direction | null {
  const rises = (isStrict ? RISING : MORE).test(text);
  const falls = (isStrict ? FALLING : FEWER).test(text);
  return rises === falls ? null : rises ? 1 : -1;
}

const UP = `rose|risen|ris(?:es?|ing)|gr[eo]w[ns]?|growing|growth|increas[a-z]*|climb(?:ed|s)|jump(?:ed|s)|gain(?:ed|s)?|went up|gestiegen|stieg(?:en)?|legten?(?=[^.;,]* zu(?![a-z]))|zugelegt|gewann(?:en)?|gewonnen|wuchs(?:en)?|gewachsen|zugenommen|aumentó|aumentaron|creció|crecieron|subió|subieron`;
const DOWN = `fell|fall(?:s|en|ing)?|declin[a-z]*|loss(?:es)?|decreas[a-z]*|dropp?(?:ed|s)?|sank|sunk|shr[aiu]nk|slipp?(?:ed|s)|lost|los(?:es?|ing)|went down|gesunken|sank(?:en)?|fiel(?:en)?|gefallen|abgenommen|zurück|verlor(?:en)?|cayó|cayeron|bajó|bajaron|disminuy[a-zó]*`;
const wordOf = (words: string): RegExp => new RegExp(`(?<![a-zß-ɏ])(?:${words})(?![a-zß-ɏ])`, "iu");
const RISING = wordOf(UP);
const FALLING = wordOf(DOWN);
const MORE = wordOf(`${UP}|more|higher|longer|larger|heavier|dearer|faster|further|ahead|up|mehr|más`);
const FEWER = wordOf(`${DOWN}|fewer|less|lower|shorter|smaller|lighter|cheaper|slower|behind|down|weniger|menos`);

/** What is told of a figure: by the words right behind it, those right before it, or those of its clause. */
export function directionAt(text: string, token: Pick<Token, "start" | "end">): Direction | null {
  const clause = tellingClause(text, token);
  const [before, after] = [text.slice(0, token.start).slice(-clause.length), text.slice(token.end)];
  const near = [after.match(TWO_BEHIND)?.[0] ?? "", before.match(THREE_BEFORE)?.[0] ?? "", clause];
  return near.map((words) => directionOf(words, { isStrict: false })).find((one) => one !== null) ?? null;
}

const TWO_BEHIND = /^[ -]?(?:\p{L}+ )?\p{L}+/u;
const THREE_BEFORE = /(?:\p{L}+ ){1,3}\D{0,2}$/u;

/** The clause of a figure; of one that stands alone ("…, about 21%") with the one before it. */
export function tellingClause(text: string, token: Pick<Token, "start" | "end">): string {
  const clause = clauseAround(text, token);
  if ((clause.match(/\p{L}+/gu) ?? []).length > MAX_ALONE) return clause;
  const [before = "", ...more] = text.slice(0, token.start).split(CLAUSE).toReversed();
  return `${more[0] ?? ""},${before}${clause}`;
}

const MAX_ALONE = 3;

/** The words up to the next comma, bracket or joint on either side. */
export function clauseAround(text: string, { start, end }: Pick<Token, "start" | "end">): string {
  const from = Math.max(0, ...[...text.slice(0, start).matchAll(CLAUSE)].map((match) => match.index + match[0].length));
  const to = text.slice(end).search(CLAUSE);
  return text.slice(from, to === -1 ? text.length : end + to);
}

const CLAUSE = /[;:()–—]|,(?!\d)|\.\s|(?<!\p{L})(?:but|yet|while|whereas|aber|während|pero|mientras)(?!\p{L})/giu;
