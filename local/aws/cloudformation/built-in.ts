import type { World } from "../../world.ts";
import { seedWorld, stackName } from "../seed.ts";
import type { Site } from "../service.ts";
import type { Output } from "./stacks.ts";

/** A stack that no template made: it tells of the flow and the channels that a seeded world begins with. */
export type BuiltInStack = { id: string; name: string; createdAt: number; outputs: Output[] };

/** Whether a world began with the seed's flow and channels, and still has that flow. */
export const isSeeded = ({ data }: Pick<World, "data">) =>
  data.flow !== null && data.flow.arn === seedWorld(0).flow?.arn;

/** Null in a world whose flow is another one than the seed's. */
export function builtInStack(site: Site): BuiltInStack | null {
  const { world, region, srtPort, openedAt } = site;
  const { flow, channels } = world.data;
  if (flow === null || !isSeeded(world)) return null;
  const ids = Object.values(channels).map(({ platform, id }): [string, string] => [
    `${platform.charAt(0).toUpperCase()}${platform.slice(1)}ChannelId`,
    id,
  ]);
  const outputs: [string, string][] = [
    ["SrtFlowArn", flow.arn],
    ["SrtIngestEndpoint", `srt://127.0.0.1:${srtPort}`],
    ...ids,
  ];
  return {
    id: idIn(region),
    name: stackName,
    createdAt: openedAt,
    outputs: outputs.map(([key, value]) => ({ key, value, description: null, exportName: null })),
  };
}

export const isBuiltIn = (site: Site, nameOrId: string) =>
  [stackName, idIn(site.region)].includes(nameOrId) && builtInStack(site) !== null;

const idIn = (region: string) =>
  `arn:aws:cloudformation:${region}:000000000000:stack/${stackName}/00000000-0000-4000-8000-000000000000`;
