import type { Logger } from "pino";
import { RuminateError } from "../../src/errors.ts";
import { SHAPE_REFUSED, slackErrorOf, TOO_LONG } from "./call-failure.ts";
import { type MessageContent, problemsOfMessage } from "./limits.ts";

/**
 * A message in several forms, richest first: what Slack refuses for its shape is sent in the next plainer one. Resolves to
 * what `send` did with the form that Slack took.
 */
export type SendFirst = <Reply>(
  workspaceId: string,
  contents: readonly MessageContent[],
  send: (content: MessageContent) => Promise<Reply>,
) => Promise<Reply>;

/**
 * A workspace that refused a form is not asked with it again. Everything is checked against Slack's limits before it
 * leaves.
 *
 * @param kind tells apart what has as many forms and is refused for reasons of its own
 */
export function createForms(kind: string, log: Logger): SendFirst {
  // By workspace and number of forms: the first form that is worth trying.
  const levels = new Map<string, number>();

  return async (workspaceId, contents, send) => {
    const name = `${workspaceId} ${contents.length}`;
    const start = Math.min(levels.get(name) ?? 0, contents.length - 1);
    let refusal: unknown = null;
    for (const [offset, content] of contents.slice(start).entries()) {
      const problems = problemsOfMessage(content);
      if (problems.length > 0) {
        log.error({ kind, problems }, "message beyond the limits of Slack, sending a plainer one");
        continue;
      }
      try {
        const reply = await send(content);
        if (offset > 0 && refusal !== null && !TOO_LONG.has(slackErrorOf(refusal) ?? ""))
          levels.set(name, start + offset);
        return reply;
      } catch (error) {
        const code = slackErrorOf(error) ?? "";
        if (!SHAPE_REFUSED.has(code)) throw error;
        log.warn({ err: error, kind, slackError: code, form: start + offset }, "message refused for its shape");
        refusal = error;
      }
    }
    const details = { slackError: "msg_too_long" };
    throw (
      refusal ?? new RuminateError("POST_FAILED", "No form of the message is within the limits of Slack.", { details })
    );
  };
}
