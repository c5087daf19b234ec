import type { ModelMessage } from "../../ports.ts";
import { remember } from "../../remember.ts";
import type { ReportForm } from "../../types.ts";

/** What the conversation says so far, read back from the messages that the research loop writes. */
export interface View {
  question: string;
  subQuestions: string[];
  /** The conversations of the channel whose talk is to be told, by number; null when the pages are no talk. */
  threads: number[] | null;
  /** Of a talk: passages that were kept of opened conversations, with their numbers. */
  kept: { page: number; text: string }[];
  /** How many points a digest may have. */
  maxPoints: number;
  /** How the answer shall be written. */
  form: ReportForm;
  /** What the run allows in all. */
  ceilings: { searches: number; pages: number };
  /** Queries sent so far, in order. */
  queries: string[];
  /** Pages that a search listed, by number. */
  hits: Map<number, Hit>;
  /** Opened pages, by number, in the order of opening. */
  pages: Map<number, PageView>;
  /** Numbers that were clicked, whatever came of it. */
  clicked: Set<number>;
  /** What the gate said each time it refused `finish`. */
  gateNotes: string[];
  /** The loop said that the budget is nearly used. */
  isBudgetLow: boolean;
  turns: number;
}

export interface Hit {
  number: number;
  title: string;
  snippets: string[];
  /** Query and rank (0 = first) of each search that listed it. */
  found: { query: string; rank: number }[];
}

export interface PageView {
  number: number;
  title: string;
  address: string;
  partCount: number;
  /** Parts that were read, by index; a folded page has only its kept passages. */
  parts: Map<number, PartView>;
  /** Parts that can be clicked: those that match the question, the next and the first one. */
  partLinks: { number: number; part: number; isBest: boolean }[];
}

export interface PartView {
  /** As the page has it: marks are replaced by the words of the link. */
  text: string;
  links: LinkView[];
  /** Only passages are left of it. */
  isKept: boolean;
}

export interface LinkView {
  number: number;
  words: string;
  start: number;
  end: number;
}

/** The conversation, its results taken apart once: every call shows all of them again. */
export type ReadView = (messages: readonly ModelMessage[]) => View;

const MAX_RESULTS = 400;

export function createReadView(): ReadView {
  const parse = remember(parseResult, MAX_RESULTS);
  return (messages) => readView(messages, parse);
}

export function readView(messages: readonly ModelMessage[], parse: (content: string) => Result = parseResult): View {
  const view: View = {
    question: "",
    subQuestions: [],
    threads: null,
    kept: [],
    maxPoints: 7,
    form: "brief",
    ceilings: { searches: 40, pages: 12 },
    queries: [],
    hits: new Map(),
    pages: new Map(),
    clicked: new Set(),
    gateNotes: [],
    isBudgetLow: false,
    turns: 0,
  };
  const queryOf = new Map<string, string>();
  for (const message of messages) {
    if (message.role === "user") readUser(view, message.content);
    else if (message.role === "assistant") readCalls(view, message, queryOf);
    else if (message.role === "tool") addResult(view, parse(message.content), queryOf.get(message.callId) ?? "");
  }
  return view;
}

function readUser(view: View, content: string): void {
  const question = /^Question: ([\s\S]*?)\nToday is /.exec(content);
  if (question !== null) view.question = question[1] ?? "";
  const list = /^Sub-questions:\n((?:\d+\. .+\n)+)/m.exec(content);
  if (list !== null) {
    view.subQuestions = Array.from((list[1] ?? "").matchAll(/^\d+\. (.+)$/gm), ([, text]) => text ?? "");
    const ceilings = /up to (\d+) searches and open up to (\d+) pages/.exec(content);
    if (ceilings !== null) view.ceilings = { searches: Number(ceilings[1]), pages: Number(ceilings[2]) };
  }
  const threads = /^Conversations:\n((?:【.+\n)*)/m.exec(content);
  if (threads !== null)
    view.threads = Array.from((threads[1] ?? "").matchAll(/^【(\d+)†/gm), ([, number]) => Number(number));
  if (content.includes("Write a short digest: at most 3 points")) view.maxPoints = 3;
  if (content.includes("Opened pages with passages")) readKept(view, content);
  const form = /^Now write, without tools\. Write a (report|comparison):/m.exec(content)?.[1];
  if (form !== undefined) view.form = form === "report" ? "report" : "table";
  if (/^Note: \d+% of the /m.test(content)) view.isBudgetLow = true;
  if (content.startsWith("Earlier steps")) {
    for (const [, query] of content.matchAll(/^Search results for "(.*)": /gm)) view.queries.push(query ?? "");
  }
}

function readKept(view: View, content: string): void {
  const list = content.slice(content.indexOf("Opened pages with passages"), content.indexOf("\n\nNow write"));
  for (const [, number, passages = ""] of list.matchAll(/^【(\d+)】 .*\n((?:(?!【\d+】 ).*(?:\n|$))*)/gm))
    view.kept.push({ page: Number(number), text: keptPassages(`\n${passages.trimEnd()}`).text });
}

