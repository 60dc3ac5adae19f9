import type { LocalChannel, WorldData } from "../../world.ts";
import type { Json } from "../answers.ts";
import { badRequest } from "../errors.ts";
import { toPage } from "../input.ts";
import { isPassing } from "../mediaconnect/flow.ts";
import type { RestCall } from "../rest.ts";
import { findChannel } from "./actions.ts";

/**
 * ListAlerts: what is wrong with a running channel at this moment, by AWS's own titles (MediaLive user guide, alerts
 * of channels). Cleared alerts are not remembered here; AWS keeps them for some minutes.
 */
export function listAlerts({ site, params, query }: RestCall): Json {
  const filter = query.get("stateFilter") ?? "ALL";
  if (!["SET", "CLEARED", "ALL"].includes(filter)) throw badRequest("Invalid stateFilter");
  const channel = findChannel(site.world, params.id ?? "");
  const set = filter === "CLEARED" ? [] : alertsOf(channel, site.world.data);
  const { items, nextToken } = toPage(set, query);
  return { alerts: items, nextToken };
}

/** An alert that is set now; `id` is unique only inside its channel. */
export type Alert = {
  alertType: string;
  id: string;
  message: string;
  pipelineId: string;
  setTimestamp: string;
  state: "SET";
};

export function alertsOf(channel: LocalChannel, world: Readonly<WorldData>): Alert[] {
  if (channel.state !== "RUNNING") return [];
  const alerts: Alert[] = [];
  if (!isPassing(world) || !world.source.connected) {
    const since = Math.max(channel.changedAt, world.source.changedAt);
    const message = "No packets have been received on the input for more than one second.";
    alerts.push(toAlert("5302", { alertType: "Stopped Receiving UDP Input", message, since }));
  }
  if (channel.output === "rtmp" && world.outputs[channel.id]?.status === "failed") {
    const message = "The RTMP server refuses the connection or cannot be reached.";
    const since = channel.changedAt;
    alerts.push(toAlert("6018", { alertType: "Failed RTMP Connection", message, since }));
  }
  return alerts;
}

function toAlert(id: string, alert: { alertType: string; message: string; since: number }): Alert {
  const { alertType, message, since } = alert;
  const setTimestamp = new Date(since).toISOString();
  return { alertType, id, message, pipelineId: "0", setTimestamp, state: "SET" };
}
