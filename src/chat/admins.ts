import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import type { ThreadRef } from "../types.ts";

/** May this person do for others what only they themselves may do? */
export type IsAdmin = (person: string, thread: ThreadRef) => Promise<boolean>;

/** Who is named in the configuration, and who manages the workspace or server. Who cannot be looked up is no admin. */
export function createIsAdmin(platform: Pick<ChatPlatform, "isAdmin">, named: readonly string[], log: Logger): IsAdmin {
  return async (person, thread) => {
    if (named.includes(person)) return true;
    try {
      return await platform.isAdmin(person, thread);
    } catch (error) {
      log.warn({ err: error }, "role of a person not known");
      return false;
    }
  };
}
