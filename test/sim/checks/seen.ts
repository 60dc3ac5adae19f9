import { type ChannelReading, hasBegun, toChannelState } from "../../../src/domain/channel.ts";
import type { SimProcess } from "../process.ts";
import type { Timeline } from "../timeline.ts";
import type { Listener } from "../ways.ts";
import type { Seen } from "./context.ts";

type Look = { state: string; at: number };
type Memory = { channels: Map<string, Look[]>; sentAt: Map<string, number>; rowsAt: number };

/** A pass acts on what it has read itself, and jobs of the same process may have read something else since. */
const keptLooks = 8;

/** Keeps what each process was answered; `at` is when its question was sent. */
export function createSeen(timeline: Timeline): Seen & { listener: Listener } {
  const memories = new WeakMap<SimProcess, Memory>();
  const of = (process: SimProcess): Memory => {
    const known = memories.get(process);
    if (known !== undefined) return known;
    const fresh = { channels: new Map(), sentAt: new Map(), rowsAt: 0 };
    memories.set(process, fresh);
    return fresh;
  };
  const note = ({ channels }: Memory, channelId: string, look: Look) => {
    const looks = channels.get(channelId);
    if (looks === undefined) channels.set(channelId, [look]);
    else if (looks.push(look) > keptLooks) looks.shift();
  };

  return {
    channel: (process, channelId) => of(process).channels.get(channelId)?.at(-1) ?? null,
    states: (process, channelId) =>
      (of(process).channels.get(channelId) ?? []).map(({ state }) => state),
    hasSeenBegun: (process, channelId, since) =>
      (of(process).channels.get(channelId) ?? []).some(
        ({ state, at }) => at >= since && hasBegun(toChannelState(state)),
      ),
    rowsAt: (process) => of(process).rowsAt,
    listener: {
      sent: (process, { name }) => void of(process).sentAt.set(name, timeline.now()),
      answered(process, { name, args }, answer) {
        const memory = of(process);
        const at = memory.sentAt.get(name) ?? 0;
        if (name === "destinations.list") memory.rowsAt = at;
        for (const reading of readingsIn(name, answer))
          note(memory, reading.channelId, { state: reading.state, at });
        if (acts.has(name)) note(memory, String(args[0]), { state: String(answer), at });
      },
    },
  };
}

const acts = new Set(["channels.start", "channels.stop", "channels.setOutput"]);

function readingsIn(name: string, answer: unknown): readonly ChannelReading[] {
  if (name === "channels.list") return answer as ChannelReading[];
  return name === "channels.read" ? [answer as ChannelReading] : [];
}
