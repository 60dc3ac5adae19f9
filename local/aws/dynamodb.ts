import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import stores from "dynalite/db/index.js";
import { type Json, jsonAnswer, jsonError } from "./answers.ts";
import { createDynalite } from "./dynalite-server.ts";
import { AwsError, notPartOfLocalAws } from "./errors.ts";
import { isJson, parseBody } from "./input.ts";
import { targetOf } from "./rpc.ts";
import type { Service } from "./service.ts";
import { type Changes, createChanges } from "./tables/changes.ts";
import type { Desk } from "./tables/desk.ts";
import { openKeptTables } from "./tables/kept.ts";
import { tableOperations } from "./tables/operations.ts";

/** What dynalite knows of DynamoDB; there are no transactions in it. */
const passedOn = [
  "BatchGetItem",
  "BatchWriteItem",
  "CreateTable",
  "DeleteItem",
  "DeleteTable",
  "DescribeTable",
  "GetItem",
  "ListTables",
  "ListTagsOfResource",
  "PutItem",
  "Query",
  "Scan",
  "TagResource",
  "UntagResource",
  "UpdateItem",
  "UpdateTable",
];

export type DynamoDb = {
  service: Service;
  /** Calls an operation from within; throws an `AwsError` for what is refused. */
  call(operation: string, input: Json): Promise<Json>;
  /** What clients change; what is written from within is not told. */
  changes: Pick<Changes, "listen">;
  close(): Promise<void>;
};

export type DynamoDbOptions = {
  /** Folder of what must survive a restart; null keeps everything in memory. */
  home: string | null;
  region: string;
  now: () => number;
};

/** A real DynamoDB API: dynalite on a port of its own, reached through this one, and beside it what it does not have. */
export async function openDynamoDb({ home, region, now }: DynamoDbOptions): Promise<DynamoDb> {
  const kept = await openKeptTables(home);
  const path = home === null ? null : await readyFolder(home);
  const server = createDynalite({ path, region });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = urlOf(server);
  const underWay = new Set<Promise<Response>>();
  const passOn = (headers: Headers, body: string) => {
    const answer = forward(url, headers, body);
    underWay.add(answer);
    return answer.finally(() => underWay.delete(answer));
  };
  const desk: Desk = { kept, now, call: (operation, input) => call(url, operation, input) };
  const changes = createChanges({ desk, region });
  return {
    service: {
      scope: "dynamodb",
      operations: [...passedOn, ...Object.keys(tableOperations)],
      fetch: async (request, guard) => {
        const operation = targetOf(request);
        const body = await request.text();
        const { headers } = request;
        const told = () => changes.around(operation, body, () => passOn(headers, body));
        const effect = effectOf(operation, { desk, body, passOn: told });
        if (effect === null) return jsonError(notPartOfLocalAws("dynamodb", operation));
        return guard(operation, effect, tablesIn(body)).catch(jsonError);
      },
    },
    call: (operation, input) =>
      tableOperations[operation]?.(desk, input) ?? desk.call(operation, input),
    changes,
    close: async () => {
      // dynalite fails, and nobody can catch it, when its store closes under a request.
      await Promise.allSettled(underWay);
      await close(server);
    },
  };
}

type Asked = {
  desk: Desk;
  body: string;
  passOn: () => Promise<Response>;
};

/** What an operation does: dynalite's own ones are passed on. Null for one that nobody has. */
function effectOf(operation: string, { desk, body, passOn }: Asked) {
  if (passedOn.includes(operation)) return passOn;
  const own = tableOperations[operation];
  if (own === undefined) return null;
  return async () => {
    const answer = await own(desk, parseBody(body));
    return jsonAnswer(answer, 200, "application/x-amz-json-1.0");
  };
}

/** One table, or those of a batch; dynalite says what is wrong with a body that cannot be read. */
function tablesIn(body: string): string[] {
  try {
    const { TableName, RequestItems } = parseBody(body);
    return [TableName, ...Object.keys(isJson(RequestItems) ? RequestItems : {})].flatMap((each) =>
      typeof each === "string" ? [each] : [],
    );
  } catch {
    return [];
  }
}

/** The callback comes after the store is closed, the server's `close` event before. */
function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

/** Opens and reads the whole store once before dynalite does, which would end the process where it cannot. */
async function readyFolder(home: string): Promise<string> {
  const path = join(home, "dynamodb");
  await mkdir(home, { recursive: true });
  const { db } = stores.create({ path });
  try {
    await db.open();
    await db.iterator().all();
  } catch (error) {
    throw toSentence(path, error);
  } finally {
    await db.close();
  }
  return path;
}

function toSentence(path: string, error: unknown): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  const locked = cause !== null && "code" in cause && cause.code === "LEVEL_LOCKED";
  return new Error(
    locked
      ? `The data in ${path} is in use by another local world; end that one first.`
      : `The saved data in ${path} is damaged; move this folder away to start fresh.`,
    { cause: error },
  );
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("dynalite has no port");
  return `http://127.0.0.1:${address.port}/`;
}

/** Headers that belong to one connection and not to the message. */
const hopHeaders = ["connection", "content-length", "expect", "host", "transfer-encoding"];

async function forward(url: string, given: Headers, body: string): Promise<Response> {
  const headers = new Headers(given);
  for (const name of hopHeaders) headers.delete(name);
  const answer = await fetch(url, { method: "POST", headers, body });
  return new Response(await answer.text(), { status: answer.status, headers: answer.headers });
}

async function call(url: string, operation: string, input: Json): Promise<Json> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-date": "20260101T000000Z",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  const body = parseBody(text);
  if (answer.ok) return body;
  const code = String(body.__type).split("#").at(-1) ?? "InternalServerError";
  throw new AwsError(code, answer.status, { message: String(body.message ?? body.Message) });
}
