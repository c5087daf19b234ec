/** The seams to the places where people talk: what platforms show, hear and are asked for. */
import type {
  DigestOptions,
  MessageRef,
  Outcome,
  ProgressCard,
  Report,
  ReportForm,
  SaidMessage,
  SettingChange,
  SettingScope,
  TalkMessage,
  ThreadRef,
  WhenNothingNew,
} from "./types.ts";

/** A question that came while another one is at work in its thread. The choices are buttons, for its asker alone. */
export interface Offer {
  runId: string;
  /** Platform-qualified. */
  asker: string;
  text: string;
  choices: { type: OfferChoice; label: string }[];
}

export type OfferChoice = "note" | "queue" | "replace";

/** A finished answer as data: Markdown with `[n]` marks, its sources and its footer. */
export interface AnswerView {
  runId: string;
  question: string;
  outcome: Outcome;
  form: ReportForm;
  /** Markdown; links and mentions of foreign text are not alive in it. */
  body: string;
  sources: { number: number; title: string; url: string; date: string | null }[];
  /** "14 of 15 statements checked, 1 could not be confirmed" and the like, one fact a line. */
  footer: string[];
  report: Report;
  /** Platform-qualified: who may take the answer back. */
  asker?: string;
  /** One person alone sees it: there is nothing to press. */
  isPrivate?: boolean;
  /** Only the beginning: sources and buttons stand below it, in its thread. */
  isHead?: boolean;
  /** Stands in the thread of the message that `threadId` names, which is opened for it where there is none. */
  isBelow?: boolean;
}

export interface IncomingMessage {
  /** The platform's id of the event and of the message: both are used to drop duplicates. */
  eventId: string;
  messageId: string;
  thread: ThreadRef;
  asker: string;
  text: string;
  sentAt: string;
  /** Said in a conversation that was there before. */
  isReply?: boolean;
}

/** What somebody may set, as the fields of a form. */
export interface SettingsView {
  fields: SettingsField[];
}

export interface SettingsField {
  scope: SettingScope;
  name: string;
  /** What it is about. */
  hint: string;
  /** All values, or null where any text may be written. */
  choices: readonly string[] | null;
  /** What may be written, in words. */
  expected: string;
  /** A list of channels, by their ids. */
  isOfChannels?: true;
  /** Null: not set here. */
  value: string | null;
  /** What counts when it is not set here. */
  usual: string;
}

/** Why a field was not saved. */
export interface SettingsProblem {
  scope: SettingScope;
  name: string;
  problem: string;
}

/** What a person finds on the page that the app has for them alone. Lines of plain text. */
export interface HomeView {
  usage: string[];
  /** Their own latest questions, newest first. */
  questions: QuestionLine[];
  /** That they made. */
  digests: DigestLine[];
  /** What is set for them. */
  settings: string[];
}

/** A question in a list of what somebody asked. Plain texts. */
export interface QuestionLine {
  question: string;
  /** "answered", "at work" */
  state: string;
  /** "Fri 27 Nov 2026 09:00" */
  at: string;
  /** Of its answer, or of its plan; null where there is no way to it. */
  url: string | null;
}

/** Words of Markdown in which links may be alive. */
export interface LinkedWords {
  text: string;
  /** Where its links may lead; all others are dead. */
  links: readonly string[];
}

/** `direct`: with one person alone. `shared`: people of other organisations read along. */
export type PlaceKind = "direct" | "shared" | "channel";

/** A few words for everybody in a place. */
export interface Note {
  text: string;
  /** Whose name stands before the words, without calling them; platform-qualified. */
  by?: string;
  /** Below stand questions to press: each opens a form that is filled in with it. */
  hasSamples?: boolean;
}

