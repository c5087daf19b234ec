import { globSync } from "node:fs";
import { basename, join } from "node:path";
import type { Bench } from "./measurement.ts";

/** `npm run bench [-- name … [--option value]]`: every benchmark of this folder, or the named ones. */
const SHARED = new Set(["main", "measurement"]);
const all = globSync("*.ts", { cwd: import.meta.dirname })
  .map((file) => basename(file, ".ts"))
  .filter((name) => !SHARED.has(name))
  .sort();

const firstOption = process.argv.findIndex((argument, index) => index > 1 && argument.startsWith("--"));
const names = process.argv.slice(2, firstOption === -1 ? undefined : firstOption);
const options = firstOption === -1 ? [] : process.argv.slice(firstOption);
const unknown = names.filter((name) => !all.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`Expected benchmarks among ${all.join(", ")}, got ${unknown.join(", ")}.\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await runAll(names.length > 0 ? names : all);
}

async function runAll(chosen: string[]): Promise<number> {
  let missed = 0;
  for (const name of chosen) {
    const module: { run(options: string[]): Promise<Bench> } = await import(join(import.meta.dirname, `${name}.ts`));
    const bench = await module.run(options);
    process.stdout.write(`\n## ${bench.title}\n\n| what | measured | goal | held |\n|---|---|---|---|\n`);
    for (const { what, value, goal, isHeld } of bench.measurements) {
      process.stdout.write(`| ${what} | ${value} | ${goal} | ${isHeld === null ? "" : isHeld ? "yes" : "NO"} |\n`);
      if (isHeld === false) missed += 1;
    }
  }
  process.stdout.write(`\n${missed === 0 ? "All goals held." : `${missed} goals missed.`}\n`);
  return missed === 0 ? 0 : 1;
}
