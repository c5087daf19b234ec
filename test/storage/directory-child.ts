import { pino } from "pino";
import { openDatabase } from "../../src/storage/database.ts";

/**
 * A process of its own with an open data directory: `directory-child.ts DIRECTORY [TASK]`. Says "ready", then what it
 * did, and waits to be killed.
 */
const [dataDirectory = "", task = "hold"] = process.argv.slice(2);
const database = await openDatabase({ url: null, dataDirectory, log: pino({ level: "silent" }) });
// An open database alone does not keep a process alive.
setInterval(() => {}, 60_000);
process.send?.("ready");

if (task === "write") {
  await database.query("create table if not exists written (n int primary key)");
  for (let n = 0; ; n++) {
    await database.query("insert into written values ($1)", [n]);
    process.send?.(n);
  }
}
if (task === "half") {
  await database.transaction(async (query) => {
    await query.query("create table half (a int)");
    await query.query("insert into half values (1)");
    process.send?.("half done");
    await new Promise(() => {});
  });
}
