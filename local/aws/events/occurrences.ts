import type {
  LocalChannel,
  LocalChannelState,
  LocalFlow,
  LocalFlowStatus,
  WorldData,
} from "../../world.ts";
import type { Json } from "../answers.ts";
import { isPassing, sourceArnOf } from "../mediaconnect/flow.ts";
import { type Alert, alertsOf } from "../medialive/alerts.ts";

/** What AWS tells of by an event, by the event's detail type. */
export const detailTypes = [
  "MediaLive Channel State Change",
  "MediaLive Channel Alert",
  "MediaConnect Flow Status Change",
  "MediaConnect Source Health",
] as const;

export type Occurrence = {
  detailType: (typeof detailTypes)[number];
  resources: string[];
  detail: Json;
};

/** The part of the world of which events tell. */
export type Sight = {
  channels: { arn: string; state: LocalChannelState; alerts: Alert[] }[];
  flow: SeenFlow | null;
};

type SeenFlow = { arn: string; sourceArn: string; status: LocalFlowStatus; source: SourceState };

type SourceState = "CONNECTED" | "DISCONNECTED" | "IDLE";

export function look(world: Readonly<WorldData>): Sight {
  const { channels, flow } = world;
  return {
    channels: Object.values(channels).map((channel) => seeChannel(channel, world)),
    flow: flow === null ? null : seeFlow(flow, world),
  };
}

function seeFlow(flow: LocalFlow, world: Readonly<WorldData>): SeenFlow {
  const connected = world.source.connected ? "CONNECTED" : "DISCONNECTED";
  const source = isPassing(world) ? connected : "IDLE";
  return { arn: flow.arn, sourceArn: sourceArnOf(flow), status: flow.status, source };
}

const seeChannel = (channel: LocalChannel, world: Readonly<WorldData>) => ({
  arn: channel.arn,
  state: channel.state,
  alerts: alertsOf(channel, world),
});

/** What happened between two looks at the world, as AWS tells it. */
export function occurrencesBetween(before: Sight, after: Sight): Occurrence[] {
  const channels = after.channels.flatMap((now) => {
    const then = before.channels.find(({ arn }) => arn === now.arn);
    if (then === undefined) return stateChange(null, now);
    return [...stateChange(then, now), ...alertChanges(then, now)];
  });
  return [...channels, ...flowChanges(before.flow, after.flow)];
}

/** A flow that comes or goes has no status that it had before, or has after. */
const flowChanges = (before: SeenFlow | null, after: SeenFlow | null) =>
  before === null || after === null || before.arn !== after.arn
    ? []
    : [...flowChange(before, after), ...sourceChange(before, after)];

type SeenChannel = Sight["channels"][number];

/** How events spell the states: an idle channel is STOPPED, and failures and updates are not told (facts of the field). */
const spelling: Partial<Record<LocalChannelState, string>> = {
  CREATING: "CREATED",
  IDLE: "STOPPED",
  STARTING: "STARTING",
  RUNNING: "RUNNING",
  RECOVERING: "RECOVERING",
  STOPPING: "STOPPING",
  DELETING: "DELETING",
  DELETED: "DELETED",
};

function stateChange(before: SeenChannel | null, after: SeenChannel): Occurrence[] {
  const state = spelling[after.state];
  const silent = before?.state === "UPDATING" || state === undefined;
  if (before?.state === after.state || silent) return [];
  const detail = {
    channel_arn: after.arn,
    state,
    message: `Channel is ${state}`,
    pipelines_running_count: after.state === "RUNNING" ? 1 : 0,
  };
  return [{ detailType: "MediaLive Channel State Change", resources: [after.arn], detail }];
}

function alertChanges(before: SeenChannel, after: SeenChannel): Occurrence[] {
  const without = (alerts: Alert[], others: Alert[]) =>
    alerts.filter(({ id }) => !others.some((other) => other.id === id));
  const told = (alert: Alert, alarmState: "SET" | "CLEARED"): Occurrence => ({
    detailType: "MediaLive Channel Alert",
    resources: [after.arn],
    detail: {
      alarm_state: alarmState,
      alarm_id: alert.id,
      alert_type: alert.alertType,
      pipeline: alert.pipelineId,
      channel_arn: after.arn,
      message: alert.message,
    },
  });
  return [
    ...without(after.alerts, before.alerts).map((alert) => told(alert, "SET")),
    ...without(before.alerts, after.alerts).map((alert) => told(alert, "CLEARED")),
  ];
}

function flowChange(before: SeenFlow, after: SeenFlow): Occurrence[] {
  if (before.status === after.status) return [];
  const detail = { previousStatus: before.status, currentStatus: after.status };
  return [{ detailType: "MediaConnect Flow Status Change", resources: [after.arn], detail }];
}

function sourceChange(before: SeenFlow, after: SeenFlow): Occurrence[] {
  if (before.source === after.source) return [];
  const detail = {
    unhealthy: after.source === "DISCONNECTED",
    current: toHealth(after.source),
    previous: toHealth(before.source),
  };
  const resources = [after.arn, after.sourceArn];
  return [{ detailType: "MediaConnect Source Health", resources, detail }];
}

const toHealth = (state: SourceState) => ({
  state,
  tr101: {
    ts_sync_loss: false,
    continuity_count_error: false,
    transport_error: false,
    pcr_error: false,
  },
});
