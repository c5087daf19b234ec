import type { App, BlockButtonAction } from "@slack/bolt";
import type { ChatHandlers } from "../../src/chat-ports.ts";
import type { ThreadRef } from "../../src/types.ts";
import type { DigestPress } from "./hear-digests.ts";
import type { PublishHome } from "./hear-home.ts";
import { workspaceIdOf } from "./hear-messages.ts";
import { readContext } from "./modals.ts";
import type { OpenForm } from "./open-form.ts";
import { qualify } from "./replies.ts";
import { blockIdOf, changesOf, SETTINGS_ACTION, SETTINGS_FORM, settingsForm } from "./settings-form.ts";

export interface SettingsParts {
  handlers: Pick<ChatHandlers, "onSettings" | "onSettingsSaved">;
  openForm: OpenForm;
  /** Makes the Home tab of the person anew. */
  publishHome: PublishHome;
}

/** The form of the settings: what stands in it, and what was sent. Who may set what is for the core to check, both times. */
export function hearSettings(app: App, { handlers, openForm, publishHome }: SettingsParts): void {
  app.action<BlockButtonAction>(SETTINGS_ACTION, async ({ body, context, ack }) => {
    const workspaceId = workspaceIdOf(context);
    const source = {
      eventId: body.trigger_id,
      person: qualify(workspaceId, body.user.id),
      thread: placeIn(workspaceId, ""),
    };
    await openSettings({ handlers, openForm }, { source, triggerId: body.trigger_id });
    await ack();
  });

  app.view(SETTINGS_FORM, async ({ view, body, context, ack }) => {
    const form = readContext(view.private_metadata);
    if (form === null) return ack();
    const workspaceId = workspaceIdOf(context);
    const person = qualify(workspaceId, body.user.id);
    const problems = await handlers.onSettingsSaved(person, placeIn(workspaceId, form.channelId), changesOf(view));
    if (problems.length > 0)
      return ack({
        response_action: "errors",
        errors: Object.fromEntries(problems.map((each) => [blockIdOf(each), each.problem])),
      });
    await ack();
    if (form.channelId === "") await publishHome(workspaceId, body.user.id);
  });
}

export async function openSettings(
  { handlers, openForm }: Pick<SettingsParts, "handlers" | "openForm">,
  { source: { person, thread }, triggerId }: DigestPress,
): Promise<void> {
  await openForm(
    thread.workspaceId,
    triggerId,
    settingsForm(await handlers.onSettings(person, thread), thread.channelId),
  );
}

function placeIn(workspaceId: string, channelId: string): ThreadRef {
  return { platform: "slack", workspaceId, channelId, threadId: null };
}
