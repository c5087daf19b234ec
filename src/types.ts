/** The nouns of the house. Imports nothing; times are ISO 8601 UTC strings, `null` = known to be absent. */

export type Depth = "quick" | "standard" | "deep";
/** What people may ask for. */
export type AnswerForm = "brief" | "report" | "table";
/** Digests are 3 to 7 points; a short one has 3 at most, one sentence each. */
export type ReportForm = AnswerForm | "digest" | "short-digest";

/** Where a conversation lives. `threadId` is null when the place has no threads or none was opened yet. */
export interface ThreadRef {
  platform: string;
  workspaceId: string;
  channelId: string;
  threadId: string | null;
}

export interface MessageRef {
  thread: ThreadRef;
  messageId: string;
}

/** One question as it enters the core. Nothing of the surrounding conversation is in it. */
export interface ResearchRequest {
  /** Stands alone: a question from a thread was condensed before it came here. */
  question: string;
  depth: Depth;
  form: ReportForm;
  /** BCP 47 tag of the report's language, or null for the language of the question. */
  language: string | null;
  /** Platform-qualified id of the person who asked. */
  asker: string;
  thread: ThreadRef;
  requestedAt: string;
  /** The parts of the question where they are known beforehand: then no model is asked for a plan. */
  subQuestions?: readonly string[];
  /**
   * Not the web is asked but the talk of the channel in `thread`, as far as it is newer than `since`; `beside` is what the
   * web is asked as well.
   */
  talk?: { since: string; researchesOpenQuestions?: boolean; beside?: string };
  /** Only what was published since then, where that is known. */
  since?: string;
  /** Nobody asked this: it was due. */
  digest?: DigestTask;
  /** What it has to be understood by: what was said and answered in its thread, or one answer alone. */
  follows?: Follows;
  /** Begins only when that run is at its end. */
  after?: string;
  /** Domains that are neither searched nor opened, beside those of the configuration. */
  blockedSites?: readonly string[];
  /** Hashes of words of the surrounding talk that must not leave in a query; see `research/withheld.ts`. */
  withheld?: readonly string[];
}

/** A question as it was asked: what is null here is filled in by the settings of person, channel and workspace. */
export type AskedRequest = Omit<ResearchRequest, "depth" | "form"> & { depth: Depth | null; form: ReportForm | null };

/** Whose a setting is. */
export type SettingScope = "person" | "channel" | "workspace";

/** What somebody wants to be set; a value of null takes the setting back. */
export interface SettingChange {
  scope: SettingScope;
  name: string;
  value: string | null;
}

/** A time at which a digest was due, as its run knows it. */
export interface DigestTask {
  digestId: string;
  /** "pg-boss and its releases": what the digest tells about. */
  title: string;
  dueAt: string;
  /** It was told long after it was due. */
  isLate: boolean;
  /** It tells what is newer than that. */
  since: string;
  whenNothingNew: WhenNothingNew;
  /** US dollars that this run may cost, or null for what every run may. */
  maxCostUsd: number | null;
  /** Shown to its asker alone; nothing of it counts as told. */
  isPreview?: boolean;
}

export type WhenNothingNew = "silent" | "line";

/** What a channel wants to be told on a timetable. */
export interface Digest {
  id: string;
  /** The channel; `threadId` is always null. */
  place: ThreadRef;
  owner: string;
  /** Null: what is said in the channel itself. */
  topic: string | null;
  options: DigestOptions;
  /** A cron expression of five fields, on the wall clock of the zone. */
  timetable: string;
  timeZone: string;
  state: "active" | "paused";
  pausedBecause: string | null;
  /** Times in a row that it could not be told. */
  failures: number;
  nextDueAt: string | null;
  createdAt: string;
}

export interface DigestOptions {
  length: "brief" | "standard";
  whenNothingNew: WhenNothingNew;
  /** Addresses of RSS or Atom feeds that are read. */
  feeds: string[];
  /** Of the talk: questions that nobody answered are looked up. */
  researchesOpenQuestions: boolean;
  /** Beside the news of its topic it tells what was said in the channel. */
  withTalk?: boolean;
  /** US dollars that it may cost each time and in a month (UTC); whoever runs us may allow less. */
  maxRunUsd?: number | null;
  maxMonthUsd?: number | null;
}

