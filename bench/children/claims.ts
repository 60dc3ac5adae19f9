import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/*
 * An AWS that keeps the claims of deliveries in memory, takes events for functions, and passes all else on to the local world:
 * that answers fewer requests a second than the bot is to be measured with. Its first line of output is its address.
 */

const world = process.argv[2] ?? "";
const claimed = new Set<string>();
const invocation = /^\/2015-03-31\/functions\/work\/invocations$/;
const claim = /"pk":\{"S":"([^"]*#delivery#[^"]*)"\}/;

const server = createServer((asked, response) => {
  void answer(asked, response).catch(() => response.destroy());
});

async function answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(asked);
  if (invocation.test(asked.url ?? "")) return void response.writeHead(202).end();
  const isPut = asked.headers["x-amz-target"] === "DynamoDB_20120810.PutItem";
  const key = isPut ? claim.exec(body.toString())?.[1] : undefined;
  if (key === undefined) return passOn(asked, body, response);
  const isNew = !claimed.has(key);
  claimed.add(key);
  const type = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
  response.writeHead(isNew ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
  response.end(isNew ? "{}" : JSON.stringify({ __type: type }));
}

function passOn({ method, url, headers }: IncomingMessage, body: Buffer, response: ServerResponse) {
  const passed = request(new URL(url ?? "/", world), { method, headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  passed.on("error", () => response.destroy());
  passed.end(body);
}

server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
console.log(`http://127.0.0.1:${port}`);
