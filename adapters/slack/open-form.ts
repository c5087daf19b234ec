import type { types } from "@slack/bolt";
import type { Logger } from "pino";
import { problemsOfView } from "./limits.ts";
import type { CallSlack } from "./slack-calls.ts";

/** Shows a form to whoever pressed or called something; Slack takes the trigger of it for 3 s. */
export type OpenForm = (workspaceId: string, triggerId: string, view: types.ModalView) => Promise<void>;

export function createOpenForm(callSlack: CallSlack, log: Logger): OpenForm {
  return async (workspaceId, triggerId, view) => {
    const checked = checkedView(view, log);
    await callSlack(workspaceId, "views.open", { trigger_id: triggerId, view: checked }, { patienceMs: 1_000 });
  };
}

/** The same view; what Slack would refuse in it is in the log. */
export function checkedView<View extends types.ModalView>(view: View, log: Logger): View {
  const problems = problemsOfView(view);
  if (problems.length > 0) log.error({ problems }, "form beyond the limits of Slack");
  return view;
}
