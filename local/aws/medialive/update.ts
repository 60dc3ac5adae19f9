import type { LocalChannel } from "../../world.ts";
import type { Json } from "../answers.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import type { Site } from "../service.ts";
import { actOnChannel, requireLegal } from "./actions.ts";
import { settleAttachments } from "./attachments.ts";
import { toChannel } from "./channel.ts";
import { derive } from "./derive.ts";
import {
  type ChannelChange,
  channelClassMembers,
  channelMembers,
  channelUpdateMembers,
} from "./members/channel.ts";
import { unprocessable } from "./refusals.ts";
import { problemsOf, type WantedChannel } from "./validate.ts";

/**
 * UpdateChannel: every member is optional, a given one replaces the whole of it, and only an idle channel may be changed
 * (MediaLive user guide, editing a channel).
 */
export function updateChannel(call: RestCall): Json {
  const channel = requireLegal(call.site.world, call.params.id ?? "", "update");
  const question = { service: "medialive", operation: "UpdateChannel", refuse: unprocessable };
  return change(call.site, channel, readMembers(channelUpdateMembers, call.body, question));
}

/** UpdateChannelClass: with new destinations, because each class has its own number of settings. */
export function updateChannelClass(call: RestCall): Json {
  const channel = requireLegal(call.site.world, call.params.id ?? "", "update");
  const question = { service: "medialive", operation: "UpdateChannelClass", refuse: unprocessable };
  return change(call.site, channel, readMembers(channelClassMembers, call.body, question));
}

function change(site: Site, channel: LocalChannel, asked: ChannelChange): Json {
  const { world } = site;
  const wanted = merged(channel, asked);
  const problems = problemsOf(wanted, { world: world.data, id: channel.id });
  if (problems.length > 0) throw unprocessable(problems);
  const { name, ...spec } = wanted;
  world.change((data) => {
    const target = data.channels[channel.id];
    if (target === undefined) return;
    Object.assign(target, { name, ...derive(wanted), spec: { ...target.spec, ...spec } });
    settleAttachments(data);
  });
  return { channel: toChannel(actOnChannel(site, channel.id, "update")) };
}

/** What the channel is now with what is asked for; a channel that is there fits the table of its members. */
function merged({ name, spec }: LocalChannel, asked: ChannelChange): WantedChannel {
  const now = channelMembers.parse({ ...spec, name });
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  const maintenance = { ...now.maintenance, ...asked.maintenance };
  const channelClass = asked.channelClass ?? spec.channelClass;
  return { ...now, ...Object.fromEntries(given), maintenance, channelClass };
}
