import { addMinutes } from "date-fns/addMinutes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billedOnce } from "../../../src/domain/cost/billed-once.ts";
import { type Ledger, meterPeriod } from "../../../src/domain/cost/meter.ts";
import { nextPeriod, periodAt } from "../../../src/domain/cost/period.ts";
import { assumedSpec } from "../../../src/domain/cost/rates.ts";
import { meterSession, stopSense } from "../../../src/domain/cost/session-meter.ts";
import { autoShutdown, leaseEnd } from "../../../src/domain/destination.ts";
import { sumUsd } from "../../../src/domain/money.ts";
import type { Session } from "../../../src/domain/session.ts";
import type { Span, SpanKind } from "../../../src/domain/span.ts";
import { ana } from "../../support/builders.ts";
import { aRun, five, later, listTable, pricing } from "./support.ts";

const start = new Date("2026-11-05T19:00:00.000Z");
const november = periodAt("month", start, "UTC");
const minute = (minutes: number) => addMinutes(start, minutes);

const aSpan = (kind: SpanKind, from: Date, to: Date | null): Span => ({
  id: "span",
  kind,
  from,
  to,
});
const aLedger = (overrides: Partial<Ledger> = {}): Ledger => ({
  sessions: [],
  spans: [],
  channelCount: 5,
  knownSince: null,
  ...overrides,
});

describe("a session", () => {
  it.each([
    [0, 10],
    [1, 10],
    [9.99, 10],
    [10, 10],
    [10.01, 11],
    [60, 60],
  ])("of %d minutes is billed for %d", (minutes, billed) => {
    const meter = meterSession(aRun(start, 0, { endedAt: addSeconds(minutes) }), pricing);
    expect(meter.minutes).toBe(billed);
    expect(meter.parts.input).toBeCloseTo((0.1404 * billed) / 60, 6);
    expect(meter.parts.egress).toBeCloseTo((2.7576 * 0.09 * minutes) / 60, 5);
  });
  const addSeconds = (minutes: number) => new Date(start.getTime() + Math.round(minutes * 60_000));

  it("costs nothing while AWS was not asked to start it", () => {
    const meter = meterSession(aRun(start, 60, { billedFrom: null }), pricing);
    expect(meter).toMatchObject({ usd: 0, minutes: 0, open: false });
  });

  it("counts until now while it is open", () => {
    const meter = meterSession(aRun(start, 0, { endedAt: null }), { ...pricing, now: minute(42) });
    expect(meter).toMatchObject({ minutes: 42, open: true });
  });

  it("is never negative, whatever the clocks say", () => {
    const meter = meterSession(aRun(start, -30), pricing);
    expect(meter).toMatchObject({ minutes: 10, usd: 0.0936 });
  });

  it("is priced by what its platform usually is when its configuration is not known", () => {
    const known = aRun(start, 60, { platform: "primary" });
    expect(meterSession({ ...known, spec: null }, pricing)).toEqual(meterSession(known, pricing));
    expect(meterSession(known, pricing).parts).toMatchObject({ egress: 0, ingest: 0.082728 });
  });

  it("leaves what the minimum adds to the period in which it ends", () => {
    const run = aRun(new Date("2026-11-30T23:58:00.000Z"), 4);
    const december = nextPeriod(november);
    expect(meterSession(run, pricing, november).minutes).toBe(2);
    expect(meterSession(run, pricing, december).minutes).toBe(8);
    const before = aRun(new Date("2026-11-30T23:50:00.000Z"), 4);
    expect(meterSession(before, pricing, november).minutes).toBe(10);
    expect(meterSession(before, pricing, december).minutes).toBe(0);
  });
});

describe("stopping now", () => {
  const open = aRun(start, 0, { endedAt: null });

  it.each([
    [0, 10],
    [6.2, 4],
    [9.9, 1],
    [10, 0],
    [90, 0],
  ])("after %d minutes still bills %d more", (minutes, left) => {
    const now = new Date(start.getTime() + minutes * 60_000);
    expect(stopSense(open, now)).toEqual({ stillBilledMinutes: left, restartCostsMore: left > 0 });
  });

  it("bills nothing more when the session has ended or never began", () => {
    expect(stopSense(aRun(start, 1), minute(2)).stillBilledMinutes).toBe(0);
    expect(stopSense({ ...open, billedFrom: null }, minute(2)).stillBilledMinutes).toBe(0);
  });
});

