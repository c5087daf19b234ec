import { connect } from "node:net";

export interface Delivered {
  /** Null when the connection ended without an answer. */
  status: number | null;
  milliseconds: number;
}

/**
 * Delivers all messages in the same moment, over a few connections, as platforms do, without waiting for answers. Bare
 * sockets: a thousand calls of `fetch` keep the harness itself busy for more than a second, and that would be measured.
 */
export async function deliverAtOnce(port: number, messages: readonly object[]): Promise<Delivered[]> {
  const requests = messages.map(requestOf);
  const delivered: Delivered[] = [];
  const startedAt = performance.now();
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    requests.filter((_request, index) => index % LANES === lane),
  );
  await Promise.all(
    lanes.map((lane, first) =>
      deliverLane(port, lane, (index, status) => {
        delivered[index * LANES + first] = { status, milliseconds: performance.now() - startedAt };
      }),
    ),
  );
  return delivered;
}

// Slack's Socket Mode takes ten connections at most. https://docs.slack.dev/apis/events-api/using-socket-mode (read 2026-11-22)
const LANES = 10;

function requestOf(message: object): string {
  const body = JSON.stringify(message);
  return `POST /say HTTP/1.1\r\nhost: harness\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Answers come in the order of the requests; what is still open when the connection ends has none. */
function deliverLane(
  port: number,
  requests: readonly string[],
  tell: (index: number, status: number | null) => void,
): Promise<void> {
  return new Promise((resolve) => {
    let answered = 0;
    let rest = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(requests.join("")));
    const end = (): void => {
      while (answered < requests.length) tell(answered++, null);
      resolve();
    };
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      const heads = `${rest}${text}`.split(/(?=HTTP\/1\.1 \d{3} )/);
      // The last one may not be complete yet.
      rest = heads.at(-1)?.includes("\r\n\r\n") ? "" : (heads.pop() ?? "");
      for (const head of heads) if (head.startsWith("HTTP")) tell(answered++, Number(head.slice(9, 12)));
      if (answered === requests.length) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", end);
  });
}
