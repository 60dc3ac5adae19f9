import type { LocalSecurityGroup, World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { badRequest, notFound } from "../errors.ts";
import { toPage } from "../input.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import { freeId } from "./ids.ts";
import { securityGroupMembers, securityGroupUpdateMembers } from "./members/input.ts";
import { badInput } from "./refusals.ts";

/** CreateInputSecurityGroup: the addresses that may push to an RTP input. */
export function createSecurityGroup({ site, body }: RestCall): Json {
  const { world, region } = site;
  const { whitelistRules, tags = {} } = readMembers(securityGroupMembers, body, {
    ...{ service: "medialive", operation: "CreateInputSecurityGroup", refuse: badInput },
  });
  const id = freeId(world.data.securityGroups);
  const arn = `arn:aws:medialive:${region}:000000000000:inputSecurityGroup:${id}`;
  const group: LocalSecurityGroup = { id, arn, whitelistRules, tags };
  world.change(({ securityGroups }) => {
    securityGroups[id] = group;
  });
  return { securityGroup: toGroup(world, group) };
}

export const describeSecurityGroup = ({ site, params }: RestCall): Json =>
  toGroup(site.world, findGroup(site.world, params.id));

export function listSecurityGroups({ site, query }: RestCall): Json {
  const { items, nextToken } = toPage(Object.values(site.world.data.securityGroups), query);
  return { inputSecurityGroups: items.map((group) => toGroup(site.world, group)), nextToken };
}

export function updateSecurityGroup({ site, params, body }: RestCall): Json {
  const { world } = site;
  const group = findGroup(world, params.id);
  const asked = readMembers(securityGroupUpdateMembers, body, {
    ...{ service: "medialive", operation: "UpdateInputSecurityGroup", refuse: badInput },
  });
  world.change(({ securityGroups }) => Object.assign(securityGroups[group.id] ?? {}, asked));
  return { securityGroup: toGroup(world, group) };
}

/** DeleteInputSecurityGroup: one that no input uses; the operation knows no 409 (MediaLive API model). */
export function deleteSecurityGroup({ site, params }: RestCall): Json {
  const { id } = findGroup(site.world, params.id);
  if (usersOf(site.world, id).length > 0) throw badRequest(`Input security group ${id} is in use`);
  site.world.change(({ securityGroups }) => void delete securityGroups[id]);
  return {};
}

function findGroup(world: World, id: string | undefined): LocalSecurityGroup {
  const group = world.data.securityGroups[id ?? ""];
  if (group === undefined) throw notFound(`Input security group ${id} not found`);
  return group;
}

const usersOf = (world: World, id: string) =>
  Object.values(world.data.inputs).filter(({ securityGroups }) => securityGroups.includes(id));

function toGroup(world: World, group: LocalSecurityGroup): Json {
  const inputs = usersOf(world, group.id).map(({ id }) => id);
  return { ...group, inputs, state: inputs.length === 0 ? "IDLE" : "IN_USE" };
}
