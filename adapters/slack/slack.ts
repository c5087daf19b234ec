import type { RequestListener } from "node:http";
import type { Logger } from "pino";
import type { AnswerView, ChatHandlers, ChatPlatform } from "../../src/chat-ports.ts";
import type { Installations, RateBudget } from "../../src/ports.ts";
import type { MessageRef, ProgressCard, Report, ThreadRef } from "../../src/types.ts";
import { createAddresses } from "./addresses.ts";
import { createAnswers } from "./answers.ts";
import { type BoltApp, createBoltApp, type InstallOptions, type Reception } from "./bolt-app.ts";
import { createCallBudget } from "./call-budget.ts";
import { createCards } from "./cards.ts";
import { createChannels } from "./channels.ts";
import { createFiles } from "./files.ts";
import { createFindPosted } from "./find-posted.ts";
import { hearActions } from "./hear-actions.ts";
import { hearAgent } from "./hear-agent.ts";
import { hearCommands, hindrance } from "./hear-commands.ts";
import { hearDigests } from "./hear-digests.ts";
import { createPublishHome, hearHome } from "./hear-home.ts";
import { hearMessages } from "./hear-messages.ts";
import { hearSettings } from "./hear-settings.ts";
import { createHistory } from "./history.ts";
import { installationStore, installedWorkspaces } from "./installed-workspaces.ts";
import { createAttempt } from "./niceties.ts";
import { noteContents, signed } from "./notes.ts";
import { offerContents } from "./offers.ts";
import { createOpenForm } from "./open-form.ts";
import { createPeople } from "./people.ts";
import { createPosting } from "./posting.ts";
import { createLocalRateBudget } from "./rate-budget.ts";
import { createReplies, isDirect, personOf } from "./replies.ts";
import { createRunThreads, placeOf, runOf } from "./run-threads.ts";
import { createSessions } from "./sessions.ts";
import { createSlackCalls } from "./slack-calls.ts";
import { createStreams } from "./streams.ts";
import { createTalkReader, type HistoryPace } from "./talk.ts";
import { createThreadReader } from "./thread-talk.ts";
import { type SlackWorkspaces, singleWorkspace } from "./workspaces.ts";

export interface SlackOptions {
  reception: Reception;
  /** Bot token of the one workspace, or many workspaces in which people install the app. */
  installed: { token: string } | InstalledInMany;
  /** Slack's own when left out. */
  apiUrl?: string;
  /** The pace of calls, shared with other processes; of this process alone when left out. */
  budget?: RateBudget;
  /** Clock of that pace; for tests. */
  now?: () => number;
  /** How the app may read history; as for an app of one workspace, or for many, when left out. */
  historyPace?: HistoryPace;
  /** The whole report with its passages, as Markdown. */
  renderReport(report: Report): string;
  log: Logger;
}

export interface InstalledInMany {
  installations: Installations;
  clientId: string;
  clientSecret: string;
  /** Where the pages of the installation are served with Socket Mode; over HTTP they are where the requests arrive. */
  port: number | null;
  now?: () => number;
}

/** Slack as a chat platform. */
export interface SlackPlatform extends ChatPlatform {
  /** Takes Slack's HTTP requests at `REQUEST_PATH`; null with Socket Mode. */
  readonly handleRequest: RequestListener | null;
}

