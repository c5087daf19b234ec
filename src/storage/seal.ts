import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { RuminateError } from "../errors.ts";

/** Keeps secrets unreadable in the database. */
export interface Seal {
  close(plain: string, context: string): string;
  /** @throws {RuminateError} CONFIG_INVALID when no key opens it, or when it was closed for another context */
  open(sealed: string, context: string): string;
}

/**
 * AES-256-GCM with a nonce for each text. The context (whose secret it is) is authenticated with it, so that a sealed text
 * that was moved to another row does not open.
 *
 * @param keys 32 bytes each in base64: the first one closes, every one opens, so that keys can be changed
 */
export function createSeal(keys: readonly string[]): Seal {
  const secrets = keys.map((key) => Buffer.from(key, "base64"));
  const [current] = secrets;
  if (current === undefined || secrets.some(({ length }) => length !== KEY_BYTES))
    throw new RuminateError("CONFIG_INVALID", "TOKEN_KEYS: expected keys of 32 bytes in base64.");
  return {
    close: (plain, context) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    open: (sealed, context) => {
      const bytes = Buffer.from(sealed, "base64");
      for (const secret of secrets) {
        const plain = tryKey(bytes, secret, context);
        if (plain !== null) return plain;
      }
      throw new RuminateError(
        "CONFIG_INVALID",
        "None of the TOKEN_KEYS opens the token that is kept for this workspace. Set the key that it was kept with, or install the app there again.",
      );
    },
  };
}

function tryKey(bytes: Buffer, secret: Buffer, context: string): string | null {
  const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    // The wrong key, or not the text that was sealed: GCM tells no more than that.
    return null;
  }
}

const KEY_BYTES = 32;
// NIST SP 800-38D, section 8.2: 96 random bits; a full tag.
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
