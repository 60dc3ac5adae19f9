import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/domain/destination.ts";
import { aDestination, ben, keyRef, siteNow } from "../support/builders.ts";
import {
  aCommandLine,
  buttonsOf,
  linesOf,
  otherOperator,
  viewer,
} from "../support/command-line.ts";
import { siteDestinations } from "../support/world.ts";

const wanted = ({ world }: ReturnType<typeof aCommandLine>) =>
  world.destinations
    .all()
    .filter(({ desired }) => desired === "on")
    .map(({ id }) => id);

/** What only the first start says: the flow is on for all of them. */
const flowLine = "Plus the flow: $0.16/h while anything is on.";

describe("start", () => {
  it("starts what is named, for the default time, and says until when", async () => {
    const line = aCommandLine();
    const reply = await line.run("start twitch");
    expect(linesOf(reply)).toEqual([
      "Starting *Twitch* until 23:00. $0.85/h, about $3.38.",
      flowLine,
    ]);
    expect(buttonsOf(reply)).toEqual(["Stop Twitch → stop dest_twitch"]);
    expect(wanted(line)).toEqual(["dest_twitch"]);
  });

  it("remembers who asked, when, and until when", async () => {
    const { world, run } = aCommandLine();
    await run("start twitch for 90m", { asker: otherOperator });
    const { intent, leaseUntil } = world.destinations.get("dest_twitch");
    expect(intent).toEqual({ id: "intent_1", by: ben, at: siteNow, reason: null });
    expect(leaseUntil).toEqual(new Date("2026-11-22T20:30:00Z"));
  });

  it.each([
    ["start twitch for 2h", "21:00", "$1.69"],
    ["START Twitch FOR 1H30", "20:30", "$1.27"],
    ["start twitch —for 90 min", "20:30", "$1.27"],
    ["start twitch until 21:30", "21:30", "$2.11"],
    ["start twitch till tomorrow 01:00", "01:00", "$5.07"],
    ["start twitch until 9:30pm UTC", "21:30", "$2.11"],
  ])("reads the end in “%s”", async (typed, end, price) => {
    const { run } = aCommandLine();
    expect(linesOf(await run(typed))).toEqual([
      `Starting *Twitch* until ${end}. $0.85/h, about ${price}.`,
      flowLine,
    ]);
  });

  it("reads clock times in the site's zone", async () => {
    const { world, run } = aCommandLine({ policy: { zone: "America/Los_Angeles" } });
    await run("start twitch until 13:00");
    expect(world.destinations.get("dest_twitch").leaseUntil).toEqual(
      new Date("2026-11-22T21:00:00Z"),
    );
  });

  it("starts several, one line each, with one button to stop those that were started", async () => {
    const { run } = aCommandLine();
    await run("start linkedin", { asker: otherOperator });
    const reply = await run("start youtube, twitch and linkedin for 2h");
    expect(linesOf(reply)).toEqual([
      "Starting *YouTube* until 21:00. $0.85/h, about $1.69.",
      "Starting *Twitch* until 21:00. $0.85/h, about $1.69.",
      "*LinkedIn* is already starting: Ben started it just now, until 23:00. Its end stays as it was.",
    ]);
    expect(buttonsOf(reply)[0]).toBe("Stop these 2 → stop dest_youtube dest_twitch");
  });

  it("starts what can be started when another one cannot, and says why", async () => {
    const destinations = [aDestination(), aDestination({ platform: "youtube", enabled: false })];
    const line = aCommandLine({ destinations });
    const reply = await line.run("start youtube twitch");
    expect(linesOf(reply)).toEqual([
      "*YouTube* was left alone: YouTube is disabled. An admin can enable it in its settings.",
      "Starting *Twitch* until 23:00. $0.85/h, about $3.38.",
      flowLine,
    ]);
    expect(buttonsOf(reply)).toEqual(["Stop Twitch → stop dest_twitch"]);
  });
});

