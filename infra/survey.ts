import type { ChannelSeen, Cloud, Stack, StackResource } from "./cloud.ts";
import { conditionOf } from "./stack-state.ts";
import { type Site, type Target, targetsOf } from "./stacks.ts";

/** A stack of the site as it is now; `stack` is null for one that was never made. */
export type Deployed = {
  target: Target;
  stack: Stack | null;
  resources: readonly StackResource[];
  /** The deployed template's text; null without one. */
  template: string | null;
};

/** What is there before anything is changed. */
export type Survey = {
  region: string;
  stacks: readonly Deployed[];
  /** All other stacks of the region. */
  others: readonly Stack[];
  /** Every MediaLive channel of the region, whoever it belongs to. */
  channels: readonly ChannelSeen[];
  /** The status of the site's flow; null without one. */
  flowStatus: string | null;
  exports: readonly { name: string; stackId: string }[];
};

/** Looks at everything that a command has to know first; the first refusal of AWS ends it, before anything is changed. */
export async function survey(cloud: Cloud, site: Site): Promise<Survey> {
  const region = await cloud.region();
  const all = await cloud.stacks();
  const byName = new Map(all.map((stack) => [stack.name, stack]));
  const targets = targetsOf(site, [...byName.keys()]);
  const [stacks, channels, exports] = await Promise.all([
    Promise.all(targets.map((target) => look(cloud, target, byName.get(target.name) ?? null))),
    cloud.channels(),
    cloud.exports(),
  ]);
  const flowArn = flowArnIn(stacks);
  const flowStatus = flowArn === undefined ? null : await cloud.flowStatus(flowArn);
  const others = all.filter(({ name }) => targets.every((target) => target.name !== name));
  return { region, stacks, others, channels, flowStatus, exports };
}

/** The flow of the site, as its stack says; undefined without one. */
export const flowArnIn = (stacks: readonly Deployed[]): string | undefined =>
  stacks.find(({ target }) => target.part === "flow")?.stack?.outputs.SrtFlowArn;

async function look(cloud: Cloud, target: Target, stack: Stack | null): Promise<Deployed> {
  if (stack === null || conditionOf(stack) === "absent")
    return { target, stack, resources: [], template: null };
  const [resources, template] = await Promise.all([
    cloud.resources(target.name),
    cloud.template(target.name),
  ]);
  return { target, stack, resources, template };
}

const channelType = "AWS::MediaLive::Channel";

/** The channels of the site's stacks. */
export function channelsOfSite({ stacks, channels }: Survey): ChannelSeen[] {
  const ids = new Set(
    stacks
      .flatMap(({ resources }) => resources)
      .flatMap(({ type, physicalId }) => (type === channelType ? (physicalId ?? []) : [])),
  );
  return channels.filter(({ id }) => ids.has(id));
}

/** States in which a channel neither costs by the minute nor changes (MediaLive API model, ChannelState). */
const still = new Set(["IDLE", "CREATE_FAILED", "UPDATE_FAILED", "DELETED"]);

/** The site's channels that are on air, or on the way there or back. */
export const channelsOnAir = (seen: Survey): ChannelSeen[] =>
  channelsOfSite(seen).filter(({ state }) => !still.has(state));
