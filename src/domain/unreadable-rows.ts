import { type ChannelReading, isBilledRunning, isInTransit } from "./channel.ts";
import type { Destination } from "./destination.ts";
import { type Bindings, bind } from "./site.ts";
import { code, type Text, text } from "./text.ts";

/** A destination whose row does not say whether it should be on: it is left out, and nothing of it is changed. */
export type UnreadableDestination = Pick<Destination, "id" | "name" | "kind" | "channelId">;

/** Another stored row that is damaged or from a newer version, by the words of its key. */
export type UnreadableRow = { table: string; key: string };

type Channels = ReadonlyMap<string, ChannelReading>;

/**
 * The channels as they may be acted on: of one that runs for a row that cannot be read nobody knows whether it is wanted,
 * so that it is `unknown`, which stops nothing and adopts nothing.
 */
export function withoutUnreadable(
  channels: Channels,
  rows: readonly UnreadableDestination[],
  bindings: Bindings,
): Channels {
  const ids = rows.flatMap((row) => bind(row, bindings)?.channelId ?? []);
  const hidden = ids.flatMap((id): [string, ChannelReading][] => {
    const reading = channels.get(id);
    const isAtRest = !reading || !(isBilledRunning(reading.state) || isInTransit(reading.state));
    return isAtRest ? [] : [[id, { ...reading, state: "unknown" }]];
  });
  return hidden.length === 0 ? channels : new Map([...channels, ...hidden]);
}

/** What people are told of such a row. */
export const unreadableRowLines = ({ table, key }: UnreadableRow): Text[] => [
  text`A row of the table ${code(table)} cannot be read, because it is damaged or from a newer patchbay: ${code(key)}.`,
  text`It is skipped, and nothing of it is changed: ${meaningOf(key)}.`,
  text`Run the newer patchbay, or have somebody put the row right; one that nobody needs may be deleted.`,
];

/** By the words of the key that tell what is kept there. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/^session_/, "that time on air is missing from costs and reports"],
  [/#audit#/, "that line is missing from the history"],
  [/#spans#/, "that time is missing from costs and reports"],
];

const meaningOf = (key: string): string =>
  meanings.find(([words]) => words.test(key))?.[1] ?? "what it says is taken for not there";
