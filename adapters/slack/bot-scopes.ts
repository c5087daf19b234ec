/** What the app may do, each with the calls or events that need it. */
export const BOT_SCOPES = [
  "app_mentions:read", // app_mention
  "assistant:write", // agents.sessions.setStatus, and the other methods for agents
  "channels:history", // message_deleted; finding what was posted before
  "channels:read", // conversations.info, member_joined_channel
  "chat:write", // everything that is posted
  "commands", // the command and the shortcut
  "files:write", // reports as files
  "groups:history",
  "groups:read",
  "im:history", // message.im
  "im:read",
  "im:write", // conversations.open
  "users:read", // users.info: names in digests and threads, and who is an admin
] as const;
