import { RateLimitError, REST, type RequestData, type RouteLike } from "discord.js";
import type { Logger } from "pino";
import { apiFailure } from "./api-failure.ts";

export interface ApiOptions {
  token: string;
  /** "https://discord.com/api", or a proxy that speaks for it. */
  address: string;
  log: Logger;
}

/** Discord's REST API. Failures are POST_FAILED and never carry the token. */
export interface DiscordApi {
  get<Reply>(route: RouteLike, query?: Record<string, string>): Promise<Reply>;
  send<Reply>(method: "POST" | "PATCH" | "PUT", route: RouteLike, request: RequestData): Promise<Reply>;
  /** For what is soon out of date: false when Discord wants it to wait, instead of waiting. */
  sendNow(route: RouteLike, request: RequestData): Promise<boolean>;
  close(): void;
}

export function createDiscordApi({ token, address, log }: ApiOptions): DiscordApi {
  const options = { api: address, timeout: REQUEST_MS, retries: 1, invalidRequestWarningInterval: INVALID_WARNING };
  const patient = new REST(options).setToken(token);
  // Of its own, since a queue that waits would make it wait too.
  const hasty = new REST({ ...options, retries: 0, rejectOnRateLimit: () => true }).setToken(token);
  for (const rest of [patient, hasty]) {
    rest.on("rateLimited", ({ route, global, retryAfter }) => log.debug({ route, global, retryAfter }, "rate limited"));
    // 10,000 of them within 10 minutes: Discord bans the address. https://discord.com/developers/docs/topics/rate-limits
    rest.on("invalidRequestWarning", ({ count, remainingTime }) =>
      log.error({ count, remainingTime }, "many refused requests"),
    );
  }

  async function call<Reply>(rest: REST, what: string, work: () => Promise<unknown>): Promise<Reply> {
    try {
      return (await work()) as Reply;
    } catch (error) {
      // discord.js forgets its token after one 401; it may have been Discord's mistake.
      rest.setToken(token);
      throw error instanceof RateLimitError && rest === hasty ? error : apiFailure(what, error);
    }
  }

  const request = (
    rest: REST,
    method: "POST" | "PATCH" | "PUT",
    route: RouteLike,
    data: RequestData,
  ): Promise<unknown> => {
    const signal = AbortSignal.timeout(CALL_MS);
    const given = { signal, ...data };
    return method === "POST"
      ? rest.post(route, given)
      : method === "PUT"
        ? rest.put(route, given)
        : rest.patch(route, given);
  };

  return {
    get: (route, query = {}) =>
      call(patient, `GET ${shapeOf(route)}`, () =>
        patient.get(route, { query: new URLSearchParams(query), signal: AbortSignal.timeout(CALL_MS) }),
      ),
    send: (method, route, data) =>
      call(patient, `${method} ${shapeOf(route)}`, () => request(patient, method, route, data)),
    sendNow: async (route, data) => {
      try {
        await call(hasty, `PATCH ${shapeOf(route)}`, () => request(hasty, "PATCH", route, data));
        return true;
      } catch (error) {
        if (error instanceof RateLimitError) return false;
        throw error;
      }
    },
    close: () => {
      for (const rest of [patient, hasty]) {
        rest.clearHandlerSweeper();
        rest.clearHashSweeper();
      }
    },
  };
}

// Whoever posts waits at most 15 s before another may take over; with all retries and waiting a call must be shorter.
const CALL_MS = 14_000;
const REQUEST_MS = 6_000;
const INVALID_WARNING = 500;

/** "/channels/:id/messages": ids and tokens are no part of an error. */
function shapeOf(route: string): string {
  return route.replace(/\d{15,}(\/[\w-]{30,})?/g, (_all, secret) => (secret === undefined ? ":id" : ":id/:token"));
}