function readCalls(view: View, message: ModelMessage & { role: "assistant" }, queryOf: Map<string, string>): void {
  view.turns += 1;
  for (const { id, name, arguments: args } of message.toolCalls) {
    const { query, link_id } = (args ?? {}) as { query?: unknown; link_id?: unknown };
    if (name === "search" && typeof query === "string") {
      view.queries.push(query);
      queryOf.set(id, query);
    }
    if (name === "click" && typeof link_id === "number") view.clicked.add(link_id);
  }
}

/** What a tool answered. */
type Result =
  | { kind: "note"; text: string }
  | { kind: "hits"; hits: { number: number; title: string; snippet: string }[] }
  | { kind: "page"; page: Omit<PageView, "parts">; index: number; part: PartView }
  | { kind: "other" };

function parseResult(content: string): Result {
  if (content.startsWith("Not yet:")) return { kind: "note", text: content };
  return content.startsWith("Search results for ") ? parseHits(content) : parsePage(content);
}

function addResult(view: View, result: Result, query: string): void {
  switch (result.kind) {
    case "note":
      view.gateNotes.push(result.text);
      break;
    case "hits":
      for (const [rank, { number, title, snippet }] of result.hits.entries()) {
        const hit = view.hits.get(number) ?? { number, title, snippets: [], found: [] };
        if (snippet !== "" && !hit.snippets.includes(snippet)) hit.snippets.push(snippet);
        hit.found.push({ query, rank });
        view.hits.set(number, hit);
      }
      break;
    case "page":
      addPage(view, result);
      break;
    case "other":
      break;
  }
}

function addPage(view: View, { page: read, index, part }: Result & { kind: "page" }): void {
  const page = view.pages.get(read.number) ?? { ...read, partLinks: [], parts: new Map<number, PartView>() };
  view.pages.set(page.number, page);
  if (!part.isKept || !page.parts.has(index)) page.parts.set(index, part);
  page.partLinks.push(...read.partLinks);
}

function parseHits(content: string): Result {
  const entries = content.split(/\n+(?=【\d+†)/).slice(1);
  const hits = entries.flatMap((entry) => {
    const newline = entry.indexOf("\n");
    const mark = parseMark(newline === -1 ? entry : entry.slice(0, newline));
    if (mark === null) return [];
    const snippet = newline === -1 ? "" : entry.slice(newline + 1).trim();
    return [{ number: mark.number, title: mark.words, snippet }];
  });
  return { kind: "hits", hits };
}

function parseMark(line: string): { number: number; words: string } | null {
  const mark = /^【(\d+)†([^】]*)】/.exec(line);
  if (mark === null) return null;
  const words = mark[2] ?? "";
  const place = words.lastIndexOf("†");
  return { number: Number(mark[1]), words: place > 0 ? words.slice(0, place) : words };
}

const PAGE_HEAD = /(?:^|\n)【(\d+)】 (.*)\naddress: (.*)\ndate: .* · part (\d+) of (\d+)\n([\s\S]*)$/;
const PAGE_BODY = /-----\n([\s\S]*?)\n----- end of page text -----/;

function parsePage(content: string): Result {
  const head = PAGE_HEAD.exec(content);
  if (head === null) return { kind: "other" };
  const [, number = "", title = "", address = "", part = "", count = "", rest = ""] = head;
  const body = PAGE_BODY.exec(rest);
  return {
    kind: "page",
    page: { number: Number(number), title, address, partCount: Number(count), partLinks: partLinksIn(rest) },
    index: Number(part) - 1,
    part: body === null ? keptPassages(rest) : stripMarks(body[1] ?? ""),
  };
}

function partLinksIn(rest: string): PageView["partLinks"] {
  const best = /^parts that match the question: (.*)$/m.exec(rest.slice(0, rest.indexOf("-----")))?.[1] ?? "";
  const links = Array.from(best.matchAll(/【(\d+)†part (\d+)[^】]*】/g), ([, number, part]) => {
    return { number: Number(number), part: Number(part) - 1, isBest: true };
  });
  const others = Array.from(rest.matchAll(/\n【(\d+)†(?:next|first) part, (\d+) of \d+】/g), ([, number, part]) => {
    return { number: Number(number), part: Number(part) - 1, isBest: false };
  });
  return [...links, ...others];
}

function keptPassages(rest: string): PartView {
  const kept = rest.slice(rest.indexOf("\n") + 1).split(/(?:^|\n)- (?=")/);
  const text = kept
    .map((passage) => /^"([\s\S]*)"\s*$/.exec(passage)?.[1] ?? "")
    .filter((passage) => passage !== "")
    .join("\n");
  return { text, links: [], isKept: true };
}

/** Replaces `【23†words†place】` by the words and remembers where they stand. */
function stripMarks(marked: string): PartView {
  const links: LinkView[] = [];
  let text = "";
  let position = 0;
  for (const match of marked.matchAll(/【(\d+)†([^】]*)】/g)) {
    text += marked.slice(position, match.index);
    const words = (match[2] ?? "").split("†")[0] ?? "";
    links.push({ number: Number(match[1]), words, start: text.length, end: text.length + words.length });
    text += words;
    position = match.index + match[0].length;
  }
  return { text: text + marked.slice(position), links, isKept: false };
}
