/** `npm run eval -- NAME …` runs `eval/NAME.ts`. Data stays outside of the repository and is named by path. */
import { existsSync } from "node:fs";
import { join } from "node:path";

const [name, ...args] = process.argv.slice(2);
const file = join(import.meta.dirname, `${name}.ts`);
if (name === undefined || !/^[a-z][a-z-]*$/.test(name) || name === "main" || !existsSync(file)) {
  process.stderr.write("Usage: npm run eval -- NAME --data PATH …, NAME being a file in eval/.\n");
  process.exitCode = 2;
} else {
  const evaluation: { run(args: string[]): Promise<number> } = await import(file);
  process.exitCode = await evaluation.run(args);
}
