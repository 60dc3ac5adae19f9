import type { LocalFlow, LocalFlowStatus, World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { badRequest, notFound } from "../errors.ts";
import { toPage } from "../input.ts";
import type { RestCall } from "../rest.ts";
import { toFlow, toListedFlow } from "./flow.ts";

export function findFlow(world: World, arn: string): LocalFlow {
  if (world.data.flow.arn !== arn) throw notFound(`The flow ${arn} was not found`);
  return world.data.flow;
}

export function describeFlow({ site, params }: RestCall): Json {
  findFlow(site.world, params.arn ?? "");
  return { flow: toFlow(site), messages: { errors: [] } };
}

export function listFlows({ site, query }: RestCall): Json {
  const { items, nextToken } = toPage([toListedFlow(site)], query);
  return { flows: items, nextToken };
}

export const startFlow = (call: RestCall) =>
  moveFlow(call, { from: "STANDBY", to: "STARTING", verb: "start" });

export const stopFlow = (call: RestCall) =>
  moveFlow(call, { from: "ACTIVE", to: "STOPPING", verb: "stop" });

type Move = { from: LocalFlowStatus; to: LocalFlowStatus; verb: string };

/** A flow in the wrong status is a 400: MediaConnect declares no 409 (MediaConnect API model). */
function moveFlow({ site, params }: RestCall, { from, to, verb }: Move): Json {
  const { arn, status } = findFlow(site.world, params.arn ?? "");
  if (status !== from) throw badRequest(`Cannot ${verb} flow ${arn} while its status is ${status}`);
  site.life.moveFlow(to);
  return { flowArn: arn, status: to };
}
