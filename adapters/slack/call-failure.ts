import { webApi } from "@slack/bolt";
import { RuminateError } from "../../src/errors.ts";

/** A failed call as POST_FAILED: may it work later, when at the earliest, and what Slack called it (`details.slackError`). */
export function callFailure(method: string, error: unknown): RuminateError {
  if (error instanceof RuminateError) return error;
  const options = { cause: error, details: { method, slackError: slackErrorOf(error) } };
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const retryAfterMs = error.retryAfter * 1000;
    return new RuminateError("POST_FAILED", `Slack asks to wait with ${method}.`, {
      ...options,
      isRetryable: true,
      retryAfterMs,
    });
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: code, response_metadata: metadata } = error.data;
    const why = (metadata?.messages ?? []).join(" ");
    return new RuminateError("POST_FAILED", `Slack refused ${method}: ${code}. ${why}`.trim(), {
      ...options,
      isRetryable: MAY_PASS.has(code),
    });
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const isRetryable = error.statusCode >= 500;
    return new RuminateError("POST_FAILED", `Slack answered ${method} with status ${error.statusCode}.`, {
      ...options,
      isRetryable,
    });
  }
  return new RuminateError("POST_FAILED", `Slack did not answer ${method}.`, { ...options, isRetryable: true });
}

/** The code of Slack's answer, or null when it gave none. */
export function slackErrorOf(error: unknown): string | null {
  if (error instanceof RuminateError) {
    const code = error.details.slackError;
    return typeof code === "string" ? code : null;
  }
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

/** Slack said no, so nothing was done: the call may be made again without being done twice. */
export function wasRefused(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError || error instanceof webApi.WebAPIRateLimitedError;
}

/** Nobody knows whether it was done: Slack was asked, and did not answer. */
export function mayBeDone(failure: unknown): boolean {
  return failure instanceof RuminateError && failure.cause !== undefined && !wasRefused(failure.cause);
}

// Errors of Slack's own that pass. https://docs.slack.dev/reference/methods/chat.postMessage#errors (read 2026-11-22)
const MAY_PASS: ReadonlySet<string> = new Set([
  "fatal_error",
  "internal_error",
  "ratelimited",
  "rate_limited",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);
/** The token is of no more use. */
export const TOKEN_GONE: ReadonlySet<string> = new Set([
  "account_inactive",
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "token_expired",
]);
/** The message is too long for Slack: of this one message, that is, and not of what Slack can do. */
export const TOO_LONG: ReadonlySet<string> = new Set(["msg_blocks_too_long", "msg_too_long"]);
/** What Slack says when it does not like the blocks of a message. */
export const SHAPE_REFUSED: ReadonlySet<string> = new Set([
  "invalid_attachments",
  "invalid_blocks",
  "invalid_blocks_format",
  "markdown_text_conflict",
  ...TOO_LONG,
  "too_many_attachments",
]);
/** The method or the feature behind it is not there: an older or compatible server, or an app that is no agent. */
export const NOT_OFFERED: ReadonlySet<string> = new Set([
  "access_denied",
  "channel_type_not_supported",
  "feature_not_enabled",
  "method_deprecated",
  "method_not_supported_for_channel_type",
  "missing_scope",
  "not_allowed",
  "not_allowed_token_type",
  "not_authorized",
  "unknown_method",
]);
