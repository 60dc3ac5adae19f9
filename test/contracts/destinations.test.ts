import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { dynamoDestinations } from "../../src/aws/dynamodb-destinations.ts";
import type { Destination } from "../../src/domain/destination.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { memoryIds } from "../support/memory/process.ts";
import { aWorld } from "../support/world.ts";
import { destinationsContract } from "./destinations.contract.ts";

destinationsContract("in memory", () => {
  const { destinations } = aWorld({ destinations: [] });
  return Promise.resolve({
    destinations,
    put: (row) => Promise.resolve(destinations.put(row)),
    remove: (id) => Promise.resolve(destinations.remove(id)),
  });
});

let local: AwsStage;
let clients: ReturnType<typeof createAwsClients>;
beforeAll(async () => {
  local = await openAwsStage();
  clients = createAwsClients(local.options);
});
afterAll(async () => {
  clients.close();
  await local.close();
});

/** A row as the existing system writes it, with the channel state of a migrated one. */
const legacyRow = (row: Destination) => ({
  destination_id: row.id,
  name: row.name,
  platform: row.platform,
  rtmp_url: row.platformIngest,
  stream_key_param: row.streamKeyRef,
  preset_id: row.presetId,
  enabled: row.enabled,
  streaming_status: "ready",
  created_at: row.createdAt?.toISOString(),
  updated_at: "2026-01-05T10:00:00.000Z",
  medialive_channel_id: row.channelId,
  channel_status: "idle",
  last_channel_sync: null,
});

destinationsContract("DynamoDB", async () => {
  const client = clients.dynamoDb;
  const table = await local.table("destination_id");
  return {
    destinations: dynamoDestinations({
      client,
      table,
      ids: memoryIds(),
      onUnreadable: () => undefined,
    }),
    put: async (row) => {
      await client.send(new PutCommand({ TableName: table, Item: legacyRow(row) }));
    },
    remove: async (id) => {
      await client.send(new DeleteCommand({ TableName: table, Key: { destination_id: id } }));
    },
  };
});
