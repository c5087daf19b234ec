import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** Stands between the product and its database. */
export interface TcpProxy {
  readonly port: number;
  /** `gone`: connections are cut and refused. `silent`: they stay open, and nothing goes through any more. */
  become(state: "open" | "gone" | "silent"): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let state: "open" | "gone" | "silent" = "open";
  const pairs = new Set<[Socket, Socket]>();

  const server = createServer((client) => {
    if (state === "gone") return void client.destroy();
    const upstream = connect(target);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    client.on("data", (chunk) => state === "open" && upstream.write(chunk));
    upstream.on("data", (chunk) => state === "open" && client.write(chunk));
    for (const socket of pair) {
      socket.on("error", () => {});
      socket.on("close", () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  function cutAll(): void {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  }

  return {
    port: (server.address() as AddressInfo).port,
    become: (next) => {
      // Bytes that were swallowed are gone: such connections are of no more use.
      if (next === "gone" || (state === "silent" && next === "open")) cutAll();
      state = next;
    },
    close: () =>
      new Promise((resolve) => {
        cutAll();
        server.close(() => resolve());
      }),
  };
}
