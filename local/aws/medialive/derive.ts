import type { LocalChannel } from "../../world.ts";
import type { ChannelRequest } from "./members/channel.ts";

type Derived = Pick<LocalChannel, "platform" | "output" | "url" | "streamName">;
type Asked = Pick<ChannelRequest, "name" | "tags" | "encoderSettings" | "destinations">;

const platforms = ["primary", "youtube", "twitch", "linkedin", "custom"];

/** What media, console and bill want to know of a channel, made of what it is asked to be. */
export function derive({ name, tags = {}, encoderSettings, destinations }: Asked): Derived {
  const settings = encoderSettings.outputGroups.map((group) => group.outputGroupSettings);
  const isPackaged = settings.some((each) => each.mediaPackageGroupSettings !== undefined);
  const [rtmp] = destinations.flatMap((destination) => destination.settings ?? []);
  return {
    platform: tags.Destination?.toLowerCase() ?? platformIn(name),
    output: isPackaged ? "hls" : "rtmp",
    url: rtmp?.url ?? "",
    streamName: rtmp?.streamName ?? "",
  };
}

const platformIn = (name: string) =>
  platforms.find((platform) => name.toLowerCase().split("-").includes(platform)) ?? name;
