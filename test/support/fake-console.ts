import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ConsoleState } from "../../local/slack/console-api.ts";

type Answer = { ok: boolean; error?: string; errors?: Record<string, string> };
type Call = { path: string; body: Record<string, unknown>; method?: "DELETE" };

/** A console server with canned states: it serves the real page and shows what a test tells it to. */
export type FakeConsole = {
  url: string;
  /** Everything that the page has posted, and what it has deleted. */
  calls: Call[];
  /** What the next posts answer; `{ok: true}` unless set. */
  answer(path: string, answer: Answer): void;
  /** Shows another state to one person, or to everybody. */
  show(state: ConsoleState, person?: string): void;
  /** Breaks the event streams; `refuse` keeps new ones out too. */
  disconnect(options?: { refuse: boolean }): void;
  accept(): void;
  close(): Promise<void>;
};

const page = new URL("../../local/slack/page/", import.meta.url);
const types: Record<string, string> = {
  html: "text/html",
  css: "text/css",
  js: "text/javascript",
  svg: "image/svg+xml",
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** Listens on a free loopback port. */
export async function aFakeConsole(initial: ConsoleState): Promise<FakeConsole> {
  const calls: Call[] = [];
  const answers = new Map<string, Answer>();
  const states = new Map<string, ConsoleState>();
  const streams = new Map<ServerResponse, string>();
  let everybody = initial;
  let isRefusing = false;

  const stateOf = (person: string | null): ConsoleState => {
    const state = states.get(person ?? "") ?? everybody;
    return { ...state, person: state.people.find(({ id }) => id === person) ?? state.person };
  };
  const send = (stream: ServerResponse, person: string) =>
    stream.write(`event: state\ndata: ${JSON.stringify(stateOf(person))}\n\n`);
  const follow = (response: ServerResponse, person: string) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    streams.set(response, person);
    response.on("close", () => streams.delete(response));
    send(response, person);
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const person = url.searchParams.get("person");
    if (request.method !== "GET") {
      calls.push(await readCall(request, url.pathname));
      return sendJson(response, answers.get(url.pathname) ?? { ok: true });
    }
    if (url.pathname === "/console/state") return sendJson(response, stateOf(person));
    if (url.pathname !== "/console/events") return sendFile(response, url.pathname);
    if (isRefusing) return response.destroy();
    follow(response, person ?? "");
  };

  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
    answer: (path, answer) => answers.set(path, answer),
    show: (state, person) => {
      if (person) states.set(person, state);
      else everybody = state;
      for (const [stream, viewer] of streams) send(stream, viewer);
    },
    disconnect: ({ refuse } = { refuse: false }) => {
      isRefusing = refuse;
      for (const stream of streams.keys()) stream.destroy();
    },
    accept: () => {
      isRefusing = false;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function readCall(request: IncomingMessage, path: string): Promise<Call> {
  const call = { path, body: JSON.parse(await bodyOf(request)) };
  return request.method === "DELETE" ? { ...call, method: "DELETE" } : call;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const name = path === "/" ? "index.html" : path.replace(/^\/page\//, "");
  const type = types[name.split(".").at(-1) ?? ""];
  const body = type && (await readFile(new URL(name, page)).catch(() => null));
  if (!body) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(body);
}
