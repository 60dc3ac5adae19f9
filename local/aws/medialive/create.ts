import type { LocalChannel } from "../../world.ts";
import type { Json } from "../answers.ts";
import { AwsError } from "../errors.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import type { Site } from "../service.ts";
import { settleAttachments } from "./attachments.ts";
import { toChannel } from "./channel.ts";
import { derive } from "./derive.ts";
import { freeId } from "./ids.ts";
import { channelMembers } from "./members/channel.ts";
import { unprocessable } from "./refusals.ts";
import { problemsOf, type WantedChannel } from "./validate.ts";

const account = "000000000000";

/** CreateChannel: once for each `requestId`, and as far as the quota goes (MediaLive API model, MediaLive quotas). */
export function createChannel({ site, body }: RestCall): Json {
  const { world, life } = site;
  const asked = readMembers(channelMembers, body, {
    ...{ service: "medialive", operation: "CreateChannel", refuse: unprocessable },
  });
  const known = existing(site, asked.requestId);
  if (known !== undefined) return { channel: toChannel(known) };
  const wanted: WantedChannel = { ...asked, channelClass: asked.channelClass ?? "STANDARD" };
  const problems = problemsOf(wanted, { world: world.data, id: null });
  if (problems.length > 0) throw unprocessable(problems);
  requireQuota(site);
  const channel = toLocalChannel(site, wanted);
  world.change((data) => {
    data.channels[channel.id] = channel;
    settleAttachments(data);
  });
  life.moveChannel(channel.id, "CREATING");
  return { channel: toChannel(channel) };
}

const present = ({ world }: Site) =>
  Object.values(world.data.channels).filter(({ state }) => state !== "DELETED");

const existing = (site: Site, requestId: string | undefined) =>
  requestId === undefined
    ? undefined
    : present(site).find(({ spec }) => spec.requestId === requestId);

/** How AWS refuses a channel above the quota is not documented; 429 is the declared error that speaks of limits. */
function requireQuota(site: Site) {
  const { channels } = site.quotas;
  if (present(site).length < channels) return;
  throw new AwsError("TooManyRequestsException", 429, {
    message: `The limit of ${channels} channels in ${site.region} is reached; ask Service Quotas for more.`,
  });
}

function toLocalChannel({ world, region }: Site, wanted: WantedChannel): LocalChannel {
  const id = freeId(world.data.channels);
  const { name, logLevel = "DISABLED", tags = {}, ...rest } = wanted;
  // AWS picks a window when none is asked for.
  const maintenance = {
    ...{ maintenanceDay: "WEDNESDAY", maintenanceStartTime: "06:00" },
    ...wanted.maintenance,
  };
  return {
    id,
    arn: `arn:aws:medialive:${region}:${account}:channel:${id}`,
    name,
    spec: { ...rest, logLevel, tags, maintenance },
    ...derive(wanted),
    state: "CREATING",
    createdAt: world.now(),
    changedAt: world.now(),
  };
}
