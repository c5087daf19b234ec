import { type OperatorBounds, placeRefusal, resolveSettings } from "../chat/settings.ts";
import type { ChatPlatform } from "../chat-ports.ts";
import type { Queryable } from "../ports.ts";
import { readSettings } from "../storage/settings.ts";
import type { AttemptParts } from "./attempt.ts";

export interface PlaceRefusalParts {
  database: Queryable;
  platforms: readonly Pick<ChatPlatform, "name" | "placeKind">[];
  bounds: OperatorBounds;
}

/** Why nothing may be told in a place, by what is set there at this moment. */
export function createPlaceRefusal({ database, platforms, bounds }: PlaceRefusalParts): AttemptParts["placeRefusal"] {
  return async (request) => {
    const { platform: name, channelId } = request.thread;
    const platform = platforms.find((each) => each.name === name);
    const [stored = []] = await readSettings(database, [request]);
    const kind = (await platform?.placeKind(request.thread, { patienceMs: PATIENCE_MS })) ?? "channel";
    return placeRefusal(resolveSettings(stored, bounds), channelId, kind);
  };
}

// Nobody waits for an acknowledgement here; where a platform is silent for longer, nothing can be posted either.
const PATIENCE_MS = 10_000;
