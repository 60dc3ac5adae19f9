import { addHours } from "date-fns/addHours";
import { describe, expect, it } from "vitest";
import type { Mutant } from "./mutant.ts";
import { faultKinds, optionsFor, type SimOptions } from "./options.ts";
import { simulate } from "./simulate.ts";

const faults = (own: Partial<SimOptions["faults"]> = {}) =>
  ({
    ...Object.fromEntries(faultKinds.map((kind) => [kind, 0])),
    ...own,
  }) as SimOptions["faults"];

/** A few days in which only that goes wrong which a test is about. */
const plain = (seed: number, change: Partial<SimOptions> = {}): SimOptions => ({
  ...optionsFor(seed, 1),
  platforms: ["primary", "twitch"],
  instances: 1,
  quietTickMinutes: 5,
  pace: { soon: 2_000, watch: 60_000, idle: 300_000 },
  broadcastsPerDay: 3,
  messages: false,
  shows: false,
  budgets: false,
  faults: faults(),
  maxSkewMs: 0,
  ...change,
});

const invariantOf = async (options: SimOptions, mutant?: Mutant) =>
  (await simulate(options, mutant)).violations[0]?.invariant;

describe("what the simulator checks", { timeout: 30_000 }, () => {
  it("M7: catches sessions that end an hour late", async () => {
    const mutant: Mutant = {
      ports: (ports) => ({
        ...ports,
        sessions: {
          ...ports.sessions,
          amend: (id, { endedAt, ...rest }) =>
            ports.sessions.amend(id, {
              ...rest,
              ...(endedAt && { endedAt: addHours(endedAt, 1) }),
            }),
        },
      }),
    };
    expect(await invariantOf(plain(1), mutant)).toBe("M7 meter");
  });

  it("M8: lets shows come on at their time, and catches those that nobody starts", async () => {
    const options = plain(2, { days: 4, shows: true, broadcastsPerDay: 0 });
    const mutant: Mutant = {
      ports: (ports) => ({
        ...ports,
        notes: {
          ...ports.notes,
          list: async (prefix) => (prefix === "show#" ? [] : ports.notes.list(prefix)),
        },
      }),
    };
    const { violations, starts } = await simulate(options);
    expect(violations).toEqual([]);
    expect(starts).toBeGreaterThan(0);
    expect(await invariantOf(options, mutant)).toBe("M8 on-time");
  });

  it("M5: lets a machine's clock be set, and no show is cut by it", async () => {
    const options = plain(3, { faults: faults({ "clock-step": 1 }), maxSkewMs: 90_000 });
    const report = await simulate({ ...options, days: 2 });
    expect(report.violations).toEqual([]);
    expect(report.faults["clock-step"]).toBeGreaterThan(0);
  });

  it("M5: catches a stop for a lost source without its grace", async () => {
    const mutant: Mutant = { policy: (policy) => ({ ...policy, graceMinutes: 0 }) };
    const options = plain(6, {
      days: 3,
      broadcastsPerDay: 6,
      faults: faults({ "source-lost": 1 }),
    });
    expect(await invariantOf(options, mutant)).toBe("M5 no-surprise-stop");
  });

  it("M5: lets a source come and go, and catches a stop for time that nobody saw", async () => {
    const forgetful: Mutant = {
      ports: (ports) => ({
        ...ports,
        siteMemory: {
          ...ports.siteMemory,
          read: async () => {
            const memory = await ports.siteMemory.read();
            return { ...memory, sourceLostSeenAt: memory.sourceLostSince && ports.clock.now() };
          },
        },
      }),
    };
    const options = plain(7, {
      days: 2,
      broadcastsPerDay: 6,
      faults: faults({ "source-flaps": 1 }),
    });
    const { violations, faults: met } = await simulate(options);
    expect(violations).toEqual([]);
    expect(met["source-flaps"]).toBeGreaterThan(0);
    expect(await invariantOf(options, forgetful)).toBe("M5 no-surprise-stop");
  });

  it("S4: catches a channel that is told to send to a private address", async () => {
    const platformIngest = "rtmp://relay.internal/live";
    const mutant: Mutant = {
      ports: (ports) => ({
        ...ports,
        channels: {
          ...ports.channels,
          setOutput: (id, output) => ports.channels.setOutput(id, { ...output, platformIngest }),
        },
      }),
    };
    expect(await invariantOf(plain(1), mutant)).toBe("S4 allow-list");
  });

  it("P3: catches timers that are left behind", async () => {
    const mutant: Mutant = {
      ports: (ports) => ({
        ...ports,
        channels: {
          ...ports.channels,
          list: () => {
            void ports.clock.sleep(30 * 86_400_000);
            return ports.channels.list();
          },
        },
      }),
    };
    expect(await invariantOf(plain(1, { days: 3 }), mutant)).toBe("P3 closed");
  });
});
