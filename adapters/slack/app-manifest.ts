import { REDIRECT_PATH, REQUEST_PATH } from "./bolt-app.ts";
import { BOT_SCOPES } from "./bot-scopes.ts";
import { SHORTCUT } from "./hear-actions.ts";
import { COMMAND } from "./hear-commands.ts";
import { PROMPTS } from "./prompts.ts";

/** What the app is told of, each heard in one of the files hear-….ts. */
export const BOT_EVENTS = [
  "agent_session_stopped",
  "app_context_changed",
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "member_joined_channel",
  "message.channels",
  "message.groups",
  "message.im",
  "tokens_revoked",
] as const;

/** The app as Slack makes it: for Socket Mode, or for requests to an address of one's own. */
export function slackManifest(requestHost: string | null) {
  const requestUrl = requestHost === null ? {} : { request_url: `${requestHost}${REQUEST_PATH}` };
  const redirectUrls = requestHost === null ? {} : { redirect_urls: [`${requestHost}${REDIRECT_PATH}`] };
  const commandUrl = requestHost === null ? {} : { url: `${requestHost}${REQUEST_PATH}` };
  return {
    display_information: {
      name: "Ruminate",
      description: "Researches questions and answers with checked sources",
      background_color: "#1f3a4d",
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      agent_view: {
        agent_description: "Ask a question. Ruminate searches, reads, and answers with sources that are checked.",
        suggested_prompts: [...PROMPTS],
      },
      bot_user: { display_name: "Ruminate", always_online: true },
      shortcuts: [
        {
          name: "Research this",
          type: "message",
          callback_id: SHORTCUT,
          description: "Research what this message says",
        },
      ],
      slash_commands: [
        {
          command: COMMAND,
          ...commandUrl,
          description: "Research a question and answer with sources",
          usage_hint: "What changed in …? (deep: … or table: …)",
          should_escape: true,
        },
      ],
    },
    oauth_config: { ...redirectUrls, scopes: { bot: [...BOT_SCOPES] } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: [...BOT_EVENTS] },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: requestHost === null,
      token_rotation_enabled: false,
    },
  };
}

/** Plain YAML: maps, lists, texts, numbers and truth values. */
export function toYaml(value: unknown, indent = ""): string {
  if (Array.isArray(value))
    return value.map((item) => `${indent}- ${toYaml(item, `${indent}  `).trimStart()}`).join("\n");
  if (value === null || typeof value !== "object")
    return typeof value === "string" && !/^[\w./]+$/.test(value) ? JSON.stringify(value) : String(value);
  return Object.entries(value)
    .map(([name, field]) => {
      const isNested = field !== null && typeof field === "object";
      return isNested ? `${indent}${name}:\n${toYaml(field, `${indent}  `)}` : `${indent}${name}: ${toYaml(field)}`;
    })
    .join("\n");
}
