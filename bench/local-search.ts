/**
 * Local search measured: how fast passages are indexed and found, what memory that takes, and, where questions with known
 * passages are given, how often these are found.
 *
 * node bench/local-search.ts [--data FOLDER]   FOLDER holds {hotpot,musique,2wiki}.jsonl and {…}-corpus.jsonl
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pino from "pino";
import { listCorpusFiles } from "../src/search/corpus-files.ts";
import { cutPassages } from "../src/search/cut-passages.ts";
import { createPassageIndex, type IndexedDocument, type PassageIndex } from "../src/search/passage-index.ts";
import { plainMarkdown } from "../src/search/plain-markdown.ts";
import { sentencesOf } from "../src/words.ts";

export interface LocalSearchBench {
  scales: ScaleResult[];
  /** Null without data. */
  recall: RecallResult[] | null;
}

export interface ScaleResult {
  passages: number;
  buildMs: number;
  passagesPerSecond: number;
  rssDeltaMb: number;
  fileMb: number;
  queryP50Ms: number;
  queryP95Ms: number;
}

export interface RecallResult {
  set: string;
  questions: number;
  /** Mean share of a question's passages among the first 5 and 10 hits, in percent. */
  recallAt5: number;
  recallAt10: number;
}

/** Prints as it goes and resolves to the same figures. */
export async function run(args: string[] = []): Promise<LocalSearchBench> {
  const { values } = parseArgs({ args, options: { data: { type: "string" } } });
  const seeds = values.data === undefined ? packagePassages() : SETS.flatMap((set) => corpusOf(values.data ?? "", set));
  const sentences = seeds.map(({ text }) => sentencesOf(text).map((sentence) => sentence.text));
  const scales: ScaleResult[] = [];
  for (const size of SIZES) scales.push(print(await measureScale(seeds, sentences, size)));
  if (values.data === undefined) return { scales, recall: null };
  const recall: RecallResult[] = [];
  for (const set of SETS) recall.push(print(await measureRecall(values.data, set)));
  return { scales, recall };
}

async function measureScale(seeds: Passage[], sentences: string[][], size: number): Promise<ScaleResult> {
  const folder = mkdtempSync(join(tmpdir(), "local-search-"));
  const file = join(folder, "index.sqlite");
  const index = createPassageIndex({ file, log: pino({ level: "silent" }) });
  try {
    globalThis.gc?.();
    const rssBefore = process.memoryUsage.rss();
    const startedAt = performance.now();
    let rssPeak = rssBefore;
    for (const batch of batchesOf(variantsOf(seeds, sentences, size), BATCH)) {
      await index.upsert(batch);
      rssPeak = Math.max(rssPeak, process.memoryUsage.rss());
    }
    const buildMs = performance.now() - startedAt;
    const times = queryTimes(index, seeds);
    return {
      passages: index.counts().passages,
      buildMs: Math.round(buildMs),
      passagesPerSecond: Math.round((size / buildMs) * 1000),
      rssDeltaMb: megabytes(rssPeak - rssBefore),
      fileMb: megabytes(statSync(file).size),
      queryP50Ms: percentile(times, 0.5),
      queryP95Ms: percentile(times, 0.95),
    };
  } finally {
    index.close();
    rmSync(folder, { recursive: true });
  }
}

async function measureRecall(folder: string, set: string): Promise<RecallResult> {
  const index = createPassageIndex({ file: ":memory:", log: pino({ level: "silent" }) });
  await index.upsert(corpusOf(folder, set).map((passage) => documentOf(passage, passage.id)));
  const questions = readLines<{ question: string; supporting_ids: string[] }>(join(folder, `${set}.jsonl`));
  const found = questions.map(({ question, supporting_ids: gold }) => {
    const urls = index.search(question, 10).map(({ url }) => url);
    const share = (count: number) => gold.filter((id) => urls.slice(0, count).includes(id)).length / gold.length;
    return { at5: share(5), at10: share(10) };
  });
  index.close();
  return {
    set,
    questions: questions.length,
    recallAt5: percent(found.map(({ at5 }) => at5)),
    recallAt10: percent(found.map(({ at10 }) => at10)),
  };
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
  for (const found of listCorpusFiles(join(import.meta.dirname, "..", "node_modules"))) {
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

/** Questions of 8 to 16 words, made of the words of a passage and of its title. */
function queryTimes(index: PassageIndex, seeds: Passage[]): number[] {
  const times: number[] = [];
  for (let number = 0; number < QUERIES; number++) {
    const { title, text } = seeds[(number * 977) % seeds.length] ?? { title: "", text: "" };
    const words = text.split(/\s+/).slice(number % 10, (number % 10) + 8 + (number % 9));
    const startedAt = performance.now();
    index.search(`What does ${title} say about ${words.join(" ")}?`, 10);
    times.push(performance.now() - startedAt);
  }
  return times.sort((left, right) => left - right);
}

function* batchesOf<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function readLines<Row>(path: string): Row[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

function print<Result>(result: Result): Result {
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result;
}

const percentile = (sorted: number[], share: number) => round(sorted[Math.floor(sorted.length * share)] ?? 0);
const percent = (shares: number[]) => round((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length);
const megabytes = (bytes: number) => round(bytes / 1_000_000);
const round = (value: number) => Math.round(value * 10) / 10;

const SETS = ["hotpot", "musique", "2wiki"];
const SIZES = [24_000, 250_000];
const BATCH = 2_000;
const QUERIES = 100;

if (import.meta.main) await run(process.argv.slice(2));
