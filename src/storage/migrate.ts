import { createHash } from "node:crypto";
import { RuminateError } from "../errors.ts";
import type { Database, Queryable } from "../ports.ts";
import { MIGRATIONS, type Migration } from "./migrations.ts";

/**
 * Brings the tables to this version and gives the names of the migrations that it ran. All in one transaction behind an
 * advisory lock: of several processes one works and the others wait, and a crash leaves nothing half done.
 *
 * @throws {RuminateError} DATABASE_INCOMPATIBLE when the database is newer than this code or was made by another
 */
export async function migrate(database: Database, migrations = MIGRATIONS): Promise<string[]> {
  return database.transaction(async (query) => {
    await query.query(LOCK);
    await query.query(CREATE_RECORD);
    const pending = pendingOf(await readApplied(query), migrations);
    for (const migration of pending) await apply(query, migration);
    return pending.map(({ name }) => name);
  });
}

/** The names of the migrations that `migrate` would run. Changes nothing. */
export async function pendingMigrations(database: Database, migrations = MIGRATIONS): Promise<string[]> {
  const [found] = await database.query<{ exists: boolean }>(
    "select to_regclass('schema_migrations') is not null as exists",
  );
  const applied = found?.exists ? await readApplied(database) : [];
  return pendingOf(applied, migrations).map(({ name }) => name);
}

interface Applied {
  version: number;
  checksum: string;
}

// One lock for each schema: tests of several processes share one server.
const LOCK = "select pg_advisory_xact_lock(hashtextextended('ruminate migrations in ' || current_schema(), 0))";
const CREATE_RECORD = `create table if not exists schema_migrations (
  version integer primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz(3) not null default now()
)`;

async function readApplied(query: Queryable): Promise<Applied[]> {
  return query.query<Applied>("select version, checksum from schema_migrations order by version");
}

function pendingOf(applied: readonly Applied[], migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const { version, checksum } of applied) {
    const migration = known.get(version);
    if (migration === undefined) {
      throw new RuminateError(
        "DATABASE_INCOMPATIBLE",
        `The database was last used by a newer Ruminate (its tables are at version ${applied.at(-1)?.version}, this one knows ${migrations.length}). Update Ruminate, or use another database.`,
      );
    }
    if (checksumOf(migration) !== checksum) {
      throw new RuminateError(
        "DATABASE_INCOMPATIBLE",
        `The tables in the database were made by a changed Ruminate (migration ${version}, "${migration.name}", differs). Use the Ruminate that made them, or another database.`,
      );
    }
  }
  const done = new Set(applied.map(({ version }) => version));
  return migrations.filter(({ version }) => !done.has(version));
}

async function apply(query: Queryable, migration: Migration): Promise<void> {
  for (const statement of migration.statements) await query.query(statement);
  await query.query("insert into schema_migrations (version, name, checksum) values ($1, $2, $3)", [
    migration.version,
    migration.name,
    checksumOf(migration),
  ]);
}

function checksumOf({ statements }: Migration): string {
  return createHash("sha256").update(statements.join(";").replace(/\s+/g, " ")).digest("hex");
}
