import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { dynamoBroadcasts } from "../../src/aws/dynamodb-broadcasts.ts";
import { dynamoDeliveries } from "../../src/aws/dynamodb-deliveries.ts";
import { dynamoDestinations } from "../../src/aws/dynamodb-destinations.ts";
import { dynamoSessions } from "../../src/aws/dynamodb-sessions.ts";
import { dynamoSiteMemory } from "../../src/aws/dynamodb-site-memory.ts";
import { emptyMemory } from "../../src/domain/site.ts";
import type { Destinations } from "../../src/manager/ports.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { aBroadcast, anIntent, aSession, siteNow } from "../support/builders.ts";
import { memoryIds } from "../support/memory/process.ts";
import { anOpsTable } from "../support/ops-table.ts";

let stage: AwsStage;
let clients: AwsClients;
beforeAll(async () => {
  stage = await openAwsStage();
  clients = createAwsClients(stage.options);
});
afterAll(async () => {
  clients.close();
  await stage.close();
});

const loseAnswer = (operation: string) =>
  stage.aws.faults.add({ service: "dynamodb", operation, kind: "lost-response", times: 1 });

const ids = memoryIds();

describe("dynamoDestinations", () => {
  let table: string;
  let destinations: Destinations;
  let unreadable: unknown[];
  const put = (item: object) =>
    clients.dynamoDb.send(new PutCommand({ TableName: table, Item: { ...item } }));
  const row = async (destination_id: string) => {
    const command = new GetCommand({ TableName: table, Key: { destination_id } });
    return (await clients.dynamoDb.send(command)).Item;
  };

  beforeEach(async () => {
    table = await stage.table("destination_id");
    unreadable = [];
    destinations = dynamoDestinations({
      client: clients.dynamoDb,
      table,
      ids,
      onUnreadable: (rows) => unreadable.push(...rows),
    });
  });

  it("keeps every attribute that is not ours, whatever its type", async () => {
    const foreign = {
      destination_id: "d",
      name: "Twitch",
      platform: "twitch",
      rtmp_url: null,
      medialive_action_name: "start-rtmp-1",
      updated_at: "2026-01-05T10:00:00.000Z",
      failover_enabled: true,
      metadata: { channel_name: "x", tags: ["a", 1, null] },
    };
    await put(foreign);
    const read = await destinations.find("d");
    const on = await destinations.update(read, { desired: "on", intent: anIntent() });
    await destinations.update(on, { desired: "off", intent: null });
    expect(await row("d")).toMatchObject(foreign);
  });

  it("stores ours under the names that other programs know", async () => {
    await put({ destination_id: "d" });
    const read = await destinations.find("d");
    await destinations.update(read, {
      desired: "on",
      phase: "starting",
      intent: anIntent({ reason: "show" }),
      attempt: { intentId: "intent_1", at: siteNow, outcome: "unknown" },
      channelState: "starting",
      stateSince: siteNow,
      leaseUntil: new Date("2026-11-22T23:00:00.000Z"),
    });
    expect(await row("d")).toEqual({
      destination_id: "d",
      desired_state: "on",
      intent_id: "intent_1",
      intent_by: "U0ANA",
      intent_by_name: "Ana",
      intent_reason: "show",
      intent_at: "2026-11-22T19:00:00.000Z",
      intent_phase: "starting",
      start_attempt: { intent_id: "intent_1", at: "2026-11-22T19:00:00.000Z", outcome: "unknown" },
      channel_status: "starting",
      channel_status_since: "2026-11-22T19:00:00.000Z",
      lease_until: "2026-11-22T23:00:00.000Z",
      streaming_status: "streaming",
      streaming_started_at: "2026-11-22T19:00:00.000Z",
      version: 1,
      write_id: expect.stringMatching(/^write_/),
    });
  });

  it("takes the start time away when nothing streams any more", async () => {
    await put({ destination_id: "d", streaming_status: "streaming", streaming_started_at: "x" });
    const read = await destinations.find("d");
    await destinations.update(read, { channelState: "idle", phase: "failed" });
    const after = await row("d");
    expect(after).toMatchObject({ streaming_status: "error", channel_status: "idle" });
    expect(after).not.toHaveProperty("streaming_started_at");
  });

  it.each([null, "many", true])("writes over the version %j, which is none", async (version) => {
    await put({ destination_id: "d", version });
    const read = await destinations.find("d");
    expect(await destinations.update(read, { desired: "on" })).toMatchObject({ version: 1 });
  });

  it("does not call its own write a conflict when the answer was lost", async () => {
    await put({ destination_id: "d" });
    const read = await destinations.find("d");
    loseAnswer("UpdateItem");
    expect(await destinations.update(read, { desired: "on" })).toMatchObject({
      desired: "on",
      version: 1,
    });
  });

  it("reads a row with a number beyond JavaScript's", async () => {
    const size = { N: "123456789012345678901234567890.5" };
    await clients.dynamoDb.send(
      new PutItemCommand({ TableName: table, Item: { destination_id: { S: "d" }, size } }),
    );
    expect(await destinations.list()).toHaveLength(1);
    expect(unreadable).toEqual([]);
  });

  it("leaves out a row that it cannot understand, and says so", async () => {
    const other = await stage.table("pk");
    const rows = [{ pk: "1" }, { pk: "2", destination_id: "d" }];
    for (const Item of rows)
      await clients.dynamoDb.send(new PutCommand({ TableName: other, Item }));
    const list = await dynamoDestinations({
      client: clients.dynamoDb,
      table: other,
      ids,
      onUnreadable: (rows) => unreadable.push(...rows),
    }).list();
    expect(list.map(({ id }) => id)).toEqual(["d"]);
    expect(unreadable).toEqual([{ pk: "1" }]);
  });

  it("names a table that does not exist", async () => {
    const nowhere = dynamoDestinations({
      client: clients.dynamoDb,
      table: "no-such-table",
      ids,
      onUnreadable: () => undefined,
    });
    const missing = { code: "not-configured", message: expect.stringContaining("no-such-table") };
    await expect(nowhere.list()).rejects.toMatchObject(missing);
    await expect(nowhere.find("d")).rejects.toMatchObject(missing);
  });
});

