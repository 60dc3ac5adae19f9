import type { RestGap, RestRoute } from "../rest.ts";
import { describeFlow, listFlows, startFlow, stopFlow } from "./flows.ts";
import { describeFlowSourceMetadata } from "./source-metadata.ts";

const flows = "/v1/flows";
const flow = `${flows}/:arn`;

export const mediaConnectRoutes: readonly RestRoute[] = [
  { operation: "ListFlows", method: "GET", path: flows, handle: listFlows },
  { operation: "DescribeFlow", method: "GET", path: flow, handle: describeFlow },
  {
    operation: "StartFlow",
    method: "POST",
    path: `${flows}/start/:arn`,
    status: 202,
    handle: startFlow,
  },
  {
    operation: "StopFlow",
    method: "POST",
    path: `${flows}/stop/:arn`,
    status: 202,
    handle: stopFlow,
  },
  {
    operation: "DescribeFlowSourceMetadata",
    method: "GET",
    path: `${flow}/source-metadata`,
    handle: describeFlowSourceMetadata,
  },
];

export const mediaConnectGaps: readonly RestGap[] = [
  { operation: "CreateFlow", method: "POST", path: flows },
  { operation: "UpdateFlow", method: "PUT", path: flow },
  { operation: "DeleteFlow", method: "DELETE", path: flow },
  { operation: "DescribeFlowSourceThumbnail", method: "GET", path: `${flow}/source-thumbnail` },
  { operation: "AddFlowSources", method: "POST", path: `${flow}/source` },
  { operation: "UpdateFlowSource", method: "PUT", path: `${flow}/source/:source` },
  { operation: "RemoveFlowSource", method: "DELETE", path: `${flow}/source/:source` },
  { operation: "AddFlowOutputs", method: "POST", path: `${flow}/outputs` },
  { operation: "UpdateFlowOutput", method: "PUT", path: `${flow}/outputs/:output` },
  { operation: "RemoveFlowOutput", method: "DELETE", path: `${flow}/outputs/:output` },
  { operation: "ListTagsForResource", method: "GET", path: "/tags/:arn" },
  { operation: "TagResource", method: "POST", path: "/tags/:arn" },
  { operation: "UntagResource", method: "DELETE", path: "/tags/:arn" },
];
