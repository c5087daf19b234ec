import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import type { ChatHandlers } from "../../src/chat-ports.ts";
import { workspaceIdOf } from "./hear-messages.ts";
import { homeContents } from "./home-blocks.ts";
import { problemsOfView } from "./limits.ts";
import { qualify } from "./replies.ts";
import type { CallSlack } from "./slack-calls.ts";

/**
 * The Home tab is made anew each time somebody opens it: so the event is acknowledged at once, and nothing is lost when the
 * page cannot be shown. Were it left to Slack to tell it again, a page that Slack refuses would be refused four times.
 */
export function hearHome(app: App, publishHome: PublishHome): void {
  app.event("app_home_opened", async ({ event, context }) => {
    if (event.tab === "home") void publishHome(workspaceIdOf(context), event.user);
  });
}

/** Shows the person their Home tab as it is now. Never rejects: what cannot be shown is made anew when it is opened next. */
export type PublishHome = (workspaceId: string, userId: string) => Promise<void>;

export function createPublishHome(handlers: ChatHandlers, callSlack: CallSlack, log: Logger): PublishHome {
  return async (workspaceId, userId) => {
    try {
      const home = await handlers.onHome(qualify(workspaceId, userId), { platform: "slack", workspaceId });
      const view = homeContents(home);
      const problems = problemsOfView(view);
      if (problems.length > 0) log.error({ problems }, "home beyond the limits of Slack");
      await callSlack(workspaceId, "views.publish", { user_id: userId, view });
    } catch (error) {
      log.warn({ err: error }, "home not shown");
    }
  };
}
