import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { sessionIdFrom, strangerSessionId } from "../../src/domain/session.ts";
import { OpsError } from "../../src/errors.ts";
import { runDueJobs } from "../../src/jobs/run-due-jobs.ts";
import { aSession, channelByPlatform } from "../support/builders.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

describe("a span that nobody will end any more", () => {
  it("M7 meter: is ended, and the present one is there", async () => {
    const world = aWorld({ flow: "active" });
    const patchbay = aPatchbay(world);
    await patchbay.startUntil(addMinutes(world.clock.now(), 120), "dest_youtube");
    const from = world.clock.now();
    await patchbay.converge();
    await world.spans.open({ id: "lost", kind: "source-absent", from, to: null });
    await patchbay.live(31);
    const open = world.spans.all().filter(({ to }) => to === null);
    expect(open.map(({ kind }) => kind)).toEqual(["flow-active"]);
  });
});

describe("a session that nobody will end any more", () => {
  it("M7 meter: is ended, and one that a row names goes on", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.startUntil(addMinutes(world.clock.now(), 120), "dest_youtube");
    await patchbay.converge();
    await world.sessions.open(aSession({ id: "session_lost", startedAt: world.clock.now() }));
    await patchbay.live(31);
    const [named, lost] = world.sessions.all().toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(lost).toMatchObject({
      id: "session_lost",
      status: "stopped",
      endedAt: expect.any(Date),
    });
    expect(named?.endedAt).toBeNull();
  });

  it("M7 meter: is ended soon after, and not while it may be that of a slow process", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    const startedAt = world.clock.now();
    await world.sessions.open(aSession({ id: "session_lost", startedAt }));
    await patchbay.live(4);
    expect(world.sessions.all()).toMatchObject([{ endedAt: null }]);
    await patchbay.live(3);
    expect(world.sessions.all()[0]?.endedAt?.getTime()).toBeLessThanOrEqual(
      addMinutes(startedAt, 7).getTime(),
    );
  });

  it("M7 meter: is not one that its row is about to name", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_youtube");
    const { intent } = world.destinations.get("dest_youtube");
    const startedAt = addMinutes(world.clock.now(), -30);
    const id = sessionIdFrom(intent?.id ?? "");
    await world.sessions.open(aSession({ id, startedAt }));
    const { manager, ports } = patchbay;
    await runDueJobs(world.clock.now(), { manager, ports, policy: defaultPolicy });
    expect(world.sessions.all()).toMatchObject([{ id, endedAt: null }]);
  });

  it("M7 meter: is not that of a stranger while the site's memory cannot be read", async () => {
    const world = aWorld({ flow: "active", destinations: [] });
    world.channels.put({ channelId: channelByPlatform.youtube, state: "running" });
    const patchbay = aPatchbay(world);
    await patchbay.live(29);
    world.failNext("siteMemory.read", new OpsError("aws-throttled", "Slower."), { times: 60 });
    await patchbay.live(2);
    expect(world.sessions.all()).toMatchObject([{ endedAt: null }]);
  });

  it("M7 meter: is not that of a stranger whom a process saw, and died before it could remember", async () => {
    const world = aWorld({ flow: "active", destinations: [] });
    const channelId = channelByPlatform.youtube;
    world.channels.put({ channelId, state: "running" });
    const patchbay = aPatchbay(world);
    const { manager, ports } = patchbay;
    const { version } = await world.siteMemory.read();
    const id = strangerSessionId(channelId, version);
    const startedAt = addMinutes(world.clock.now(), -10);
    await world.sessions.open(aSession({ id, channelId, startedAt, billedFrom: startedAt }));
    await runDueJobs(world.clock.now(), { manager, ports, policy: defaultPolicy });
    await patchbay.live(31);
    expect(world.sessions.all()).toMatchObject([{ id, endedAt: null }]);
    world.channels.put({ channelId, state: "idle" });
    await patchbay.live(3);
    expect(world.sessions.all()).toMatchObject([{ id, status: "stopped" }]);
  });

  it.each([
    { when: "once the channel of such a stranger is off", unseen: 0 },
    { when: "and left alone while nobody can see that channel", unseen: 60 },
  ])("M7 meter: is nobody's, $when", async ({ unseen }) => {
    const world = aWorld({ flow: "active", destinations: [] });
    const channelId = channelByPlatform.youtube;
    const { manager, ports } = aPatchbay(world);
    const { version } = await world.siteMemory.read();
    const startedAt = addMinutes(world.clock.now(), -10);
    const id = strangerSessionId(channelId, version);
    await world.sessions.open(aSession({ id, channelId, startedAt }));
    const error = new OpsError("aws-throttled", "Slower.");
    for (let count = 0; count < unseen; count += 1) world.failNext("channels.list", error);
    await runDueJobs(world.clock.now(), { manager, ports, policy: defaultPolicy });
    const endedAt = unseen > 0 ? null : world.clock.now();
    expect(world.sessions.all()).toMatchObject([{ id, endedAt }]);
  });

  it("M7 meter: ends where that of its channel without a row begins", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.startUntil(addMinutes(world.clock.now(), 120), "dest_youtube");
    await patchbay.converge();
    await patchbay.live(16);
    world.destinations.remove("dest_youtube");
    await patchbay.live(31);
    const [own, heir] = world.sessions.all();
    expect(heir).toMatchObject({ platform: "", endedAt: null });
    expect(own).toMatchObject({ status: "stopped", endedAt: heir?.billedFrom });
  });

  it("M7 meter: ends with its row when the process that gave it up died before its session was ended", async () => {
    const world = aWorld();
    const patchbay = aPatchbay(world);
    await patchbay.start("dest_youtube");
    await patchbay.converge();
    const row = world.destinations.get("dest_youtube");
    const settledAt = addMinutes(world.clock.now(), 1);
    world.channels.put({ channelId: channelByPlatform.youtube, state: "idle" });
    world.destinations.put({ ...row, desired: "off", phase: "failed", settledAt });
    await patchbay.live(31);
    expect(world.sessions.all()).toMatchObject([{ id: row.sessionId, endedAt: settledAt }]);
  });
});
