import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, it } from "node:test";

const root = join(import.meta.dirname, "..");
const files = globSync("{src,adapters}/**/*.ts", { cwd: root }).sort();

/** Room → the rooms that its files may import besides their own. `floor` is every file directly in src that a room may use. */
const MAY_IMPORT: Record<string, string[]> = {
  floor: [],
  ports: ["floor"],
  "chat-ports": ["floor"],
  "src/search": ["floor", "ports"],
  "src/pages": ["floor", "ports"],
  "src/model": ["floor", "ports"],
  "src/storage": ["floor", "ports"],
  "src/tools": ["floor", "ports"],
  "src/chat": ["floor", "ports", "chat-ports"],
  "src/talk": ["floor", "ports"],
  "src/research": ["floor", "ports", "src/tools"],
  "src/jobs": ["floor", "ports", "chat-ports", "src/research", "src/chat", "src/talk", "src/storage"],
  config: ["floor"],
  log: ["floor"],
  app: [
    "floor",
    "ports",
    "chat-ports",
    "config",
    "log",
    "src/search",
    "src/pages",
    "src/model",
    "src/storage",
    "src/tools",
    "src/chat",
    "src/talk",
    "src/research",
    "src/jobs",
  ],
  main: [
    "floor",
    "ports",
    "chat-ports",
    "config",
    "log",
    "app",
    "adapters",
    "src/search",
    "src/pages",
    "src/model",
    "src/storage",
    "src/tools",
    "src/chat",
    "src/talk",
    "src/research",
    "src/jobs",
  ],
  adapters: ["floor", "ports", "chat-ports", "src/chat"],
};

const FLOOR = [
  "types",
  "errors",
  "untrusted",
  "words",
  "talk-cues",
  "canonical-url",
  "domain-rules",
  "retry-after",
  "remember",
  "confirmed",
];

/** SDK → the only place that may import it. */
const HOMES: [RegExp, string][] = [
  [/^@slack\//, "adapters/slack/"],
  [/^(discord\.js|@discordjs\/|discord-api-types)/, "adapters/discord/"],
  [/^openai/, "src/model/"],
  [/^(pg-boss|prom-client|rate-limiter-flexible)/, "src/jobs/"],
  [/^(pg|@electric-sql\/pglite)/, "src/storage/"],
  [/^(linkedom|unpdf|@mozilla\/readability|htmlparser2)/, "src/pages/"],
];

function roomOf(file: string): string {
  if (file.startsWith("adapters/")) return "adapters";
  const [, name = ""] = file.split("/");
  if (file.split("/").length > 2) return `src/${name}`;
  const base = name.replace(/\.ts$/, "");
  if (base.startsWith("wire-")) return "app";
  if (base.startsWith("role-")) return "main";
  return FLOOR.includes(base) ? "floor" : base;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const matches = text.matchAll(
    /(?:^\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s*|^\s*import\s*|\bimport\(\s*)["']([^"']+)["']/gm,
  );
  return Array.from(matches, ([, target]) => target ?? "");
}

function targetOf(file: string, specifier: string): string {
  return relative(root, join(root, dirname(file), specifier));
}

describe("the directions of the house", () => {
  it("finds the files and their imports", () => {
    assert.ok(files.length > 20);
    assert.ok(importsOf("src/ports.ts").includes("./types.ts"));
  });

  it("lets each room import only what stands below it", () => {
    const broken: string[] = [];
    for (const file of files) {
      const room = roomOf(file);
      for (const specifier of importsOf(file).filter((name) => name.startsWith("."))) {
        const target = targetOf(file, specifier);
        const targetRoom = roomOf(target);
        const isOwnRoom = targetRoom === room && room !== "adapters";
        const isOwnAdapter =
          room === "adapters" && target.split("/")[1] === file.split("/")[1] && targetRoom === "adapters";
        if (!isOwnRoom && !isOwnAdapter && !MAY_IMPORT[room]?.includes(targetRoom))
          broken.push(`${file} imports ${target}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  it("lets each folder of the citation check import only from those before it", () => {
    const order = ["reading", "answer", "page", "evidence", "rules", "tables"];
    const folderOf = (file: string): number =>
      order.indexOf(file.match(/^src\/research\/checking\/([^/]+)\//)?.[1] ?? "");
    const imports = files
      .filter((file) => folderOf(file) !== -1)
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith("."))
          .map((specifier) => ({ file, target: targetOf(file, specifier) })),
      );
    const broken = imports.filter(
      ({ file, target }) => target.startsWith("src/research/checking/") && folderOf(target) > folderOf(file),
    );
    assert.ok(imports.length > 100);
    assert.deepEqual(broken, []);
  });

  it("keeps the types and errors free of imports, also of packages", () => {
    const broken = FLOOR.flatMap((name) =>
      importsOf(`src/${name}.ts`).map((target) => `src/${name}.ts imports ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it("gives each SDK one home", () => {
    const broken: string[] = [];
    for (const file of files) {
      for (const specifier of importsOf(file)) {
        const home = HOMES.find(([pattern]) => pattern.test(specifier))?.[1];
        if (home !== undefined && !file.startsWith(home)) broken.push(`${file} imports ${specifier}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  it("reads the environment only in main, writes to the console nowhere", () => {
    const broken = files.filter((file) => {
      const text = readFileSync(join(root, file), "utf8");
      return (file !== "src/main.ts" && /\bprocess\.env\b/.test(text)) || /\bconsole\./.test(text);
    });
    assert.deepEqual(broken, []);
  });

  it("names no platform in the core", () => {
    const broken = files.filter(
      (file) =>
        file.startsWith("src/") && /===?\s*["'](?:slack|discord)["']/.test(readFileSync(join(root, file), "utf8")),
    );
    assert.deepEqual(broken, []);
  });

  it("has no barrels and no attics", () => {
    const attic = /(?:^|\/)(?:index|utils?|helpers?|common|manager|service)\.ts$/;
    assert.deepEqual(
      files.filter((file) => attic.test(file)),
      [],
    );
  });
});
