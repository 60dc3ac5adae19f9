import { describe, expect, it } from "vitest";
import { aDestination, anIntent, ben } from "../support/builders.ts";
import {
  aCommandLine,
  buttonsOf,
  linesOf,
  otherOperator,
  viewer,
} from "../support/command-line.ts";

const stops = ({ world }: ReturnType<typeof aCommandLine>) =>
  world.calls.filter(({ call }) => call === "stop-channel").map(({ channelId }) => channelId);

/** A site on which these run already. */
async function onAir(...names: string[]) {
  const line = aCommandLine({ flow: "active" });
  await line.run(`start ${names.join(" ")}`);
  await line.pass(6);
  return line;
}

describe("stop", () => {
  it("stops what is named and nothing else, and says how long it ran", async () => {
    const line = await onAir("twitch", "youtube");
    await line.world.clock.advance(5 * 60_000);
    const reply = await line.run("stop twitch");
    expect(linesOf(reply)).toEqual([
      "Stopping *Twitch* after 5 min. It has cost $0.12, with the 5 minutes that AWS bills anyway.",
    ]);
    expect(buttonsOf(reply)).toEqual(["Start Twitch again · $0.85/h → start dest_twitch"]);
    await line.pass(4);
    expect(stops(line)).toEqual(["1003"]);
    expect(line.world.channels.running()).toEqual(["1002"]);
  });

  it("stops what is still starting", async () => {
    const line = aCommandLine({ flow: "active" });
    await line.run("start twitch");
    expect(linesOf(await line.run("stop twitch"))).toEqual(["Stopping *Twitch*."]);
    await line.pass(4);
    expect(line.world.channels.running()).toEqual([]);
  });

  it("stops several, with one button to start again those that were stopped", async () => {
    const line = await onAir("twitch", "youtube");
    const reply = await line.run("stop youtube, twitch and linkedin");
    expect(linesOf(reply)).toEqual([
      expect.stringMatching(
        /^Stopping \*YouTube\* after \d s\. It has cost \$0\.09, with the 10 minutes that AWS bills anyway\.$/,
      ),
      expect.stringMatching(
        /^Stopping \*Twitch\* after \d s\. It has cost \$0\.09, with the 10 minutes that AWS bills anyway\.$/,
      ),
      "*LinkedIn* is already off.",
    ]);
    expect(buttonsOf(reply)).toEqual([
      "Start these 2 again · $1.69/h → start dest_youtube dest_twitch",
    ]);
  });

  it("stops a disabled destination that is on", async () => {
    const line = await onAir("twitch");
    const row = line.world.destinations.get("dest_twitch");
    line.world.destinations.put({ ...row, enabled: false });
    expect(linesOf(await line.run("stop twitch"))[0]).toMatch(/^Stopping \*Twitch\*/);
  });

  it.each(["stop twitch for 2h", "stop twitch at 21:30", "stop twitch 21:30"])(
    "says in answer to “%s” that it acts at once",
    async (typed) => {
      const { run } = aCommandLine();
      await expect(run(typed)).rejects.toMatchObject({
        hint: "A stop acts at once, so leave the time out: `/stream stop twitch`.",
      });
    },
  );

  it("is refused to a viewer", async () => {
    const line = await onAir("twitch");
    const refused = line.run("stop all", { asker: viewer, confirmed: true });
    await expect(refused).rejects.toMatchObject({ code: "not-allowed" });
    await line.pass(2);
    expect(stops(line)).toEqual([]);
  });
});

