import type { FlowPart, LocalFlow } from "../../world.ts";
import type { Json } from "../answers.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import { newFlowArn, newPartArn } from "./arns.ts";
import { failoverProblems } from "./failover.ts";
import { toFlow } from "./flow.ts";
import {
  type FlowRequest,
  flowMembers,
  type OutputRequest,
  type SourceRequest,
} from "./members.ts";
import { requirePorts } from "./ports.ts";
import { outputProblems, sourceProblems } from "./protocols.ts";
import { badFlow, exceeded } from "./refusals.ts";

/**
 * CreateFlow: a flow that stands still. There is one SRT listener on this machine, so there is one flow: a second is
 * refused as AWS refuses the one above the quota.
 */
export function createFlow({ site, body }: RestCall): Json {
  const { world, region } = site;
  const asked = readMembers(flowMembers, body, {
    ...{ service: "mediaconnect", operation: "CreateFlow", refuse: badFlow },
  });
  if (world.data.flow !== null) {
    throw exceeded("CreateFlow", "The quota of flows is reached: the local AWS has one.");
  }
  const sources = requireSources(asked, region);
  const arn = newFlowArn(region, asked.name);
  const outputs = (asked.outputs ?? []).map((output) => toOutputPart(arn, output));
  requirePorts(outputs);
  const flow: LocalFlow = {
    ...{ arn, name: asked.name, status: "STANDBY", changedAt: world.now() },
    spec: {
      availabilityZone: asked.availabilityZone ?? `${region}a`,
      sources: sources.map((source) => toSourcePart(arn, source)),
      outputs,
      sourceFailoverConfig: asked.sourceFailoverConfig,
      sourceMonitoringConfig: asked.sourceMonitoringConfig ?? { thumbnailState: "DISABLED" },
      // AWS picks a window when none is asked for.
      maintenance: asked.maintenance ?? {
        ...{ maintenanceDay: "Wednesday", maintenanceStartHour: "06:00" },
      },
      tags: asked.flowTags ?? {},
    },
  };
  world.change((data) => {
    data.flow = flow;
  });
  world.log(`${flow.name} is ${flow.status}`);
  return { flow: toFlow(site, flow) };
}

/** One `source`, or one or two `sources` (MediaConnect API model, CreateFlow). */
function requireSources(asked: FlowRequest, region: string): SourceRequest[] {
  const sources = asked.sources ?? (asked.source === undefined ? [] : [asked.source]);
  const both = asked.sources !== undefined && asked.source !== undefined;
  const zone = asked.availabilityZone;
  const problems = [
    ...(both || sources.length === 0
      ? [{ elementPath: "/source", errorMessage: "or sources is required, and not both" }]
      : []),
    ...(zone === undefined || zone.startsWith(region)
      ? []
      : [{ elementPath: "/availabilityZone", errorMessage: `is not a zone of ${region}` }]),
    ...sources.flatMap(sourceProblems),
    ...failoverProblems(sources, asked.sourceFailoverConfig),
  ];
  if (problems.length > 0) throw badFlow(problems);
  return sources;
}

export function toSourcePart(flowArn: string, { sourceTags, ...source }: SourceRequest): FlowPart {
  const arn = newPartArn(flowArn, "source", source.name);
  return { ...source, arn, tags: sourceTags ?? {} };
}

/** An output without a name gets one from AWS. */
export function toOutputPart(flowArn: string, { outputTags, ...output }: OutputRequest): FlowPart {
  const problems = outputProblems(output);
  if (problems.length > 0) throw badFlow(problems);
  const name = output.name ?? `output-${output.port}`;
  return { ...output, name, arn: newPartArn(flowArn, "output", name), tags: outputTags ?? {} };
}
