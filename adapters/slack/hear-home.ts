import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import type { ChatHandlers } from "../../src/ports.ts";
import { workspaceIdOf } from "./hear-messages.ts";
import { homeContents } from "./home-blocks.ts";
import { problemsOfView } from "./limits.ts";
import { qualify } from "./replies.ts";
import type { CallSlack } from "./slack-calls.ts";

/** The Home tab is made anew each time somebody opens it. */
export function hearHome(
  app: App,
  { handlers, callSlack, log }: { handlers: ChatHandlers; callSlack: CallSlack; log: Logger },
): void {
  app.event("app_home_opened", async ({ event, context }) => {
    if (event.tab !== "home") return;
    const workspaceId = workspaceIdOf(context);
    const view = homeContents(
      await handlers.onHome(qualify(workspaceId, event.user), { platform: "slack", workspaceId }),
    );
    const problems = problemsOfView(view);
    if (problems.length > 0) log.error({ problems }, "home beyond the limits of Slack");
    await callSlack(workspaceId, "views.publish", { user_id: event.user, view });
  });
}
