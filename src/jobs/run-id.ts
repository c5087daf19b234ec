import { createHash } from "node:crypto";
import type { IncomingMessage } from "../chat-ports.ts";

/** The id of the run that comes of a message: the same message is the same run, however often and as whatever it comes. */
export function runIdOf(message: Pick<IncomingMessage, "thread" | "messageId">): string {
  return uuidOf(messageKeyOf(message));
}

/** Names the message, in whatever event it comes. */
export function messageKeyOf({ thread, messageId }: Pick<IncomingMessage, "thread" | "messageId">): string {
  return `message ${thread.platform} ${thread.workspaceId} ${thread.channelId} ${messageId}`;
}

/** UUID version 5 of a name. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
export function uuidOf(name: string): string {
  const hash = createHash("sha1").update(NAMESPACE).update(name).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// Made up once for Ruminate; a name is an id only together with it.
const NAMESPACE = Buffer.from("6f0a3f0b5c1d4d0e9a7b2d8c4e1f7a35", "hex");
