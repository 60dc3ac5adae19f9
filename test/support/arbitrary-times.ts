import fc from "fast-check";

/** Zones that change their clocks by an hour, by half an hour, at midnight, the other way round, or not at all. */
export const zones = [
  "Europe/London",
  "America/Los_Angeles",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "Europe/Dublin",
  "America/Santiago",
  "Asia/Kolkata",
  "Pacific/Kiritimati",
  "UTC",
];

/** Days about which clocks, years and calendars differ, in some zone. */
const oddDays = [
  ...["2024-02-29", "2028-02-29", "2025-02-28", "2024-12-31", "2025-01-01", "2029-12-31"],
  ...["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-10-04", "2026-04-05"],
  ...["2026-04-24", "2026-10-29", "2026-09-06", "2026-04-04", "2027-03-28", "2030-10-27"],
];

const anyDay = fc
  .date({ min: new Date("2024-01-01"), max: new Date("2030-12-31"), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

/** A day of 2024 to 2030, often an odd one. */
export const anyDate: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...oddDays), anyDay);

const two = (number: number): string => String(number).padStart(2, "0");

/** A time of day, often in the hours in which clocks change. */
export const anyTime: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(fc.nat(3), fc.nat(23)), fc.nat(59))
  .map(([hours, minutes]) => `${two(hours)}:${two(minutes)}`);

export const anyWallTime: fc.Arbitrary<[date: string, timeLocal: string]> = fc.tuple(
  anyDate,
  anyTime,
);
