import type { Logger } from "pino";
import { createSlackPlatform, type SlackPlatform } from "../adapters/slack/slack.ts";
import type { FakeSlack } from "../test/helpers/fake-slack.ts";

/** Our Slack against the fake one, by Socket Mode. */
export function slackOn(fake: FakeSlack, log: Logger): SlackPlatform {
  return createSlackPlatform({
    reception: { mode: "socket", appToken: fake.appToken },
    installed: { token: fake.tokenOf(fake.workspace) },
    apiUrl: fake.apiUrl,
    renderReport: ({ answer }) => answer,
    log,
  });
}
