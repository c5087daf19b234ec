import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { type AskResult, runAsk } from "../helpers/run-ask.ts";

const QUESTION = "What does the marsh heron of Velm eat in winter?";
const NOTES: Record<string, string> = {
  "heron.md":
    "# Marsh heron\n\nThe marsh heron of Velm lives at the lake. In winter the marsh heron of Velm eats voles and dead fish. It nests in April.\n",
  "velm.html":
    "<!doctype html><html><head><title>Velm</title></head><body><article><h1>Velm</h1><p>Velm is a town on the lake Orr, known for its marsh herons and for the harbour of 1623.</p></article></body></html>",
  "harbour.txt": "Harbour\n\nThe harbour of Velm was built in 1623 by Ana Brandt.\n",
};

let root = "";
let corpus = "";
let dataDirectory = "";

before(async () => {
  root = await mkdtemp(join(tmpdir(), "ruminate-ask-"));
  corpus = join(root, "notes");
  dataDirectory = join(root, "data");
  await mkdir(corpus);
  for (const [name, text] of Object.entries(NOTES)) await writeFile(join(corpus, name), text);
});

after(() => rm(root, { recursive: true, force: true }));

function ask(args: string[], environment: Record<string, string> = {}): Promise<AskResult> {
  return runAsk(args, { dataDirectory, environment });
}

/**
 * Asks about a folder whose heron.md is changed in the middle of the run: right before it is looked at, right before it
 * is read, or right before it is looked at again, when the answer is there.
 */
async function askWhile(change: "rm" | "write", when: "indexed" | "looked at" | "answered"): Promise<AskResult> {
  const folder = await mkdtemp(join(root, "changing-"));
  for (const [name, text] of Object.entries(NOTES)) await writeFile(join(folder, name), text);
  const hook = join(folder, ".change.mjs");
  const [call, turn] = when === "looked at" ? ["realpath", 1] : ["stat", when === "indexed" ? 1 : 2];
  const work =
    change === "rm" ? "fs.rm(path)" : 'fs.writeFile(path, "# Marsh heron of Velm\\n\\nIt sleeps in winter.\\n")';
  await writeFile(
    hook,
    `import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
const { ${call}: original } = fs;
let calls = 0;
fs.${call} = async (path, ...rest) => {
  if (/heron\\.md$/.test(path) && ++calls === ${turn}) await ${work};
  return original(path, ...rest);
};
syncBuiltinESMExports();`,
  );
  return ask([QUESTION, "--corpus", folder], { NODE_OPTIONS: `--import ${pathToFileURL(hook)}` });
}

/** One sentence or two for people: what is wrong and what to do; no stack, nothing on standard output. */
function assertRefused(result: AskResult, pattern: RegExp): void {
  assert.notEqual(result.code, 0, result.stderr);
  assert.match(result.stderr, pattern);
  assert.doesNotMatch(result.stderr, /^\s+at |node:internal|\.ts:\d+/m);
  assert.equal(result.stdout, "");
}

