import type { LocalInput, World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { conflict, notFound } from "../errors.ts";
import { toPage } from "../input.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import type { Site } from "../service.ts";
import { freeId } from "./ids.ts";
import { toInput, usersOf } from "./input.ts";
import { type InputRequest, inputMembers, inputUpdateMembers } from "./members/input.ts";
import { badInput } from "./refusals.ts";

/** CreateInput: once for each `requestId`; the flow feeds it at once through an output of its own. */
export function createInput({ site, body }: RestCall): Json {
  const { world, life } = site;
  const asked = readMembers(inputMembers, body, {
    ...{ service: "medialive", operation: "CreateInput", refuse: badInput },
  });
  const known = Object.values(world.data.inputs).find(
    ({ requestId }) => requestId !== undefined && requestId === asked.requestId,
  );
  if (known !== undefined) return { input: toInput(world, known) };
  const input = toLocalInput(site, asked);
  world.change(({ inputs }) => {
    inputs[input.id] = input;
  });
  life.moveInput(input.id, "CREATING");
  return { input: toInput(world, input) };
}

function toLocalInput(site: Site, asked: InputRequest): LocalInput {
  const { name, type, requestId, tags = {} } = asked;
  const id = freeId(site.world.data.inputs);
  const arn = `arn:aws:medialive:${site.region}:000000000000:input:${id}`;
  const rest = { id, arn, name, type, requestId, tags, state: "CREATING" as const };
  if (asked.type === "RTP_PUSH") {
    const securityGroups = requireGroups(site, asked.inputSecurityGroups);
    return { ...rest, roleArn: null, flowArn: null, securityGroups };
  }
  const flowArn = requireFlow(site, asked.mediaConnectFlows[0]?.flowArn);
  return { ...rest, roleArn: asked.roleArn, flowArn, securityGroups: [] };
}

export const describeInput = ({ site, params }: RestCall): Json =>
  toInput(site.world, findInput(site.world, params.id ?? ""));

export function listInputs({ site, query }: RestCall): Json {
  const { items, nextToken } = toPage(Object.values(site.world.data.inputs), query);
  return { inputs: items.map((input) => toInput(site.world, input)), nextToken };
}

/** UpdateInput: one of a channel only while that channel is idle (MediaLive user guide, editing an input). */
export function updateInput({ site, params, body }: RestCall): Json {
  const { world } = site;
  const input = findInput(world, params.id ?? "");
  const asked = readMembers(inputUpdateMembers, body, {
    ...{ service: "medialive", operation: "UpdateInput", refuse: badInput },
  });
  const busy = usersOf(world, input).find(({ state }) => state !== "IDLE");
  if (busy !== undefined) {
    throw conflict(`Cannot update input ${input.id}: channel ${busy.id} is ${busy.state}`);
  }
  if (input.state === "DELETING")
    throw conflict(`Cannot update input ${input.id} that is DELETING`);
  const { mediaConnectFlows, inputSecurityGroups, ...change } = asked;
  const feed = {
    ...(mediaConnectFlows && { flowArn: requireFlow(site, mediaConnectFlows[0]?.flowArn) }),
    ...(inputSecurityGroups && { securityGroups: requireGroups(site, inputSecurityGroups) }),
  };
  world.change(({ inputs }) => Object.assign(inputs[input.id] ?? {}, change, feed));
  return { input: toInput(world, input) };
}

/** DeleteInput: one that is attached to no channel; its output leaves the flow with it (MediaLive user guide). */
export function deleteInput({ site, params }: RestCall): Json {
  const { id, state } = findInput(site.world, params.id ?? "");
  if (state !== "DETACHED") throw conflict(`Cannot delete input ${id} while its state is ${state}`);
  site.life.moveInput(id, "DELETING");
  return {};
}

function findInput(world: World, id: string): LocalInput {
  const input = world.data.inputs[id];
  if (input === undefined) throw notFound(`Input ${id} not found`);
  return input;
}

function requireFlow({ world }: Site, flowArn: string | undefined): string {
  if (flowArn !== undefined && world.data.flow?.arn === flowArn) return flowArn;
  const elementPath = "/mediaConnectFlows/0/flowArn";
  throw badInput([{ elementPath, errorMessage: `no flow has the ARN ${flowArn}` }]);
}

function requireGroups({ world }: Site, ids: string[]): string[] {
  const problems = ids.flatMap((id, index) =>
    world.data.securityGroups[id] === undefined
      ? { elementPath: `/inputSecurityGroups/${index}`, errorMessage: `no group has the id ${id}` }
      : [],
  );
  if (problems.length > 0) throw badInput(problems);
  return ids;
}
