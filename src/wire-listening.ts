import type { Logger } from "pino";
import { createActions } from "./chat/actions.ts";
import { createIsAdmin } from "./chat/admins.ts";
import { isOpenHere } from "./chat/allow-list.ts";
import { createAsk } from "./chat/ask.ts";
import { createDigestActions } from "./chat/digest-actions.ts";
import type { DigestReplyParts } from "./chat/digest-desk.ts";
import { createIntake } from "./chat/intake.ts";
import { type OperatorBounds, placeRefusal } from "./chat/settings.ts";
import { createSettingsDesk } from "./chat/settings-desk.ts";
import type { ChatHandlers, ChatPlatform } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import { createChannelNotes } from "./jobs/channel-notes.ts";
import { createDigestDesk } from "./jobs/digest-desk.ts";
import { createGreeting } from "./jobs/greeting.ts";
import { createHome } from "./jobs/home.ts";
import type { Metrics } from "./jobs/metrics.ts";
import { createForgottenOffers, createOfferDesk } from "./jobs/offer-desk.ts";
import type { Queue } from "./jobs/queue.ts";
import { createReception } from "./jobs/reception.ts";
import { createRunDesk } from "./jobs/run-desk.ts";
import { createSettingsStore } from "./jobs/settings-store.ts";
import { createWaitingCards } from "./jobs/waiting-cards.ts";
import { createCache } from "./storage/cache.ts";
import type { OpenDatabase } from "./storage/database.ts";
import { createFeedback } from "./storage/feedback.ts";
import { forgetWorkspace } from "./storage/forgetting.ts";
import { createRunStore } from "./storage/runs.ts";
import { channelSubject } from "./storage/subjects.ts";

export interface ListeningParts {
  database: OpenDatabase;
  queue: Queue;
  platform: ChatPlatform;
  /** Said under each answer, or null. */
  notice: string | null;
  processId: string;
  metrics: Metrics;
  /** What is to be called when the process stops. */
  closers: (() => Promise<void> | void)[];
  /** Aborted when the process stops. */
  signal: AbortSignal;
  log: Logger;
}

/**
 * Hears what people say on a platform: words, buttons, forms, its own page. Resolves when messages can arrive.
 */
export async function startListening(
  config: Config,
  { database, queue, platform, notice, processId, metrics, closers, signal, log }: ListeningParts,
): Promise<void> {
  const reception = createReception({ database, queue, bounds: boundsOf(config), log });
  const waiting = createWaitingCards({ database, platform, processId, log });
  const allowed = {
    workspaces: config.ALLOWED_WORKSPACES,
    channels: config.ALLOWED_CHANNELS,
    people: config.ALLOWED_PEOPLE,
  };
  const accept = timed(reception.accept, metrics);
  const offers = createOfferDesk(database, queue);
  closers.push(createForgottenOffers(database, offers, platform.name, log).stop);
  const isAdmin = createIsAdmin(platform, config.ADMINS, log);
  const settings = createSettingsDesk({
    store: createSettingsStore(database),
    bounds: boundsOf(config),
    isAdmin,
  });
  const ask = createAsk({ platform, accept, offers, isAdmin, log });
  const onAction = createActions({
    allowed,
    ask,
    offers,
    isAdmin,
    runs: createRunStore(database),
    feedback: createFeedback(database),
  });
  const say = createChannelNotes({ database, platform, processId, log });
  const digests: DigestReplyParts = {
    desk: createDigestDesk({
      database,
      queue,
      limits: digestLimitsOf(config),
      drafts: createCache(database, { namespace: "digest draft", ttlMs: DRAFT_MS, log }),
    }),
    timeZone: config.TIME_ZONE,
    now: () => new Date(),
    announce: (place, words, name) => {
      const tell = async (): Promise<void> => {
        // Who talks with the bot alone was told already.
        if ((await platform.placeKind(place)) !== "direct") await say(place, words, name);
      };
      void tell().catch((error: unknown) => log.warn({ err: error }, "channel not told of a digest"));
    },
  };
  const intake = createIntake({
    platform,
    allowed,
    ask,
    refuse: reception.refuse,
    offers,
    isAdmin,
    runs: createRunDesk({ database, platform, notice, settings, timeZone: config.TIME_ZONE, processId, log }),
    digests,
    settings,
    log,
  });
  waiting.start();
  closers.push(waiting.stop);
  await platform.listen(
    whileOpen(
      {
        ...intake,
        onAction,
        onDigest: createDigestActions({ platform, allowed, digests, settings, isAdmin }),
        onHome: createHome({ database, platform, settings, timeZone: config.TIME_ZONE }),
        onSettings: (asker, thread) => settings.view({ asker, thread }),
        onSettingsSaved: (asker, thread, changes) => settings.save({ asker, thread }, changes),
        onJoined: createGreeting({
          isOpen: async (channel) => {
            if (!isOpenHere(allowed, channelSubject(channel))) return false;
            const set = await settings.of({ asker: "", thread: channel });
            return set.mayAsk && placeRefusal(set, channel.channelId, await platform.placeKind(channel)) === null;
          },
          say,
        }),
        onRemoved: forgetRemoved(database, log),
      },
      signal,
    ),
  );
}

const DRAFT_MS = 24 * 60 * 60 * 1000;

function forgetRemoved(database: OpenDatabase, log: Logger): ChatHandlers["onRemoved"] {
  return async ({ at, ...workspace }) => {
    const deleted = await forgetWorkspace(database, workspace, { until: at });
    log.info({ ...workspace, deleted }, "workspace forgotten");
  };
}

/** What comes while we stop is not acknowledged: the platform gives it to another process, or sends it again. */
function whileOpen(handlers: ChatHandlers, signal: AbortSignal): ChatHandlers {
  const guard =
    <Parameters extends unknown[], Reply>(handle: (...parameters: Parameters) => Promise<Reply>) =>
    async (...parameters: Parameters): Promise<Reply> => {
      signal.throwIfAborted();
      return handle(...parameters);
    };
  return {
    ...handlers,
    onMessage: guard(handlers.onMessage),
    onJoined: guard(handlers.onJoined),
    onAction: guard(handlers.onAction),
    onDigest: guard(handlers.onDigest),
  };
}

type Accept = ReturnType<typeof createReception>["accept"];

function timed(accept: Accept, metrics: Metrics): Accept {
  return async (message, request, options) => {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    try {
      const admission = await accept(message, request, options);
      metrics.question(admission.kind, seconds());
      return admission;
    } catch (error) {
      metrics.question("failed", seconds());
      throw error;
    }
  };
}

export function digestLimitsOf({ DIGEST_COST_PER_RUN, DIGEST_COST_PER_MONTH }: Config) {
  return { perRun: DIGEST_COST_PER_RUN ?? null, perMonth: DIGEST_COST_PER_MONTH ?? null };
}

export function boundsOf(config: Config): OperatorBounds {
  return {
    sharedChannels: config.SLACK_SHARED_CHANNELS,
    runsPerPersonAndDay: config.QUESTIONS_PER_PERSON_AND_DAY ?? null,
    runsPerChannelAndMonth: config.QUESTIONS_PER_CHANNEL_AND_MONTH ?? null,
    runsPerWorkspaceAndMonth: config.QUESTIONS_PER_WORKSPACE_AND_MONTH ?? null,
    costUsdPerWorkspaceAndMonth: config.COST_PER_WORKSPACE_AND_MONTH ?? null,
  };
}
