import assert from "node:assert/strict";
import { type ChildProcess, execFile, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, mock, type TestContext } from "node:test";
import { isDeepStrictEqual, promisify } from "node:util";
import { type OpenDatabase, openDatabase } from "../../src/storage/database.ts";
import { newDataDirectory, silentLog } from "../helpers/databases.ts";
import { until } from "../helpers/until.ts";

/** The child waits with deadlines of its own; this is for one that hangs all the same. */
const FULL_DISK_MS = 170_000;

async function openIn(dataDirectory: string | null, test: TestContext): Promise<OpenDatabase> {
  const database = await openDatabase({ url: null, dataDirectory, log: silentLog });
  test.after(() => database.close());
  return database;
}

async function newDirectory(test: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ruminate-test-"));
  test.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

function startChild(test: TestContext, directory: string, task: string): ChildProcess {
  const child = fork(join(import.meta.dirname, "directory-child.ts"), [directory, task]);
  test.after(() => child.kill("SIGKILL"));
  return child;
}

/** Resolves with the first message that is wanted; rejects when the child ends without one. */
function heard(child: ChildProcess, wanted: (message: unknown) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("message", (message) => {
      if (wanted(message)) resolve();
    });
    child.on("exit", (code) => reject(new Error(`The child ended with ${code}.`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

describe("the embedded database", () => {
  it("is made in a directory that is not there yet, for its owner alone, and keeps what it was told", async (t) => {
    const directory = join(await newDirectory(t), "deep", "data");
    const database = await openIn(directory, t);
    assert.equal((await stat(directory)).mode & 0o077, 0);
    await database.query("create table kept as select 42 as answer");
    await database.close();
    assert.deepEqual((await readdir(directory)).sort(), ["database", "database.lock"]);
    const again = await openIn(directory, t);
    assert.deepEqual(await again.query("select answer from kept"), [{ answer: 42 }]);
  });

  it("works in memory, and leaves this process free while it is made", async (t) => {
    const before = performance.eventLoopUtilization();
    const database = await openIn(null, t);
    const { active, idle } = performance.eventLoopUtilization(before);
    assert.ok(idle > active, `${Math.round(active)} ms busy, ${Math.round(idle)} ms free`);
    assert.deepEqual(await database.query("select 1 as one"), [{ one: 1 }]);
  });

  it("lets one process in and names it to the next", async (t) => {
    const directory = await newDataDirectory();
    const child = startChild(t, directory, "hold");
    await heard(child, (message) => message === "ready");
    await assert.rejects(openDatabase({ url: null, dataDirectory: directory, log: silentLog }), (error: Error) => {
      assert.equal((error as Error & { code: string }).code, "DATA_DIRECTORY_TAKEN");
      assert.match(error.message, new RegExp(`in use by process ${child.pid}, started at 20.*Z\\. Stop that process`));
      assert.ok(error.message.includes(directory));
      return true;
    });
  });

  it("lets this process in only once as well", async (t) => {
    const directory = await newDataDirectory();
    const database = await openIn(directory, t);
    await assert.rejects(openIn(directory, t), {
      code: "DATA_DIRECTORY_TAKEN",
      message: new RegExp(`process ${process.pid},`),
    });
    await database.close();
    const again = await openIn(directory, t);
    assert.deepEqual(await again.query("select 1 as one"), [{ one: 1 }]);
  });

  it("is free again after kill -9, with every row that was acknowledged", async (t) => {
    const directory = await newDataDirectory();
    const child = startChild(t, directory, "write");
    let acknowledged = -1;
    child.on("message", (message) => {
      if (typeof message === "number") acknowledged = message;
    });
    await heard(child, (message) => typeof message === "number" && message >= 50);
    await kill(child);
    const database = await openIn(directory, t);
    const rows = await database.query<{ n: number }>("select n from written order by n");
    assert.ok(rows.length > acknowledged, `${acknowledged + 1} acknowledged, ${rows.length} found`);
    assert.deepEqual(
      rows.map(({ n }) => n),
      rows.map((_, index) => index),
    );
  });

  it("has nothing of a transaction in which the process was killed", async (t) => {
    const directory = await newDataDirectory();
    const child = startChild(t, directory, "half");
    await heard(child, (message) => message === "half done");
    await kill(child);
    const database = await openIn(directory, t);
    assert.deepEqual(await database.query("select to_regclass('half') as half"), [{ half: null }]);
  });

  it("starts over when its very first start was killed", async (t) => {
    const directory = await newDirectory(t);
    const child = startChild(t, directory, "hold");
    const unfinished = join(directory, "database.unfinished");
    await until(
      () => {
        assert.ok(!existsSync(join(directory, "database")), "the database was made before it could be disturbed");
        return existsSync(join(unfinished, "global"));
      },
      { what: "the database is half made" },
    );
    await kill(child);
    assert.ok(!existsSync(join(directory, "database")));
    const database = await openIn(directory, t);
    assert.deepEqual(await database.query("select 1 as one"), [{ one: 1 }]);
    assert.ok(!existsSync(unfinished));
  });

  it("fails in words instead of hanging when its engine has aborted", async (t) => {
    const directory = await newDataDirectory();
    const database = await openIn(directory, t);
    const expected = { code: "DATABASE_UNAVAILABLE", message: "The embedded database has stopped. Restart Ruminate." };
    // Without a place for its write-ahead log PostgreSQL panics.
    await rm(join(directory, "database/pg_wal"), { recursive: true });
    const writing = database.transaction(async (query) => {
      await query.query("select pg_switch_wal()");
    });
    await assert.rejects(writing, expected);
    await assert.rejects(database.query("select 1"), expected);
    assert.equal(database.engine, "pglite");
    await assert.rejects(async () => database.handle.query("select 1"), expected);
    await database.close();
  });

  it("does not let its write-ahead log grow for ever", async (t) => {
    const directory = await newDataDirectory();
    mock.timers.enable({ apis: ["setInterval"] });
    t.after(() => mock.timers.reset());
    const database = await openIn(directory, t);
    const redoFrom = async (): Promise<unknown> =>
      (await database.query("select redo_lsn from pg_control_checkpoint()"))[0];
    const before = await redoFrom();
    mock.timers.tick(60_000);
    await database.query("select pg_logical_emit_message(true, '', repeat('x', 1000000)) from generate_series(1, 40)");
    assert.deepEqual(await redoFrom(), before);
    mock.timers.tick(60_000);
    await until(async () => !isDeepStrictEqual(await redoFrom(), before), { what: "a checkpoint" });
  });

  it("says that it is closed", async (t) => {
    const database = await openIn(await newDataDirectory(), t);
    await Promise.all([database.close(), database.close()]);
    await assert.rejects(database.query("select 1"), { code: "DATABASE_UNAVAILABLE" });
  });
});

describe("a data directory that cannot be used", () => {
  const unusable = (directory: string, reason: RegExp) => (error: Error & { code: string }) => {
    assert.equal(error.code, "DATA_DIRECTORY_UNUSABLE");
    assert.match(error.message, reason);
    assert.ok(error.message.startsWith(`The data directory ${directory} cannot be used: `), error.message);
    assert.match(error.message, /Mend that, or choose another one with DATA_DIR\.$/);
    return true;
  };

  it("is refused in words when a file is in its way", async (t) => {
    const file = join(await newDirectory(t), "file");
    await writeFile(file, "not a directory");
    await assert.rejects(openIn(file, t), unusable(file, /a file of that name is in the way\./));
    await assert.rejects(openIn(join(file, "below"), t), unusable(join(file, "below"), /in the way/));
  });

  it("is refused in words, and left alone, when what is in it is no database", async (t) => {
    const directory = await newDirectory(t);
    await mkdir(join(directory, "database"));
    await writeFile(join(directory, "database", "diary.txt"), "dear diary");
    await assert.rejects(openIn(directory, t), unusable(directory, /database is not a database\./));
    assert.deepEqual(await readdir(join(directory, "database")), ["diary.txt"]);
  });

  it("is refused in words when its lock file is something else", async (t) => {
    const directory = await newDirectory(t);
    await writeFile(
      join(directory, "database.lock"),
      "this is text, and long enough to be taken for a header ".repeat(9),
    );
    await assert.rejects(openIn(directory, t), unusable(directory, /file is not a database\./));
  });

  it("is refused in words when the database in it is damaged, and is free again", async (t) => {
    const directory = await newDataDirectory();
    await rm(join(directory, "database/global/pg_control"));
    await assert.rejects(
      openIn(directory, t),
      unusable(directory, /its database did not start \(could not .*pg_control/),
    );
    await assert.rejects(openIn(directory, t), { code: "DATA_DIRECTORY_UNUSABLE" });
  });

  const skip = process.getuid?.() === 0 ? "this user may write everywhere" : false;
  it("is refused in words when this user may not write there", { skip }, async (t) => {
    const directory = await newDirectory(t);
    await chmod(directory, 0o500);
    await assert.rejects(openIn(directory, t), unusable(directory, /may not write there/));
    const below = join(directory, "data");
    await assert.rejects(openIn(below, t), unusable(below, /may not write there/));
  });
});

describe("a disk that is full", () => {
  const probe = ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", tmpdir()];
  const canMount = spawnSync("unshare", probe, { stdio: "ignore" }).status === 0;

  it("refuses new rows in words, still reads, and takes rows again when there is room", {
    skip: canMount ? false : "a small disk cannot be mounted here",
  }, async (t) => {
    const mountPoint = await newDirectory(t);
    const script = 'mount -t tmpfs -o size=130m tmpfs "$0" && exec "$1" "$2" "$0"';
    const child = join(import.meta.dirname, "full-disk-child.ts");
    const { stdout, stderr } = await promisify(execFile)(
      "unshare",
      [...["--user", "--map-root-user", "--mount", "sh", "-c", script], ...[mountPoint, process.execPath, child]],
      { timeout: FULL_DISK_MS },
    );
    assert.deepEqual(
      JSON.parse(stdout),
      {
        refused: "DISK_FULL",
        isRetryable: true,
        rowsMissing: 0,
        newDatabase: "DISK_FULL",
        reopened: "DISK_FULL",
      },
      stderr,
    );
  });
});
