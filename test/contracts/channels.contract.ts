import { beforeEach, describe, expect, it } from "vitest";
import { type ChannelState, channelStates } from "../../src/domain/channel.ts";
import { Secret } from "../../src/domain/secret.ts";
import type { Channels } from "../../src/manager/ports.ts";

/** One outside with an idle channel that pushes RTMP. */
export type ChannelsStage = {
  channels: Channels;
  channelId: string;
  /** Puts the channel into a state in which it stays. */
  put(state: ChannelState): void;
  /** Lets every transitional state come to its end. */
  settle(): Promise<void>;
  output(): { platformIngest: string; streamKey: string } | null;
  /** Makes the channel report one alert: its title. */
  alarm(): Promise<string>;
};

const key = "live_123456789_canary";
const output = { platformIngest: "rtmp://live.twitch.tv/app", streamKey: new Secret(key) };
const fixedStates = channelStates.filter((state) => state !== "unknown");
/** Whether AWS starts a channel whose update has failed is not known; patchbay never tries. */
const startable: ChannelState[] = ["idle"];
const untried: ChannelState[] = ["update_failed"];
const stoppable: ChannelState[] = ["starting", "running", "recovering"];
const updatable: ChannelState[] = ["idle", "update_failed"];

/** What every implementation of `Channels` does. */
export function channelsContract(name: string, open: () => Promise<ChannelsStage>): void {
  describe(`Channels: ${name}`, () => {
    let stage: ChannelsStage;
    const stateNow = async () => (await stage.channels.read(stage.channelId)).state;

    beforeEach(async () => {
      stage = await open();
    });

    it("lists every channel once, with its state", async () => {
      const list = await stage.channels.list();
      const ids = list.map(({ channelId }) => channelId);
      expect(new Set(ids).size).toBe(5);
      expect(list.find(({ channelId }) => channelId === stage.channelId)).toEqual({
        channelId: stage.channelId,
        name: expect.stringMatching(/twitch/),
        state: "idle",
        pipelinesRunning: 0,
      });
    });

    it("reads one channel as the list shows it", async () => {
      const list = await stage.channels.list();
      const read = await stage.channels.read(stage.channelId);
      expect(list).toContainEqual(read);
    });

    it.each(["9999999", "", ".", "../inputs", "a b"])("knows no channel %j", async (id) => {
      await expect(stage.channels.read(id)).rejects.toMatchObject({ code: "not-found" });
      await expect(stage.channels.start(id)).rejects.toMatchObject({ code: "not-found" });
      await expect(stage.channels.stop(id)).rejects.toMatchObject({ code: "not-found" });
      await expect(stage.channels.alerts(id)).rejects.toMatchObject({ code: "not-found" });
      await expect(stage.channels.spec(id)).rejects.toMatchObject({ code: "not-found" });
      await expect(stage.channels.setOutput(id, output)).rejects.toMatchObject({
        code: "not-found",
      });
    });

    it("tells what a channel encodes", async () => {
      expect(await stage.channels.spec(stage.channelId)).toEqual({
        channelClass: "single-pipeline",
        input: { codec: "avc", resolution: "hd", maxBitrateMbps: 10 },
        encodes: [{ codec: "avc", resolution: "hd", bitrateBps: expect.any(Number), fps: 30 }],
        audioBitrateBps: 128_000,
        delivery: "rtmp",
      });
    });

    it("starts by way of starting and stops by way of stopping", async () => {
      expect(await stage.channels.start(stage.channelId)).toBe("starting");
      await stage.settle();
      expect(await stage.channels.read(stage.channelId)).toMatchObject({
        state: "running",
        pipelinesRunning: 1,
      });
      expect(await stage.channels.stop(stage.channelId)).toBe("stopping");
      await stage.settle();
      expect(await stateNow()).toBe("idle");
    });

    it("sets address and key of an idle channel, which is then idle again", async () => {
      expect(await stage.channels.setOutput(stage.channelId, output)).toBe("updating");
      await stage.settle();
      expect(await stateNow()).toBe("idle");
      expect(stage.output()).toEqual({
        platformIngest: output.platformIngest,
        streamKey: key,
      });
    });

    it.each([
      ["an address that is none", { ...output, platformIngest: "live.twitch.tv" }],
      ["an address without application", { ...output, platformIngest: "rtmp://live.twitch.tv" }],
      ["an empty key", { ...output, streamKey: new Secret("") }],
    ])("refuses %s and keeps the channel as it is", async (_what, wrong) => {
      const before = stage.output();
      await expect(stage.channels.setOutput(stage.channelId, wrong)).rejects.toMatchObject({
        code: "invalid-input",
      });
      expect(stage.output()).toEqual(before);
      expect(await stateNow()).toBe("idle");
    });

    it.each(fixedStates)(
      "starts, stops and updates a channel that is %s as AWS would",
      async (state) => {
        const { channels, channelId } = stage;
        const tried = async (act: () => Promise<unknown>) => {
          stage.put(state);
          return act().then(
            () => "done",
            (error: unknown) => error,
          );
        };
        const refused = { code: state === "deleted" ? "not-found" : "conflict" };
        const expected = (allowed: ChannelState[]) =>
          allowed.includes(state) ? "done" : expect.objectContaining(refused);
        if (!untried.includes(state))
          expect(await tried(() => channels.start(channelId))).toEqual(expected(startable));
        expect(await tried(() => channels.stop(channelId))).toEqual(expected(stoppable));
        expect(await tried(() => channels.setOutput(channelId, output))).toEqual(
          expected(updatable),
        );
      },
    );

    it("tells the titles of the alerts that are set", async () => {
      expect(await stage.channels.alerts(stage.channelId)).toEqual([]);
      const title = await stage.alarm();
      expect(await stage.channels.alerts(stage.channelId)).toEqual([title]);
    });

    it("never gives a stream key back", async () => {
      const { channels, channelId } = stage;
      const seen: unknown[] = [await channels.setOutput(channelId, output)];
      await stage.settle();
      seen.push(await channels.list(), await channels.read(channelId));
      seen.push(await channels.start(channelId));
      seen.push(await channels.start(channelId).catch((error: unknown) => error));
      await stage.settle();
      seen.push(await channels.stop(channelId));
      expect(JSON.stringify(seen)).not.toContain("canary");
    });
  });
}
