import { AsyncLocalStorage } from "node:async_hooks";
import {
  type APIInteraction,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
  type RawFile,
  Routes,
} from "discord.js";
import { RuminateError } from "../../src/errors.ts";
import { CODES, discordCodeOf } from "./api-failure.ts";
import { attachedFile, textDisplay } from "./components.ts";
import type { DiscordApi } from "./discord-api.ts";
import { LIMITS, type MessageContent, problemsOfModal } from "./limits.ts";
import { bodyOf, filesOf, QUIET } from "./posting.ts";

/** What is said back to a command, button or form. Discord gives three seconds for it. */
export interface Replies {
  /**
   * Does the work and gives what was said meanwhile to this person alone: only the reply to an interaction can be seen by
   * one person and nobody else.
   */
  listen(person: string, work: () => Promise<void>): Promise<string[]>;
  /** Keeps the words for the reply, if this is said while an interaction of the person is handled. */
  keep(person: string, text: string): boolean;
  /** For everybody. @returns the id of the message, or null when somebody replied before */
  reply(interaction: Target, content: MessageContent): Promise<string | null>;
  /** For the person alone. */
  whisper(interaction: Target, shown: string | MessageContent): Promise<void>;
  /** A file for the person alone. */
  hand(interaction: Target, file: { name: string; text: string }): Promise<void>;
  /** The message with the button becomes this. */
  settle(interaction: Target, shown: string | MessageContent): Promise<void>;
  /** Nothing to say: the button stops spinning. */
  acknowledge(interaction: Target): Promise<void>;
  /** At most 25. https://docs.discord.com/developers/interactions/receiving-and-responding (read 2026-11-22) */
  suggest(interaction: Target, choices: readonly { name: string; value: string }[]): Promise<void>;
  openForm(interaction: Target, form: APIModalInteractionResponseCallbackData): Promise<void>;
}

type Target = Pick<APIInteraction, "id" | "token">;

export function createReplies(api: DiscordApi): Replies {
  const listening = new AsyncLocalStorage<{ person: string; said: string[] }>();

  /** The token in the address speaks for itself. With the bot's token, a dead one would make discord.js forget the bot's. */
  async function answer({ id, token }: Target, body: object, files: RawFile[] = []): Promise<CallbackReply | null> {
    try {
      const query = new URLSearchParams({ with_response: "true" });
      return await api.send("POST", Routes.interactionCallback(id, token), { body, files, query, auth: false });
    } catch (error) {
      if (discordCodeOf(error) === CODES.alreadyAnswered) return null;
      throw error;
    }
  }

  return {
    listen: async (person, work) => {
      const said: string[] = [];
      await listening.run({ person, said }, work);
      return said;
    },
    keep: (person, text) => {
      const context = listening.getStore();
      if (context?.person !== person) return false;
      context.said.push(text);
      return true;
    },
    reply: async (interaction, content) => {
      const data = bodyOf(content, null, QUIET);
      const reply = await answer(interaction, { type: InteractionResponseType.ChannelMessageWithSource, data });
      return reply?.resource?.message?.id ?? null;
    },
    whisper: async (interaction, shown) => {
      const data = bodyOf(contentOf(shown), null, QUIET | MessageFlags.Ephemeral);
      await answer(interaction, { type: InteractionResponseType.ChannelMessageWithSource, data });
    },
    hand: async (interaction, file) => {
      const content = { components: [attachedFile(file.name)], file };
      const data = bodyOf(content, null, QUIET | MessageFlags.Ephemeral);
      await answer(interaction, { type: InteractionResponseType.ChannelMessageWithSource, data }, filesOf(content));
    },
    settle: async (interaction, shown) => {
      const { flags: _flags, ...data } = bodyOf(contentOf(shown), null, QUIET);
      await answer(interaction, { type: InteractionResponseType.UpdateMessage, data });
    },
    acknowledge: async (interaction) => {
      await answer(interaction, { type: InteractionResponseType.DeferredMessageUpdate });
    },
    suggest: async (interaction, choices) => {
      const data = { choices: choices.slice(0, 25) };
      await answer(interaction, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data });
    },
    openForm: async (interaction, form) => {
      const problems = problemsOfModal(form);
      if (problems.length > 0)
        throw new RuminateError("INTERNAL", `The form is beyond the limits of Discord: ${problems.join("; ")}.`);
      await answer(interaction, { type: InteractionResponseType.Modal, data: form });
    },
  };
}

function contentOf(shown: string | MessageContent): MessageContent {
  return typeof shown === "string" ? wordsContent(shown) : shown;
}

/** A few words as a message. */
export function wordsContent(text: string): MessageContent {
  return { components: [textDisplay(text.slice(0, LIMITS.messageText).toWellFormed().trim() || "…")] };
}

interface CallbackReply {
  resource?: { message?: APIMessage };
}
