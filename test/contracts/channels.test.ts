import { afterAll, beforeAll, vi } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { mediaLiveChannels } from "../../src/aws/medialive.ts";
import type { ChannelState } from "../../src/domain/channel.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { channelByPlatform } from "../support/builders.ts";
import { aWorld } from "../support/world.ts";
import { type ChannelsStage, channelsContract } from "./channels.contract.ts";

channelsContract("in memory", () => {
  const { channels, clock } = aWorld();
  const channelId = channelByPlatform.twitch;
  return Promise.resolve({
    channels,
    channelId,
    put: (state) => channels.put({ channelId, state }),
    settle: () => clock.advance(60_000),
    output: () => channels.outputOf(channelId),
    alarm: () => {
      channels.setAlerts(channelId, ["Failed RTMP Connection"]);
      return Promise.resolve("Failed RTMP Connection");
    },
  });
});

let local: AwsStage;
let clients: ReturnType<typeof createAwsClients>;
beforeAll(async () => {
  local = await openAwsStage();
  clients = createAwsClients(local.options);
});
afterAll(async () => {
  clients.close();
  await local.close();
});

const transitional = ["STARTING", "STOPPING", "UPDATING"];

channelsContract("MediaLive", async (): Promise<ChannelsStage> => {
  const { world, aws } = local;
  const channel = () => {
    const found = Object.values(world.data.channels).find(({ platform }) => platform === "twitch");
    if (found === undefined) throw new Error("the local world has no Twitch channel");
    return found;
  };
  const { id: channelId } = channel();
  const put = (state: ChannelState) =>
    world.change(() => Object.assign(channel(), { state: state.toUpperCase() }));
  const settle = () =>
    vi.waitFor(() => {
      if (transitional.includes(channel().state)) throw new Error("still on its way");
    });
  // A move takes the place of one that the test before has left under way.
  aws.life.moveChannel(channelId, "UPDATING");
  await settle();
  return {
    channels: mediaLiveChannels(clients.mediaLive),
    channelId,
    put,
    settle,
    output: () => ({ platformIngest: channel().url, streamKey: channel().streamName }),
    alarm: () => {
      put("running");
      return Promise.resolve("Stopped Receiving UDP Input");
    },
  };
});
