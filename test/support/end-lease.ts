import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";

const table = "lunora-destinations";

/** Moves the end of a destination's lease into the past, as if the time had come. */
export async function endLease(worldUrl: string, destinationName: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: worldUrl,
    region: "us-west-2",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const tables = DynamoDBDocumentClient.from(client);
  const { Items = [] } = await tables.send(new ScanCommand({ TableName: table }));
  const row = Items.find(({ name }) => name === destinationName);
  await tables.send(
    new UpdateCommand({
      TableName: table,
      Key: { destination_id: row?.destination_id },
      UpdateExpression: "SET lease_until = :past",
      ExpressionAttributeValues: { ":past": "2020-01-01T00:00:00.000Z" },
    }),
  );
  client.destroy();
}