/** What became of one time at which a digest was due. */
export interface DigestIssue {
  dueAt: string;
  state: "claimed" | "posted" | "silent" | "skipped" | "failed" | "previewed";
  runId: string | null;
  costUsd: number | null;
}

/** A point that a digest told: it is no news any more. */
export interface ToldPoint {
  statement: string;
  urls: string[];
}

/** `again` and `anew`: the question stands alone; with the evidence of that run, and without. */
export type Follows = { kind: "thread" } | { kind: "answer" | "again" | "anew"; runId: string };

/** `offered`: its asker is asked first what to do with it, since another run is at work in the thread. */
export type RunState = "offered" | "queued" | "running" | "delivering" | "done" | "failed";

/** A request being worked on. */
export interface Run {
  id: string;
  request: ResearchRequest;
  state: RunState;
  createdAt: string;
}

export type StepKind = "thread" | "plan" | "model" | "tool" | "check";

/** One journal entry: the result of an effect, stored before it counts. */
export interface Step {
  /** 0, 1, 2 … without gaps in one run. */
  index: number;
  kind: StepKind;
  /** What was asked for; a replay that asks for something else at this index is refused. */
  label: string;
  /** Plain JSON. */
  result: unknown;
  durationMs: number;
  recordedAt: string;
}

export interface SubQuestion {
  id: number;
  text: string;
}

export interface Plan {
  subQuestions: SubQuestion[];
}

export interface SearchHit {
  title: string;
  url: string;
  /** Plain text, cleaned. */
  snippet: string;
  publishedAt: string | null;
}

/** Words of a page that lead elsewhere: `text.slice(start, end)` is what the reader sees. */
export interface PageLink {
  start: number;
  end: number;
  /** Absolute. */
  url: string;
}

/** A place in the text that people know by name, such as "page 3" of a PDF. Reaches to the next anchor. */
export interface PageAnchor {
  start: number;
  label: string;
  /** Set when the place has an address of its own, as a message of a thread has: it is cited instead of the page. */
  place?: { url: string; publishedAt: string };
}

/** A piece of a long page that is shown in one view: `text.slice(start, end)`. */
export interface PagePart {
  start: number;
  end: number;
  /** Nearest heading at or above the start, or null. */
  heading: string | null;
}

/** What somebody said in a channel. Lives only while a run works: no copy of it is ever stored. */
export interface TalkMessage {
  /** The platform's id, unique in its channel. */
  id: string;
  /** Display name. */
  author: string;
  at: string;
  /** Plain text; people and channels are called by their names. */
  text: string;
  permalink: string;
  /** Id of the message that its thread begins with; its own id when it begins one or stands alone. */
  threadId: string;
  /** How many replies the platform counts; they need not all be at hand. */
  replies: number;
}

/** What somebody said in the thread of a question. Lives only while the question is being understood. */
export type SaidMessage = Pick<TalkMessage, "id" | "author" | "at" | "text">;

/** A page as it was read. The text is cleaned Markdown without link targets; citations are checked against it. */
export interface Page {
  /** Final address, after redirects. */
  url: string;
  title: string;
  publishedAt: string | null;
  readAt: string;
  text: string;
  links: PageLink[];
  anchors: PageAnchor[];
  /** At least one; together they cover the text. */
  parts: PagePart[];
}

/** An opened page with its number in the run. */
export interface Source {
  number: number;
  page: Page;
  /** Link hops from a search hit or from the asker's own words; 0 = directly. */
  hops: number;
  /** Was the page found through a search (or named by the asker) or through a link of a page? */
  foundBy: "search" | "asker" | "link";
  /** The query whose results showed it first, or null. */
  query: string | null;
}

/** Verbatim piece of a page: `page.text.slice(start, end) === text`. */
export interface Passage {
  text: string;
  start: number;
  end: number;
  /** What stands directly before it in the page; only where its first words stand earlier in the page too. */
  before?: string;
  /** What people call the place it stands in, such as "page 3" of a PDF. */
  anchor?: string;
}

export type Verdict = "supported" | "weak" | "unsupported";

/** A statement of the answer, the source it names and what the check found there. */
export interface Citation {
  /** The reader's number, 1…k in order of appearance. */
  number: number;
  statement: string;
  /** Null when nothing in the page bears on the statement. */
  passage: Passage | null;
  url: string;
  verdict: Verdict;
  /** In words; empty for `supported`. */
  reason: string;
  /** Supported in the eyes of a model, by the passage; the code alone called it weak. */
  isSecondOpinion?: boolean;
}

