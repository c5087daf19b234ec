import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import type { Logger } from "pino";
import { z } from "zod";
import { type ErrorCode, RuminateError, userMessageFor } from "./errors.ts";

/**
 * The embedded database belongs to one process. This door lets whoever operates Ruminate speak with it all the same: a
 * socket in the data directory, which nobody but its owner may enter. (A port would need a password.)
 */
export async function openOperatorDoor(
  dataDirectory: string,
  operate: (argv: readonly string[]) => Promise<string>,
  log: Logger,
): Promise<() => Promise<void>> {
  const path = socketIn(dataDirectory);
  const server = createServer(async (incoming, response) => {
    const reply = await replyTo(incoming, operate);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(reply));
  });
  try {
    // The directory is locked by us: whoever made this one is dead.
    rmSync(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    chmodSync(path, 0o600);
  } catch (error) {
    // Its path may be too long, or the file system may know no sockets: all else works.
    log.warn({ err: error, path }, "no door for the operator");
  }
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

/** Asks the process that has the data directory; null when it cannot be asked. @throws {RuminateError} what it threw */
export async function askOwner(dataDirectory: string, argv: readonly string[]): Promise<string | null> {
  const answer = await post(socketIn(dataDirectory), JSON.stringify(argv));
  if (answer === null) return null;
  const { text, code } = replyShape.parse(JSON.parse(answer));
  if (code != null) throw new RuminateError(code as ErrorCode, text);
  return text;
}

/** The text, or a failure's code with its words. */
const replyShape = z.object({ text: z.string(), code: z.string().nullish() });
const argvShape = z.array(z.string());

async function replyTo(
  incoming: IncomingMessage,
  operate: (argv: readonly string[]) => Promise<string>,
): Promise<z.infer<typeof replyShape>> {
  try {
    return { text: await operate(argvShape.parse(JSON.parse(await readAll(incoming)))) };
  } catch (error) {
    const isOurs = error instanceof RuminateError;
    return { text: isOurs ? error.message : userMessageFor(error), code: isOurs ? error.code : "INTERNAL" };
  }
}

function post(socketPath: string, body: string): Promise<string | null> {
  return new Promise((resolve) => {
    const asking = request({ socketPath, path: "/", method: "POST", timeout: LONGEST_MS }, (response) => {
      readAll(response).then(resolve, () => resolve(null));
    });
    // Nobody listens there: an `ask`, or a server that is just starting.
    asking.once("error", () => resolve(null));
    asking.once("timeout", () => asking.destroy());
    asking.end(body);
  });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

function socketIn(dataDirectory: string): string {
  return join(dataDirectory, "operator.sock");
}

const LONGEST_MS = 30_000;
