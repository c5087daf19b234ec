import { readFileSync } from "node:fs";
import { pino } from "pino";
import type { OpenPage, SearchBackend } from "../src/ports.ts";
import { createPassageIndex } from "../src/search/passage-index.ts";
import type { Page } from "../src/types.ts";

interface Row {
  id: string;
  title: string;
  text: string;
}

/** The passages of a set as a corpus: each one a page of its own, mentions of other titles are its links. */
export interface Corpus {
  search: SearchBackend;
  openPage: OpenPage;
  idOf(url: string): string;
  row(id: string): Row | null;
  close(): void;
}

const BASE = "file:///corpus/";

export async function openCorpus(file: string): Promise<Corpus> {
  const rows = new Map<string, Row>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const row: Row = JSON.parse(line);
    rows.set(row.id, row);
  }
  const index = createPassageIndex({ file: ":memory:", log: pino({ level: "silent" }) });
  const documents = Array.from(rows.values(), ({ id, title, text }) => {
    return { url: BASE + id, title, passages: [{ heading: "", text }], fingerprint: id };
  });
  await index.upsert(documents);

  const idOf = (url: string) => url.slice(BASE.length);
  return {
    idOf,
    row: (id) => rows.get(id) ?? null,
    search: { name: "corpus", search: async (query, { limit }) => index.search(query, limit) },
    openPage: async (url): Promise<Page> => {
      const row = rows.get(idOf(url));
      if (row === undefined) throw new Error(`There is no passage ${url}.`);
      const { title, text } = row;
      const links = index.linkMentions(text, url);
      const parts = [{ start: 0, end: text.length, heading: null }];
      return { url, title, publishedAt: null, readAt: new Date().toISOString(), text, links, anchors: [], parts };
    },
    close: () => index.close(),
  };
}
