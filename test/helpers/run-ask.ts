import { spawn } from "node:child_process";
import { join } from "node:path";

export interface AskResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface AskOptions {
  dataDirectory: string;
  environment?: Record<string, string>;
  /** Called with everything that standard error has given so far. */
  onProgress?: (stderr: string, interrupt: () => void) => void;
}

const main = join(import.meta.dirname, "../../src/main.ts");

/** Runs `ask` as a person would: a process of its own, with nothing of our environment but the path. */
export function runAsk(args: string[], options: AskOptions): Promise<AskResult> {
  return runRole("ask", args, options);
}

/** The same for another role of the terminal. */
export async function runRole(
  role: string,
  args: string[],
  { dataDirectory, environment = {}, onProgress }: AskOptions,
): Promise<AskResult> {
  const child = spawn(process.execPath, [main, role, ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDirectory, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onProgress?.(stderr, () => child.kill("SIGINT"));
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}
