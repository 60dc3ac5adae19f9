import type { LocalInput, World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { conflict, notFound } from "../errors.ts";
import { toPage } from "../input.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import type { Site } from "../service.ts";
import { freeId } from "./ids.ts";
import { inputMembers, inputUpdateMembers } from "./members/input.ts";
import { badInput } from "./refusals.ts";
import { isAttached } from "./validate-inputs.ts";

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
  const { mediaConnectFlows, tags = {}, ...rest } = asked;
  const flowArn = requireFlow(site, mediaConnectFlows[0]?.flowArn);
  const id = freeId(world.data.inputs);
  const arn = `arn:aws:medialive:${site.region}:000000000000:input:${id}`;
  const input: LocalInput = { ...rest, id, arn, flowArn, tags, state: "CREATING" };
  world.change(({ inputs }) => {
    inputs[id] = input;
  });
  life.moveInput(id, "CREATING");
  return { input: toInput(world, input) };
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
  if (busy !== undefined || input.state === "DELETING") {
    throw conflict(`Cannot update input ${input.id} while it is ${input.state} and in use`);
  }
  const { mediaConnectFlows, ...change } = asked;
  const flow =
    mediaConnectFlows === undefined
      ? {}
      : { flowArn: requireFlow(site, mediaConnectFlows[0]?.flowArn) };
  world.change(({ inputs }) => Object.assign(inputs[input.id] ?? {}, change, flow));
  return { input: toInput(world, input) };
}

/** DeleteInput: one that is attached to no channel; its output leaves the flow with it (MediaLive user guide). */
export function deleteInput({ site, params }: RestCall): Json {
  const { id, state } = findInput(site.world, params.id ?? "");
  if (state !== "DETACHED") throw conflict(`Cannot delete input ${id} while its state is ${state}`);
  site.life.moveInput(id, "DELETING");
  return {};
}

export function findInput(world: World, id: string): LocalInput {
  const input = world.data.inputs[id];
  if (input === undefined) throw notFound(`Input ${id} not found`);
  return input;
}

function requireFlow({ world }: Site, flowArn: string | undefined): string {
  if (flowArn !== undefined && world.data.flow?.arn === flowArn) return flowArn;
  const elementPath = "/mediaConnectFlows/0/flowArn";
  throw badInput([{ elementPath, errorMessage: `no flow has the ARN ${flowArn}` }]);
}

const usersOf = (world: World, input: LocalInput) =>
  Object.values(world.data.channels).filter(
    ({ spec, state }) => state !== "DELETED" && isAttached(spec, input),
  );

/** What DescribeInput tells; a flow feeds either pipeline, so there are two destinations (MediaLive user guide). */
function toInput(world: World, input: LocalInput): Json {
  const { arn, id, name, type, roleArn, flowArn, state, tags } = input;
  return {
    ...{ arn, id, name, type, roleArn, state, tags },
    attachedChannels: usersOf(world, input).map((channel) => channel.id),
    destinations: [{ ip: "127.0.0.1" }, { ip: "127.0.0.1" }],
    inputClass: "SINGLE_PIPELINE",
    inputDevices: [],
    inputPartnerIds: [],
    inputSourceType: "STATIC",
    mediaConnectFlows: [{ flowArn }],
    securityGroups: [],
    sources: [],
  };
}
