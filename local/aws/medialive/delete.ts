import type { Json } from "../answers.ts";
import type { RestCall } from "../rest.ts";
import { actOnChannel } from "./actions.ts";
import { toChannel } from "./channel.ts";

/** DeleteChannel: only one that stands still or failed; it answers the channel, stream names included. */
export const deleteChannel = ({ site, params }: RestCall): Json =>
  toChannel(actOnChannel(site, params.id ?? "", "delete"));
