import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { aDestination, channelByPlatform } from "../support/builders.ts";
import { aCommandLine, buttonsOf, linesOf, viewer } from "../support/command-line.ts";

const { custom } = channelByPlatform;

/** The custom channel runs, and no destination stands for it. */
async function aStranger() {
  const line = aCommandLine({ destinations: [aDestination()] });
  line.world.channels.put({ channelId: custom, state: "running" });
  await line.pass(2);
  const stranger = async () => (await line.world.ports.siteMemory.read()).strangers[0];
  const state = async () => (await line.world.ports.channels.read(custom)).state;
  return { ...line, stranger, state };
}

describe("a channel that runs for no destination", () => {
  it("is stopped by its id, by the loop", async () => {
    const line = await aStranger();
    expect(linesOf(await line.run(`stop channel ${custom}`))).toEqual([
      `*Channel ${custom}* is being stopped.`,
    ]);
    await line.pass(2);
    expect(await line.state()).not.toBe("running");
    expect(await line.manager.history({ limit: 1 })).toMatchObject([
      { what: "stop", object: `channel ${custom}`, by: { name: "Ana" } },
    ]);
  });

  it("is kept until a later time, and not beyond the longest lease", async () => {
    const line = await aStranger();
    expect(linesOf(await line.run(`extend channel ${custom} 1h`))).toEqual([
      `*Channel ${custom}* is stopped at 00:00, not before.`,
    ]);
    expect((await line.stranger())?.until).toEqual(new Date("2026-11-23T00:00:00Z"));
    const far = await line.run(`extend channel ${custom} until 2026-12-24 20:00`);
    expect(linesOf(far)[0]).toMatch(
      /not before\. No longer: that is the longest time allowed now\.$/,
    );
    expect(linesOf(await line.run(`extend channel ${custom} until 2026-11-23 18:00`))).toHaveLength(
      1,
    );
  });

  it("asks who it is, with buttons that do what they say", async () => {
    const line = await aStranger();
    const [keep = "", stop = ""] = buttonsOf(await line.run("sync"));
    expect([keep, stop]).toEqual([
      expect.stringMatching(/^Keep until 01:00 · \$\d/),
      `Stop → stop channel ${custom}`,
    ]);
    const seen = (await line.stranger())?.sessionId ?? "";
    await line.run(keep.split(" → ")[1] ?? "", { seen });
    expect((await line.stranger())?.until).toEqual(new Date("2026-11-23T01:00:00Z"));
    const old = await line.run(`stop channel ${custom}`, { seen: "another run" });
    expect(linesOf(old)[0]).toMatch(/was left alone/);
    await line.pass(2);
    expect(await line.state()).toBe("running");
  });

  it("M1 live show: is left alone once a destination stands for it", async () => {
    const line = await aStranger();
    line.world.destinations.put(aDestination({ id: "dest_custom", name: "Relay", kind: "custom" }));
    await expect(line.run(`stop channel ${custom}`)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is for operators, and must run", async () => {
    const { run } = await aStranger();
    const asker = viewer;
    await expect(run(`stop channel ${custom}`, { asker })).rejects.toMatchObject({
      code: "not-allowed",
    });
    await expect(run("stop channel 4711")).rejects.toMatchObject({ code: "not-found" });
    await expect(run(`plan stop channel ${custom}`)).rejects.toMatchObject({
      message: "Only what is done to destinations can be planned.",
    });
  });

  it("decides again when somebody else has written in between", async () => {
    const line = await aStranger();
    const conflict = new OpsError("conflict", "Somebody else wrote.");
    line.world.failNext("siteMemory.write", conflict, { times: 2 });
    await line.run(`stop channel ${custom}`);
    await line.pass(2);
    expect(await line.state()).not.toBe("running");
  });
});

describe("stop flow", () => {
  it("puts a flow that is kept warm on standby at once", async () => {
    const line = aCommandLine({ flow: "active" });
    await line.pass(1);
    expect(linesOf(await line.run("stop flow"))).toEqual(["The flow is being stopped."]);
    await line.pass(60);
    expect(linesOf(await line.run("stop flow"))).toEqual(["The flow is on standby already."]);
  });

  it("leaves a flow that somebody needs", async () => {
    const line = aCommandLine({ flow: "active" });
    await line.run("start twitch");
    await expect(line.run("stop the flow")).rejects.toMatchObject({ code: "conflict" });
    await expect(line.run("extend flow 30m")).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("says what to do when AWS does not stop it", async () => {
    const line = aCommandLine({ flow: "active" });
    await line.pass(1);
    line.world.failNext("flows.stop", new OpsError("aws-unavailable", "No answer."));
    expect(linesOf(await line.run("stop flow"))).toEqual([
      "The flow is still active. patchbay keeps asking; by hand: MediaConnect console, Stop.",
    ]);
  });

  it("means a destination of that name, where there is one", async () => {
    const line = aCommandLine({ destinations: [aDestination({ name: "Flow" })] });
    expect(linesOf(await line.run("stop flow"))).toEqual(["*Flow* is already off."]);
  });
});