export interface ChatHandlers {
  onMessage(message: IncomingMessage): Promise<void>;
  /** Somebody pressed the button that stops a research. The id may be forged. */
  onCancel(runId: string, source: Pick<ActionSource, "person" | "thread">): Promise<void>;
  /** The message was deleted: what came of it is stopped. */
  onWithdraw(message: Pick<IncomingMessage, "thread" | "messageId">): Promise<void>;
  /** The bot was taken out of a workspace for good: what is stored of it is deleted, what is at work there ends. */
  onRemoved(removal: Removal): Promise<void>;
  /** The bot was made a member of a channel. */
  onJoined(channel: ThreadRef): Promise<void>;
  /** Somebody looks at the app's own page. */
  onHome(person: string, workspace: Pick<ThreadRef, "platform" | "workspaceId">): Promise<HomeView>;
  /** What this person may set there; of a place without a channel `channelId` is empty. */
  onSettings(person: string, thread: ThreadRef): Promise<SettingsView>;
  /** Saves all of it, or nothing and says why. */
  onSettingsSaved(person: string, thread: ThreadRef, changes: readonly SettingChange[]): Promise<SettingsProblem[]>;
  /** Somebody pressed a button under an answer. Resolves when what comes of it is stored. */
  onAction(action: ChatAction, source: ActionSource): Promise<ActionReply>;
  /** Somebody filled in a form about digests, or pressed a button of one. `source.thread` is without channel on a Home. */
  onDigest(action: DigestAction, source: ActionSource): Promise<DigestReply>;
}

/** A workspace, or an organisation with all its workspaces, and when the bot was removed: such news may come late. */
export type Removal = Pick<ThreadRef, "platform" | "workspaceId"> & { at: string };

/** What people do with an answer. The ids come from buttons and may be forged: nothing is taken on trust. */
export type ChatAction =
  | { type: "deeper" | "redo" | "download" | "remove" | OfferChoice; runId: string }
  | { type: "follow-up"; runId: string; text: string }
  | { type: "feedback"; runId: string; rating: 1 | -1; reason: string | null };

export interface ActionSource {
  /** Names the press: the same one twice is done once. */
  eventId: string;
  person: string;
  thread: ThreadRef;
}

/**
 * `done`: also for `remove`, which the platform then does; `words` are for the person alone; `settled`: the message with the
 * buttons becomes this text.
 */
export type ActionReply =
  | { kind: "done" }
  | { kind: "words" | "settled"; text: string }
  | { kind: "file"; report: Report };

/** A digest as people fill it in: texts as they typed them, empty where they left something out. */
export interface DigestForm {
  kind: "topic" | "talk" | "both";
  /** May name feeds: "PostgreSQL feed https://…". */
  topic: string;
  /** In words, or a cron expression. */
  timetable: string;
  timeZone: string;
  length: DigestOptions["length"];
  whenNothingNew: WhenNothingNew;
  researchesOpenQuestions: boolean;
  /** US dollars. */
  runCap: string;
  monthCap: string;
}

export type DigestField = "topic" | "timetable" | "timeZone" | "runCap" | "monthCap";

export type DigestVerb = "start" | "pause" | "resume" | "delete" | "run" | "preview" | "history";

/** What people do with digests. The ids come from forms and buttons and may be forged: nothing is taken on trust. */
export type DigestAction =
  | { type: "list" }
  /** Asks for the form: of a new one, or as a digest is now. */
  | { type: "fill-in"; digestId: string | null }
  /** The form once more, as the person filled it in. */
  | { type: "fill-in-again"; draftId: string }
  | { type: "propose"; digestId: string | null; form: DigestForm }
  | { type: "save"; draftId: string }
  | { type: DigestVerb; digestId: string };

/** Texts are plain; of `words` and what is `saved` they are Markdown. */
export type DigestReply =
  | { kind: "words"; text: string }
  | { kind: "form"; digestId: string | null; form: DigestForm }
  | { kind: "problems"; draftId: string; problems: { field: DigestField; text: string }[] }
  /** As it was understood, with its next three times; nothing is changed until it is saved. */
  | { kind: "saved"; text: string }
  | { kind: "proposal"; draftId: string; title: string; lines: string[] }
  | { kind: "list"; digests: DigestLine[] };

/** A digest in a list. */
export interface DigestLine {
  id: string;
  name: string;
  /** Platform-qualified. */
  owner: string;
  /** "every weekday at 09:00 (Europe/Berlin)" */
  when: string;
  /** "next on Mon 30 Nov 2026 09:00", "paused (…)" */
  state: string;
  /** "last: Thu 26 Nov 2026 09:00 told, $0.04"; null when it was never told. */
  last: string | null;
  /** "$0.12 this month"; null when nothing was spent. */
  cost: string | null;
  isActive: boolean;
}

