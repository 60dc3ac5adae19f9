import type { Show } from "../../src/domain/show.ts";
import { ana } from "./builders.ts";

/** "Sunday service": Sundays at 10:00 in London for 90 minutes, to YouTube and Twitch. */
export const aShow = (overrides: Partial<Show> = {}): Show => ({
  id: "show_1",
  name: "Sunday service",
  destinationIds: ["dest_youtube", "dest_twitch"],
  startsLocal: "10:00",
  zone: "Europe/London",
  minutes: 90,
  date: null,
  days: overrides.date ? [] : [7],
  skipped: [],
  lateMinutes: 15,
  owner: ana,
  createdAt: new Date("2024-01-01T00:00:00Z"),
  ...overrides,
});