describe("the ops table", () => {
  const ops = () => anOpsTable(stage, clients);

  it("keeps two sites apart in one table", async () => {
    const main = await ops();
    const other = { ...main, site: "other" };
    await dynamoBroadcasts(main).open(aBroadcast(), null);
    await dynamoSiteMemory(main).write({ ...emptyMemory, flowQuietSince: siteNow });
    expect(await dynamoBroadcasts(other).latest()).toBeNull();
    expect(await dynamoSiteMemory(other).read()).toMatchObject({ version: 0 });
    expect(await dynamoDeliveries(main, stage.clock).claim("key")).toBe(true);
    expect(await dynamoDeliveries(other, stage.clock).claim("key")).toBe(true);
  });

  it("does not lose a delivery whose claim was not answered", async () => {
    loseAnswer("PutItem");
    const deliveries = dynamoDeliveries(await ops(), stage.clock);
    expect(await deliveries.claim("key")).toBe(true);
    expect(await deliveries.claim("key")).toBe(false);
  });

  it("does not call its own memory a conflict when the answer was lost", async () => {
    const memory = dynamoSiteMemory(await ops());
    loseAnswer("PutItem");
    await memory.write({ ...emptyMemory, flowQuietSince: siteNow });
    expect(await memory.read()).toMatchObject({ flowQuietSince: siteNow, version: 1 });
  });

  it("opens a broadcast also when the answers are lost", async () => {
    const broadcasts = dynamoBroadcasts(await ops());
    loseAnswer("PutItem");
    await broadcasts.open(aBroadcast(), null);
    expect(await broadcasts.latest()).toEqual(aBroadcast());
  });
});

describe("dynamoSessions", () => {
  it("stores a session under the names of the existing table", async () => {
    const table = await stage.table("session_id");
    await dynamoSessions(await anOpsTable(stage, clients), table).open(aSession());
    const command = new GetCommand({ TableName: table, Key: { session_id: "session_intent_1" } });
    expect((await clients.dynamoDb.send(command)).Item).toMatchObject({
      session_id: "session_intent_1",
      start_time: "2026-11-22T19:00:00.000Z",
      session_status: "active",
      active_destinations: ["dest_twitch"],
    });
  });

  it("does not take somebody else's row for a session", async () => {
    const table = await stage.table("session_id");
    await clients.dynamoDb.send(
      new PutCommand({ TableName: table, Item: { session_id: "s", start_time: "long ago" } }),
    );
    expect(await dynamoSessions(await anOpsTable(stage, clients), table).find("s")).toBeNull();
  });
});
