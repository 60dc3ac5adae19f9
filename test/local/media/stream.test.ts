import { expect, it } from "vitest";
import { rtmpPath } from "../../../local/media/channel-output.ts";
import { rtpHeader } from "../../../local/media/fan-out.ts";
import { waitsFor } from "../../../local/media/outputs.ts";
import { createFigures } from "../../../local/media/source-meter.ts";
import { parseReport, type SrtReport } from "../../../local/media/srt-listener.ts";
import { aLocalWorld } from "../../support/local-world.ts";
import { flowOf } from "../../support/the-flow.ts";

const aReport = (time: number, recv: Partial<SrtReport["recv"]> = {}): SrtReport => ({
  sid: 1,
  time,
  link: { rtt: 0.052 },
  recv: { packets: 100, packetsLost: 0, bytes: 133_000, ...recv },
});

it("reads a report of srt-live-transmit", () => {
  const line = `{"sid":851162856,"timepoint":"2026-11-22T16:05:28.395399+0000","time":197,"link":{"rtt":0.052,"bandwidth":12},"recv":{"packets":100,"packetsLost":2,"bytes":133180,"mbitRate":5.38}}`;
  expect(parseReport(line)).toEqual({
    sid: 851162856,
    time: 197,
    link: { rtt: 0.052 },
    recv: { packets: 100, packetsLost: 2, bytes: 133_180 },
  });
});

it.each(["", "Accepted SRT source connection", "{", "{}", '{"sid":"a"}', "[1]"])(
  "takes %j for no report",
  (line) => {
    expect(parseReport(line)).toBeNull();
  },
);

it("adds reports up to figures", () => {
  const figures = createFigures();
  expect(figures.take()).toBeNull();
  figures.add(aReport(500));
  figures.add(aReport(1_000, { packets: 90, packetsLost: 10 }));
  expect(figures.take()).toEqual({ bitrateBps: 2_130_000, rttMs: 0.1, lossPercent: 5 });
  expect(figures.take()).toBeNull();
});

it("counts a new connection's time from its own beginning", () => {
  const figures = createFigures();
  figures.add(aReport(60_000));
  figures.take();
  figures.add({ ...aReport(1_000), sid: 2 });
  expect(figures.take()?.bitrateBps).toBe(1_060_000);
});

it("numbers RTP packets beyond the ends of their fields", () => {
  expect(rtpHeader(65_537, 2 ** 32 / 90).toString("hex")).toBe("802100010000000000000001");
});

it("derives the push address from a hash of the key", () => {
  const path = rtmpPath({ platform: "my platform", streamName: "secret-key" });
  expect(path).toBe("/my-platform/85dbe15d75ef");
});

it("carries the stream while the flow is active or being updated, and the source is there", () => {
  const world = aLocalWorld();
  const table = (["STANDBY", "STARTING", "ACTIVE", "UPDATING", "STOPPING", "ERROR"] as const).map(
    (status) => {
      world.change((data) => {
        flowOf(data).status = status;
        data.source.connected = true;
      });
      return [status, waitsFor(world.data)];
    },
  );
  expect(Object.fromEntries(table)).toEqual({
    STANDBY: "the flow",
    STARTING: "the flow",
    ACTIVE: null,
    UPDATING: null,
    STOPPING: "the flow",
    ERROR: "the flow",
  });
  world.change((data) => {
    flowOf(data).status = "ACTIVE";
    data.source.connected = false;
  });
  expect(waitsFor(world.data)).toBe("the source");
});
