import { UNLIMITED } from "../../src/chat/quotas.ts";
import type { OperatorBounds } from "../../src/chat/settings.ts";
import { createSettingsDesk, type SettingsDesk } from "../../src/chat/settings-desk.ts";
import { createSettingsStore } from "../../src/jobs/settings-store.ts";
import type { Database } from "../../src/ports.ts";

/** Settings in a real database, with test:admin as the only admin. */
export function settingsDesk(database: Database, bounds: OperatorBounds = UNLIMITED): SettingsDesk {
  return createSettingsDesk({
    store: createSettingsStore(database),
    bounds,
    isAdmin: async (person) => person === "test:admin",
  });
}
