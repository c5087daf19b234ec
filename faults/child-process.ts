import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface ChildOptions {
  listens: boolean;
  works: boolean;
  recorderUrl: string;
  environment: Record<string, string>;
}

/** One process of the product. */
export interface Child {
  readonly pid: number;
  readonly listens: boolean;
  readonly works: boolean;
  /** Resolves when the service has started; rejects when the process ends before. */
  readonly ready: Promise<void>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  isAlive(): boolean;
  /** Stopped by SIGSTOP. */
  isFrozen(): boolean;
  /** Where it hears messages; null while it does not. */
  port(): number | null;
  /** It sends itself this signal (SIGKILL unless told) at the n-th log line from now on that has these words. */
  arm(words: string, nth: number, signal?: NodeJS.Signals): void;
  disarm(): void;
  jump(milliseconds: number): void;
  memory(): Promise<number>;
  kill(signal: NodeJS.Signals): void;
  /** What it wrote to standard error. */
  errors(): string;
}

interface Message {
  kind: string;
  port?: number;
  bytes?: number;
}

export function startChild({ listens, works, recorderUrl, environment }: ChildOptions): Child {
  const process = fork(join(import.meta.dirname, "child.ts"), {
    env: { ...inherited(), ...environment, FAULT_ORDERS: JSON.stringify({ listens, works, recorderUrl }) },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let port: number | null = null;
  let errors = "";
  let isAlive = true;
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => {});
  process.stderr?.on("data", (chunk) => {
    errors = `${errors}${chunk}`.slice(-LONGEST_ERRORS);
  });
  process.on("message", (message: Message) => {
    if (message.kind === "listening") port = message.port ?? null;
    if (message.kind === "ready") ready.resolve();
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    process.once("exit", (code, signal) => {
      isAlive = false;
      port = null;
      ready.reject(new Error(`the process ended with ${signal ?? code}: ${errors.trim()}`));
      resolve({ code, signal });
    });
  });
  const tell = (message: object): void => {
    if (isAlive && process.connected) process.send(message, () => {});
  };
  return {
    pid: process.pid ?? -1,
    listens,
    works,
    ready: ready.promise,
    exited,
    isAlive: () => isAlive,
    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the state stands behind the name in brackets.
    isFrozen: () =>
      isAlive && / T /.test(readFileSync(`/proc/${process.pid}/stat`, "utf8").split(")")[1]?.slice(0, 3) ?? ""),
    port: () => port,
    arm: (words, nth, signal) => tell({ kind: "arm", words, nth, signal }),
    disarm: () => tell({ kind: "arm" }),
    jump: (milliseconds) => tell({ kind: "jump", milliseconds }),
    memory: () => askMemory(process, tell),
    kill: (signal) => void process.kill(signal),
    errors: () => errors,
  };
}

const LONGEST_ERRORS = 20_000;

/** What Node and the tests' own settings need, and nothing that would configure the product. */
function inherited(): Record<string, string> {
  const kept = ["PATH", "HOME", "TMPDIR", "FAULT_LOG"];
  return Object.fromEntries(
    Object.entries(globalThis.process.env).filter(([name, value]) => kept.includes(name) && value !== undefined),
  ) as Record<string, string>;
}

function askMemory(process: ChildProcess, tell: (message: object) => void): Promise<number> {
  return new Promise((resolve) => {
    const onMessage = (message: Message): void => {
      if (message.kind !== "memory") return;
      process.off("message", onMessage);
      resolve(message.bytes ?? 0);
    };
    process.on("message", onMessage);
    tell({ kind: "memory" });
  });
}
