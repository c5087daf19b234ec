import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeAll, startCrew, withHouse } from "../crew.ts";
import type { House } from "../house.ts";
import { delay, type Outcome, type Scenario, single, until } from "../scenario.ts";

export const diskFull: Scenario = {
  name: "disk full under the embedded database, then space again",
  engines: ["PGlite"],
  isShort: false,
  run: async ({ databaseUrl, signal }) => {
    const disk = mkdtempSync(join(tmpdir(), "ruminate-disk-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=128m", "tmpfs", disk], { stdio: "pipe" });
    } catch {
      return { tried: 0, held: 0, remarks: ["a small disk cannot be mounted here (needs root)"] };
    }
    try {
      return await withHouse({ databaseUrl, signal, environment: { DATA_DIR: disk } }, (house) =>
        fillAndFree(house, disk),
      );
    } finally {
      execFileSync("umount", ["--lazy", disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  },
};

async function fillAndFree(house: House, disk: string): Promise<Outcome> {
  const [child] = await startCrew(house, "PGlite");
  await house.ask();
  await until(() => house.recorder.posts.some(({ key }) => key.endsWith("answer:1")), 60_000);
  const ballast = join(disk, "ballast");
  fill(ballast);
  const during = house.ask({ text: `quick: ${"long ".repeat(700)} How deep is Oldhaven? (request 1)` });
  await delay(8_000);
  const refused = house.questions.at(-1)?.ackedAt === null;
  rmSync(ballast);
  const freedAt = performance.now();
  await during;
  const seconds = ((performance.now() - freedAt) / 1000).toFixed(1);
  const dead = child?.isAlive() === true ? [] : ["the process ended"];
  const problems = await judgeAll(house);
  const remark = refused
    ? `refused while full, taken ${seconds} s after space was there`
    : "small questions still fitted";
  return single([...dead, ...problems], [remark]);
}

/** To the last byte. */
function fill(file: string): void {
  const chunk = Buffer.alloc(64 * 1024, 1);
  try {
    for (;;) writeFileSync(file, chunk, { flag: "a" });
  } catch {
    // No space left: that is what was wanted.
  }
}
