import { afterAll, beforeAll } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { dynamoBroadcasts } from "../../src/aws/dynamodb-broadcasts.ts";
import { dynamoDeliveries } from "../../src/aws/dynamodb-deliveries.ts";
import { dynamoSessions } from "../../src/aws/dynamodb-sessions.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { memoryClock } from "../support/memory/clock.ts";
import { anOpsTable } from "../support/ops-table.ts";
import { aWorld } from "../support/world.ts";
import { broadcastsContract, deliveriesContract } from "./broadcasts.contract.ts";
import { sessionsContract } from "./sessions.contract.ts";

sessionsContract("in memory", () => Promise.resolve(aWorld().sessions));
broadcastsContract("in memory", () => Promise.resolve(aWorld().broadcasts));
deliveriesContract("in memory", () => {
  const { deliveries, clock } = aWorld();
  return Promise.resolve({ deliveries, advance: clock.advance });
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

const ops = () => anOpsTable(local, clients);

sessionsContract("DynamoDB", async () =>
  dynamoSessions(await ops(), await local.table("session_id")),
);
broadcastsContract("DynamoDB", async () => dynamoBroadcasts(await ops()));
deliveriesContract("DynamoDB", async () => {
  const clock = memoryClock();
  return { deliveries: dynamoDeliveries(await ops(), clock), advance: clock.advance };
});