const zones = ["UTC", "Europe/London", "America/Los_Angeles", "Australia/Lord_Howe"];
const anyInstant = fc
  .integer({ min: Date.UTC(2028, 0, 20), max: Date.UTC(2028, 10, 10) })
  .map((ms) => new Date(ms));
const anySession = fc
  .record({
    from: anyInstant,
    seconds: fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 4_000_000 })),
    platform: fc.constantFrom(...five),
    bitrateBps: fc.integer({ min: 100_000, max: 30_000_000 }),
    open: fc.boolean(),
  })
  .map(({ from, seconds, platform, bitrateBps, open }): Session => {
    const spec = assumedSpec(platform);
    return aRun(from, 0, {
      platform,
      endedAt: open ? null : new Date(from.getTime() + seconds * 1_000),
      spec: { ...spec, encodes: [{ codec: "avc", resolution: "hd", bitrateBps, fps: 30 }] },
    });
  });

describe("a month", () => {
  const later2028 = new Date("2029-02-01T00:00:00.000Z");
  const now = new Date("2028-12-20T12:34:56.789Z");
  const monthsOf2028 = (zone: string) => {
    const months = [periodAt("month", new Date("2028-01-15T00:00:00.000Z"), zone)];
    for (let last = months[0]; last !== undefined && last.from < later2028; last = months.at(-1))
      months.push(nextPeriod(last));
    return months;
  };
  const months = fc.constantFrom(...zones.map(monthsOf2028));

  it("is the sum of its sessions, across month ends, clock changes and 29 February", () => {
    fc.assert(
      fc.property(fc.array(anySession), months, (sessions, calendar) => {
        const at = { ...pricing, now };
        const metered = calendar.map((month) => meterPeriod(aLedger({ sessions }), at, month));
        const whole = billedOnce(sessions, now).map((session) => meterSession(session, at));
        expect(sumUsd(metered.map(({ usd }) => usd))).toBe(sumUsd(whole.map(({ usd }) => usd)));
        for (const month of metered)
          expect(month.usd).toBe(sumUsd(month.destinations.map(({ usd }) => usd)));
        const minutes = metered.flatMap(({ lines }) => lines.map((line) => line.minutes));
        expect(minutes.reduce((sum, each) => sum + each, 0)).toBe(
          whole.reduce((sum, each) => sum + each.minutes, 0),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("costs the same wherever it is cut", () => {
    const anySpan = fc
      .record({ from: anyInstant, minutes: fc.nat({ max: 40_000 }), open: fc.boolean() })
      .map(({ from, minutes, open }) => ({ from, to: open ? null : addMinutes(from, minutes) }));
    const ledgers = fc.record({
      sessions: fc.array(anySession, { maxLength: 6 }),
      flow: fc.array(anySpan, { maxLength: 3 }),
      absent: fc.array(anySpan, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(ledgers, fc.array(anyInstant, { maxLength: 4 }), (drawn, cuts) => {
        const ledger = aLedger({
          sessions: drawn.sessions,
          channelCount: 40,
          knownSince: new Date("2028-01-02T03:04:05.678Z"),
          spans: [
            ...drawn.flow.map(({ from, to }) => aSpan("flow-active", from, to)),
            ...drawn.absent.map(({ from, to }) => aSpan("source-absent", from, to)),
          ],
        });
        const meter = (from: Date, to: Date) =>
          meterPeriod(ledger, { ...pricing, now }, { from, to });
        const ends = [
          new Date("2028-01-01"),
          ...cuts.toSorted((a, b) => a.getTime() - b.getTime()),
        ];
        const pieces = ends.map((from, index) => meter(from, ends[index + 1] ?? later2028));
        const [first = later2028] = ends;
        const whole = meter(first, later2028);
        /* What does not touch a piece is left out of it, so that its spans are rounded elsewhere. */
        expect(sumUsd(pieces.map(({ usd }) => usd))).toBeCloseTo(whole.usd, 4);
        expect(whole.usd).toBe(sumUsd(Object.values(whole.parts)));
        expect(Object.values(whole.parts).every((usd) => usd >= 0)).toBe(true);
      }),
    );
  });
});

describe("the site's own costs", () => {
  it("are the flow while it is active", () => {
    const spans = [
      aSpan("flow-active", start, minute(90)),
      aSpan("flow-active", minute(200), null),
    ];
    const meter = meterPeriod(aLedger({ spans }), { ...pricing, now: minute(260) }, november);
    expect(meter.flowMinutes).toBe(150);
    expect(meter.parts.flow).toBe(0.4);
  });

  it("are transfer to channels that are off, as long as there is a source", () => {
    const spans = [
      aSpan("flow-active", start, minute(60)),
      aSpan("source-absent", minute(30), minute(60)),
    ];
    const sessions = [aRun(start, 60)];
    const meter = meterPeriod(aLedger({ spans, sessions }), pricing, november);
    expect(meter.parts.unusedTransfer).toBe(0.072);
    expect(meter.parts.transfer).toBe(0.036);
  });

  it("are idle fees since patchbay knows the site, and none before", () => {
    const ledger = aLedger({ sessions: [aRun(start, 60)], knownSince: minute(0) });
    const meter = meterPeriod(ledger, { ...pricing, now: minute(120) }, november);
    expect(meter.parts).toMatchObject({ idleChannels: 0.09, idleInputs: 0.09 });
    const unknown = meterPeriod(aLedger(), pricing, november);
    expect(unknown.usd).toBe(0);
  });

  it("count a shared channel as one that runs", () => {
    const shared = ["youtube", "twitch"].map((platform) =>
      aRun(start, 60, { platform, channelId: "1001" }),
    );
    const ledger = aLedger({ sessions: shared, knownSince: start, channelCount: 2 });
    const meter = meterPeriod(ledger, { ...pricing, now: minute(60) }, november);
    expect(meter.parts.idleChannels).toBe(0.01);
  });
});

describe("waste and savings", () => {
  const absent = [aSpan("source-absent", minute(30), minute(50))];

  it("tell what ran without a source", () => {
    const meter = meterPeriod(
      aLedger({ sessions: [aRun(start, 60)], spans: absent }),
      pricing,
      november,
    );
    expect(meter.waste).toEqual({ minutes: 20, usd: 0.269928 });
    expect(meter.destinations[0]?.waste).toEqual(meter.waste);
  });

  it("tell what auto-shutdown left of a lease, and nothing for other stops", () => {
    const stoppedBy = (endedBy: Session["endedBy"]) =>
      aRun(start, 60, { endedBy, leaseUntil: minute(180) });
    const saved = (session: Session) =>
      meterPeriod(aLedger({ sessions: [session] }), pricing, november).saved;
    expect(saved(stoppedBy(autoShutdown))).toEqual({ minutes: 120, usd: 1.619568 });
    for (const other of [ana, leaseEnd, null]) expect(saved(stoppedBy(other)).minutes).toBe(0);
  });
});

describe("the shares of a period", () => {
  it("are by destination and by show, the dearest first", () => {
    const sessions = [
      aRun(start, 60, { showId: "show_1" }),
      aRun(start, 90, { platform: "youtube", showId: "show_1" }),
      aRun(minute(200), 60),
    ];
    const { destinations, shows, usd } = meterPeriod(aLedger({ sessions }), pricing, november);
    expect(destinations).toMatchObject([
      { id: "dest_twitch", name: "twitch", sessions: 2, minutes: 120 },
      { id: "dest_youtube", name: "youtube", sessions: 1, minutes: 90 },
    ]);
    expect(shows).toMatchObject([
      { id: "show_1", sessions: 2, minutes: 150 },
      { id: null, sessions: 1, minutes: 60 },
    ]);
    expect(sumUsd(shows.map((each) => each.usd))).toBe(usd);
  });

  it("say how sure they are", () => {
    const sure = { ...pricing, table: listTable, now: later };
    const session = aRun(start, 60);
    const sessions = [session];
    const known = meterPeriod(aLedger({ sessions }), sure, november);
    expect(known).toMatchObject({ confidence: "medium", assumed: false });
    const idle = meterPeriod(aLedger({ sessions, knownSince: start }), sure, november);
    expect(idle.confidence).toBe("low");
    const guessed = aLedger({ sessions: [{ ...session, spec: null }] });
    expect(meterPeriod(guessed, sure, november).assumed).toBe(true);
    const unmeasured = { ...sure, sourceBitrateBps: null };
    expect(meterPeriod(aLedger(), unmeasured, november).assumed).toBe(true);
  });
});
