import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from "discord.js";
import { RuminateError } from "../../src/errors.ts";

/** A failed call as POST_FAILED: may it work later, when at the earliest, and Discord's own code (`details.discordCode`). */
export function apiFailure(what: string, error: unknown): RuminateError {
  if (error instanceof RuminateError) return error;
  if (error instanceof DiscordAPIError) {
    const { code, status, message } = error;
    if (status === 401 && code === 0)
      return new RuminateError("POST_FAILED", "Discord refused the bot's token. Check DISCORD_TOKEN.", {
        details: { status },
      });
    // The cause would carry the whole message that was sent.
    return new RuminateError("POST_FAILED", `Discord refused ${what}: ${message.slice(0, 300)} (${code}).`, {
      isRetryable: status >= 500 || status === 429,
      details: { discordCode: code, status },
    });
  }
  if (error instanceof RateLimitError) {
    const { retryAfter, route, global } = error;
    return new RuminateError("POST_FAILED", `Discord asks to wait with ${what}.`, {
      isRetryable: true,
      retryAfterMs: retryAfter,
      details: { route, global },
    });
  }
  if (error instanceof HTTPError) {
    return new RuminateError("POST_FAILED", `Discord answered ${what} with status ${error.status}.`, {
      isRetryable: error.status >= 500 || error.status === 429,
      details: { status: error.status },
    });
  }
  return new RuminateError("POST_FAILED", `Discord did not answer ${what}.`, { cause: error, isRetryable: true });
}

/** Discord's code for a refusal, or null when it was none. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export function discordCodeOf(error: unknown): number | null {
  const code =
    error instanceof DiscordAPIError ? error.code : error instanceof RuminateError ? error.details.discordCode : null;
  return typeof code === "number" ? code : null;
}

export const CODES = {
  unknownChannel: RESTJSONErrorCodes.UnknownChannel,
  unknownMember: RESTJSONErrorCodes.UnknownMember,
  unknownMessage: RESTJSONErrorCodes.UnknownMessage,
  alreadyAnswered: RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  missingAccess: RESTJSONErrorCodes.MissingAccess,
  missingPermissions: RESTJSONErrorCodes.MissingPermissions,
  closedToMessages: RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  threadArchived: RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  threadExists: RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
} as const;
