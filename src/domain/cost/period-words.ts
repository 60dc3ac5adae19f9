import { onFirstUse } from "../on-first-use.ts";
import type { Period } from "./period.ts";

const words = onFirstUse(
  (): Record<Period["kind"], Intl.DateTimeFormat> => ({
    day: new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" }),
    week: new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }),
    month: new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }),
  }),
);

/** A period as people say it: "Sunday 22 November 2026", "the week from 16 November 2026", "November 2026". */
export function periodWords({ kind, name }: Pick<Period, "kind" | "name">): string {
  const first = new Date(kind === "month" ? `${name}-01T00:00Z` : `${name}T00:00Z`);
  const said = words()[kind].format(first);
  return kind === "week" ? `the week from ${said}` : said;
}
