import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that a process of the product posted, as the chat platform has it. */
export interface Posted {
  id: string;
  kind: "card" | "answer" | "note";
  key: string;
  text: string;
  pid: number;
  at: number;
}

/** What the platform does with a post: takes it, refuses it, takes it and loses its own answer, or says nothing. */
export type Treatment = "take" | "refuse" | "take-and-cut" | "hang";

/** The chat platform of the harness. It drops no repeated keys, so a second post is seen; it can be asked for a key. */
export interface Recorder {
  readonly url: string;
  readonly posts: Posted[];
  /** Edits of cards, newest last. */
  readonly edits: { id: string; title: string; state: string; pid: number; at: number }[];
  readonly notices: { person: string; text: string; at: number }[];
  /** Asked for each post, before it is taken. */
  treat: (post: Posted) => Treatment;
  /** Told of words for one person that have come, before the product knows. */
  onNotice: (notice: { text: string; pid: number }) => void;
  close(): Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
  const posts: Posted[] = [];
  const edits: Recorder["edits"] = [];
  const notices: Recorder["notices"] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await readBody(request));
    const at = Date.now();
    switch (request.url) {
      case "/post": {
        const post: Posted = { ...body, id: `m${posts.length + 1}`, at };
        const treatment = recorder.treat(post);
        if (treatment === "refuse") return send(response, 503, {});
        if (treatment !== "hang") posts.push(post);
        if (treatment === "take-and-cut") return void response.destroy();
        return treatment === "hang" ? undefined : send(response, 200, { id: post.id });
      }
      case "/find":
        return send(response, 200, { id: posts.find(({ key }) => key === body.key)?.id ?? null });
      case "/edit":
        edits.push({ ...body, at });
        return send(response, 200, {});
      case "/notify":
        notices.push({ ...body, at });
        recorder.onNotice(body);
        return send(response, 200, {});
      default:
        return send(response, 404, {});
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const recorder: Recorder = {
    url: `http://127.0.0.1:${port}`,
    posts,
    edits,
    notices,
    treat: () => "take",
    onNotice: () => {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return recorder;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}
