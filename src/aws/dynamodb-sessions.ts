import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import type { Session } from "../domain/session.ts";
import type { Sessions } from "../manager/ports.ts";
import { type Attributes, instant, stored, text } from "./row-values.ts";
import { askTable, readItem, unlessRefused, updateItem } from "./tables.ts";

type Amendment = Parameters<Sessions["amend"]>[1];

/** The existing sessions table under its own names (legacy contract, T4), with ours beside them. */
export function dynamoSessions(client: DynamoDBDocumentClient, table: string): Sessions {
  return {
    open: async (session) => {
      const command = new PutCommand({
        TableName: table,
        Item: itemFrom(session),
        ConditionExpression: "attribute_not_exists(session_id)",
      });
      const call = { doing: `write the table ${table}`, operation: "dynamodb:PutItem" };
      await askTable(table, call, () => unlessRefused(() => client.send(command)));
    },
    amend: async (id, change) => {
      const attributes = amendmentFrom(change);
      if (Object.keys(attributes).length === 0) return;
      const condition = "attribute_exists(session_id)";
      await updateItem(client, { table, key: { session_id: id }, attributes, condition });
    },
    find: async (id) => sessionFrom(await readItem(client, table, { session_id: id })),
  };
}

const itemFrom = (session: Session): Attributes => ({
  session_id: session.id,
  start_time: stored(session.startedAt),
  end_time: stored(session.endedAt),
  session_status: session.status,
  active_destinations: [session.destinationId],
  destination_name: session.destinationName,
  platform: session.platform,
  channel_id: session.channelId,
  broadcast_id: session.broadcastId,
  started_by: session.startedBy.id,
  started_by_name: session.startedBy.name,
  running_at: stored(session.runningAt),
  end_reason: session.endReason,
});

function amendmentFrom({ runningAt, endedAt, status, endReason }: Amendment): Attributes {
  return {
    ...(runningAt === undefined ? {} : { running_at: stored(runningAt) }),
    ...(endedAt === undefined ? {} : { end_time: stored(endedAt) }),
    ...(status === undefined ? {} : { session_status: status }),
    ...(endReason === undefined ? {} : { end_reason: endReason }),
  };
}

const itemSchema = z.object({
  session_id: z.string().min(1),
  start_time: z.iso.datetime().transform((word) => new Date(word)),
  end_time: instant,
  session_status: z.enum(["active", "stopped", "error"]),
  active_destinations: z.array(z.string()).min(1),
  destination_name: text,
  platform: text,
  channel_id: text,
  broadcast_id: text,
  started_by: text,
  started_by_name: text,
  running_at: instant,
  end_reason: text,
});

/** Null for an absent session, and for a row that is not one of ours. */
function sessionFrom(item: unknown): Session | null {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) return null;
  const row = parsed.data;
  const starter = row.started_by ?? "unknown";
  return {
    id: row.session_id,
    destinationId: row.active_destinations[0] ?? "",
    destinationName: row.destination_name ?? "",
    platform: row.platform ?? "",
    channelId: row.channel_id,
    broadcastId: row.broadcast_id ?? "",
    startedBy: { id: starter, name: row.started_by_name ?? starter },
    startedAt: row.start_time,
    runningAt: row.running_at,
    endedAt: row.end_time,
    status: row.session_status,
    endReason: row.end_reason,
  };
}
