import type { RestGap, RestRoute } from "../rest.ts";
import { createFlow } from "./create.ts";
import { deleteFlow, describeFlow, listFlows, startFlow, stopFlow } from "./flows.ts";
import { addFlowOutputs, removeFlowOutput, updateFlowOutput } from "./outputs.ts";
import { describeFlowSourceMetadata } from "./source-metadata.ts";
import { addFlowSources, removeFlowSource, updateFlowSource } from "./sources.ts";
import { listFlowTags, tagResource, untagResource } from "./tags.ts";
import { updateFlow } from "./update.ts";

const flows = "/v1/flows";
const flow = `${flows}/:arn`;
const sources = `${flow}/source`;
const source = `${sources}/:source`;
const outputs = `${flow}/outputs`;
const output = `${outputs}/:output`;
const tags = "/tags/:arn";

type Line = [operation: string, method: RestRoute["method"], path: string, status: number];

const route = ([operation, method, path, status]: Line, handle: RestRoute["handle"]) => ({
  ...{ operation, method, path, status, handle },
});

export const mediaConnectRoutes: readonly RestRoute[] = [
  route(["ListFlows", "GET", flows, 200], listFlows),
  route(["CreateFlow", "POST", flows, 201], createFlow),
  route(["DescribeFlow", "GET", flow, 200], describeFlow),
  route(["UpdateFlow", "PUT", flow, 202], updateFlow),
  route(["DeleteFlow", "DELETE", flow, 202], deleteFlow),
  route(["StartFlow", "POST", `${flows}/start/:arn`, 202], startFlow),
  route(["StopFlow", "POST", `${flows}/stop/:arn`, 202], stopFlow),
  route(
    ["DescribeFlowSourceMetadata", "GET", `${flow}/source-metadata`, 200],
    describeFlowSourceMetadata,
  ),
  route(["AddFlowSources", "POST", sources, 201], addFlowSources),
  route(["UpdateFlowSource", "PUT", source, 202], updateFlowSource),
  route(["RemoveFlowSource", "DELETE", source, 202], removeFlowSource),
  route(["AddFlowOutputs", "POST", outputs, 201], addFlowOutputs),
  route(["UpdateFlowOutput", "PUT", output, 202], updateFlowOutput),
  route(["RemoveFlowOutput", "DELETE", output, 202], removeFlowOutput),
  route(["ListTagsForResource", "GET", tags, 200], listFlowTags),
  route(["TagResource", "POST", tags, 204], tagResource),
  route(["UntagResource", "DELETE", tags, 204], untagResource),
];

export const mediaConnectGaps: readonly RestGap[] = [
  { operation: "DescribeFlowSourceThumbnail", method: "GET", path: `${flow}/source-thumbnail` },
];
