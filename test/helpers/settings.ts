import { type QuotaLimits, UNLIMITED } from "../../src/chat/quotas.ts";
import { createSettingsDesk, type SettingsDesk } from "../../src/chat/settings-desk.ts";
import { createSettingsStore } from "../../src/jobs/settings-store.ts";
import type { Database } from "../../src/ports.ts";

/** Settings in a real database, with test:admin as the only admin. */
export function settingsDesk(database: Database, limits: QuotaLimits = UNLIMITED): SettingsDesk {
  return createSettingsDesk({
    store: createSettingsStore(database),
    limits,
    isAdmin: async (person) => person === "test:admin",
  });
}