export interface GateRuleResult {
  name: string;
  held: boolean;
  weight: number;
  /** What was found, in words for people. */
  reason: string;
  /** What the model should do next; absent when it held. */
  next?: string;
}

export interface GateVerdict {
  /** Share of the rules' weight that held, 0 to 1. */
  score: number;
  isPassed: boolean;
  rules: GateRuleResult[];
  /** Sub-questions of which no opened page speaks. */
  gaps: string[];
}

/** Two sources that state different figures or dates for the same thing. */
export interface Contradiction {
  about: string;
  /** `number`: while a run works the run's, in a report the reader's, or null for a source that it does not cite. */
  claims: { number: number | null; value: string; passage: string; url?: string }[];
}

export interface ReportSource {
  /** The reader's number. */
  number: number;
  title: string;
  url: string;
  publishedAt: string | null;
  readAt: string;
  /** When it was read once more in the same run and said something else; the report rests on what was read first. */
  changedAt?: string;
}

/** What a run used up. `costUsd` is null while no model of the run has a known price. */
export interface Usage {
  modelCalls: number;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  costUsd: number | null;
  searches: number;
  pages: number;
  /** Active time: what a resumed run spent before the interruption counts, the interruption does not. */
  durationMs: number;
}

/** `answered`: every sub-question is covered. `partial`: a ceiling, a stop or a gap. `nothing-found`: no usable source. */
export type Outcome = "answered" | "partial" | "nothing-found";

export type StopReason = "finished" | "budget" | "cancelled" | "repetition" | "malformed" | "model-failed";

export interface Report {
  runId: string;
  question: string;
  /** What it was made from: pages, or the talk of a channel. Pages when absent. */
  material?: "pages" | "talk";
  /** Of a digest: the points in it that were not told before. */
  news?: ToldPoint[];
  outcome: Outcome;
  stopReason: StopReason;
  /** Markdown with `[n]` marks that point into `sources`. */
  answer: string;
  citations: Citation[];
  /** Statements of fact that carry no mark. */
  uncited: string[];
  /** How many statements the last check removed. */
  removed: number;
  sources: ReportSource[];
  gate: GateVerdict;
  gaps: string[];
  contradictions: Contradiction[];
  plan: Plan;
  /** The queries that were really sent, in order. */
  queries: string[];
  /** Which models served, with the number of calls. */
  models: { model: string; calls: number }[];
  usage: Usage;
  finishedAt: string;
}

/** What a run tells while it works, in the order in which it happens. Folded into a card in `chat/`. */
export type ProgressEvent =
  | { type: "run-start"; runId: string; question: string; depth: Depth }
  | { type: "run-resume"; stepsReplayed: number }
  | { type: "thread-end"; question: string; messages: number; answers: number; pages: number }
  | { type: "remark"; text: string }
  | { type: "plan-end"; plan: Plan }
  | { type: "search-start"; query: string }
  | { type: "search-end"; query: string; hits: number }
  | { type: "search-error"; query: string; reason: string }
  | { type: "page-start"; url: string; title: string }
  | { type: "page-end"; number: number; url: string; title: string; part: number; parts: number }
  | { type: "page-error"; url: string; title: string; reason: string }
  | { type: "gate-end"; verdict: GateVerdict; attempt: number }
  | { type: "budget-low"; ceiling: string }
  | { type: "budget-end"; ceiling: string }
  | { type: "write-start" }
  | { type: "check-end"; supported: number; total: number; byOpinion?: number; willRevise: boolean }
  | { type: "run-end"; outcome: Outcome; stopReason: StopReason; usage: Usage };

/** One line of the live plan. */
export interface CardTask {
  id: string;
  title: string;
  status: "pending" | "running" | "done" | "failed";
  /** Short lines: real queries, counts. */
  details: string[];
  sources: { title: string; url: string }[];
}

/** The live plan as data; made in `chat/`, drawn by each platform with its best parts. */
export interface ProgressCard {
  runId: string;
  question: string;
  depth: Depth;
  /** "Researching · 2 of 5", "Done in 2 m 58 s · 12 sources", "Stopped …". */
  title: string;
  state: "queued" | "running" | "done" | "stopped" | "failed";
  tasks: CardTask[];
  startedAt: string;
  /** Platform-qualified; absent where nobody else sees the card. */
  asker?: string;
}
