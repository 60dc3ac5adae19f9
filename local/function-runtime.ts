import { once } from "node:events";
import { createServer } from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { z } from "zod";
import { functionFront, type Handler, invocationPath } from "./function-front.ts";

/** As long as our slowest function may take (serverless.yml). */
const timeoutMs = 60_000;

const isHandler = (value: unknown): value is Handler => typeof value === "function";
const port = z.object({ port: z.number() });

/*
 * One function in a process of its own: `node --import tsx local/function-runtime.ts <file> <export>`. Its first line says
 * where it is reached, as JSON: `url` is its Function URL, `invoke` is where `POST /world/functions` sends events.
 */
const [file = "", name = ""] = process.argv.slice(2);
const loaded: Record<string, unknown> = await import(pathToFileURL(resolve(file)).href);
const handler = loaded[name];
if (!isHandler(handler)) throw new Error(`${file} has no function ${name}.`);
const front = functionFront({ handler, timeoutMs, now: () => Date.now() });
const server = createServer(getRequestListener(front.fetch, { overrideGlobalObjects: false }));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${port.parse(server.address()).port}/`;
process.stdout.write(`${JSON.stringify({ url, invoke: new URL(invocationPath, url).href })}\n`);
