import type { FakeSlack } from "./fake-slack.ts";

/** What a browser does when somebody adds the app: to Slack, and back with what Slack gave it. */
export async function installApp(pages: string, code: string, change: { state?: string } = {}) {
  const toSlack = await fetch(`${pages}/slack/install`, { redirect: "manual" });
  const address = new URL(toSlack.headers.get("location") ?? "");
  const cookie = (toSlack.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const state = change.state ?? address.searchParams.get("state") ?? "";
  const back = await fetch(`${pages}/slack/oauth_redirect?${new URLSearchParams({ code, state })}`, {
    headers: { cookie },
  });
  await back.text();
  return { address, status: back.status };
}

/** The workspace in which the app was installed. */
export function installedIn(fake: FakeSlack, workspaceId: string) {
  const workspace = fake.oauth.workspaceOf(workspaceId);
  if (workspace === undefined) throw new Error(`nobody installed the app in ${workspaceId}`);
  return workspace;
}
