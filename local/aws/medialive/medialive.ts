import type { Json } from "../answers.ts";
import { toPage } from "../input.ts";
import type { RestCall, RestGap, RestRoute } from "../rest.ts";
import { actOnChannel, findChannel } from "./actions.ts";
import { listAlerts } from "./alerts.ts";
import { batchStart, batchStop } from "./batch.ts";
import { toChannel, toChannelSummary } from "./channel.ts";
import { updateChannel } from "./update.ts";

export function listChannels({ site, query }: RestCall): Json {
  const { items, nextToken } = toPage(Object.values(site.world.data.channels), query);
  return { channels: items.map(toChannelSummary), nextToken };
}

const describeChannel = ({ site, params }: RestCall): Json =>
  toChannel(findChannel(site.world, params.id ?? ""));

export const startChannel = ({ site, params }: RestCall): Json =>
  toChannel(actOnChannel(site, params.id ?? "", "start"));

export const stopChannel = ({ site, params }: RestCall): Json =>
  toChannel(actOnChannel(site, params.id ?? "", "stop"));

const channels = "/prod/channels";
const channel = `${channels}/:id`;

export const mediaLiveRoutes: readonly RestRoute[] = [
  { operation: "ListChannels", method: "GET", path: channels, handle: listChannels },
  { operation: "DescribeChannel", method: "GET", path: channel, handle: describeChannel },
  { operation: "UpdateChannel", method: "PUT", path: channel, handle: updateChannel },
  { operation: "StartChannel", method: "POST", path: `${channel}/start`, handle: startChannel },
  { operation: "StopChannel", method: "POST", path: `${channel}/stop`, handle: stopChannel },
  { operation: "ListAlerts", method: "GET", path: `${channel}/alerts`, handle: listAlerts },
  { operation: "BatchStart", method: "POST", path: "/prod/batch/start", handle: batchStart },
  { operation: "BatchStop", method: "POST", path: "/prod/batch/stop", handle: batchStop },
];

export const mediaLiveGaps: readonly RestGap[] = [
  { operation: "CreateChannel", method: "POST", path: channels },
  { operation: "DeleteChannel", method: "DELETE", path: channel },
  { operation: "UpdateChannelClass", method: "PUT", path: `${channel}/channelClass` },
  { operation: "DescribeThumbnails", method: "GET", path: `${channel}/thumbnails` },
  {
    operation: "RestartChannelPipelines",
    method: "POST",
    path: `${channel}/restartChannelPipelines`,
  },
  { operation: "DescribeSchedule", method: "GET", path: `${channel}/schedule` },
  { operation: "BatchUpdateSchedule", method: "PUT", path: `${channel}/schedule` },
  { operation: "BatchDelete", method: "POST", path: "/prod/batch/delete" },
  { operation: "ListInputs", method: "GET", path: "/prod/inputs" },
  { operation: "CreateInput", method: "POST", path: "/prod/inputs" },
  { operation: "DescribeInput", method: "GET", path: "/prod/inputs/:id" },
  { operation: "UpdateInput", method: "PUT", path: "/prod/inputs/:id" },
  { operation: "DeleteInput", method: "DELETE", path: "/prod/inputs/:id" },
  { operation: "ListTagsForResource", method: "GET", path: "/prod/tags/:arn" },
  { operation: "CreateTags", method: "POST", path: "/prod/tags/:arn" },
  { operation: "DeleteTags", method: "DELETE", path: "/prod/tags/:arn" },
];
