import { describe, expect, it } from "vitest";
import { aCommandLine, linesOf, viewer } from "../support/command-line.ts";

describe("sync", () => {
  it("says that all is as people asked", async () => {
    expect(linesOf(await aCommandLine().run("sync"))).toEqual([
      "Looked at AWS: 5 channels, the flow is standby, 5 destinations.",
      "AWS is as people asked: there was nothing to do.",
      "Nothing is there that nobody asked for.",
    ]);
  });

  it("puts right what can be, and asks about what nobody started here", async () => {
    const line = aCommandLine({ flow: "active" });
    line.world.channels.put({ channelId: "1003", state: "running" });
    await line.pass(2);
    const reply = await line.run("sync");
    expect(linesOf(reply)).toContainEqual(expect.stringMatching(/^Who is this\? \*Twitch\*/));
    expect(reply).toMatchObject({
      buttons: expect.arrayContaining([expect.objectContaining({ label: "Stop" })]),
    });
  });

  it("is not for viewers, and takes no words", async () => {
    const { run } = aCommandLine();
    await expect(run("sync", { asker: viewer })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(run("sync twitch")).rejects.toMatchObject({ code: "invalid-input" });
  });
});