describe("ask", () => {
  it("answers from local documents with checked citations; progress goes to standard error", async () => {
    const { code, stdout, stderr } = await ask([QUESTION, "--corpus", corpus]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /eats voles and dead fish.*\[1\]/);
    assert.match(stdout, /Sources\n\[1\] Marsh heron/);
    assert.match(stdout, /(\d+) of \1 statements confirmed/);
    assert.match(stdout, /extractive mode/);
    const progress = [
      "Researching: What does",
      "Understand the question: ",
      'Search: "',
      "Read: Marsh heron",
      "Weigh the evidence: ",
      "Write and check: ",
      "Done after ",
    ];
    assert.deepEqual(
      progress.filter((line) => !stderr.includes(line)),
      [],
    );
  });

  it("gives the report as one JSON object and as a Markdown file", async () => {
    const file = join(root, "report.md");
    const { code, stdout, stderr } = await ask([QUESTION, "--corpus", corpus, "--json", "--out", file]);
    assert.equal(code, 0, stderr);
    const report = JSON.parse(stdout);
    assert.equal(report.question, QUESTION);
    assert.equal(report.outcome, "answered");
    const [citation] = report.citations;
    const source = report.sources.find(({ number }: { number: number }) => number === citation.number);
    assert.equal(source.url, citation.url);
    const page = NOTES[String(source.url.split("/").at(-1))] ?? "";
    assert.ok(page.includes(citation.passage), "the passage stands in the document");
    assert.equal(typeof report.gate.score, "number");
    assert.deepEqual(Object.keys(report.gate.rules[0]).sort(), ["held", "name", "reason", "weight"]);
    for (const key of ["gaps", "contradictions", "models"]) assert.ok(Array.isArray(report[key]), key);
    assert.ok(report.usage.searches >= 1);
    assert.match(await readFile(file, "utf8"), /voles and dead fish/);
  });

  it("says that it found nothing instead of guessing", async () => {
    const { code, stdout, stderr } = await ask([
      "Which quantum computer won the chess cup of Zanzibar?",
      "--corpus",
      corpus,
      "--json",
    ]);
    assert.equal(code, 0, stderr);
    const report = JSON.parse(stdout);
    assert.equal(report.outcome, "nothing-found");
    assert.match(report.answer, /found nothing reliable/);
    assert.deepEqual([report.citations, report.sources], [[], []]);
  });

  it("ends with exit code 130 and what was found when it is interrupted", async () => {
    const result = await runAsk([QUESTION, "--corpus", corpus], {
      dataDirectory,
      onProgress: (stderr, interrupt) => {
        if (stderr.includes("Read: ")) interrupt();
      },
    });
    assert.equal(result.code, 130, result.stderr);
  });

  it("goes on without keeping anything when another process has the data directory", async () => {
    const [first, second] = await Promise.all([
      ask([QUESTION, "--corpus", corpus]),
      ask([QUESTION, "--corpus", corpus]),
    ]);
    assert.deepEqual([first.code, second.code], [0, 0], first.stderr + second.stderr);
    const told = [first, second].filter(({ stderr }) => /its report is not kept/.test(stderr));
    assert.ok(told.length <= 1);
    for (const { stderr } of told) assert.match(stderr, /\b\d+\b/);
  });
});

