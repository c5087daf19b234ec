export interface Migration {
  /** 1, 2, 3 … without gaps. */
  version: number;
  name: string;
  /** Run in order, one at a time: PGlite takes one statement per query. */
  statements: string[];
}

/**
 * The tables, as they came to be. Append only: what was released is never edited (its checksum is in the databases).
 *
 * Times are `timestamptz(3)`: what is read back, in milliseconds, is what was stored. Ids of people are
 * platform-qualified, other subjects as in `subjects.ts`. `jsonb` is written with `jsonb()` of `sql-values.ts`.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: "runs and their journal",
    statements: [
      `create table runs (
        id text primary key,
        platform text not null,
        workspace_id text not null,
        channel_id text not null,
        thread_id text,
        asker text not null,
        request jsonb not null,
        state text not null check (state in ('queued', 'running', 'delivering', 'done', 'failed')),
        outcome text check (outcome in ('answered', 'partial', 'nothing-found')),
        report jsonb,
        failure jsonb,
        cancel_requested_at timestamptz(3),
        lease_owner text,
        lease_until timestamptz(3),
        lease_epoch integer not null default 0,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        finished_at timestamptz(3)
      )`,
      "create index runs_of_asker on runs (asker, created_at)",
      "create index runs_of_channel on runs (platform, workspace_id, channel_id, created_at)",
      "create index runs_by_update on runs (updated_at)",
      "create index runs_open on runs (created_at) where state in ('queued', 'running', 'delivering')",
      // `json`, not `jsonb`: a replay gets back what was stored to the character (order of keys, NUL escapes), and SQL
      // never looks inside.
      `create table journal (
        run_id text not null references runs on delete cascade,
        index integer not null,
        kind text not null,
        label json not null,
        result json not null,
        duration_ms double precision not null,
        recorded_at timestamptz(3) not null,
        primary key (run_id, index)
      )`,
      // One row for each message that is to be posted. A row without message_id was perhaps posted: ask the platform.
      `create table deliveries (
        key text primary key,
        run_id text references runs on delete cascade,
        thread jsonb not null,
        message_id text,
        attempts integer not null default 0,
        created_at timestamptz(3) not null,
        posted_at timestamptz(3)
      )`,
      "create index deliveries_of_run on deliveries (run_id)",
      `create table feedback (
        run_id text not null references runs on delete cascade,
        person text not null,
        rating smallint not null check (rating in (-1, 1)),
        reason text,
        created_at timestamptz(3) not null,
        primary key (run_id, person)
      )`,
      "create index feedback_of_person on feedback (person)",
    ],
  },
  {
    version: 2,
    name: "usage, quotas and settings",
    statements: [
      // Holds nobody's words and outlives the run, whose id is then null.
      `create table model_calls (
        id bigint generated always as identity primary key,
        run_id text references runs on delete set null,
        purpose text not null,
        endpoint text not null,
        model text not null,
        served_model text,
        provider text,
        generation_id text,
        outcome text not null check (outcome in ('ok', 'discarded', 'failed', 'aborted')),
        error_code text,
        status integer,
        prompt_tokens integer not null,
        cached_tokens integer not null,
        completion_tokens integer not null,
        reasoning_tokens integer not null,
        cost_usd double precision,
        is_estimated boolean not null,
        latency_ms double precision not null,
        created_at timestamptz(3) not null
      )`,
      "create index model_calls_by_time on model_calls (created_at)",
      "create index model_calls_of_run on model_calls (run_id)",
      // Counters; period is a day (2026-11-22) or a month (2026-11) in UTC.
      `create table quotas (
        scope text not null check (scope in ('person', 'channel', 'workspace')),
        subject text not null,
        period text not null,
        runs integer not null default 0,
        cost_usd double precision not null default 0,
        updated_at timestamptz(3) not null,
        primary key (scope, subject, period)
      )`,
      "create index quotas_by_update on quotas (updated_at)",
      `create table settings (
        scope text not null check (scope in ('person', 'channel', 'workspace')),
        subject text not null,
        name text not null,
        value jsonb not null,
        updated_by text,
        updated_at timestamptz(3) not null,
        primary key (scope, subject, name)
      )`,
    ],
  },
  {
    version: 3,
    name: "digests and the cache",
    statements: [
      `create table digests (
        id text primary key,
        platform text not null,
        workspace_id text not null,
        channel_id text not null,
        owner text not null,
        kind text not null check (kind in ('topic', 'talk', 'both')),
        topic text,
        options jsonb not null,
        timetable text not null,
        time_zone text not null,
        state text not null check (state in ('active', 'paused')),
        paused_because text,
        failures integer not null default 0,
        next_due_at timestamptz(3),
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`,
      "create index digests_of_channel on digests (platform, workspace_id, channel_id)",
      "create index digests_of_owner on digests (owner)",
      // One row for each time a digest was due: the key keeps two processes from sending it twice. `told` holds the
      // statements and sources that are not news any more, `cursor` how far the channel was read.
      `create table digest_issues (
        digest_id text not null references digests on delete cascade,
        due_at timestamptz(3) not null,
        run_id text references runs on delete set null,
        state text not null check (state in ('claimed', 'posted', 'silent', 'skipped', 'failed')),
        told jsonb,
        cursor text,
        cost_usd double precision,
        created_at timestamptz(3) not null,
        finished_at timestamptz(3),
        primary key (digest_id, due_at)
      )`,
      "create index digest_issues_of_run on digest_issues (run_id)",
      `create table cache (
        namespace text not null,
        key text not null,
        value text not null,
        expires_at timestamptz(3),
        primary key (namespace, key)
      )`,
      "create index cache_by_expiry on cache (expires_at) where expires_at is not null",
    ],
  },
  {
    version: 4,
    name: "taking up, delivering once, dropping repetitions",
    statements: [
      // `tries`: how often the run was taken up since it last got further. `card`: as it looked when the report was done.
      "alter table runs add column tries integer not null default 0",
      "alter table runs add column card jsonb",
      "alter table runs add column delivery_started_at timestamptz(3)",
      "alter table runs add column shown_place integer",
      "create index runs_waiting on runs (created_at, id) where state = 'queued'",
      "alter table deliveries add column attempted_by text",
      "alter table deliveries add column attempted_at timestamptz(3)",
      // Every name under which something came in: the platform's event, the message.
      `create table arrivals (
        key text primary key,
        created_at timestamptz(3) not null
      )`,
      "create index arrivals_by_time on arrivals (created_at)",
    ],
  },
  {
    version: 5,
    name: "rates that processes share",
    statements: [
      // As rate-limiter-flexible has it; times are milliseconds since 1970.
      `create table rates (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      )`,
    ],
  },
  {
    version: 6,
    name: "installations",
    statements: [
      // `sealed`: tokens and what belongs to them, encrypted. `renewing_until`: one process at a time renews a token.
      `create table installations (
        platform text not null,
        workspace_id text not null,
        sealed text not null,
        version integer not null default 1,
        renewing_until timestamptz(3),
        installed_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        primary key (platform, workspace_id)
      )`,
    ],
  },
  {
    version: 7,
    name: "journals of other versions",
    statements: [
      // What the stored steps mean; see the journal. A run whose steps cannot be read begins anew, once.
      "alter table journal add column format integer not null default 1",
      "alter table runs add column was_begun_anew boolean not null default false",
    ],
  },
  {
    version: 8,
    name: "questions that wait for a decision, and remarks to runs at work",
    statements: [
      "alter table runs drop constraint runs_state_check",
      `alter table runs add constraint runs_state_check
        check (state in ('offered', 'queued', 'running', 'delivering', 'done', 'failed'))`,
      `create table remarks (
        id bigint generated always as identity primary key,
        run_id text not null references runs on delete cascade,
        person text not null,
        text text not null,
        created_at timestamptz(3) not null
      )`,
      "create index remarks_of_run on remarks (run_id, id)",
      "create index remarks_of_person on remarks (person)",
    ],
  },
  {
    version: 9,
    name: "digests know when they were last told",
    // Issues go with the retention; a monthly digest would begin with its first day again.
    statements: ["alter table digests add column last_told_at timestamptz(3)"],
  },
  {
    version: 10,
    name: "digests can be previewed",
    statements: [
      "alter table digest_issues drop constraint digest_issues_state_check",
      `alter table digest_issues add constraint digest_issues_state_check
        check (state in ('claimed', 'posted', 'silent', 'skipped', 'failed', 'previewed'))`,
    ],
  },
];
