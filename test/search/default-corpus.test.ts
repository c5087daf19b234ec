import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import pino from "pino";
import { describePackageFile, listPackageFiles } from "../../src/search/default-corpus.ts";
import { createLocalCorpus } from "../../src/search/local-corpus.ts";

let root: string;
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), "ruminate-packages-")), "node_modules");
});
afterEach(() => rmSync(dirname(root), { recursive: true }));

describe("the documentation of installed packages", () => {
  it("is README, change log, guides and everything under docs, without licences and rules for contributors", () => {
    install("left-pad", {}, [
      "README.md",
      "CHANGELOG.md",
      "History.md",
      "UPGRADING.md",
      "LICENSE.md",
      "SECURITY.md",
      "CONTRIBUTING.md",
    ]);
    install("@acme/queue", {}, [
      "readme.markdown",
      "docs/api/jobs.md",
      "docs/LICENSE.txt",
      "docs/index.html",
      "test/fixture.md",
      "lib/x.txt",
      "notes.txt",
    ]);
    assert.deepEqual(listed(), [
      "@acme/queue/docs/api/jobs.md",
      "@acme/queue/docs/index.html",
      "@acme/queue/readme.markdown",
      "left-pad/CHANGELOG.md",
      "left-pad/History.md",
      "left-pad/README.md",
      "left-pad/UPGRADING.md",
    ]);
  });

  it("takes each version of a package once, also of packages inside packages", () => {
    install("dispatcher", { version: "8.0.0" }, ["README.md"]);
    install("client/node_modules/dispatcher", { name: "dispatcher", version: "6.0.0" }, ["README.md"]);
    install("server/node_modules/dispatcher", { name: "dispatcher", version: "6.0.0" }, ["README.md"]);
    install("server/node_modules/dispatcher/node_modules/deep", { name: "deep", version: "1.0.0" }, ["README.md"]);
    const found = Array.from(listPackageFiles(root)).flatMap((file) => ("path" in file ? file : []));
    assert.deepEqual(
      found.map(({ packageName, version, isSecondVersion }) => [packageName, version, isSecondVersion]),
      [
        ["dispatcher", "8.0.0", false],
        ["dispatcher", "6.0.0", true],
        ["deep", "1.0.0", false],
      ],
    );
  });

  it("reads packages without a sound package.json under the name of their folder", () => {
    install("broken", {}, ["README.md"]);
    writeFileSync(join(root, "broken", "package.json"), "{ not json");
    const [file] = Array.from(listPackageFiles(root));
    assert.ok(file !== undefined && "packageName" in file);
    assert.equal(file.packageName, "broken");
  });

  it("follows links between packages inside the folder, not out of it", () => {
    install(".store/linked", { name: "linked" }, ["README.md"]);
    symlinkSync(join(root, ".store", "linked"), join(root, "linked"));
    symlinkSync(tmpdir(), join(root, "outside"));
    assert.deepEqual(listed(), [".store/linked/README.md"]);
  });

  const readme = {
    path: "/x/README.md",
    packageName: "@acme/queue",
    version: "1.2.3",
    description: "Jobs that wait",
    kind: "readme",
    isSecondVersion: false,
  } as const;
  const names: [string, Parameters<typeof describePackageFile>, string][] = [
    ["its heading", [readme, "Acme Job Queue"], "@acme/queue: Acme Job Queue"],
    ["the package's description when the heading is general", [readme, "Installation"], "@acme/queue: Jobs that wait"],
    ["the package's description when the heading is its name", [readme, "Queue"], "@acme/queue: Jobs that wait"],
    ["the package's name alone when nothing else is known", [{ ...readme, description: "" }, null], "@acme/queue"],
    [
      "the file when a guide has no heading",
      [{ ...readme, kind: "guide", path: "/x/docs/dead-letters.md" }, null],
      "@acme/queue: dead letters",
    ],
    ["what it is when it is a change log", [{ ...readme, kind: "changelog" }, "1.2.3"], "@acme/queue: change log"],
    [
      "the version when another one is in use",
      [{ ...readme, isSecondVersion: true }, "Acme Job Queue"],
      "@acme/queue 1.2.3: Acme Job Queue",
    ],
    [
      "the language when it is a translation",
      [{ ...readme, kind: "translation", path: "/x/README.pt-BR.md" }, null],
      "@acme/queue: Jobs that wait (pt-BR)",
    ],
  ];
  for (const [part, given, title] of names) {
    it(`is called after the package and ${part}`, () => assert.equal(describePackageFile(...given).title, title));
  }

  it("is searched when a folder called node_modules is the corpus, READMEs before change logs", async () => {
    install("queue", { description: "Jobs" }, []);
    const words = "Retries use exponential backoff.";
    write("queue/README.md", `# Queue\n\n${words}`);
    write("queue/CHANGELOG.md", `# Queue\n\n${words}`);
    const readText = async () => ({ title: "", text: "" });
    const corpus = createLocalCorpus({
      directories: [root],
      indexFile: ":memory:",
      maxFileBytes: 1e6,
      readText,
      log: pino({ level: "silent" }),
    });
    const hits = await corpus.backend.search("exponential backoff", { limit: 5, signal: new AbortController().signal });
    assert.deepEqual(
      hits.map(({ title }) => title),
      ["queue: Jobs", "queue: change log"],
    );
    await corpus.close();
  });
});

function install(folder: string, manifest: Record<string, string>, files: string[]): void {
  const name = folder.replace(/^.*node_modules\//, "");
  write(`${folder}/package.json`, JSON.stringify({ name, version: "1.0.0", ...manifest }));
  for (const file of files) write(`${folder}/${file}`, `# ${file}\n\nwords`);
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

function listed(): string[] {
  const paths = Array.from(listPackageFiles(root)).flatMap((found) => ("path" in found ? [found.path] : []));
  return paths.map((path) => path.slice(root.length + 1)).sort();
}
