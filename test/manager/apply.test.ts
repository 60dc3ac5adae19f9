import { setImmediate as turn } from "node:timers/promises";
import { addHours } from "date-fns";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/manager/apply.ts";
import { gather } from "../../src/manager/gather.ts";
import { createDeadlineKeeper } from "../../src/manager/keep-deadlines.ts";
import { aDestination, channelByPlatform } from "../support/builders.ts";
import { aPatchbay, effects } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

const { primary, twitch } = channelByPlatform;

describe("the steps of one pass", () => {
  it("M1 no-overrun: start nothing before AWS knows its end", async () => {
    const world = aWorld({ flow: "active" });
    const order: string[] = [];
    const patchbay = aPatchbay(world, {
      wrap: async (name, moment) => {
        if (!["deadlines.set", "channels.start"].includes(name)) return;
        if (name === "deadlines.set" && moment === "before") await turn();
        order.push(`${moment} ${name}`);
      },
    });
    await patchbay.start("dest_primary");
    await patchbay.pass();
    expect(order.slice(0, 3)).toEqual([
      "before deadlines.set",
      "after deadlines.set",
      "before channels.start",
    ]);
    expect(effects(world)).toContain(`start-channel ${primary}`);
  });

  it("M5 no-surprise-stop: stop no stranger that a row has taken back meanwhile", async () => {
    const world = aWorld({ flow: "active", destinations: [] });
    world.channels.put({ channelId: twitch, state: "running" });
    const slow = aPatchbay(world, {
      policy: { strangers: "stop" },
      wrap: (name, moment) => {
        if (name !== "siteMemory.write" || moment !== "after") return;
        world.destinations.put(aDestination());
      },
    });
    await slow.pass();
    await slow.pass();
    expect(world.channels.running()).toEqual([twitch]);
  });

  it("M6 flow-follows: stop no flow that is needed again", async () => {
    const world = aWorld({ flow: "active" });
    const { facts } = await gather(world.ports);
    await aPatchbay(world).start("dest_twitch");
    const keeper = createDeadlineKeeper(world.ports);
    const { ports } = world;
    const now = world.clock.now();
    const applying = { ports, keeper, begun: new Map(), facts, broadcast: null, now };
    await apply([{ kind: "stop-flow" }], applying);
    expect(effects(world)).toEqual([]);
  });

  it("M5 no-surprise-stop: give up no start by a time that AWS has just put right", async () => {
    const world = aWorld({ flow: "active" });
    const right = world.clock.now();
    const patchbay = aPatchbay(world, {
      wrap: (name, moment) => {
        if (name === "destinations.find" && moment === "before") world.clock.set(right);
      },
    });
    await patchbay.start("dest_primary");
    await patchbay.pass();
    world.channels.put({ channelId: primary, state: "starting" });
    world.clock.set(addHours(right, 5));
    await patchbay.pass();
    expect(world.destinations.get("dest_primary")).toMatchObject({ desired: "on" });
    expect(effects(world)).toEqual([`start-channel ${primary}`]);
  });
});
