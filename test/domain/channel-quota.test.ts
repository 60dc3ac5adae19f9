import { describe, expect, it } from "vitest";
import { countChannels } from "../../src/domain/channel-quota.ts";
import { occurrenceOn } from "../../src/domain/schedule.ts";
import {
  aChannelReading,
  aDestination,
  channelByPlatform,
  someFacts,
} from "../support/builders.ts";
import { aShow } from "../support/shows.ts";

const date = occurrenceOn(aShow({ zone: "UTC", destinationIds: ["dest_twitch"] }), "2026-11-22");
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const rows = ["twitch", "youtube", "primary"].map((platform) => aDestination({ platform }));

/** The region's channels by what they do: one that is nobody's, and one of YouTube's. */
const channels = (states: { strange?: "idle" | "running"; youtube?: "idle" | "stopping" } = {}) =>
  new Map(
    [
      aChannelReading({ channelId: "9999", state: states.strange ?? "idle" }),
      aChannelReading({ channelId: channelByPlatform.youtube, state: states.youtube ?? "idle" }),
      aChannelReading({ channelId: channelByPlatform.twitch, state: "idle" }),
      aChannelReading({ channelId: channelByPlatform.primary, state: "idle" }),
      aChannelReading({ channelId: "8888", state: "deleted" }),
    ].map((each) => [each.channelId, each]),
  );
const facts = (more: Parameters<typeof someFacts>[0] = {}) =>
  someFacts({ destinations: rows, channels: channels(), ...more });

describe("the channels that run with a show", () => {
  it("are those that it starts, of all that there are", () => {
    expect(countChannels(date, [date], facts())).toEqual({ running: 1, existing: 4 });
  });

  it("are not known while AWS does not list them", () => {
    expect(countChannels(date, [], facts({ channels: null }))).toBeNull();
  });

  it("are also those that run already, whosever they are", () => {
    const running = channels({ strange: "running", youtube: "stopping" });
    expect(countChannels(date, [], facts({ channels: running }))?.running).toBe(3);
  });

  it.each([
    ["10:00", 1],
    ["10:01", 2],
  ])("are not those whose end at %s comes before it", (time, running) => {
    const on = aDestination({ platform: "youtube", desired: "on", leaseUntil: at(time) });
    const own = channels({ youtube: "stopping" });
    const destinations = rows.map((row) => (row.id === on.id ? on : row));
    expect(countChannels(date, [], facts({ channels: own, destinations }))?.running).toBe(running);
  });

  it.each([
    ["11:29", 2],
    ["11:30", 1],
  ])("are also those of a show that begins at %s", (startsLocal, running) => {
    const other = aShow({
      id: "show_2",
      zone: "UTC",
      startsLocal,
      destinationIds: ["dest_primary"],
    });
    const others = [date, occurrenceOn(other, "2026-11-22")];
    expect(countChannels(date, others, facts())?.running).toBe(running);
  });

  it("count once when two destinations share one", () => {
    const sharing = facts({
      bindings: { channelByPlatform: {}, sharedChannelId: "9999", flowArn: null },
      destinations: ["youtube", "primary"].map((platform) => aDestination({ platform })),
    });
    const both = { ...date, destinationIds: ["dest_youtube", "dest_primary"] };
    expect(countChannels(both, [], sharing)?.running).toBe(1);
  });
});