describe("stop of what is off already", () => {
  it("says who stopped it and when, and stops nothing", async () => {
    const line = await onAir("twitch");
    await line.run("stop twitch", { asker: otherOperator });
    expect(linesOf(await line.run("stop twitch"))).toEqual([
      "*Twitch* is already stopping: Ben stopped it just now.",
    ]);
    await line.pass(4);
    await line.world.clock.advance(3 * 60_000);
    const reply = await line.run("stop twitch");
    expect(linesOf(reply)).toEqual(["*Twitch* is already off: Ben stopped it 3 min ago."]);
    expect(buttonsOf(reply)).toEqual([]);
    await line.pass(2);
    expect(stops(line)).toEqual(["1003"]);
  });

  it("says why patchbay stopped it", async () => {
    const by = { id: "patchbay", name: "patchbay" };
    const intent = anIntent({ by, reason: "its time was over" });
    const { world, run } = aCommandLine({ destinations: [aDestination({ intent })] });
    await world.clock.advance(60_000);
    expect(linesOf(await run("stop twitch"))).toEqual([
      "*Twitch* is already off: patchbay stopped it 1 min ago, because its time was over.",
    ]);
  });

  it("does not name the person who started what somebody else stopped in AWS", async () => {
    const line = await onAir("twitch");
    line.world.channels.put({ channelId: "1003", state: "stopping" });
    await line.pass(1);
    const [answer] = linesOf(await line.run("stop twitch"));
    expect(answer).toMatch(/^\*Twitch\* is already stopping: .*outside patchbay/);
    expect(answer).not.toContain("Ana");
  });

  it.each(["off", "failed"] as const)("says what ended a start by itself: %s", async (phase) => {
    const lastError = "the channel fell back to idle while starting";
    const ended = { phase, lastError, intent: anIntent(), sessionId: "session_intent_1" };
    const { run } = aCommandLine({ destinations: [aDestination(ended)] });
    expect(linesOf(await run("stop twitch"))).toEqual([`*Twitch* is already off: ${lastError}.`]);
  });

  it("says nothing of a person when nobody ever started it", async () => {
    const { run } = aCommandLine();
    expect(linesOf(await run("stop twitch"))).toEqual(["*Twitch* is already off."]);
  });
});

describe("stop all", () => {
  it("asks first, naming what is on", async () => {
    const line = await onAir("twitch");
    await line.world.clock.advance(62 * 60_000);
    await line.run("start youtube");
    const reply = await line.run("stop all");
    const names = "YouTube (starting), Twitch (running 1 h 2 min, $0.88)";
    expect(linesOf(reply)).toEqual(["Stop 2 destinations?", names]);
    expect(buttonsOf(reply)).toEqual(["Stop all 2 · saves $1.69/h → stop all"]);
    const button = reply.kind === "lines" ? reply.buttons[0] : undefined;
    expect(button).toMatchObject({ style: "danger", asked: true });
    await line.pass(2);
    expect(stops(line)).toEqual([]);
  });

  it("stops everything that is on once that is confirmed", async () => {
    const line = await onAir("twitch", "youtube");
    await line.run("stop all", { confirmed: true });
    await line.pass(5);
    expect(stops(line).toSorted()).toEqual(["1002", "1003"]);
    expect(line.world.channels.running()).toEqual([]);
  });

  it("does not ask for the only one that is on", async () => {
    const line = await onAir("twitch");
    expect(linesOf(await line.run("stop all"))[0]).toMatch(/^Stopping \*Twitch\*/);
  });

  it("says so when nothing is on", async () => {
    const { run } = aCommandLine();
    expect(linesOf(await run("stop all"))).toEqual([
      "Nothing to stop: everything is already off or stopping.",
    ]);
  });
});

describe("a stop button", () => {
  it("does not cut a later start, and shows what is true", async () => {
    const line = await onAir("twitch");
    const seen = line.world.destinations.get("dest_twitch").intent?.id ?? "";
    await line.run("stop twitch");
    await line.pass(4);
    await line.run("start twitch", { asker: otherOperator });
    await line.pass(6);
    const before = line.world.destinations.all();
    const reply = await line.run("stop dest_twitch", { seen, confirmed: true });
    expect(reply).toMatchObject({ kind: "site", only: ["dest_twitch"], controls: true });
    const shown = reply.kind === "site" ? reply.view.destinations : [];
    expect(shown.find(({ id }) => id === "dest_twitch")).toMatchObject({ by: ben, can: "stop" });
    expect(line.world.destinations.all()).toEqual(before);
  });

  it("says who stopped it when it was pressed twice", async () => {
    const line = await onAir("twitch");
    const seen = line.world.destinations.get("dest_twitch").intent?.id ?? "";
    const press = { seen, confirmed: true };
    expect(linesOf(await line.run("stop dest_twitch", press))[0]).toMatch(/^Stopping/);
    expect(linesOf(await line.run("stop dest_twitch", press))).toEqual([
      "*Twitch* is already stopping: Ana stopped it just now.",
    ]);
  });
});
