/**
 * The data of each server-sent event, as the HTML standard reads streams: any line end, comments and foreign fields
 * skipped, several data lines joined, characters split between chunks put together. A last event without its empty line
 * is given out too; whether it is whole shows when it is parsed.
 *
 * Ours instead of the SDK's because it must tell a keep-alive comment from silence and stop at `maxBytes`.
 *
 * @throws {RangeError} beyond `maxBytes`
 */
export async function* readEvents(body: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<string> {
  const data: string[] = [];
  for await (const line of readLines(body, limits)) {
    if (line === "" && data.length > 0) yield data.splice(0).join("\n");
    else if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    else if (line === "data") data.push("");
  }
  if (data.length > 0) yield data.join("\n");
}

export interface ReadLimits {
  maxBytes: number;
  /** Called for every chunk, comments included. */
  onBytes(): void;
}

/** The whole body as text. @throws {RangeError} beyond `maxBytes` */
export async function readText(body: AsyncIterable<Uint8Array>, limits: ReadLimits): Promise<string> {
  let whole = "";
  for await (const text of decode(body, limits)) whole += text;
  return whole;
}

async function* decode(body: AsyncIterable<Uint8Array>, { onBytes, maxBytes }: ReadLimits): AsyncGenerator<string> {
  // Drops a leading byte order mark and replaces broken bytes instead of throwing.
  const decoder = new TextDecoder("utf-8");
  let received = 0;
  for await (const bytes of body) {
    onBytes();
    received += bytes.length;
    if (received > maxBytes) throw new RangeError(`Expected a reply of at most ${maxBytes} bytes.`);
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

async function* readLines(body: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<string> {
  let rest = "";
  for await (const text of decode(body, limits)) {
    const hasEnd = /[\r\n]/.test(text) || rest.endsWith("\r");
    rest += text;
    if (!hasEnd) continue; // a long line in many pieces is split once, not once a piece
    const lines = splitLines(rest);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest.endsWith("\r")) yield rest.slice(0, -1);
  else yield rest;
}

/** Complete lines, then what is left. A `\r` at the very end stays with the rest: its `\n` may still come. */
function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r(?!$)/);
}
