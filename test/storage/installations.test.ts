import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import { createInstallations } from "../../src/storage/installations.ts";
import { createSeal } from "../../src/storage/seal.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { until } from "../helpers/until.ts";

const KEY = randomBytes(32).toString("base64");
const NEW_KEY = randomBytes(32).toString("base64");
const NEVER = "2000-01-01T00:00:00.000Z";
const LATER = "2999-01-01T00:00:00.000Z";

describeOnEachEngine("installations", (open) => {
  async function openStore(test: Parameters<typeof open>[0], keys = [KEY]) {
    const database = await open(test);
    const store = createInstallations(database, { platform: "slack", seal: createSeal(keys) });
    return { database, store };
  }

  it("are read as they were saved, and cannot be read in the database", async (test) => {
    const { database, store } = await openStore(test);
    await store.save("T1", "xoxb-secret");
    assert.equal((await store.find("T1"))?.content, "xoxb-secret");
    assert.equal(await store.find("T2"), null);
    const rows = await database.query("select * from installations");
    assert.equal(rows.length, 1);
    assert.doesNotMatch(JSON.stringify(rows), /secret/);
  });

  it("are renewed by one process at a time, and only from the newest version", async (test) => {
    const { store } = await openStore(test);
    await store.save("T1", "first");
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimRenewal("T1", 1, 60_000)));
    assert.equal(claims.filter(Boolean).length, 1);
    assert.equal(await store.renew("T1", 1, "second"), true);
    assert.equal(await store.renew("T1", 1, "third"), false);
    assert.deepEqual(await store.find("T1"), { content: "second", version: 2 });
    assert.equal(await store.claimRenewal("T1", 1, 60_000), false);
    assert.equal(await store.claimRenewal("T1", 2, 1), true);
    await until(() => store.claimRenewal("T1", 2, 1), { what: "a claim that ran out is free again" });
  });

  it("stay when the removal that is told was before them", async (test) => {
    const { store } = await openStore(test);
    await store.save("T1", "again");
    assert.equal(await store.remove("T1", NEVER), false);
    assert.notEqual(await store.find("T1"), null);
    assert.equal(await store.remove("T1", LATER), true);
    assert.equal(await store.find("T1"), null);
  });

  it("of an older key are read while the key is there, and say so in words when it is not", async (test) => {
    const { database, store } = await openStore(test);
    await store.save("T1", "old");
    const rotated = createInstallations(database, { platform: "slack", seal: createSeal([NEW_KEY, KEY]) });
    assert.equal((await rotated.find("T1"))?.content, "old");
    await rotated.save("T2", "new");
    await assert.rejects(
      () => store.find("T2"),
      (error) => error instanceof RuminateError && error.code === "CONFIG_INVALID" && /TOKEN_KEYS/.test(error.message),
    );
  });
});

describe("a seal", () => {
  it("opens nothing that was moved or changed", () => {
    const seal = createSeal([KEY]);
    const sealed = seal.close("secret", "slack:T1");
    assert.equal(seal.open(sealed, "slack:T1"), "secret");
    assert.notEqual(seal.close("secret", "slack:T1"), sealed, "each with a nonce of its own");
    assert.throws(() => seal.open(sealed, "slack:T2"));
    const changed = Buffer.from(sealed, "base64");
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    assert.throws(() => seal.open(changed.toString("base64"), "slack:T1"));
    assert.throws(() => seal.open("", "slack:T1"));
  });

  it("is not made of keys of another length", () => {
    for (const keys of [[], ["c2hvcnQ="], [KEY, "c2hvcnQ="]]) assert.throws(() => createSeal(keys), /32 bytes/);
  });
});
