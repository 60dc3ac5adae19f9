/**
 * The eleven states of a MediaLive channel (MediaLive API model, `ChannelState`), in the words that stored rows use,
 * and `unknown` for a word that AWS may add one day.
 */
export const channelStates = [
  "creating",
  "create_failed",
  "idle",
  "starting",
  "running",
  "recovering",
  "stopping",
  "updating",
  "update_failed",
  "deleting",
  "deleted",
  "unknown",
] as const;

export type ChannelState = (typeof channelStates)[number];

/** One look at one channel. */
export type ChannelReading = {
  channelId: string;
  name: string;
  state: ChannelState;
  pipelinesRunning: number | null;
};

/** What a channel may be asked to do, by state (MediaLive user guide, starting-stopping-deleting-a-channel). */
type ChannelRule = {
  start?: true;
  stop?: true;
  update?: true;
  /** Costs the running rate: from the accepted start until it is seen idle, as an upper bound. */
  billedRunning?: true;
  /** On its way to another state by itself. */
  inTransit?: true;
  /** Needs a person in AWS before it can run. */
  broken?: true;
};

const rules: Record<ChannelState, ChannelRule> = {
  creating: { inTransit: true },
  create_failed: { broken: true },
  idle: { start: true, update: true },
  starting: { stop: true, billedRunning: true, inTransit: true },
  running: { stop: true, billedRunning: true },
  recovering: { stop: true, billedRunning: true, inTransit: true },
  stopping: { billedRunning: true, inTransit: true },
  updating: { inTransit: true },
  update_failed: { update: true },
  deleting: { broken: true, inTransit: true },
  deleted: { broken: true },
  unknown: {},
};

/** True when AWS accepts StartChannel in this state. */
export const canStart = (state: ChannelState): boolean => rules[state].start === true;

/** True when AWS accepts StopChannel in this state. */
export const canStop = (state: ChannelState): boolean => rules[state].stop === true;

/** True when AWS accepts UpdateChannel in this state. */
export const canUpdate = (state: ChannelState): boolean => rules[state].update === true;

/** True when the running rate is paid, whether or not a source is there. */
export const isBilledRunning = (state: ChannelState): boolean =>
  rules[state].billedRunning === true;

/** True when a start has taken effect: the channel runs or is about to. */
export const hasBegun = (state: ChannelState): boolean =>
  state === "starting" || state === "running" || state === "recovering";

/** True when the channel leaves this state by itself. */
export const isInTransit = (state: ChannelState): boolean => rules[state].inTransit === true;

/** True when nothing but work in AWS makes the channel usable. */
export const isBroken = (state: ChannelState): boolean => rules[state].broken === true;

/** The state named by AWS (`UPDATE_FAILED`) or by a stored row (`update_failed`, `already_running`). */
export function toChannelState(word: string | null | undefined): ChannelState {
  const lower = (word ?? "").toLowerCase();
  if (lower === "already_running") return "running";
  if (lower === "already_stopped") return "idle";
  return channelStates.find((state) => state === lower) ?? "unknown";
}
