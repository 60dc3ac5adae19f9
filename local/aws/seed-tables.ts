import { randomBytes, randomInt } from "node:crypto";
import type { Json } from "./answers.ts";
import type { DynamoDb } from "./dynamodb.ts";
import { toJson } from "./input.ts";
import type { Parameters } from "./parameters.ts";

/** The tables of the existing system with their key, and ours with partition and sort key. */
const tables: Record<string, string[]> = {
  "lunora-destinations": ["destination_id"],
  "lunora-presets": ["preset_id"],
  "lunora-streaming-sessions": ["session_id"],
  "lunora-sources": ["source_id"],
  "patchbay-ops": ["pk", "sk"],
};

/** The tables of the existing system. */
export const lunoraTables = Object.keys(tables).filter((name) => name.startsWith("lunora-"));

type Seeding = { dynamoDb: DynamoDb; parameters: Parameters; now: number };

/** Makes those tables that are not there; a new destinations table gets the rows an existing system would have. */
export async function seedTables({ dynamoDb, parameters, now }: Seeding, names: readonly string[]) {
  const existing = (await dynamoDb.call("ListTables", {})).TableNames;
  for (const [name, keys] of Object.entries(tables)) {
    if (!names.includes(name) || (Array.isArray(existing) && existing.includes(name))) continue;
    await createTable(dynamoDb, name, keys);
    if (name === "lunora-destinations") await seedDestinations(dynamoDb, parameters, now);
  }
}

async function createTable(dynamoDb: DynamoDb, name: string, keys: string[]) {
  await dynamoDb.call("CreateTable", {
    TableName: name,
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: "S" })),
    KeySchema: keys.map((key, index) => ({
      AttributeName: key,
      KeyType: index === 0 ? "HASH" : "RANGE",
    })),
    BillingMode: "PAY_PER_REQUEST",
  });
  let status: unknown;
  while (status !== "ACTIVE") {
    const { Table } = await dynamoDb.call("DescribeTable", { TableName: name });
    status = toJson(Table).TableStatus;
  }
}

type Seed = {
  name: string;
  platform: string;
  rtmpUrl: string | null;
  streamKey: string | null;
  enabled: boolean;
};

function seeds(): Seed[] {
  const enabled = true;
  return [
    { name: "Primary", platform: "hls", rtmpUrl: null, streamKey: null, enabled },
    {
      name: "YouTube",
      platform: "youtube",
      rtmpUrl: "rtmp://a.rtmp.youtube.com/live2",
      streamKey: [4, 4, 4, 4, 4].map(randomText).join("-"),
      enabled,
    },
    {
      name: "Twitch",
      platform: "twitch",
      rtmpUrl: "rtmp://live.twitch.tv/app",
      streamKey: `live_${randomInt(100_000_000, 999_999_999)}_${randomText(30)}`,
      enabled,
    },
    {
      name: "LinkedIn",
      platform: "linkedin",
      rtmpUrl: "rtmp://1-publish.linkedin.com/live",
      streamKey: randomText(24),
      enabled,
    },
    {
      name: "Custom relay",
      platform: "custom",
      rtmpUrl: "rtmp://relay.example.com/live",
      streamKey: randomText(24),
      enabled,
    },
    {
      name: "Old Vimeo",
      platform: "custom",
      rtmpUrl: "rtmp://vimeo.example.com/live",
      streamKey: null,
      enabled: false,
    },
  ];
}

/** Rows as the existing system writes them, so that reading those is proved from the first day. */
async function seedDestinations(dynamoDb: DynamoDb, parameters: Parameters, now: number) {
  for (const [index, seed] of seeds().entries()) {
    const at = now + index;
    const id = `dest_${at}_${randomText(9)}`;
    const parameterName = `/lunora-player/streaming/destinations/${id}/stream_key`;
    if (seed.streamKey !== null) {
      const secret = { name: parameterName, type: "SecureString", value: seed.streamKey } as const;
      await parameters.put({ ...secret, version: 1, modifiedAt: now });
    }
    const keyName = seed.streamKey === null ? null : parameterName;
    const Item = toLegacyRow(seed, { id, keyName, at: new Date(at).toISOString() });
    await dynamoDb.call("PutItem", { TableName: "lunora-destinations", Item });
  }
}

type RowFacts = { id: string; keyName: string | null; at: string };

/** The preset id names a preset that exists in no set: the existing system wrote it so. */
function toLegacyRow(seed: Seed, { id, keyName, at }: RowFacts): Json {
  return {
    destination_id: { S: id },
    name: { S: seed.name },
    platform: { S: seed.platform },
    rtmp_url: textOrNull(seed.rtmpUrl),
    stream_key_param: textOrNull(keyName),
    preset_id: { S: `preset_${seed.platform}_default` },
    enabled: { BOOL: seed.enabled },
    streaming_status: { S: "ready" },
    created_at: { S: at },
    updated_at: { S: at },
  };
}

const textOrNull = (text: string | null): Json => (text === null ? { NULL: true } : { S: text });

/** Lower-case letters and digits: bytes above the last whole multiple of 36 are left out, so that none is likelier. */
function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    const byte = randomBytes(1).readUInt8();
    if (byte < 252) text += (byte % 36).toString(36);
  }
  return text;
}
