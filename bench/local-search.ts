import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import pino from "pino";
import { listCorpusFiles } from "../src/search/corpus-files.ts";
import { cutPassages } from "../src/search/cut-passages.ts";
import { createLocalCorpus } from "../src/search/local-corpus.ts";
import { createPassageIndex, type IndexedDocument, type PassageIndex } from "../src/search/passage-index.ts";
import { plainMarkdown } from "../src/search/plain-markdown.ts";
import { sentencesOf } from "../src/words.ts";
import { atLeast, atMost, type Bench, type Measurement, measured } from "./measurement.ts";

/**
 * How fast passages are indexed and found, and what memory that takes: the documentation of the installed packages, then
 * 24,000 and 250,000 passages mixed from it. With `--data FOLDER` (`hotpot`, `musique` and `2wiki`, each as `NAME.jsonl`
 * with questions and `NAME-corpus.jsonl` with passages) they are mixed from those, and it is counted how many of the
 * passages that a question needs are found.
 */
export async function run(options: string[]): Promise<Bench> {
  const { values } = parseArgs({ args: options, options: { data: { type: "string" } } });
  const folder = values.data;
  const seeds = folder === undefined ? packagePassages() : SETS.flatMap(({ set }) => corpusOf(folder, set));
  const sentences = seeds.map(({ text }) => sentencesOf(text).map((sentence) => sentence.text));
  const questions = questionsFor(folder, seeds);
  const measurements = await measurePackages();
  for (const scale of SCALES) {
    const documents = () => variantsOf(seeds, sentences, scale.passages);
    measurements.push(...(await measureScale(documents, questions, scale)));
  }
  if (folder !== undefined) for (const set of SETS) measurements.push(...(await measureRecall(folder, set)));
  return { title: "Local search", measurements };
}

/** The default corpus, first on an empty index and then again with nothing changed. */
async function measurePackages(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), "local-search-"));
  const corpus = createLocalCorpus({
    directories: [PACKAGES],
    indexFile: join(folder, "index.sqlite"),
    maxFileBytes: 20_000_000,
    // A few pages of HTML among hundreds of READMEs; their reader is measured with the pages.
    readText: async () => ({ title: "", text: "" }),
    log: pino({ level: "silent" }),
  });
  const times: number[] = [];
  for (let round = 0; round < 2; round++) {
    const startedAt = performance.now();
    await corpus.refresh();
    times.push(performance.now() - startedAt);
  }
  await corpus.close();
  rmSync(folder, { recursive: true });
  const [first = Number.NaN, again = Number.NaN] = times;
  return [
    atMost("documentation of the installed packages: first indexing", first, 2_000, "ms"),
    atMost("documentation of the installed packages: nothing changed", again, 100, "ms"),
  ];
}

interface Scale {
  passages: number;
  maxSeconds: number;
  maxP95Ms: number;
}

async function measureScale(
  documents: () => Iterable<IndexedDocument>,
  questions: string[],
  scale: Scale,
): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), "local-search-"));
  const bareSeconds = insertBare(join(folder, "bare.sqlite"), documents());
  const file = join(folder, "index.sqlite");
  const index = createPassageIndex({ file, log: pino({ level: "silent" }) });
  const name = `${scale.passages.toLocaleString("en")} passages`;
  try {
    const built = await build(index, documents());
    const times = queryTimes(index, questions);
    return [
      atMost(`${name}: indexing`, built.seconds, scale.maxSeconds, "s"),
      measured(`${name}: the same words in a bare FTS5 table`, bareSeconds, "s"),
      atMost(`${name}: indexing against the bare table`, built.seconds / bareSeconds, MOST_OVER_BARE, "times"),
      atMost(`${name}: memory taken while indexing`, built.memoryMb, 60, "MB"),
      measured(`${name}: file`, statSync(file).size / 1_000_000, "MB"),
      measured(`${name}: median search`, times[Math.floor(times.length * 0.5)] ?? Number.NaN, "ms"),
      atMost(`${name}: 95% of searches`, times[Math.floor(times.length * 0.95)] ?? Number.NaN, scale.maxP95Ms, "ms"),
    ];
  } finally {
    index.close();
    rmSync(folder, { recursive: true });
  }
}

/** What the full-text engine alone takes on this machine: seconds. */
function insertBare(file: string, documents: Iterable<IndexedDocument>): number {
  const database = new DatabaseSync(file);
  database.exec(
    "PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE bare USING fts5 (title, text, tokenize = 'porter unicode61'); BEGIN",
  );
  const insert = database.prepare("INSERT INTO bare VALUES (?, ?)");
  let milliseconds = 0;
  for (const { title, passages } of documents) {
    const startedAt = performance.now();
    for (const { text } of passages) insert.run(title, text);
    milliseconds += performance.now() - startedAt;
  }
  const startedAt = performance.now();
  database.exec("COMMIT");
  database.close();
  return (milliseconds + performance.now() - startedAt) / 1_000;
}

async function build(index: PassageIndex, documents: Iterable<IndexedDocument>) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const notes = { peak: before, makingMs: 0 };
  const startedAt = performance.now();
  await index.upsert(withNotes(documents, notes));
  const tookMs = performance.now() - startedAt - notes.makingMs;
  const peak = Math.max(notes.peak, process.memoryUsage.rss());
  return { seconds: tookMs / 1_000, memoryMb: (peak - before) / 1_000_000 };
}

