import { z } from "zod";

export interface RawCall {
  id: string | null;
  name: string;
  argumentsText: string;
}

export const callBody = z.object({
  index: z.number().nullish().catch(null),
  id: z.string().nullish().catch(null),
  function: z
    .object({ name: z.string().nullish().catch(null), arguments: z.unknown().optional() })
    .nullish()
    .catch(null),
});

/**
 * Deltas belong together by index; id and name come first. Some servers leave the index out, give every call index 0,
 * or give two calls the same id: another id, or a second whole object of arguments, is a new call.
 */
export function addCallPiece(calls: RawCall[], callAt: Map<number, RawCall>, piece: z.infer<typeof callBody>): void {
  const given = piece.function?.arguments;
  const argumentsText = typeof given === "string" ? given : given == null ? "" : JSON.stringify(given);
  const known = piece.index == null ? knownWithoutIndex(calls, piece) : callAt.get(piece.index);
  const call = known !== undefined && continues(known, piece.id, argumentsText) ? known : newCall(calls);
  if (piece.index != null) callAt.set(piece.index, call);
  call.id ??= piece.id || null;
  call.name ||= piece.function?.name ?? "";
  call.argumentsText += argumentsText;
}

function knownWithoutIndex(calls: RawCall[], piece: z.infer<typeof callBody>): RawCall | undefined {
  if (piece.id) return calls.findLast(({ id }) => id === piece.id);
  const last = calls.at(-1);
  return piece.function?.name && last?.name ? undefined : last;
}

function continues(known: RawCall, id: string | null | undefined, argumentsText: string): boolean {
  if (id && known.id !== null && known.id !== id) return false;
  return !(argumentsText.trimStart().startsWith("{") && isWhole(known.argumentsText));
}

function isWhole(argumentsText: string): boolean {
  if (!argumentsText.trimEnd().endsWith("}")) return false;
  try {
    JSON.parse(argumentsText);
    return true;
  } catch {
    return false; // more pieces are to come
  }
}

function newCall(calls: RawCall[]): RawCall {
  const call: RawCall = { id: null, name: "", argumentsText: "" };
  calls.push(call);
  return call;
}