export function createSlackPlatform(options: SlackOptions): SlackPlatform {
  const { reception, installed, apiUrl, renderReport, log: parentLog } = options;
  const log = parentLog.child({ platform: "slack" });
  const workspaces =
    "token" in installed
      ? singleWorkspace(installed.token, { apiUrl, log })
      : installedWorkspaces({ ...installed, apiUrl, log });
  const now = options.now ?? Date.now;
  const budget = createCallBudget(options.budget ?? createLocalRateBudget(now), now);
  const callSlack = createSlackCalls(workspaces, budget, log);
  const attempt = createAttempt(callSlack, log);
  const posting = createPosting(callSlack, log);
  const history = createHistory(callSlack);
  const threads = createRunThreads(history);
  const cards = createCards({ posting, threads, sessions: createSessions(attempt, now), log });
  const files = createFiles(workspaces);
  const streams = createStreams({ callSlack, history, workspaces, log });
  const answers = createAnswers({ posting, streams, threads, files, renderReport, log });
  const replies = createReplies(callSlack, log);
  const channels = createChannels(callSlack);
  const people = createPeople(callSlack, log);
  const addresses = createAddresses(callSlack, log);
  const openForm = createOpenForm(callSlack, log);
  const pace = options.historyPace ?? ("token" in installed ? "full" : "slow");
  const readTalk = createTalkReader({
    callSlack,
    addresses,
    people,
    pace,
    botUserIdIn: async (workspaceId) => (await workspaces.find(workspaceId)).botUserId,
  });
  const readThread = createThreadReader({ history, people, workspaces, pace });
  const bolt: BoltApp = createBoltApp({
    reception,
    install: installOf(installed, workspaces),
    workspaces,
    apiUrl,
    log,
  });

  return {
    name: "slack",
    limits: {
      answerPartChars: answers.partChars,
      get cardEditIntervalMs() {
        return cards.editIntervalMs();
      },
    },
    handleRequest: bolt.handleRequest,
    listen: async (handlers: ChatHandlers) => {
      hearMessages(bolt.app, { handlers, channels, removed: workspaces.removed });
      hearCommands(bolt.app, { handlers, channels, replies, openForm, log });
      hearActions(bolt.app, { handlers, replies, files, posting, callSlack, openForm, renderReport, log });
      const publishHome = createPublishHome(handlers, callSlack, log);
      hearHome(bolt.app, publishHome);
      const hindranceIn = (workspaceId: string, channelId: string) => hindrance({ channels }, workspaceId, channelId);
      hearDigests(bolt.app, { handlers, replies, openForm, publishHome, hindranceIn, log });
      hearSettings(bolt.app, { handlers, openForm, publishHome });
      hearAgent(bolt.app, { channels, attempt });
      await bolt.start();
    },
    postCard: (thread: ThreadRef, card: ProgressCard, key: string) => cards.post(thread, card, key),
    updateCard: (message: MessageRef, card: ProgressCard) => cards.update(message, card),
    countAnswerParts: (answer: AnswerView) => answers.count(answer),
    postAnswerPart: (thread, answer, part, key) => answers.post(thread, answer, part, key),
    postNote: async (thread, words, key) => {
      const note = await signed(words, people);
      const runId = runOf(key);
      const found = runId === null ? null : await threads.find(runId, thread);
      const threadTs = found?.threadTs ?? thread.threadId;
      const ts = await posting.post({ ...placeOf(thread), threadTs }, noteContents(note), { key, runId }, FINAL);
      return { thread: { ...thread, threadId: threadTs ?? ts }, messageId: ts };
    },
    postOffer: async (thread, offer, key) => {
      const ts = await posting.post(placeOf(thread), offerContents(offer), { key, runId: offer.runId }, FINAL);
      return { thread, messageId: ts };
    },
    placeKind: async (place, { patienceMs } = {}) => {
      if (isDirect(place)) return "direct";
      return (await channels.isShared(place.workspaceId, place.channelId, patienceMs)) ? "shared" : "channel";
    },
    isAdmin: async (person, { workspaceId }) => {
      const { workspaceId: home, userId } = personOf(person);
      return home === workspaceId && people.isAdmin(workspaceId, userId);
    },
    isGone: (person) => people.isGone(personOf(person).workspaceId, personOf(person).userId),
    findPosted: createFindPosted(history, threads, streams),
    notify: (person, words, thread) => replies.say(personOf(person), words, thread ?? null),
    whisper: async (person, answer, thread) => {
      for (const contents of answers.contents(answer)) await replies.show(personOf(person), contents, thread);
    },
    permalinkOf: addresses.ofMessage,
    timeZoneOf: async (person) => {
      const { workspaceId, userId } = personOf(person);
      return people.timeZoneOf(workspaceId, userId);
    },
    readThread,
    history: readTalk,
    close: () => bolt.stop(),
  };
}

function installOf(installed: SlackOptions["installed"], { forget }: SlackWorkspaces): InstallOptions | null {
  if ("token" in installed) return null;
  const { clientId, clientSecret, port, installations } = installed;
  return { clientId, clientSecret, port, store: installationStore(installations, forget) };
}

const FINAL = { priority: "final" } as const;
