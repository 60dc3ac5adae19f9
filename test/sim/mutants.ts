import { addHours } from "date-fns/addHours";
import type { Channels, Destinations, Ports } from "../../src/manager/ports.ts";
import type { Mutant } from "./mutant.ts";

/** The seeded bugs, each with a name that says what is broken. */
export const mutants: readonly (Mutant & { name: string })[] = [
  {
    name: "rows are written without a look at their version",
    change: {
      instances: 2,
      broadcastsPerDay: 6,
      faults: { "double-click": 1, slow: 1, pause: 1, crash: 0 },
    },
    ground: { seed: 3 },
    ports: withDestinations(({ find, update }) => ({
      update: async (read, change) => update(await find(read.id), change),
    })),
  },
  {
    name: "a start is sent before it is recorded",
    ports: (ports) => ({
      ...ports,
      destinations: {
        ...ports.destinations,
        update: (read, change) => {
          const { attempt, ...rest } = change;
          return attempt?.outcome === "unknown"
            ? Promise.resolve(read)
            : ports.destinations.update(read, { ...rest, ...(attempt && { attempt }) });
        },
      },
    }),
  },
  {
    name: "the list of AWS is not looked at",
    ports: withChannels((channels) => ({ list: async () => (await channels.list()).slice(0, 0) })),
  },
  {
    name: "what runs without a wish is not adopted",
    ports: withChannels((channels, ports) => ({
      list: async () => {
        const rows = await ports.destinations.list();
        const wanted = rows.some(({ desired, phase }) => desired === "on" || phase === "accepted");
        const list = await channels.list();
        return wanted ? list : list.map((each) => ({ ...each, state: "idle" as const }));
      },
      read: async (id) => {
        const rows = await ports.destinations.list();
        const wanted = rows.some(({ desired, phase }) => desired === "on" || phase === "accepted");
        const reading = await channels.read(id);
        return wanted ? reading : { ...reading, state: "idle" as const };
      },
    })),
  },
  {
    name: "a start that timed out is sent again at once",
    change: {
      faults: { lost: 1, throttled: 0, unavailable: 0, slow: 0, hang: 0, crash: 0, pause: 0 },
    },
    ground: { seed: 4, days: 3 },
    ports: withChannels((channels) => ({
      start: (id) => channels.start(id).catch(() => channels.start(id)),
    })),
  },
  {
    name: "a reading that failed counts as nothing running",
    ports: withChannels((channels) => ({
      list: () => channels.list().catch(() => []),
      read: (channelId) =>
        channels
          .read(channelId)
          .catch(() => ({ channelId, name: "", state: "idle" as const, pipelinesRunning: 0 })),
    })),
  },
  {
    name: "a stop is sent once, whatever becomes of it",
    change: {
      broadcastsPerDay: 4,
      faults: { throttled: 1, unavailable: 1, hang: 1, lost: 0, slow: 0, crash: 0, pause: 0 },
    },
    ground: { seed: 2 },
    ports: withChannels((channels) => {
      const sent = new Set<string>();
      return {
        start: (id) => {
          sent.delete(id);
          return channels.start(id);
        },
        stop: (id) => {
          if (sent.has(id)) return Promise.resolve("stopping" as const);
          sent.add(id);
          return channels.stop(id);
        },
      };
    }),
  },
  {
    name: "stops are sent to nobody",
    ports: withChannels(() => ({ stop: () => Promise.resolve("stopping" as const) })),
  },
  {
    name: "a lease ends an hour late, by a clock of another zone",
    ports: withDestinations(({ update }) => ({
      update: (read, { leaseUntil, ...change }) =>
        update(read, { ...change, ...(leaseUntil && { leaseUntil: addHours(leaseUntil, 1) }) }),
    })),
  },
  {
    name: "a lease is lost when the row is written",
    ports: withDestinations(({ update }) => ({
      update: (read, { leaseUntil: _, ...change }) => update(read, change),
    })),
  },
  {
    name: "the flow is never stopped",
    ports: (ports) => ({ ...ports, flows: { ...ports.flows, stop: () => Promise.resolve() } }),
  },
  {
    name: "the flow is stopped as soon as it carries video",
    ports: (ports) => ({
      ...ports,
      flows: {
        ...ports.flows,
        read: async (arn) => {
          const reading = await ports.flows.read(arn);
          if (reading.state === "active") await ports.flows.stop(arn).catch(() => undefined);
          return reading;
        },
      },
    }),
  },
  {
    name: "a row that failed to be written counts as written",
    ground: { seed: 3 },
    ports: withDestinations(({ update }) => ({
      update: (read, change) =>
        update(read, change).catch(() => ({ ...read, ...change, version: read.version + 1 })),
    })),
  },
  {
    name: "the stop switch in AWS is never set",
    ports: (ports) => ({
      ...ports,
      deadlines: { ...ports.deadlines, set: () => Promise.resolve() },
    }),
  },
  {
    name: "the stop switch in AWS is not moved",
    ground: { seed: 4 },
    ports: (ports) => {
      const known = new Set<string>();
      const { deadlines } = ports;
      return {
        ...ports,
        deadlines: {
          set: async (id, at) => {
            if (known.has(id)) return;
            await deadlines.set(id, at);
            known.add(id);
          },
          clear: (id) => deadlines.clear(id),
        },
      };
    },
  },
  {
    name: "every look is a little old, and nothing is read again",
    ports: withChannels((channels) => {
      let last = channels.list();
      let count = 0;
      const old = () => {
        count += 1;
        if (count % 40 === 0) last = channels.list();
        return last;
      };
      return {
        list: old,
        read: async (id) =>
          (await old()).find((each) => each.channelId === id) ?? channels.read(id),
      };
    }),
  },
  {
    name: "what may have been said is not looked for",
    change: { messages: true },
    slack: (slack) => ({
      ...slack,
      history: () => Promise.resolve([]),
      replies: () => Promise.resolve([]),
    }),
  },
  {
    name: "a line counts as told before it is said",
    change: { messages: true },
    ground: { seed: 2, days: 2 },
    ports: (ports) => ({
      ...ports,
      broadcasts: {
        ...ports.broadcasts,
        untold: async (id) => {
          const lines = await ports.broadcasts.untold(id);
          for (const { key } of lines) await ports.broadcasts.told(id, key);
          return lines;
        },
      },
    }),
  },
  {
    name: "every process has its turn to speak",
    change: { messages: true },
    ground: { seed: 3 },
    ports: (ports) => {
      let own: string | null = null;
      const { notes } = ports;
      return {
        ...ports,
        notes: {
          ...notes,
          read: (key) => (key === "turn#slack" ? Promise.resolve(own) : notes.read(key)),
          write: (key, words, previous) => {
            if (key !== "turn#slack") return notes.write(key, words, previous);
            own = words;
            return Promise.resolve();
          },
        },
      };
    },
  },
  {
    name: "what is said is said twice",
    change: { messages: true },
    slack: (slack) => ({
      ...slack,
      post: async (post) => {
        await slack.post(post);
        return slack.post(post);
      },
    }),
  },
  {
    name: "a line of the audit is another one each time",
    ground: { seed: 2 },
    ports: (ports) => {
      let count = 0;
      const add: Ports["audit"]["add"] = (entry) => {
        count += 1;
        return ports.audit.add({ ...entry, id: `${entry.id}_${count}` });
      };
      return { ...ports, audit: { ...ports.audit, add } };
    },
  },
  {
    name: "a last call has no grace",
    change: { faults: { "source-lost": 1 } },
    policy: (policy) => ({ ...policy, graceMinutes: 0 }),
  },
  {
    name: "a step of the budget is told to nobody",
    change: { budgets: true, broadcastsPerDay: 4 },
    ground: { seed: 4 },
    ports: (ports) => ({
      ...ports,
      announcements: {
        ...ports.announcements,
        add: (announcement) =>
          announcement.key.startsWith("budget_")
            ? Promise.resolve(true)
            : ports.announcements.add(announcement),
      },
    }),
  },
  {
    name: "the planned shows are not looked at",
    change: { shows: true },
    ground: { seed: 1, days: 4 },
    ports: (ports) => ({
      ...ports,
      notes: {
        ...ports.notes,
        list: async (prefix) => (prefix === "show#" ? [] : ports.notes.list(prefix)),
      },
    }),
  },
];

function withChannels(change: (channels: Channels, ports: Ports) => Partial<Channels>) {
  return (ports: Ports): Ports => ({
    ...ports,
    channels: { ...ports.channels, ...change(ports.channels, ports) },
  });
}

function withDestinations(
  change: (destinations: Destinations, ports: Ports) => Partial<Destinations>,
) {
  return (ports: Ports): Ports => ({
    ...ports,
    destinations: { ...ports.destinations, ...change(ports.destinations, ports) },
  });
}
