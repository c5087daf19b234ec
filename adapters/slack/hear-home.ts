import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import type { ChatHandlers } from "../../src/ports.ts";
import { workspaceIdOf } from "./hear-messages.ts";
import { homeContents } from "./home-blocks.ts";
import { problemsOfView } from "./limits.ts";
import { qualify } from "./replies.ts";
import type { CallSlack } from "./slack-calls.ts";

/** The Home tab is made anew each time somebody opens it. */
export function hearHome(app: App, publishHome: PublishHome): void {
  app.event("app_home_opened", async ({ event, context }) => {
    if (event.tab === "home") await publishHome(workspaceIdOf(context), event.user);
  });
}

/** Shows the person their Home tab as it is now. */
export type PublishHome = (workspaceId: string, userId: string) => Promise<void>;

export function createPublishHome(handlers: ChatHandlers, callSlack: CallSlack, log: Logger): PublishHome {
  return async (workspaceId, userId) => {
    const view = homeContents(await handlers.onHome(qualify(workspaceId, userId), { platform: "slack", workspaceId }));
    const problems = problemsOfView(view);
    if (problems.length > 0) log.error({ problems }, "home beyond the limits of Slack");
    await callSlack(workspaceId, "views.publish", { user_id: userId, view });
  };
}
