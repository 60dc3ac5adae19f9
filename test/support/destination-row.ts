import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";

const table = "lunora-destinations";

/** Writes one attribute of a destination's row behind the bot's back. */
export async function setDestination(
  worldUrl: string,
  name: string,
  change: Record<string, string | boolean>,
): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: worldUrl,
    region: "us-west-2",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const tables = DynamoDBDocumentClient.from(client);
  const { Items = [] } = await tables.send(new ScanCommand({ TableName: table }));
  const row = Items.find((each) => each.name === name);
  for (const [attribute, value] of Object.entries(change))
    await tables.send(
      new UpdateCommand({
        TableName: table,
        Key: { destination_id: row?.destination_id },
        UpdateExpression: "SET #attribute = :value",
        ExpressionAttributeNames: { "#attribute": attribute },
        ExpressionAttributeValues: { ":value": value },
      }),
    );
  client.destroy();
}

/** Moves the end of a destination's lease into the past, as if the time had come. */
export const endLease = (worldUrl: string, name: string): Promise<void> =>
  setDestination(worldUrl, name, { lease_until: "2020-01-01T00:00:00.000Z" });
