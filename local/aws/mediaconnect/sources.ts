import type { FlowPart, LocalFlow } from "../../world.ts";
import type { Json } from "../answers.ts";
import { badRequest, notFound } from "../errors.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import { toSourcePart } from "./create.ts";
import { failoverProblems } from "./failover.ts";
import { toSource } from "./flow.ts";
import { changeSpec, requireChangeable } from "./flows.ts";
import {
  type SourceRequest,
  sourceMembers,
  sourcesMembers,
  sourceUpdateMembers,
} from "./members.ts";
import { sourceProblems } from "./protocols.ts";
import { badFlow } from "./refusals.ts";

/** AddFlowSources: only a flow whose failover is ENABLED takes a second one (MediaConnect user guide, source failover). */
export function addFlowSources({ site, params, body }: RestCall): Json {
  const flow = requireChangeable(site, params.arn);
  const asked = readMembers(sourcesMembers, body, {
    ...{ service: "mediaconnect", operation: "AddFlowSources", refuse: badFlow },
  });
  const added = asked.sources.map((source) => toSourcePart(flow.arn, source));
  requireSound(flow, asked.sources, [...flow.spec.sources, ...added]);
  changeSpec(site, (spec) => void spec.sources.push(...added));
  return { flowArn: flow.arn, sources: added.map((source) => toSource(site, flow, source)) };
}

export function updateFlowSource({ site, params, body }: RestCall): Json {
  const flow = requireChangeable(site, params.arn);
  const source = findPart(flow.spec.sources, params.source);
  const asked = readMembers(sourceUpdateMembers, body, {
    ...{ service: "mediaconnect", operation: "UpdateFlowSource", refuse: badFlow },
  });
  const next = { ...source, ...asked };
  const { arn, tags, ...request } = next;
  const all = flow.spec.sources.map((each) => (each.arn === arn ? next : each));
  requireSound(flow, [sourceMembers.parse(request)], all);
  changeSpec(site, (spec) => {
    spec.sources = all;
  });
  return { flowArn: flow.arn, source: toSource(site, flow, next) };
}

export function removeFlowSource({ site, params }: RestCall): Json {
  const flow = requireChangeable(site, params.arn);
  const { arn } = findPart(flow.spec.sources, params.source);
  if (flow.spec.sources.length === 1) throw badRequest("A flow keeps at least one source");
  changeSpec(site, (spec) => {
    spec.sources = spec.sources.filter((source) => source.arn !== arn);
  });
  return { flowArn: flow.arn, sourceArn: arn };
}

function requireSound(flow: LocalFlow, asked: SourceRequest[], all: FlowPart[]) {
  const problems = [
    ...asked.flatMap(sourceProblems),
    ...failoverProblems(all, flow.spec.sourceFailoverConfig),
  ];
  if (problems.length > 0) throw badFlow(problems);
}

/** A source or an output of the flow by its ARN. */
export function findPart(parts: readonly FlowPart[], arn: string | undefined): FlowPart {
  const part = parts.find((each) => each.arn === arn);
  if (part === undefined) throw notFound(`${arn} was not found in this flow`);
  return part;
}
