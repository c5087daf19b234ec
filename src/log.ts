import { Writable } from "node:stream";
import { type Logger, pino } from "pino";
import { RuminateError } from "./errors.ts";

export interface LogOptions {
  level: string;
  /** Values that must never be written, whatever field or sentence they are in. */
  secrets: readonly string[];
  /** Where lines go; standard error unless told. */
  write?: (line: string) => void;
}

/**
 * Structured log lines. What leaves is scrubbed twice: errors are reduced to a list of allowed fields, and the finished
 * line is searched for known secrets and for the shapes of tokens. pino's own redact paths caught 3 of 10 leaks
 * (facts/security-and-reliability.md, section 3).
 */
export function createLog({ level, secrets, write = writeToStandardError }: LogOptions): Logger {
  const scrub = createScrubber(secrets);
  const destination = new Writable({
    decodeStrings: false,
    write(line, _encoding, done) {
      write(scrub(String(line)));
      done();
    },
  });
  return pino({ level, base: null, serializers: { err: serializeError, error: serializeError } }, destination);
}

/** Replaces the given values and anything shaped like a token. */
export function createScrubber(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= MIN_SECRET_CHARS);
  return (text) => {
    let scrubbed = text;
    for (const secret of known) scrubbed = scrubbed.replaceAll(secret, HIDDEN);
    return scrubbed.replace(TOKEN_SHAPES, HIDDEN).replace(PARAMETERS, `$1${HIDDEN}`);
  };
}

const HIDDEN = "[hidden]";
// Shorter values are words of the language; scrubbing them would make the log unreadable.
const MIN_SECRET_CHARS = 8;
// Slack, OpenAI and OpenRouter, Discord, GitHub, JWT, bearer credentials, passwords in addresses.
const TOKEN_SHAPES =
  /xox[abeprs]-[\w-]{8,}|xapp-[\w-]{8,}|sk-[\w-]{12,}|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|gh[pousr]_\w{20,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+|(?<=Bearer\s)[\w.~+/=-]{8,}|(?<=:\/\/[^\s:/@]{0,64}:)[^\s@/]+(?=@)/g;
const PARAMETERS = /([?&](?:sig|token|key|api_key|access_token|signature)=)[^&\s"]+/gi;

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const known = error instanceof RuminateError ? { code: error.code, details: error.details } : {};
  const cause = error.cause === undefined ? {} : { cause: serializeError(error.cause) };
  return { name: error.name, message: error.message, ...known, stack: error.stack, ...cause };
}

function writeToStandardError(line: string): void {
  process.stderr.write(line);
}
