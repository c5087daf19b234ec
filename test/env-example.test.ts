import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { readConfig } from "../src/config.ts";
import { RuminateError } from "../src/errors.ts";

const root = join(import.meta.dirname, "..");
const example = readFileSync(join(root, ".env.example"), "utf8");
const named = Array.from(
  example.matchAll(/^([A-Z][A-Z_]+)=(.*)$/gm),
  ([, name, value]) => [name ?? "", value ?? ""] as const,
);

describe("the configuration", () => {
  it("is complete in .env.example: every variable of the code, and none besides", () => {
    const source = readFileSync(join(root, "src/config.ts"), "utf8");
    const known = Array.from(source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm), ([, name]) => name ?? "");
    assert.deepEqual(named.map(([name]) => name).sort(), known.sort());
  });

  it("is valid as .env.example gives it, and gives the defaults that it names", () => {
    assert.deepEqual(readConfig(Object.fromEntries(named)), readConfig({}));
  });

  it("knows by whom statements are looked at once more, also in the words of older files", () => {
    const given = (value: string): string => readConfig({ SECOND_OPINION: value }).SECOND_OPINION;
    assert.deepEqual(["off", "weak", "All", "true", "false", "", "1", "no"].map(given), [
      "off",
      "weak",
      "all",
      "weak",
      "off",
      "off",
      "weak",
      "off",
    ]);
    assert.throws(() => given("both"), /SECOND_OPINION: expected off, weak or all/);
  });

  it("reports every problem in one message with the variable's name and without a secret", () => {
    const broken = {
      CONTEXT_TOKENS: "7000",
      SEARCH: "local,altavista",
      OPENAI_BASE_URL: "secret-value",
      DATABASE_URL: "mysql://u:hunter22@h/d",
    };
    assert.throws(
      () => readConfig(broken),
      (error: unknown) => {
        assert.ok(error instanceof RuminateError);
        for (const name of Object.keys(broken)) assert.match(error.message, new RegExp(name));
        assert.doesNotMatch(error.message, /secret-value|hunter22/);
        return true;
      },
    );
  });
});
