import type { LocalFlow, LocalFlowStatus, World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { badRequest, notFound } from "../errors.ts";
import { toPage } from "../input.ts";
import type { RestCall } from "../rest.ts";
import type { Site } from "../service.ts";
import { toFlow, toListedFlow } from "./flow.ts";

export function findFlow(world: World, arn: string | undefined): LocalFlow {
  const { flow } = world.data;
  if (flow === null || flow.arn !== arn) throw notFound(`The flow ${arn} was not found`);
  return flow;
}

export const describeFlow = ({ site, params }: RestCall): Json => ({
  flow: toFlow(site, findFlow(site.world, params.arn)),
  messages: { errors: [] },
});

export function listFlows({ site, query }: RestCall): Json {
  const { flow } = site.world.data;
  const { items, nextToken } = toPage(flow === null ? [] : [toListedFlow(flow)], query);
  return { flows: items, nextToken };
}

export const startFlow = (call: RestCall) =>
  moveFlow(call, { from: "STANDBY", to: "STARTING", verb: "start" });

export const stopFlow = (call: RestCall) =>
  moveFlow(call, { from: "ACTIVE", to: "STOPPING", verb: "stop" });

/** DeleteFlow: an active flow has to be stopped first (MediaConnect user guide, deleting a flow). */
export const deleteFlow = (call: RestCall) =>
  moveFlow(call, { from: "STANDBY", to: "DELETING", verb: "delete" });

type Move = { from: LocalFlowStatus; to: LocalFlowStatus; verb: string };

/** A flow in the wrong status is a 400: MediaConnect declares no 409 (MediaConnect API model). */
function moveFlow({ site, params }: RestCall, { from, to, verb }: Move): Json {
  const { arn, status } = findFlow(site.world, params.arn);
  if (status !== from) throw badRequest(`Cannot ${verb} flow ${arn} while its status is ${status}`);
  site.life.moveFlow(to);
  return { flowArn: arn, status: to };
}

/** Finds a flow that can be changed: one that stands still or runs, and is not on its way. */
export function requireChangeable({ world }: Site, arn: string | undefined): LocalFlow {
  const flow = findFlow(world, arn);
  if (flow.status === "STANDBY" || flow.status === "ACTIVE") return flow;
  throw badRequest(`Cannot change flow ${arn} while its status is ${flow.status}`);
}

/** Changes what the flow is made of; one that runs is UPDATING for a moment. */
export function changeSpec(site: Site, change: (spec: LocalFlow["spec"]) => void): LocalFlow {
  const { flow } = site.world.data;
  if (flow === null) throw notFound("The flow was not found");
  site.world.change((data) => {
    if (data.flow !== null) change(data.flow.spec);
  });
  if (flow.status === "ACTIVE") site.life.moveFlow("UPDATING");
  return flow;
}
