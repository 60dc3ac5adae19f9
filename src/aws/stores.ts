import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Clock, Ids, Ports } from "../manager/ports.ts";
import { dynamoAnnouncements } from "./dynamodb-announcements.ts";
import { dynamoAudit } from "./dynamodb-audit.ts";
import { dynamoBroadcasts } from "./dynamodb-broadcasts.ts";
import { dynamoDeliveries } from "./dynamodb-deliveries.ts";
import { dynamoDestinations } from "./dynamodb-destinations.ts";
import { dynamoNotes } from "./dynamodb-notes.ts";
import { dynamoSessions } from "./dynamodb-sessions.ts";
import { dynamoSiteMemory } from "./dynamodb-site-memory.ts";
import { dynamoSpans } from "./dynamodb-spans.ts";
import type { UnreadableCollector } from "./unreadable.ts";

export type StoreOptions = {
  clock: Clock;
  ids: Ids;
  /** Every row of ours carries it. */
  site: string;
  tables: { destinations: string; sessions: string; ops: string };
  unreadable: UnreadableCollector;
};

/** The ports that DynamoDB stands behind. */
export type Stores = Pick<
  Ports,
  | "destinations"
  | "sessions"
  | "broadcasts"
  | "siteMemory"
  | "deliveries"
  | "spans"
  | "announcements"
  | "audit"
  | "notes"
>;

export function dynamoStores(client: DynamoDBDocumentClient, options: StoreOptions): Stores {
  const { clock, ids, site, tables, unreadable } = options;
  const onUnreadable = (item: unknown) => unreadable.row(tables.ops, item);
  const ops = { client, table: tables.ops, site, ids, onUnreadable };
  return {
    destinations: dynamoDestinations({
      client,
      table: tables.destinations,
      ids,
      onUnreadable: unreadable.destinations,
    }),
    sessions: dynamoSessions(
      { ...ops, onUnreadable: (item) => unreadable.row(tables.sessions, item) },
      tables.sessions,
    ),
    broadcasts: dynamoBroadcasts(ops),
    siteMemory: dynamoSiteMemory(ops),
    deliveries: dynamoDeliveries(ops, clock),
    spans: dynamoSpans(ops),
    announcements: dynamoAnnouncements(ops),
    audit: dynamoAudit(ops, clock),
    notes: dynamoNotes(ops, clock),
  };
}
