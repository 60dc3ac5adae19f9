import type { LocalSource, World } from "../world.ts";
import type { SrtReport } from "./srt-listener.ts";

/** Milliseconds between two looks at the packet counter. */
const beatMs = 250;
/** Beats without a packet after which the source is lost: one second. */
const quietBeats = 4;
/** Beats between two updates of the figures: one second. */
const figureBeats = 4;

type Figures = Pick<LocalSource, "bitrateBps" | "rttMs" | "lossPercent">;

const noFigures: Figures = { bitrateBps: null, rttMs: null, lossPercent: null };

/** Adds up reports and turns them into figures; steady enough to be shown as they are. */
export function createFigures(): { add(report: SrtReport): void; take(): Figures | null } {
  let last: SrtReport | null = null;
  let sum = { ms: 0, bytes: 0, packets: 0, lost: 0 };
  return {
    add: (report) => {
      sum.ms += last?.sid === report.sid ? report.time - last.time : report.time;
      sum.bytes += report.recv.bytes;
      sum.packets += report.recv.packets;
      sum.lost += report.recv.packetsLost;
      last = report;
    },
    take: () => {
      if (!last || sum.ms <= 0) return null;
      const { ms, bytes, packets, lost } = sum;
      sum = { ms: 0, bytes: 0, packets: 0, lost: 0 };
      return {
        bitrateBps: Math.round((bytes * 8) / ms / 10) * 10_000,
        rttMs: Math.round(last.link.rtt * 10) / 10,
        lossPercent: Math.round((lost / Math.max(1, packets + lost)) * 1_000) / 10,
      };
    },
  };
}

export type SourceMeter = {
  report(report: SrtReport): void;
  disconnected(): void;
  close(): void;
};

/**
 * Writes what the listener measures to `world.data.source`. Silence is counted in beats, not on the world's clock, which
 * a person may move.
 */
export function createSourceMeter(world: World, packets: () => number): SourceMeter {
  const figures = createFigures();
  let seen = packets();
  let quiet = 0;
  let beats = 0;
  let closing = false;

  const set = (connected: boolean) => {
    if (world.data.source.connected === connected) return;
    // What was counted belongs to the connection before.
    figures.take();
    world.change(({ source }) => {
      Object.assign(source, noFigures, { connected, changedAt: world.now() });
    });
    world.log(connected ? "The source is connected." : "The source is lost.");
  };
  const beat = () => {
    const arrived = packets() > seen;
    seen = packets();
    quiet = arrived ? 0 : quiet + 1;
    // What arrives with a goodbye is the rest of the old stream, not a new one.
    if (arrived && !closing) set(true);
    closing = false;
    if (quiet >= quietBeats) set(false);
    beats += 1;
    if (beats % figureBeats !== 0 || !world.data.source.connected) return;
    const taken = figures.take();
    if (taken) world.change(({ source }) => void Object.assign(source, taken));
  };
  const timer = setInterval(beat, beatMs);
  return {
    report: figures.add,
    disconnected: () => {
      closing = true;
      set(false);
    },
    close: () => clearInterval(timer),
  };
}
