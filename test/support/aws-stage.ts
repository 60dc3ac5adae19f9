import { once } from "node:events";
import { createServer } from "node:http";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { getRequestListener } from "@hono/node-server";
import { createLocalAws } from "../../local/aws/aws.ts";
import { localRegion, seedWorld } from "../../local/aws/seed.ts";
import { createWorld } from "../../local/world.ts";
import { type MemoryClock, memoryClock } from "./memory/clock.ts";

/** Answers requests on a free port until closed; `cut` ends the connection without an answer. */
export async function serve(answer: (request: Request, cut: () => void) => Promise<Response>) {
  const listener = getRequestListener(
    (request, { incoming }) => answer(request, () => incoming.socket.destroy()),
    { overrideGlobalObjects: false },
  );
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** How any client reaches a local server. */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  region: localRegion,
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});

/** The local AWS for our own adapters, on a free port; its time is `clock`, its states settle with the next timers. */
export async function openAwsStage(clock: MemoryClock = memoryClock()) {
  const world = createWorld(seedWorld(clock.now().getTime()), () => clock.now().getTime());
  const aws = await createLocalAws({ world, home: null, stepMs: 0, region: localRegion });
  const server = await serve(aws.fetch);
  const options = clientOptions(server.url);
  let tables = 0;
  return {
    world,
    aws,
    clock,
    options,
    url: server.url,
    /** A new, empty table with these keys. */
    table: async (...keys: string[]) => {
      tables += 1;
      const TableName = `table-${tables}`;
      const client = new DynamoDBClient(options);
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: keys.map((AttributeName) => ({
            AttributeName,
            AttributeType: "S" as const,
          })),
          KeySchema: keys.map((AttributeName, index) => ({
            AttributeName,
            KeyType: index === 0 ? ("HASH" as const) : ("RANGE" as const),
          })),
        }),
      );
      client.destroy();
      return TableName;
    },
    close: async () => {
      await server.close();
      await aws.close();
      world.close();
    },
  };
}

export type AwsStage = Awaited<ReturnType<typeof openAwsStage>>;