describe("start of what is on already", () => {
  it("says who started it and when, and starts nothing", async () => {
    const { world, run, pass } = aCommandLine({ flow: "active" });
    await run("start twitch", { asker: otherOperator });
    await pass(6);
    const calls = [...world.calls];
    await world.clock.advance(5 * 60_000);
    const reply = await run("start twitch for 8h");
    expect(linesOf(reply)).toEqual([
      "*Twitch* is already running: Ben started it 5 min ago, until 23:00. Its end stays as it was.",
    ]);
    expect(buttonsOf(reply)).toEqual([expect.stringMatching(/^Until 03:05 · .* → extend /)]);
    await pass(3);
    expect(world.calls).toEqual(calls);
  });

  it("is one start when two people press in the same moment", async () => {
    const { world, run, pass } = aCommandLine({ flow: "active" });
    const both = await Promise.all([
      run("start twitch"),
      run("start twitch", { asker: otherOperator }),
    ]);
    expect(both.map((reply) => linesOf(reply)[0]).toSorted()).toEqual([
      expect.stringMatching(/^\*Twitch\* is already starting: (Ana|Ben) started it just now/),
      "Starting *Twitch* until 23:00. $0.85/h, about $3.38.",
    ]);
    await pass(6);
    expect(world.calls.filter(({ call }) => call === "start-channel")).toHaveLength(1);
  });

  it("queues behind a stop that is under way", async () => {
    const { world, run, pass } = aCommandLine({ flow: "active", times: { stopMs: 5_000 } });
    await run("start twitch");
    await pass(6);
    await run("stop twitch");
    await pass(2);
    expect(linesOf(await run("start twitch"))).toEqual([
      "Starting *Twitch* until 23:00. It is still stopping and starts right after. $0.85/h, about $3.38.",
      flowLine,
    ]);
    await pass(15);
    expect(world.channels.running()).toEqual(["1003"]);
  });
});

describe("start refuses", () => {
  const refused: [string, Partial<Destination>, object][] = [
    [
      "a disabled destination",
      { enabled: false },
      {
        code: "not-allowed",
        message: "Twitch is disabled.",
        hint: "An admin can enable it in its settings.",
      },
    ],
    [
      "one without a key",
      { streamKeyRef: null },
      {
        code: "not-configured",
        message: "Twitch has no stream key.",
        hint: "An admin can store one; never type a key into a command.",
      },
    ],
    [
      "one without an address",
      { platformIngest: null },
      {
        code: "not-configured",
        message: "Twitch has no RTMP address.",
        hint: "It looks like rtmp://live.twitch.tv/app.",
      },
    ],
    [
      "one that would send into a private network",
      { platformIngest: "rtmp://127.0.0.1/app" },
      {
        code: "invalid-input",
        message:
          "Twitch's RTMP address cannot be used: the host must be a public name, for example rtmp://live.twitch.tv/app.",
        hint: "An admin can correct it.",
      },
    ],
    [
      "a kind that patchbay does not know",
      { id: "dest_twitch", name: "Twitch", platform: "periscope", streamKeyRef: keyRef("x") },
      {
        code: "not-configured",
        message: "Twitch has a kind that patchbay cannot start.",
        hint: "Choose another kind for it.",
      },
    ],
    [
      "one without a channel",
      { id: "dest_x", name: "Twitch", platform: "x" },
      {
        code: "not-configured",
        message: "Twitch has no MediaLive channel.",
        hint: "Add its channel to the stack, or store its channel id in the row.",
      },
    ],
  ];

  it.each(refused)("%s", async (_what, overrides, error) => {
    const line = aCommandLine({ destinations: [aDestination(overrides)] });
    await expect(line.run("start twitch")).rejects.toMatchObject(error);
    expect(wanted(line)).toEqual([]);
  });

  it("a viewer", async () => {
    const line = aCommandLine();
    await expect(
      line.run("start twitch", { asker: viewer, confirmed: true }),
    ).rejects.toMatchObject({
      code: "not-allowed",
      message: "Only an operator can use `/stream start`, and you are a viewer.",
      hint: "Ask an operator to do it, or an admin to make you one.",
    });
    expect(wanted(line)).toEqual([]);
  });
});

