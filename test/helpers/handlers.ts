import type { ChatHandlers } from "../../src/ports.ts";

/** Handlers that do nothing. */
export const DEAF: ChatHandlers = {
  onMessage: async () => {},
  onCancel: async () => {},
  onWithdraw: async () => {},
  onRemoved: async () => {},
  onJoined: async () => {},
  onHome: async () => ({ usage: [], questions: [], digests: [], settings: [] }),
  onSettings: async () => ({ fields: [] }),
  onSettingsSaved: async () => [],
  onAction: async () => ({ kind: "done" }),
  onDigest: async () => ({ kind: "words", text: "" }),
};
