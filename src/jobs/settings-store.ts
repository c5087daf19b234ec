import type { SettingsStore } from "../chat/settings-desk.ts";
import type { Database } from "../ports.ts";
import { readSettings, saveSetting } from "../storage/settings.ts";

/** The settings of a person in a place, in the database. */
export function createSettingsStore(database: Database): SettingsStore {
  return {
    read: async (who) => (await readSettings(database, [who]))[0] ?? [],
    save: (who, changes) =>
      database.transaction(async (query) => {
        for (const change of changes) await saveSetting(query, who, change);
      }),
  };
}
