import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { OpsError } from "../../src/errors.ts";
import { leasePrompts } from "../../src/jobs/lease-prompts.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { ana } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

/* Twitch on air for an hour, at so many minutes before its end. */
async function beforeTheEnd(minutes: number) {
  const world = aWorld();
  const patchbay = aPatchbay(world);
  const end = addMinutes(world.clock.now(), 60);
  await patchbay.startUntil(end, "dest_twitch");
  await patchbay.converge();
  world.clock.set(addMinutes(end, -minutes));
  const context = { manager: patchbay.manager, ports: world.ports, policy: defaultPolicy };
  const run = () => leasePrompts.run(world.clock.now(), createTick(context));
  const prompts = () =>
    world.announcements
      .all()
      .filter(({ key }) => key.includes(".prompt-"))
      .map(
        ({ open, content }) => `${open ? "open" : "closed"}: ${inWords(content.lines[0] ?? [])}`,
      );
  return { world, patchbay, end, run, prompts };
}

describe("lease-prompts", () => {
  it("T4 single effect: asks once in the thread, however often the tick comes", async () => {
    const { world, run, prompts } = await beforeTheEnd(15);
    await Promise.all([run(), run()]);
    await run();
    expect(prompts()).toEqual(["open: *Twitch* goes off at 20:00, in 15 min."]);
    const [only] = world.announcements.all();
    const broadcast = await world.broadcasts.latest();
    expect(only).toMatchObject({ broadcastId: broadcast?.id, loud: true, revision: 1 });
    expect(only?.content.buttons.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^\+30 min · \$\d\.\d\d$/),
      "Stop now",
    ]);
  });

  it.each(["before the loop has told it", "after the loop has told it"])(
    "says who extended it, %s",
    async (when) => {
      const { world, patchbay, end, run, prompts } = await beforeTheEnd(15);
      await run();
      const until = addMinutes(end, 30);
      const extension = { destinationIds: ["dest_twitch"], by: ana, reason: null, until };
      await patchbay.manager.intents.extend(extension);
      if (when.startsWith("after")) await patchbay.converge();
      await world.clock.advance(60_000);
      await run();
      expect(prompts()).toEqual(["closed: Ana extended *Twitch* to 20:30."]);
    },
  );

  it("asks without a price when nobody can say it", async () => {
    const { world, run, prompts } = await beforeTheEnd(15);
    world.failNext("siteMemory.read", new OpsError("aws-unavailable", "No table."), { times: 9 });
    await run();
    expect(prompts()).toHaveLength(1);
    expect(world.announcements.all()[0]?.content.buttons[0]?.label).toBe("+30 min");
  });

  it("asks twice in a whole evening and ends with the show", async () => {
    const { world, patchbay, prompts, end } = await beforeTheEnd(30);
    await patchbay.live(32);
    expect(world.clock.now().getTime()).toBeGreaterThan(end.getTime());
    expect(prompts()).toEqual([
      "closed: *Twitch*: asked again, 5 min before 20:00.",
      "closed: *Twitch*: its time was over at 20:00.",
    ]);
    expect(world.channels.running()).toEqual([]);
  });
});