/** One by one, as the local corpus reads them. Mixing the documents is no part of indexing them. */
function* withNotes(documents: Iterable<IndexedDocument>, notes: { peak: number; makingMs: number }) {
  let count = 0;
  let askedAt = performance.now();
  for (const document of documents) {
    notes.makingMs += performance.now() - askedAt;
    yield document;
    count++;
    if (count % 1_000 === 0) notes.peak = Math.max(notes.peak, process.memoryUsage.rss());
    askedAt = performance.now();
  }
}

interface QuestionSet {
  set: string;
  /** Reached by the same engine without preferring named documents, title weight 2. */
  goal: number;
}

/** Recall at k: the mean share of a question's passages among the first k hits. */
async function measureRecall(folder: string, { set, goal }: QuestionSet): Promise<Measurement[]> {
  const index = createPassageIndex({ file: ":memory:", log: pino({ level: "silent" }) });
  await index.upsert(corpusOf(folder, set).map((passage) => documentOf(passage, passage.id)));
  const questions = readLines<{ question: string; supporting_ids: string[] }>(join(folder, `${set}.jsonl`));
  const found = questions.map(({ question, supporting_ids: gold }) => {
    const urls = index.search(question, 10).map(({ url }) => url);
    return [5, 10].map((count) => gold.filter((id) => urls.slice(0, count).includes(id)).length / gold.length);
  });
  index.close();
  const recall = (at: number) => (100 * found.reduce((sum, shares) => sum + (shares[at] ?? 0), 0)) / found.length;
  const name = `${set}, ${questions.length} questions`;
  return [atLeast(`${name}: recall at 5`, recall(0), goal, "%"), measured(`${name}: recall at 10`, recall(1), "%")];
}

interface Passage {
  id: string;
  title: string;
  text: string;
}

function corpusOf(folder: string, set: string): Passage[] {
  return readLines<Passage>(join(folder, `${set}-corpus.jsonl`));
}

/** The Markdown of the installed packages. */
function packagePassages(): Passage[] {
  const passages: Passage[] = [];
  for (const found of listCorpusFiles(PACKAGES)) {
    if (!("file" in found) || !/\.(?:md|markdown)$/i.test(found.file.path)) continue;
    const { title, text } = plainMarkdown(readFileSync(found.file.path, "utf8"));
    const name = title ?? found.file.owner?.packageName ?? "";
    for (const passage of cutPassages(text, name)) passages.push({ id: "", title: name, text: passage.text });
  }
  return passages;
}

/** First the passages themselves, then mixtures: every second sentence from one passage, the others from another. */
function* variantsOf(seeds: Passage[], sentences: string[][], size: number): Generator<IndexedDocument> {
  for (let number = 0; number < size; number++) {
    const seed = seeds[number % seeds.length];
    if (seed === undefined) return;
    const round = Math.floor(number / seeds.length);
    const own = sentences[number % seeds.length] ?? [];
    const other = sentences[(number * 7 + round * 131) % seeds.length] ?? [];
    const text = round === 0 ? seed.text : own.map((line, at) => (at % 2 ? (other[at] ?? line) : line)).join(" ");
    const title = round === 0 ? seed.title : `${seed.title} (${round})`;
    yield documentOf({ id: "", title, text }, `bench:${number}`);
  }
}

function documentOf({ title, text }: Passage, url: string): IndexedDocument {
  return { url, title, passages: [{ heading: "", text }], fingerprint: "1" };
}

function queryTimes(index: PassageIndex, questions: string[]): number[] {
  const times = questions.map((question) => {
    const startedAt = performance.now();
    index.search(question, 10);
    return performance.now() - startedAt;
  });
  return times.sort((left, right) => left - right);
}

/** Those of the data; without data, made of a passage's title and seven words of its text. */
function questionsFor(folder: string | undefined, seeds: Passage[]): string[] {
  if (folder !== undefined) {
    const all = SETS.flatMap(({ set }) => readLines<{ question: string }>(join(folder, `${set}.jsonl`)));
    return all.filter((_, number) => number % Math.ceil(all.length / QUERIES) === 0).map(({ question }) => question);
  }
  return Array.from({ length: QUERIES }, (_, number) => {
    const { title, text } = seeds[(number * 977) % seeds.length] ?? { title: "", text: "" };
    const words = text.split(/\s+/).slice(number % 10, (number % 10) + 7);
    return `What does ${title} say about ${words.join(" ")}?`;
  });
}

function readLines<Row>(path: string): Row[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

const PACKAGES = join(import.meta.dirname, "..", "node_modules");
const SETS: QuestionSet[] = [
  { set: "hotpot", goal: 76.8 },
  { set: "musique", goal: 50.5 },
  { set: "2wiki", goal: 68.6 },
];
const SCALES: Scale[] = [
  { passages: 24_000, maxSeconds: 2, maxP95Ms: 20 },
  { passages: 250_000, maxSeconds: 15, maxP95Ms: 100 },
];
const QUERIES = 100;
// 15 s were asked for where the bare table took 6.9 s.
const MOST_OVER_BARE = 2.2;
