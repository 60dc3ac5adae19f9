import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { createApp } from "../src/app.ts";
import { checkedClock } from "../src/clock.ts";
import { parseConfig, slackConfig } from "../src/config.ts";
import { channelByPlatform, siteNow } from "./support/builders.ts";
import { aPatchbay } from "./support/patchbay.ts";
import { aWorld } from "./support/world.ts";

const { twitch } = channelByPlatform;
const config = parseConfig({
  SLACK_BOT_TOKEN: "xoxb-test",
  SLACK_APP_TOKEN: "xapp-test",
  SLACK_CONVERSATION_ID: "C0123456789",
});

/** An app whose rows come with the time of AWS, on a machine that has a clock of its own. */
function anApp() {
  const world = aWorld();
  const clock = checkedClock({ machine: world.clock, onCorrected: () => undefined });
  const { destinations } = world.ports;
  let trueTime = siteNow;
  const list = async () => {
    const hear = clock.asking();
    const rows = await destinations.list();
    hear(trueTime);
    return rows;
  };
  const ports = { ...world.ports, clock, destinations: { ...destinations, list } };
  const app = createApp({ config, ports, slack: slackConfig(config) });
  /** The machine believes that it is `machine`, when it is `real`. */
  const tickAt = async ({ machine, real = machine }: { machine: Date; real?: Date }) => {
    world.clock.set(machine);
    trueTime = real;
    await app.tick();
  };
  return { world, app, tickAt };
}

describe("a tick", () => {
  it("M5 no-surprise-stop: ends no show because the machine's clock has jumped", async () => {
    const { world, app, tickAt } = anApp();
    const patchbay = aPatchbay(world);
    await patchbay.startUntil(addMinutes(siteNow, 60), "dest_twitch");
    await patchbay.converge();
    const jumped = addMinutes(siteNow, 400);
    const soon = addMinutes(siteNow, 10);
    const over = addMinutes(siteNow, 61);
    await tickAt({ machine: jumped, real: soon });
    await tickAt({ machine: addMinutes(jumped, 1), real: addMinutes(soon, 1) });
    await patchbay.converge();
    expect(world.channels.running()).toEqual([twitch]);
    await tickAt({ machine: addMinutes(over, -360), real: over });
    await patchbay.converge();
    expect(world.destinations.get("dest_twitch").intent?.reason).toMatch(/^its time was over/);
    await app.close();
  });

  it.each([-4, 4])(
    "was never away from a machine whose clock is put right by %i min",
    async (off) => {
      const { world, app, tickAt } = anApp();
      const patchbay = aPatchbay(world);
      await patchbay.startUntil(addMinutes(siteNow, 60), "dest_twitch");
      await patchbay.converge();
      const told = () => world.announcements.all().filter(({ key }) => key.startsWith("away."));
      const at = (minutes: number) => addMinutes(siteNow, minutes);
      await tickAt({ machine: at(10 - off), real: at(10) });
      await tickAt({ machine: at(11 - off), real: at(11) });
      await tickAt({ machine: at(12) });
      await tickAt({ machine: at(13 + off), real: at(13) });
      expect(told()).toEqual([]);
      await tickAt({ machine: at(20) });
      expect(told()).toHaveLength(1);
      await app.close();
    },
  );
});
