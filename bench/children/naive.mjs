// What the guides show: Bolt and the clients imported at the top, not bundled, the token asked for at the start.
import "@aws-sdk/client-mediaconnect";
import "@aws-sdk/client-medialive";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import "@aws-sdk/client-ssm";
import bolt from "@slack/bolt";

const receiver = new bolt.AwsLambdaReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
});
const app = new bolt.App({
  receiver,
  token: process.env.SLACK_BOT_TOKEN,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});
const tables = new DynamoDBClient({});

app.command("/stream", async ({ command, ack }) => {
  const Item = { pk: { S: `bench#${command.trigger_id}` }, sk: { S: "delivery" } };
  const ConditionExpression = "attribute_not_exists(pk)";
  await tables.send(new PutItemCommand({ TableName: "patchbay-ops", Item, ConditionExpression }));
  await ack("Starting");
});

const handler = await receiver.start();
// Bolt takes bodies in base64 for ASCII, and this one is.
export const slack = (event) => handler(event, {});
