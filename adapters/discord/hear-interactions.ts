import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  InteractionType,
  SnowflakeUtil,
} from "discord.js";
import type { Logger } from "pino";
import { parseCommand } from "../../src/chat/command.ts";
import { SAMPLES, sampleWords } from "../../src/chat/samples.ts";
import { suggestValues } from "../../src/chat/settings.ts";
import type { ActionSource, ChatAction, ChatHandlers } from "../../src/chat-ports.ts";
import { asRuminateError, userMessageFor } from "../../src/errors.ts";
import type { Report, ThreadRef } from "../../src/types.ts";
import { cleanText } from "../../src/untrusted.ts";
import { rootContent } from "./card-view.ts";
import { type Channels, canHaveThreads, commandThread, readFacts } from "./channels.ts";
import { DIGEST_COMMAND, RESEARCH_COMMAND, RESEARCH_MENU, SETTINGS_COMMAND, settingsWords } from "./commands.ts";
import { textForm } from "./components.ts";
import { formatCustomId, parseCustomId } from "./custom-id.ts";
import type { DiscordApi } from "./discord-api.ts";
import { toDiscordMarkdown } from "./discord-text.ts";
import { createHearDigests } from "./hear-digests.ts";
import { missingIn, missingSentence } from "./permissions.ts";
import { inert } from "./private-words.ts";
import { describeSource, givenIn, isMenu, isSlash, personOf, textOf } from "./read-interaction.ts";
import type { Replies } from "./replies.ts";
import type { RunThreads } from "./run-threads.ts";

export interface HearInteractionsParts {
  api: DiscordApi;
  renderReport(report: Report): string;
  channels: Channels;
  threads: RunThreads;
  replies: Replies;
  handlers: ChatHandlers;
  log: Logger;
}

