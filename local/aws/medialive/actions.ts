import type { LocalChannel, LocalChannelState, World } from "../../world.ts";
import { type AwsError, badRequest, conflict, notFound } from "../errors.ts";
import type { Life } from "../life.ts";

export type ChannelAction = "start" | "stop" | "update" | "delete";

/** From which states an action is legal; every other state is refused (MediaLive API model and user guide). */
const legalFrom: Record<ChannelAction, readonly LocalChannelState[]> = {
  start: ["IDLE", "UPDATE_FAILED"],
  stop: ["STARTING", "RUNNING", "RECOVERING"],
  update: ["IDLE", "UPDATE_FAILED"],
  delete: ["IDLE", "CREATE_FAILED", "UPDATE_FAILED"],
};

const movesTo = {
  start: "STARTING",
  stop: "STOPPING",
  update: "UPDATING",
  delete: "DELETING",
} as const;

export function findChannel(world: World, id: string): LocalChannel {
  const channel = world.data.channels[id];
  if (channel === undefined || channel.state === "DELETED") {
    throw notFound(`Channel ${id} not found`);
  }
  return channel;
}

/** Finds the channel and makes sure that the action is legal now; throws AWS's error if it is not. */
export function requireLegal(world: World, id: string, action: ChannelAction): LocalChannel {
  const channel = findChannel(world, id);
  if (!legalFrom[action].includes(channel.state)) throw refusal(channel, action);
  return channel;
}

/** Starts, stops, updates or deletes the channel if its state allows that. */
export function actOnChannel(
  { world, life }: { world: World; life: Life },
  id: string,
  action: ChannelAction,
): LocalChannel {
  const channel = requireLegal(world, id, action);
  life.moveChannel(id, movesTo[action]);
  return channel;
}

/** A start while CREATING was seen answered with 400 in the field (openfun/marsha #796), everything else is a 409. */
function refusal({ id, state }: LocalChannel, action: ChannelAction): AwsError {
  const message = `Cannot ${action} channel ${id} while its state is ${state}`;
  return state === "CREATING" && action === "start" ? badRequest(message) : conflict(message);
}
