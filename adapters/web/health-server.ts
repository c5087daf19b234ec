import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HealthParts {
  /** A sentence when the process should be started anew, else null. */
  illness(): string | null;
  /** A sentence while the process cannot do its work, else null. */
  hindrance(): Promise<string | null>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `/healthz`, `/readyz` and `/metrics` over HTTP. Answers from the first moment on, also while the database is away. */
export async function startHealthServer(port: number, parts: HealthParts): Promise<HealthServer> {
  const server = createServer((request, response) => {
    answer(request.url ?? "/", parts, response).catch((error: unknown) => {
      send(response, 503, error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(url: string, { illness, hindrance, metrics }: HealthParts, response: ServerResponse) {
  switch (new URL(url, "http://localhost").pathname) {
    case "/healthz":
      return sendState(response, illness());
    case "/readyz":
      return sendState(response, await hindrance());
    case "/metrics":
      // https://prometheus.io/docs/instrumenting/exposition_formats/
      return send(response, 200, await metrics(), "text/plain; version=0.0.4; charset=utf-8");
    default:
      return send(response, 404, "Not found. There are /healthz, /readyz and /metrics.");
  }
}

function sendState(response: ServerResponse, trouble: string | null): void {
  send(response, trouble === null ? 200 : 503, trouble ?? "ok");
}

function send(response: ServerResponse, status: number, body: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(`${body}\n`);
}
