import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { ListFlowsCommand } from "@aws-sdk/client-mediaconnect";
import { ListChannelsCommand } from "@aws-sdk/client-medialive";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, describe, expect, it } from "vitest";
import { type AwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { clientOptions } from "../support/aws-stage.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A server that answers as told, and counts its requests. */
async function aServer(answer: RequestListener) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { seen, url: `http://127.0.0.1:${port}` };
}

function clientsFor(url: string, requestTimeoutMs?: number): AwsClients {
  const clients = createAwsClients({ ...clientOptions(url), requestTimeoutMs });
  opened.push(clients.close);
  return clients;
}

/** Both generations of the SDK, by what they send. */
const generations = {
  "the newer": {
    read: (clients: AwsClients) => clients.mediaLive.reads.send(new ListChannelsCommand({})),
    act: (clients: AwsClients) => clients.mediaLive.acts.send(new ListChannelsCommand({})),
  },
  "the older": {
    read: (clients: AwsClients) => clients.mediaConnect.reads.send(new ListFlowsCommand({})),
    act: (clients: AwsClients) => clients.mediaConnect.acts.send(new ListFlowsCommand({})),
  },
};

describe.each(Object.entries(generations))("%s generation of the SDK", (_name, { read, act }) => {
  it("gives up on a server that never answers, at the first try", async () => {
    const { seen, url } = await aServer(() => undefined);
    await expect(read(clientsFor(url, 200))).rejects.toMatchObject({ name: "TimeoutError" });
    expect(seen).toHaveLength(1);
  });

  it("gives up on an answer that never ends", async () => {
    const { url } = await aServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write("{");
    });
    await expect(act(clientsFor(url, 200))).rejects.toThrow();
  });

  it.each([429, 500, 503])(
    "tries a %i three times when reading, once when acting",
    async (status) => {
      const { seen, url } = await aServer((_request, response) => {
        response.writeHead(status, { "x-amzn-errortype": "SomeException" }).end("{}");
      });
      const clients = clientsFor(url);
      await expect(read(clients)).rejects.toMatchObject({ $metadata: { attempts: 3 } });
      expect(seen).toHaveLength(3);
      await expect(act(clients)).rejects.toMatchObject({ $metadata: { attempts: 1 } });
      expect(seen).toHaveLength(4);
    },
  );

  it.each([400, 403, 404, 409, 422])("tries a %i once", async (status) => {
    const { seen, url } = await aServer((_request, response) => {
      response.writeHead(status, { "x-amzn-errortype": "SomeException" }).end("{}");
    });
    await expect(read(clientsFor(url))).rejects.toThrow();
    expect(seen).toHaveLength(1);
  });

  it("tries again after a cut connection when reading, and never when acting", async () => {
    const { seen, url } = await aServer((request) => request.socket.destroy());
    const clients = clientsFor(url);
    await expect(read(clients)).rejects.toThrow();
    expect(seen).toHaveLength(3);
    await expect(act(clients)).rejects.toThrow();
    expect(seen).toHaveLength(4);
  });
});

describe("createAwsClients", () => {
  it("finds endpoint and region by the SDK's own chain when it is told none", async () => {
    const { seen, url } = await aServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"channels":[]}');
    });
    process.env.AWS_ENDPOINT_URL_MEDIALIVE = url;
    process.env.AWS_REGION = "eu-west-1";
    opened.push(() => {
      delete process.env.AWS_ENDPOINT_URL_MEDIALIVE;
      delete process.env.AWS_REGION;
    });
    const { credentials } = clientOptions(url);
    const clients = createAwsClients({ credentials });
    opened.push(clients.close);
    await clients.mediaLive.reads.send(new ListChannelsCommand({}));
    expect(seen).toEqual(["/prod/channels"]);
    expect(await clients.mediaLive.reads.config.region()).toBe("eu-west-1");
  });

  it.each([200, 403])("hears the time of DynamoDB's answer, also of a %i", async (status) => {
    const date = "Sun, 22 Nov 2026 19:00:00 GMT";
    const { url } = await aServer((_request, response) => {
      response.writeHead(status, { date, "x-amzn-errortype": "InvalidSignatureException" });
      response.end("{}");
    });
    const said: Date[] = [];
    const asking = () => (at: Date) => void said.push(at);
    const clients = createAwsClients({ ...clientOptions(url), asking });
    opened.push(clients.close);
    const reading = clients.dynamoDb.send(new GetCommand({ TableName: "ops", Key: { pk: "a" } }));
    await Promise.allSettled([reading]);
    expect(said[0]).toEqual(new Date(date));
  });

  it("sends flow and channels to their own region", async () => {
    const clients = createAwsClients({ region: "eu-west-1", mediaRegion: "us-west-2" });
    opened.push(clients.close);
    expect(await clients.mediaLive.acts.config.region()).toBe("us-west-2");
    expect(await clients.mediaConnect.acts.config.region()).toBe("us-west-2");
    expect(await clients.cloudWatch.config.region()).toBe("us-west-2");
    expect(await clients.ssm.config.region()).toBe("eu-west-1");
  });
});
