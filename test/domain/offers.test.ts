import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/domain/destination.ts";
import {
  extendOffer,
  holdOffer,
  keepOffer,
  startOffer,
  stopOffer,
} from "../../src/domain/offers.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import type { Button } from "../../src/domain/text.ts";
import { grantedEnd } from "../../src/domain/watch/extension.ts";
import { aCommandLine, linesOf } from "../support/command-line.ts";

const changed = "*Twitch* was left alone: it was started or stopped after that button was drawn.";

/** Twitch and YouTube on air, and a press of what is offered for them. */
async function onAir() {
  const { world, run, pass } = aCommandLine();
  await run("start twitch youtube for 2h");
  await pass(10);
  const rows = () => ["dest_twitch", "dest_youtube"].map((id) => world.destinations.get(id));
  const one = (): Destination => world.destinations.get("dest_twitch");
  const press = ({ command, seen = null }: Button) => run(command, { seen, confirmed: true });
  return { world, run, rows, one, press, pass, now: world.clock.now() };
}

it("offers no end that hardly moves", async () => {
  const { one, now } = await onAir();
  const end = one().leaseUntil ?? new Date(0);
  const limits = { policy: defaultPolicy, now, maxLeaseMinutes: null };
  expect(grantedEnd(one(), addMinutes(end, 4), limits)).toBeNull();
  expect(grantedEnd(one(), addMinutes(end, 5), limits)).toEqual(addMinutes(end, 5));
});

describe("an offer", () => {
  it("extends to a fixed end, so that a second press changes nothing", async () => {
    const { world, one, press } = await onAir();
    const from = one().leaseUntil ?? new Date(0);
    const until = addMinutes(from, 30);
    const offer = extendOffer(one(), { from, until, usdPerHour: 0.86 });
    expect(offer.label).toBe("+30 min · $0.43");
    await press(offer);
    await world.clock.advance(60_000);
    await press(offer);
    expect(one().leaseUntil).toEqual(until);
    const later = { from: until, until: addMinutes(until, 60), zone: "UTC", usdPerHour: 0.86 };
    const keep = keepOffer(one(), later);
    expect(keep.label).toBe("Keep until 22:30 · $0.86");
    await press(keep);
    expect(one().leaseUntil).toEqual(addMinutes(until, 60));
  });

  it("holds several until a fixed time, with the reason", async () => {
    const { rows, press, now } = await onAir();
    const until = addMinutes(now, 30);
    until.setUTCSeconds(0, 0);
    const aBreak = { label: "It's a break", until, minutes: 30, reason: "break", usdPerHour: 1.7 };
    const offer = holdOffer(rows(), aBreak);
    expect(offer.label).toBe("It's a break · $0.85");
    await press(offer);
    expect(rows()).toMatchObject([
      { holdUntil: until, holdReason: "break" },
      { holdUntil: until, holdReason: "break" },
    ]);
  });

  it("stops and starts again exactly what it was drawn for", async () => {
    const { rows, one, press, pass } = await onAir();
    const stopTwitch = stopOffer([one()]);
    await press(stopOffer(rows()));
    await pass(10);
    expect(rows()).toMatchObject([{ desired: "off" }, { desired: "off" }]);
    await press(startOffer(rows()));
    expect(rows()).toMatchObject([{ desired: "on" }, { desired: "on" }]);
    await press(stopTwitch);
    expect(one().desired).toBe("on");
  });

  it("leaves alone what was started anew after it was drawn", async () => {
    const { rows, one, run, press, pass, now } = await onAir();
    const until = addMinutes(now, 90);
    const more = { label: "Keep", minutes: 30, reason: "", usdPerHour: null };
    const hold = holdOffer(rows(), { ...more, until });
    const stop = stopOffer(rows());
    await run("stop twitch");
    await pass(10);
    await run("start twitch");
    expect(linesOf(await press(hold))).toContain(changed);
    expect(rows()).toMatchObject([{ holdUntil: null }, { holdReason: null }]);
    expect(linesOf(await press(stop))).toContain(changed);
    expect(rows()).toMatchObject([{ desired: "on" }, { desired: "off" }]);
    expect(await press(stopOffer([{ ...one(), intent: null }]))).toMatchObject({ kind: "site" });
  });

  it("stops several at one press, each by its own line", async () => {
    const { rows, press } = await onAir();
    const reply = await press(stopOffer(rows()));
    expect(linesOf(reply)).toEqual([
      expect.stringMatching(/^Stopping \*Twitch\*/),
      expect.stringMatching(/^Stopping \*YouTube\*/),
    ]);
  });
});
