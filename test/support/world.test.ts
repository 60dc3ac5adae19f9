import { describe, expect, it } from "vitest";
import { Secret } from "../../src/domain/secret.ts";
import { OpsError } from "../../src/errors.ts";
import { aDestination, channelByPlatform, flowArn } from "./builders.ts";
import { crashAt, hooked } from "./hooked.ts";
import { aWorld } from "./world.ts";

const { twitch } = channelByPlatform;
const output = { platformIngest: "rtmp://live.twitch.tv/app", streamKey: new Secret("live_1_a") };

describe("the world in memory", () => {
  it("takes a channel through its states as the clock goes on", async () => {
    const { ports, clock, channels, calls } = aWorld();
    expect(await ports.channels.setOutput(twitch, output)).toBe("updating");
    await clock.advance(1_000);
    expect(await ports.channels.start(twitch)).toBe("starting");
    await clock.advance(2_000);
    expect(channels.running()).toEqual([twitch]);
    expect(await ports.channels.stop(twitch)).toBe("stopping");
    await clock.advance(2_000);
    expect(channels.stateOf(twitch)).toBe("idle");
    expect(calls.map(({ call }) => call)).toEqual(["set-output", "start-channel", "stop-channel"]);
  });

  it("refuses what AWS refuses and says so in the calls", async () => {
    const { ports, calls } = aWorld();
    await expect(ports.channels.stop(twitch)).rejects.toMatchObject({ code: "conflict" });
    await expect(ports.flows.stop(flowArn)).rejects.toMatchObject({ code: "conflict" });
    expect(calls).toEqual([
      { call: "stop-channel", channelId: twitch, refused: "conflict" },
      { call: "stop-flow", refused: "conflict" },
    ]);
  });

  it("loses an answer after the effect, or refuses before it", async () => {
    const { ports, channels, failNext } = aWorld();
    const lost = new OpsError("timed-out", "No answer.");
    failNext("channels.start", lost);
    failNext("channels.start", lost, { effect: true });
    await expect(ports.channels.start(twitch)).rejects.toBe(lost);
    expect(channels.stateOf(twitch)).toBe("idle");
    await expect(ports.channels.start(twitch)).rejects.toBe(lost);
    expect(channels.stateOf(twitch)).toBe("starting");
  });

  it("lets a process die at a port call while the world goes on", async () => {
    const world = aWorld({ destinations: [aDestination()] });
    const death = crashAt(1);
    const doomed = hooked(world.ports, death.wrap);
    await expect(doomed.channels.start(twitch)).rejects.toThrow("crashed after channels.start");
    await expect(doomed.destinations.list()).rejects.toThrow("crashed before destinations.list");
    expect(await world.ports.channels.read(twitch)).toMatchObject({ state: "starting" });
    expect(death.moments()).toBe(3);
  });

  it("wakes sleepers in order, each at its own time", async () => {
    const { clock } = aWorld({ now: new Date(0) });
    const woken: number[] = [];
    const sleeper = async (ms: number) => {
      await clock.sleep(ms);
      woken.push(clock.now().getTime());
    };
    const both = [sleeper(20), sleeper(10)];
    await clock.advance(30);
    await Promise.all(both);
    expect(woken).toEqual([10, 20]);
    expect(clock.sleepers()).toBe(0);
  });

  it("wakes a sleeper when its signal is aborted", async () => {
    const { clock } = aWorld();
    const stop = new AbortController();
    const sleeping = clock.sleep(60_000, stop.signal);
    stop.abort();
    await sleeping;
    expect(clock.sleepers()).toBe(0);
  });
});