describe("ask with bad input", () => {
  it("refuses an empty and an endless question", async () => {
    assertRefused(await ask([""]), /no question/);
    assertRefused(await ask(["why ".repeat(5_000)]), /19999 characters, at most 4000/);
  });

  it("names the option that is wrong", async () => {
    const depth = await ask([QUESTION, "--depth", "abyssal"]);
    assertRefused(depth, /Expected --depth to be quick, standard, deep, got "abyssal"/);
    assert.equal(depth.code, 2);
    assertRefused(await ask([QUESTION, "--nonsense"]), /--nonsense/);
  });

  it("says what is wrong with a folder of documents", async () => {
    const empty = join(root, "empty");
    const binaries = join(root, "binaries");
    await mkdir(empty);
    await mkdir(binaries);
    await writeFile(join(binaries, "a.txt"), Buffer.from([0, 1, 2, 255, 0, 7, 0, 0]));
    assertRefused(await ask([QUESTION, "--corpus", join(root, "missing")]), /missing/);
    assertRefused(await ask([QUESTION, "--corpus", empty]), /empty/);
    assertRefused(await ask([QUESTION, "--corpus", binaries]), /binaries/);
    assertRefused(await ask([QUESTION, "--corpus", join(corpus, "heron.md", "x")]), /heron\.md/);
  });

  it("answers all the same when single files are broken, huge or gone", async () => {
    const mixed = join(root, "mixed");
    await mkdir(mixed);
    await writeFile(join(mixed, "heron.md"), NOTES["heron.md"] ?? "");
    await writeFile(join(mixed, "broken.pdf"), "%PDF-1.7\nthis is no PDF");
    await writeFile(join(mixed, "huge.txt"), "");
    await truncate(join(mixed, "huge.txt"), 200 * 1024 * 1024);
    await symlink(join(mixed, "nowhere"), join(mixed, "dangling.md"));
    const { code, stdout, stderr } = await ask([QUESTION, "--corpus", mixed]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /voles/);
  });

  it("names the data directory that cannot be used", async () => {
    const file = join(root, "file");
    await writeFile(file, "");
    assertRefused(await runAsk([QUESTION, "--corpus", corpus], { dataDirectory: file }), /file/);
  });

  it("says when a folder may not be read or written", {
    skip: process.getuid?.() === 0 && "root may read everything",
  }, async () => {
    const locked = join(root, "locked");
    await mkdir(locked);
    await chmod(locked, 0);
    assertRefused(await ask([QUESTION, "--corpus", locked]), /locked/);
    assertRefused(await runAsk([QUESTION, "--corpus", corpus], { dataDirectory: join(locked, "data") }), /locked/);
  });

  it("names every variable of the configuration that does not fit", async () => {
    const result = await ask([QUESTION], { CONTEXT_TOKENS: "12", SEARCH: "altavista" });
    assertRefused(result, /CONTEXT_TOKENS: .*8000.*SEARCH/);
  });

  it("says that the key is wrong, without showing it", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(401, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ error: { message: "Incorrect API key provided: sk-test-1234567890abcdef", code: 401 } }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const environment = {
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_API_KEY: "sk-test-1234567890abcdef",
      MODELS: "some-model",
      SEARCH: "local",
    };
    const result = await ask([QUESTION, "--corpus", corpus], environment);
    server.close();
    assertRefused(result, /refused the API key/);
    assert.doesNotMatch(result.stderr, /1234567890abcdef/);
    assert.deepEqual(result.stderr.trimEnd().split("\n").length, 2, "the question and one sentence, no log line");
  });

  it("says that the key is refused also where no model is named", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(401, { "content-type": "application/json" }).end('{"error":{"message":"Invalid API key"}}');
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const environment = { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: "sk-123", SEARCH: "local" };
    const result = await ask([QUESTION, "--corpus", corpus], environment);
    server.close();
    assertRefused(result, /refused the API key/);
    assert.doesNotMatch(result.stderr, /sk-123/);
  });

  it("says which files of a named folder were left out, and answers from the others", async () => {
    const mixed = await mkdtemp(join(tmpdir(), "ruminate-mixed-"));
    await writeFile(join(mixed, "good.md"), "# Collector\n\nThe collector listens on port 4317 for gRPC.\n");
    await writeFile(join(mixed, "broken.pdf"), "%PDF-1.7 and then nothing");
    const result = await ask(["Which port does the collector listen on for gRPC?", "--corpus", mixed], {
      SEARCH: "local",
    });
    await rm(mixed, { recursive: true, force: true });
    assert.equal(result.code, 0, result.stderr);
    assert.match(result.stdout, /4317/);
    assert.match(result.stderr, /1 file was left out: broken\.pdf \(/);
  });

  it("says that a file was gone before it could be read, and answers from the others", async () => {
    for (const when of ["indexed", "looked at"] as const) {
      const { code, stdout, stderr } = await askWhile("rm", when);
      assert.notEqual(code, 0);
      assert.match(stdout, /(\d+) of \1 statements confirmed/);
      assert.doesNotMatch(stdout, /dead fish/);
      assert.match(
        stderr,
        /The file heron\.md was gone before the answer could use it\. Ask again when it is back\.\n$/,
      );
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
  });

  it("says that a file is no longer what was read, and cites what was read", async () => {
    for (const change of ["rm", "write"] as const) {
      const { code, stdout, stderr } = await askWhile(change, "answered");
      assert.notEqual(code, 0);
      assert.match(stdout, /eats voles and dead fish.*\[1\]/);
      assert.match(stdout, /(\d+) of \1 statements confirmed/);
      assert.match(stderr, /The file heron\.md was changed or removed after it was read, .* Ask again\.\n$/);
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
  });

  it("reads a file that changed after it was indexed as it is now", async () => {
    const { code, stdout, stderr } = await askWhile("write", "indexed");
    assert.match(stdout, /sleeps in winter/);
    assert.doesNotMatch(stdout, /dead fish/);
    assert.equal(code, 0, stderr);
  });

  it("says that the base URL cannot be reached", async () => {
    const environment = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1", MODELS: "some-model", SEARCH: "local" };
    assertRefused(await ask([QUESTION, "--corpus", corpus], environment), /reach/);
  });
});
