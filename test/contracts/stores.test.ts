import { afterAll, beforeAll } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { dynamoAnnouncements } from "../../src/aws/dynamodb-announcements.ts";
import { dynamoAudit } from "../../src/aws/dynamodb-audit.ts";
import { dynamoBroadcasts } from "../../src/aws/dynamodb-broadcasts.ts";
import { dynamoDeliveries } from "../../src/aws/dynamodb-deliveries.ts";
import { dynamoNotes } from "../../src/aws/dynamodb-notes.ts";
import { dynamoSessions } from "../../src/aws/dynamodb-sessions.ts";
import { dynamoSpans } from "../../src/aws/dynamodb-spans.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { memoryClock } from "../support/memory/clock.ts";
import { anOpsTable } from "../support/ops-table.ts";
import { aWorld } from "../support/world.ts";
import { announcementsContract } from "./announcements.contract.ts";
import { auditContract } from "./audit.contract.ts";
import { broadcastsContract, deliveriesContract } from "./broadcasts.contract.ts";
import { notesContract } from "./notes.contract.ts";
import { sessionsContract } from "./sessions.contract.ts";
import { spansContract } from "./spans.contract.ts";

sessionsContract("in memory", () => Promise.resolve(aWorld().sessions));
announcementsContract("in memory", () => Promise.resolve(aWorld().announcements));
auditContract("in memory", () => Promise.resolve(aWorld().audit));
notesContract("in memory", () => Promise.resolve(aWorld().notes));
spansContract("in memory", () => Promise.resolve(aWorld().spans));
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
announcementsContract("DynamoDB", async () => dynamoAnnouncements(await ops()));
auditContract("DynamoDB", async () => dynamoAudit(await ops(), memoryClock()));
notesContract("DynamoDB", async () => dynamoNotes(await ops(), memoryClock()));
spansContract("DynamoDB", async () => dynamoSpans(await ops()));
broadcastsContract("DynamoDB", async () => dynamoBroadcasts(await ops()));
deliveriesContract("DynamoDB", async () => {
  const clock = memoryClock();
  return { deliveries: dynamoDeliveries(await ops(), clock), advance: clock.advance };
});
