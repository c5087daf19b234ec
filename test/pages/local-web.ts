import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createGuardedFetch, type GuardedFetchOptions } from "../../src/pages/guarded-fetch.ts";

export interface LocalWeb {
  port: number;
  /** "GET host path" of every request, in order. */
  requests: string[];
  headers: IncomingMessage["headers"][];
  /** An address of this server under a public-looking name. */
  at(path: string, host?: string): string;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on a real socket of this machine; without a handler for a path it answers 404. */
export async function startLocalWeb(pages: Record<string, Handler>): Promise<LocalWeb> {
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers.host?.split(":")[0]} ${request.url}`);
    headers.push(request.headers);
    const handler = pages[request.url ?? ""] ?? notFound;
    handler(request, response);
  });
  const port = await listen(server);
  return {
    port,
    requests,
    headers,
    at: (path, host = "www.example.com") => `http://${host}:${port}${path}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function html(body: string | Buffer, headers: Record<string, string> = {}): Handler {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  };
}

export function status(code: number, headers: Record<string, string> = {}): Handler {
  return (_request, response) => {
    response.writeHead(code, headers).end("secret body");
  };
}

export function redirect(location: string, code = 302): Handler {
  return (_request, response) => {
    response.writeHead(code, { location, "set-cookie": "id=1" }).end();
  };
}

/** Names resolve as `names` says, else to this machine, which counts as public here; nothing else does. */
export function fetchFrom(
  web: LocalWeb,
  names: Record<string, string[]> = {},
  more: Partial<GuardedFetchOptions> = {},
) {
  return createGuardedFetch({
    userAgent: "Ruminate-test",
    ports: [80, 443, web.port],
    network: {
      isPublic: (address) => address === "127.0.0.1",
      lookup: (hostname, _options, callback) => {
        const answers = names[hostname] ?? ["127.0.0.1"];
        const addresses = answers.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
        callback(null, addresses);
      },
    },
    ...more,
  });
}

const notFound: Handler = (_request, response) => {
  response.writeHead(404).end();
};

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
