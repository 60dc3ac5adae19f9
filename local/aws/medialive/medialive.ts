import type { Json } from "../answers.ts";
import type { RestCall, RestGap, RestRoute } from "../rest.ts";
import { actOnChannel } from "./actions.ts";
import { listAlerts } from "./alerts.ts";
import { batchStart, batchStop } from "./batch.ts";
import { toChannel } from "./channel.ts";
import { createChannel } from "./create.ts";
import { deleteChannel } from "./delete.ts";
import { createInput, deleteInput, describeInput, listInputs, updateInput } from "./inputs.ts";
import { describeChannel, listChannels } from "./read.ts";
import {
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroup,
  listSecurityGroups,
  updateSecurityGroup,
} from "./security-groups.ts";
import { createTags, deleteTags, listTags } from "./tags.ts";
import { updateChannel, updateChannelClass } from "./update.ts";

export const startChannel = ({ site, params }: RestCall): Json =>
  toChannel(actOnChannel(site, params.id ?? "", "start"));

export const stopChannel = ({ site, params }: RestCall): Json =>
  toChannel(actOnChannel(site, params.id ?? "", "stop"));

const channels = "/prod/channels";
const channel = `${channels}/:id`;
const inputs = "/prod/inputs";
const input = `${inputs}/:id`;
const groups = "/prod/inputSecurityGroups";
const group = `${groups}/:id`;
const tags = "/prod/tags/:arn";

export const mediaLiveRoutes: readonly RestRoute[] = [
  { operation: "ListChannels", method: "GET", path: channels, handle: listChannels },
  { operation: "DescribeChannel", method: "GET", path: channel, handle: describeChannel },
  { operation: "UpdateChannel", method: "PUT", path: channel, handle: updateChannel },
  { operation: "StartChannel", method: "POST", path: `${channel}/start`, handle: startChannel },
  { operation: "StopChannel", method: "POST", path: `${channel}/stop`, handle: stopChannel },
  { operation: "ListAlerts", method: "GET", path: `${channel}/alerts`, handle: listAlerts },
  {
    operation: "CreateChannel",
    method: "POST",
    path: channels,
    status: 201,
    handle: createChannel,
  },
  { operation: "DeleteChannel", method: "DELETE", path: channel, handle: deleteChannel },
  {
    operation: "UpdateChannelClass",
    method: "PUT",
    path: `${channel}/channelClass`,
    handle: updateChannelClass,
  },
  { operation: "BatchStart", method: "POST", path: "/prod/batch/start", handle: batchStart },
  { operation: "BatchStop", method: "POST", path: "/prod/batch/stop", handle: batchStop },
  { operation: "ListInputs", method: "GET", path: inputs, handle: listInputs },
  { operation: "CreateInput", method: "POST", path: inputs, status: 201, handle: createInput },
  { operation: "DescribeInput", method: "GET", path: input, handle: describeInput },
  { operation: "UpdateInput", method: "PUT", path: input, handle: updateInput },
  { operation: "DeleteInput", method: "DELETE", path: input, handle: deleteInput },
  {
    operation: "CreateInputSecurityGroup",
    method: "POST",
    path: groups,
    handle: createSecurityGroup,
  },
  {
    operation: "DeleteInputSecurityGroup",
    method: "DELETE",
    path: group,
    handle: deleteSecurityGroup,
  },
  {
    operation: "DescribeInputSecurityGroup",
    method: "GET",
    path: group,
    handle: describeSecurityGroup,
  },
  { operation: "ListInputSecurityGroups", method: "GET", path: groups, handle: listSecurityGroups },
  {
    operation: "UpdateInputSecurityGroup",
    method: "PUT",
    path: group,
    handle: updateSecurityGroup,
  },
  { operation: "ListTagsForResource", method: "GET", path: tags, handle: listTags },
  { operation: "CreateTags", method: "POST", path: tags, status: 204, handle: createTags },
  { operation: "DeleteTags", method: "DELETE", path: tags, status: 204, handle: deleteTags },
];

export const mediaLiveGaps: readonly RestGap[] = [
  { operation: "DescribeThumbnails", method: "GET", path: `${channel}/thumbnails` },
  {
    operation: "RestartChannelPipelines",
    method: "POST",
    path: `${channel}/restartChannelPipelines`,
  },
  { operation: "DescribeSchedule", method: "GET", path: `${channel}/schedule` },
  { operation: "BatchUpdateSchedule", method: "PUT", path: `${channel}/schedule` },
  { operation: "BatchDelete", method: "POST", path: "/prod/batch/delete" },
];
