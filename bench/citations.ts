import { checkAnswer } from "../src/research/citations.ts";
import type { Source } from "../src/types.ts";
import { atMost, type Bench, measured, median } from "./measurement.ts";

const STATEMENTS = 200;
const PAGE_CHARS = 100_000;
const PAGES = 10;

/** The citation check on a long answer: half of its statements verbatim, half put otherwise. */
export async function run(): Promise<Bench> {
  const sources = Array.from({ length: PAGES }, (_, index) => createSource(index + 1));
  const answer = createAnswer(sources);
  const first = timed(() => checkAnswer(answer, sources));
  const times = Array.from({ length: 9 }, () => timed(() => checkAnswer(answer, sources)));
  const what = `${STATEMENTS} statements against ${PAGES} pages of ${PAGE_CHARS} characters`;
  return {
    title: "The citation check",
    measurements: [
      measured(`${what}, first time in the process`, first, "ms"),
      atMost(`${what} (median of 9)`, median(times), 200, "ms"),
    ],
  };
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const PLACES = ["Alder", "Brook", "Cinder", "Dover", "Elm", "Fallow", "Grange", "Hollow", "Ivory", "Juniper"];
const THINGS = ["bridge", "library", "harbour", "museum", "school", "tunnel", "market", "tower", "station", "garden"];
const PEOPLE = ["Mary Holt", "John Pike", "Anna Reed", "Carl Winter", "Dora Lane", "Erik Stone", "Flora Day"];

/** The nth fact of a page: a sentence with names, a year and a figure, each combination once. */
function factOf(page: number, index: number): string {
  const pick = <Item>(list: readonly Item[], salt: number): Item =>
    list[(index * 7 + page * 3 + salt) % list.length] as Item;
  const [place, thing, person] = [pick(PLACES, index >> 3), pick(THINGS, index >> 5), pick(PEOPLE, index)];
  const [year, length] = [1800 + ((index * 13 + page) % 220), 100 + index * 3 + page];
  return `The ${place} ${thing} number ${index} was built in ${year} by ${person}, and it is ${length} metres long.`;
}

function createSource(number: number): Source {
  let text = `# Register ${number}\n`;
  for (let index = 0; text.length < PAGE_CHARS; index += 1)
    text += `${index % 6 === 0 ? "\n\n" : " "}${factOf(number, index)}`;
  text = text.slice(0, PAGE_CHARS);
  return {
    number,
    hops: 0,
    foundBy: "search",
    query: null,
    page: {
      url: `https://example.org/${number}`,
      title: `Register ${number}`,
      publishedAt: null,
      readAt: "2026-01-01T00:00:00Z",
      text,
      links: [],
      anchors: [],
      parts: [{ start: 0, end: text.length, heading: null }],
    },
  };
}

function createAnswer(sources: readonly Source[]): string {
  return Array.from({ length: STATEMENTS }, (_, index) => {
    const number = (index % sources.length) + 1;
    const fact = factOf(number, index * 4);
    const put =
      index % 2 === 0
        ? fact
        : fact.replace(/^The (.+) was built in (\d+) by (.+), and it is/, "In $2 $3 put up the $1, which is");
    return `- ${put.replace(/\.$/, "")} 【${number}】.`;
  }).join("\n");
}