export interface ThreadTalk {
  /** Oldest first: the newest ones, and the one that the thread begins with. */
  messages: SaidMessage[];
  /** Why not everything can be read, in words for people; null when it can. */
  hindrance: string | null;
}

export interface TalkPage {
  messages: TalkMessage[];
  /** Where it goes on; null when all was read. Holds ids and times only, so that it may be stored. */
  next: string | null;
  /** How long the platform wants to be left alone before the next page. */
  pauseMs: number;
}

/**
 * A place where people talk. Every member is implemented by every adapter.
 *
 * What posts or edits rejects with POST_FAILED; `isRetryable` is false where the place is gone for good (channel
 * archived, bot removed, token revoked).
 */
export interface ChatPlatform {
  readonly name: string;
  readonly limits: { answerPartChars: number; cardEditIntervalMs: number };
  /** Resolves when messages can arrive. A handler that rejects leaves the message unacknowledged. */
  listen(handlers: ChatHandlers): Promise<void>;
  postCard(thread: ThreadRef, card: ProgressCard, key: string): Promise<MessageRef>;
  updateCard(message: MessageRef, card: ProgressCard): Promise<void>;
  /** How many messages the answer becomes here. The same answer always gives the same parts. */
  countAnswerParts(answer: AnswerView): number;
  /** Posts one part of the answer; parts are counted from 0. */
  postAnswerPart(thread: ThreadRef, answer: AnswerView, part: number, key: string): Promise<MessageRef>;
  /** A few words of Markdown for everybody in the thread. A key of no run begins with a colon. */
  postNote(thread: ThreadRef, words: string | Note, key: string): Promise<MessageRef>;
  /** Asks, in the thread, what is to be done with a question. */
  postOffer(thread: ThreadRef, offer: Offer, key: string): Promise<MessageRef>;
  /**
   * `channel` also where the platform does not tell it in time: within `patienceMs`, or quickly enough for somebody who
   * waits for an acknowledgement. Never rejects.
   */
  placeKind(place: ThreadRef, options?: { patienceMs?: number }): Promise<PlaceKind>;
  /** Does the person manage the workspace or server, by the platform's own roles? */
  isAdmin(person: string, thread: ThreadRef): Promise<boolean>;
  /** Has the person left the workspace or server, or is their account closed? False where that is not known. */
  isGone(person: string, thread: ThreadRef): Promise<boolean>;
  /**
   * The message that was posted with this key, or null; half of one is taken away. Asked before anything that was perhaps
   * posted is posted again.
   */
  findPosted(thread: ThreadRef, key: string): Promise<MessageRef | null>;
  /** A few words for one person alone; in the thread where the platform can show them there to nobody else. */
  notify(person: string, words: string | LinkedWords, thread?: ThreadRef): Promise<void>;
  /** An answer for one person alone, as `notify` has it, without anything to press. Twice is harmless. */
  whisper(person: string, answer: AnswerView, thread: ThreadRef): Promise<void>;
  /** The address under which people find the message; null where that is not known in time. Never rejects. */
  permalinkOf(message: MessageRef): Promise<string | null>;
  /** The time zone of a person (Europe/Berlin), or null where the platform does not tell it. Never rejects. */
  timeZoneOf(person: string): Promise<string | null>;
  /** What was said in the thread, by everybody but us. Resolves also where nothing may be read, and says so. */
  readThread(thread: ThreadRef, limit: number): Promise<ThreadTalk>;
  /**
   * One page of what people said in a channel after that moment, its threads included, in no certain order.
   *
   * @param cursor `next` of the page before; null for the first one
   * @throws {RuminateError} HISTORY_UNAVAILABLE, in words for people, where this is not to be had; POST_FAILED with
   *   `retryAfterMs` when the platform asks to wait
   */
  history(channel: ThreadRef, since: string, cursor: string | null): Promise<TalkPage>;
  close(): Promise<void>;
}
