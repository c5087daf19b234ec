import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { inspect } from "node:util";
import type { RuminateError } from "../../src/errors.ts";
import { type OpenDatabase, openDatabase } from "../../src/storage/database.ts";
import { silentLog, TEST_DATABASE_URL } from "../helpers/databases.ts";
import { until } from "../helpers/until.ts";

const PASSWORD = "open-sesame-42";

async function openFailure(url: string): Promise<RuminateError> {
  const failure = await openDatabase({ url, dataDirectory: null, log: silentLog }).then(
    () => assert.fail("It opened."),
    (error: RuminateError) => error,
  );
  assert.equal(failure.code, "DATABASE_UNAVAILABLE");
  assert.ok(!inspect(failure, { depth: 9, showHidden: true }).includes(PASSWORD), "the password is in the error");
  return failure;
}

/** A server that refuses each connection with one of PostgreSQL's errors. */
async function refusingServer(test: TestContext, code: string, message: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      // ErrorResponse: https://www.postgresql.org/docs/18/protocol-message-formats.html
      const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
      const head = Buffer.alloc(5);
      head.write("E");
      head.writeInt32BE(fields.length + 4, 1);
      socket.end(Buffer.concat([head, fields]));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a PostgreSQL that cannot be opened", () => {
  it("is told in one sentence when its URL is none, without repeating it", async () => {
    for (const url of [
      `user:${PASSWORD}@host/db`,
      `mysql://u:${PASSWORD}@host/db`,
      `postgres://u:${PASSWORD}@host:x/`,
    ]) {
      const { message, isRetryable } = await openFailure(url);
      assert.match(message, /^DATABASE_URL is not the address of a PostgreSQL database\. Expected postgres:/);
      assert.equal(isRetryable, false);
    }
  });

  it("is told with its host when nothing answers there, and may be tried again", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const { message, isRetryable } = await openFailure(`postgres://u:${PASSWORD}@127.0.0.1:${port}/db`);
    assert.match(
      message,
      new RegExp(`^The database at 127\\.0\\.0\\.1:${port} does not answer\\. Start PostgreSQL there`),
    );
    assert.equal(isRetryable, true);
  });

  it("is told with the reason that it gave", async (t) => {
    const cases: [string, RegExp, boolean][] = [
      ["28P01", /it refused the user or the password\. Correct DATABASE_URL\.$/, false],
      ["3D000", /it has no database "my db"\. Correct DATABASE_URL\.$/, false],
      ["57P03", /does not answer\. Start PostgreSQL there, or correct DATABASE_URL\.$/, true],
      ["42501", /cannot be used: the words of the server\. Correct DATABASE_URL\.$/, false],
    ];
    for (const [code, expected, isRetryable] of cases) {
      const host = await refusingServer(t, code, "the words of the server");
      const failure = await openFailure(`postgres://u:${PASSWORD}@${host}/my%20db`);
      assert.match(failure.message, expected);
      assert.equal(failure.isRetryable, isRetryable);
    }
  });
});

const skip = TEST_DATABASE_URL === undefined ? "TEST_DATABASE_URL is not set" : false;

describe("a PostgreSQL that goes away", { skip }, () => {
  async function open(test: TestContext): Promise<OpenDatabase> {
    const database = await openDatabase({ url: TEST_DATABASE_URL ?? "", dataDirectory: null, log: silentLog });
    test.after(() => database.close());
    return database;
  }

  /** Ends a session, as a restart of the server would. */
  async function terminate(database: OpenDatabase, pid = 0): Promise<number> {
    const ended = await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where pid = $1 and pid <> pg_backend_pid() and application_name = 'ruminate'`,
      [pid],
    );
    return ended.length;
  }

  it("fails the transaction that it was lost in, and works on with a new connection", async (t) => {
    const [database, other] = await Promise.all([open(t), open(t)]);
    const lost = database.transaction(async (query) => {
      const [row] = await query.query<{ pid: number }>("select pg_backend_pid() as pid");
      assert.equal(await terminate(other, row?.pid), 1);
      await query.query("select 1");
    });
    await assert.rejects(lost, { code: "DATABASE_UNAVAILABLE", isRetryable: true });
    assert.deepEqual(await database.query("select 1 as one"), [{ one: 1 }]);
  });

  it("outlives the loss of a connection that nobody is using", async (t) => {
    const [database, other] = await Promise.all([open(t), open(t)]);
    const [row] = await database.query<{ pid: number }>("select pg_backend_pid() as pid");
    assert.equal(database.engine, "postgres");
    // Listened to before it is caused: the loss may be heard before the statement that caused it is answered.
    const lost = once(database.handle, "error");
    assert.equal(await terminate(other, row?.pid), 1);
    await lost;
    assert.deepEqual(await database.query("select 1 as one"), [{ one: 1 }]);
  });

  it("is listened to again when it is back", async (t) => {
    const [database, other] = await Promise.all([open(t), open(t)]);
    const channel = `test_back_${process.pid}`;
    const heard = Promise.withResolvers<string>();
    await database.listen(channel, heard.resolve);
    const listening = `select pid from pg_stat_activity where query = 'listen ${channel}' and state = 'idle'`;
    const [old] = await other.query<{ pid: number }>(listening);
    assert.equal(await terminate(other, old?.pid), 1);
    // The old session is seen for a moment after the signal, and a statement before it has been carried out.
    const again = `${listening} and pid <> $1`;
    await until(async () => (await other.query(again, [old?.pid ?? 0]))[0], { what: "a new session listens" });
    await other.query("select pg_notify($1, 'still there')", [channel]);
    assert.equal(await heard.promise, "still there");
  });

  it("says that it is closed", async (t) => {
    const database = await open(t);
    await database.listen("test_closing", () => {});
    await Promise.all([database.close(), database.close()]);
    await assert.rejects(database.query("select 1"), { code: "DATABASE_UNAVAILABLE" });
  });
});