/** Commands, menus, buttons and forms. Each is answered within three seconds, and only when what was asked is stored. */
export function createHearInteractions({
  api,
  channels,
  threads,
  replies,
  handlers,
  renderReport,
  log,
}: HearInteractionsParts) {
  const digests = createHearDigests({ api, replies, handlers, sourceOf, hindranceOf });

  async function hear(interaction: APIInteraction): Promise<void> {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        if (isSlash(interaction)) return hearSlash(interaction);
        return isMenu(interaction) ? offerForm(interaction) : undefined;
      case InteractionType.ApplicationCommandAutocomplete:
        return suggest(interaction);
      case InteractionType.MessageComponent:
        return hearComponent(interaction);
      case InteractionType.ModalSubmit:
        return hearForm(interaction);
      default:
        return undefined;
    }
  }

  async function hearSlash(interaction: APIChatInputApplicationCommandInteraction): Promise<void> {
    const [first] = interaction.data.options ?? [];
    if (interaction.data.name === DIGEST_COMMAND && first !== undefined)
      return digests.command(interaction, first.name, givenIn("options" in first ? first.options : undefined));
    const given = givenIn(interaction.data.options);
    if (interaction.data.name === SETTINGS_COMMAND)
      return ask(interaction, settingsWords(given), ({ thread }) => thread);
    if (interaction.data.name !== RESEARCH_COMMAND) return;
    const options = [given.get("depth"), given.get("form")].filter((word) => word !== undefined && word !== "");
    const question = given.get("question") ?? "";
    const text = options.length === 0 ? question : `${options.join(" ")}: ${question}`;
    await ask(interaction, text, (place) => withThread(place, commandThread(interaction.id)));
  }

  /** What may be written in the field that somebody is in. */
  async function suggest(interaction: APIApplicationCommandAutocompleteInteraction): Promise<void> {
    const { data, id, token } = interaction;
    if (data.name === DIGEST_COMMAND) return digests.complete(interaction);
    const given = givenIn(data.options);
    const values =
      data.name === SETTINGS_COMMAND ? suggestValues(given.get("setting") ?? "", given.get("value") ?? "") : [];
    await replies.suggest(
      { id, token },
      values.map((value) => ({ name: value, value })),
    );
  }

  /** A form with the words of the message, so that they can be changed; the answer goes to the message's thread. */
  async function offerForm(interaction: APIMessageApplicationCommandInteraction): Promise<void> {
    const target = interaction.data.resolved.messages[interaction.data.target_id];
    const id = formatCustomId({ action: "menu", subject: interaction.data.target_id });
    await replies.openForm(
      interaction,
      textForm(id, { title: RESEARCH_MENU, label: "Question", value: cleanText(target?.content ?? "") }),
    );
  }

  async function hearComponent(interaction: APIMessageComponentInteraction): Promise<void> {
    const { custom_id: customId } = interaction.data;
    const id = parseCustomId(customId);
    const runId = id?.subject ?? "";
    if (id?.action.startsWith("digest-")) return digests.press(interaction, id);
    switch (id?.action) {
      case "cancel":
        return cancel(interaction, runId);
      case "follow-up":
        return replies.openForm(interaction, textForm(customId, { title: "Ask a follow-up", label: "Question" }));
      case "bad":
        return replies.openForm(interaction, textForm(customId, OPINION));
      case "sample":
        return replies.openForm(interaction, sampleForm(runId));
      case "good":
        return act(interaction, { type: "feedback", runId, rating: 1, reason: null });
      case "deeper":
      case "redo":
      case "download":
      case "note":
      case "queue":
      case "replace":
        return act(interaction, { type: id.action, runId });
      case "source":
        return replies.whisper(interaction, describeSource(interaction));
      default:
        return replies.whisper(interaction, "This button belongs to another version of me.");
    }
  }

  async function hearForm(interaction: APIModalSubmitInteraction): Promise<void> {
    const id = parseCustomId(interaction.data.custom_id);
    const subject = id?.subject ?? "";
    const text = textOf(interaction);
    switch (id?.action) {
      case "digest-form":
        return digests.submit(interaction, subject);
      case "menu":
        return ask(interaction, text, (place) => withThread(place, subject));
      case "sample":
        return ask(interaction, text, (place) => withThread(place, commandThread(interaction.id)));
      case "follow-up":
        return act(interaction, { type: "follow-up", runId: subject, text });
      case "bad":
        return act(interaction, { type: "feedback", runId: subject, rating: -1, reason: text === "" ? null : text });
      default:
        return replies.whisper(interaction, "This form belongs to another version of me.");
    }
  }

  /** What people do with an answer. A new research shows itself in the thread. */
  async function act(interaction: APIInteraction, action: ChatAction): Promise<void> {
    const reply = await handlers.onAction(action, await sourceOf(interaction));
    switch (reply.kind) {
      case "words":
        return replies.whisper(interaction, toDiscordMarkdown(reply.text));
      case "settled":
        return replies.settle(interaction, inert(reply.text));
      case "file":
        return replies.hand(interaction, { name: "report.md", text: renderReport(reply.report) });
      case "done":
        return replies.whisper(interaction, "On it. The answer comes here.");
    }
  }

  /** Which permissions are missing to answer there, in a sentence; null when none are. */
  async function hindranceOf(interaction: APIInteraction): Promise<string | null> {
    const missing = missingIn((await placeOf(interaction)).facts, BigInt(interaction.app_permissions));
    return missing.length === 0 ? null : missingSentence(missing);
  }

  async function cancel(interaction: APIInteraction, runId: string): Promise<void> {
    const source = await sourceOf(interaction);
    return say(interaction, await replies.listen(source.person, () => handlers.onCancel(runId, source)));
  }

  async function sourceOf(interaction: APIInteraction): Promise<ActionSource> {
    return { eventId: interaction.id, person: personOf(interaction), thread: (await placeOf(interaction)).thread };
  }

  async function ask(interaction: APIInteraction, text: string, threadIn: (place: Place) => ThreadRef): Promise<void> {
    const place = await placeOf(interaction);
    const hindrance = await hindranceOf(interaction);
    if (hindrance !== null) return replies.whisper(interaction, hindrance);
    const asker = personOf(interaction);
    const sentAt = new Date(SnowflakeUtil.timestampFrom(interaction.id)).toISOString();
    const message = {
      eventId: interaction.id,
      messageId: interaction.id,
      thread: threadIn(place),
      asker,
      text,
      sentAt,
    };
    const replied = Promise.withResolvers<string | null>();
    threads.expectReply(interaction.id, replied.promise);
    try {
      const said = await replies.listen(asker, () => handlers.onMessage(message));
      const command = parseCommand(text);
      if (said.length > 0 || command.kind !== "question") return await say(interaction, said);
      const { text: question, depth } = command;
      const root = rootContent({ question, depth, asker, startedAt: sentAt, runId: null, state: "running" });
      replied.resolve(await replies.reply(interaction, root));
    } finally {
      replied.resolve(null);
    }
  }

  async function say(interaction: APIInteraction, said: readonly string[]): Promise<void> {
    if (said.length > 0) return replies.whisper(interaction, said.join("\n"));
    if (interaction.type === InteractionType.MessageComponent) return replies.acknowledge(interaction);
    return replies.whisper(interaction, "Done.");
  }

  async function placeOf({ channel, guild_id: guildId }: APIInteraction): Promise<Place> {
    if (channel === undefined) throw new TypeError("An interaction came without its channel.");
    const facts = { ...readFacts(channel as Parameters<typeof readFacts>[0]), guildId: guildId ?? null };
    channels.learn(facts);
    return { facts, thread: await channels.threadOf(facts.id) };
  }

  return async (interaction: APIInteraction): Promise<void> => {
    try {
      await hear(interaction);
    } catch (error) {
      const reason = asRuminateError(error);
      log.warn({ err: reason, errorCode: reason.code, interactionId: interaction.id }, "interaction not handled");
      await replies.whisper(interaction, userMessageFor(reason)).catch((failure: unknown) => {
        log.warn({ err: failure, interactionId: interaction.id }, "interaction not answered");
      });
    }
  };
}

const OPINION = { title: "What was wrong?", label: "Wrong, outdated, bad sources, too long …", isRequired: false };

/** The question that was pressed, to be changed and sent; an empty form for one's own. */
function sampleForm(subject: string): ReturnType<typeof textForm> {
  const sample = SAMPLES[Number(subject)];
  const id = formatCustomId({ action: "sample", subject });
  return textForm(id, { title: "Research", label: "Question", value: sample === undefined ? "" : sampleWords(sample) });
}

interface Place {
  facts: ReturnType<typeof readFacts>;
  thread: ThreadRef;
}

/** The thread that will be there, where the place can have one. */
function withThread({ facts, thread }: Place, threadId: string): ThreadRef {
  return canHaveThreads(facts) ? { ...thread, threadId } : thread;
}