describe("the end of a start", () => {
  it("comes sooner than asked where the platform ends streams itself, and says so", async () => {
    const { run } = aCommandLine();
    expect(linesOf(await run("start linkedin for 6h"))).toEqual([
      "Starting *LinkedIn* until 23:00, which is LinkedIn's own limit. $0.85/h, about $3.38.",
      flowLine,
    ]);
  });

  it("comes sooner than the default where the site's limit is shorter", async () => {
    const { run } = aCommandLine({ policy: { maxLeaseMinutes: 60 } });
    expect(linesOf(await run("start twitch"))).toEqual([
      "Starting *Twitch* until 20:00, which is this site's limit. $0.85/h, about $0.85.",
      flowLine,
    ]);
  });
});

describe("a start of what is on already", () => {
  it("says that the end asked for was not taken", async () => {
    const line = aCommandLine();
    await line.run("start twitch for 2h");
    const [first = ""] = linesOf(await line.run("start twitch for 30m"));
    expect(first).toMatch(/already starting.*until 21:00\. Its end stays as it was\.$/);
    const [plain = ""] = linesOf(await line.run("start twitch"));
    expect(plain).toMatch(/already starting.*until 21:00\.$/);
  });
});

describe("start all", () => {
  it("asks first, with names, end and money", async () => {
    const line = aCommandLine();
    const reply = await line.run("start all until 21:30");
    expect(linesOf(reply)).toEqual([
      "Start 5 destinations until 21:30, about $10.57? AWS bills each by the minute.",
      "HLS player, YouTube, Twitch, LinkedIn, Custom RTMP",
      flowLine,
    ]);
    expect(buttonsOf(reply)).toEqual(["Start all 5 · $4.23/h → start all until 21:30"]);
    const button = reply.kind === "lines" ? reply.buttons[0] : undefined;
    expect(button).toMatchObject({ asked: true, style: "primary" });
    expect(wanted(line)).toEqual([]);
  });

  it("says how long when no end is given", async () => {
    const { run } = aCommandLine();
    expect(linesOf(await run("start all"))[0]).toMatch(
      /^Start 5 destinations for 4 h, about \$16\.9\d\? /,
    );
  });

  it("starts every enabled destination that is off, once that is confirmed", async () => {
    const destinations = [...siteDestinations(), aDestination({ id: "dest_old", enabled: false })];
    const line = aCommandLine({ destinations });
    await line.run("start youtube");
    const reply = await line.run("start all for 2h", { confirmed: true });
    expect(linesOf(reply)).toEqual([
      "Starting *HLS player* until 21:00. $0.85/h, about $1.69.",
      "Starting *Twitch* until 21:00. $0.85/h, about $1.69.",
      "Starting *LinkedIn* until 21:00. $0.85/h, about $1.69.",
      "Starting *Custom RTMP* until 21:00. $0.85/h, about $1.69.",
    ]);
    expect(wanted(line)).not.toContain("dest_old");
  });

  it("does not ask when only one is left", async () => {
    const { run } = aCommandLine({ destinations: [aDestination()] });
    expect(linesOf(await run("start all"))).toEqual([
      "Starting *Twitch* until 23:00. $0.85/h, about $3.38.",
      flowLine,
    ]);
  });

  it.each([
    ["every enabled destination is already on", [aDestination({ desired: "on" })]],
    ["no destination is enabled", [aDestination({ enabled: false })]],
    ["there are no destinations yet", []],
  ])("says that %s", async (why, destinations) => {
    const { run } = aCommandLine({ destinations });
    expect(linesOf(await run("start all"))).toEqual([`Nothing to start: ${why}.`]);
  });
});
