import type { Json } from "../answers.ts";
import { toPage } from "../input.ts";
import type { RestCall } from "../rest.ts";
import { findChannel } from "./actions.ts";
import { toChannel, toChannelSummary } from "./channel.ts";

export function listChannels({ site, query }: RestCall): Json {
  const alive = Object.values(site.world.data.channels).filter(({ state }) => state !== "DELETED");
  const { items, nextToken } = toPage(alive, query);
  return { channels: items.map(toChannelSummary), nextToken };
}

export const describeChannel = ({ site, params }: RestCall): Json =>
  toChannel(findChannel(site.world, params.id ?? ""));
