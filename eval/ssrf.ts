/** Runs the guarded fetch against a closed world of private and public addresses, real DNS and real sockets. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

/** Prints the share of cases that held; 0 when all did, 1 when some did not, 2 when the world could not be built. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: "string" }, harness: { type: "string" }, json: { type: "boolean", default: false } },
  });
  if (values.data === undefined) return refuse("--data FILE is needed: the cases, with the verdict that is expected.");
  const harness = values.harness ?? join(dirname(values.data), "..", "tools", "ssrf-harness");
  if (!existsSync(harness)) return refuse(`There is no ${harness}: name the folder of the harness with --harness DIR.`);
  const problem = problemWithNamespaces();
  if (problem !== null) return refuse(problem);
  const folder = mkdtempSync(join(tmpdir(), "ruminate-ssrf-"));
  try {
    const cases = runHarness(folder, resolve(harness), resolve(values.data));
    process.stdout.write(values.json ? `${JSON.stringify(summaryOf(cases), null, 2)}\n` : tableOf(cases));
    return cases.every((row) => row.pass) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface CaseResult {
  id: string;
  cat: string;
  url: string;
  expect: string;
  got: string;
  pass: boolean;
  ms: number;
  rss: number;
  breach: string[];
  over: string[];
  err?: string;
}

function refuse(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}

/** The world needs addresses of its own: a network and mount namespace, which only root may make. */
function problemWithNamespaces(): string | null {
  if (process.platform !== "linux") return "This evaluation needs Linux: its world is a network namespace.";
  if (process.getuid?.() !== 0)
    return "This evaluation needs root for its network namespace; with user namespaces: unshare -r npm run eval -- ssrf …";
  const { status } = spawnSync("unshare", ["-n", "-m", "true"]);
  return status === 0
    ? null
    : "This system does not let root make network and mount namespaces (unshare -n -m failed).";
}

function runHarness(folder: string, harness: string, data: string): CaseResult[] {
  cpSync(harness, folder, { recursive: true });
  execFileSync("chmod", ["-R", "u+rwx", folder]);
  execFileSync("sh", ["make-cert.sh"], { cwd: folder, stdio: "ignore" });
  writeFileSync(join(folder, "ruminate-adapter.mjs"), adapterSource());
  const results = join(folder, "results.json");
  const { status, stderr } = spawnSync(
    "./netns.sh",
    [process.execPath, "--expose-gc", "run.mjs", "./ruminate-adapter.mjs", "default", data, "--json", results],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`The harness ended with ${status}: ${stderr.slice(-2000)}`);
  return JSON.parse(readFileSync(results, "utf8"));
}

/** What the harness asks for: an address in, text out or a rejection. Only its certificate is put in. */
function adapterSource(): string {
  const guardedFetch = join(import.meta.dirname, "..", "src", "pages", "guarded-fetch.ts");
  return `import { readFileSync } from "node:fs";
import { createGuardedFetch } from ${JSON.stringify(guardedFetch)};
const { fetch } = createGuardedFetch({
  userAgent: "ruminate-eval",
  network: { ca: readFileSync(new URL("./cert.pem", import.meta.url)) },
});
export default async (url) => {
  const reply = await fetch(url, { signal: new AbortController().signal });
  return { text: new TextDecoder().decode(reply.page.bytes) };
};
`;
}

function summaryOf(cases: CaseResult[]) {
  return {
    cases: cases.length,
    held: cases.filter((row) => row.pass).length,
    breaches: cases.filter((row) => row.breach.length > 0).length,
    slowestMs: Math.max(...cases.map((row) => row.ms)),
    mostMemoryMb: Math.max(...cases.map((row) => row.rss)),
    failed: cases.filter((row) => !row.pass),
  };
}

function tableOf(cases: CaseResult[]): string {
  const { failed, ...numbers } = summaryOf(cases);
  const lines = [...new Set(cases.map((row) => row.cat))].map((category) => {
    const rows = cases.filter((row) => row.cat === category);
    return `${category.padEnd(20)} ${rows.filter((row) => row.pass).length} of ${rows.length}`;
  });
  const misses = failed.map(
    (row) => `FAILED ${row.id} ${row.url} expected ${row.expect}, got ${row.got} ${row.err ?? ""}`,
  );
  return `${[...lines, ...misses, JSON.stringify(numbers)].join("\n")}\n`;
}
