import { OpsError } from "../../errors.ts";
import type { Price } from "./prices.ts";

/** A price that is known; `assumedRegion` is true when it is another region's, believed to be the same here. */
export type KnownPrice = Price & { usd: number; assumedRegion: boolean };

/** The prices of one site: one known line for each id. */
export type PriceTable = {
  region: string;
  lines: readonly KnownPrice[];
  /** The date of the newest line that is used ("2026-11-22"). */
  asOf: string;
  /** True when what patchbay meters is priced by another region's list. */
  assumedRegion: boolean;
  /** True when some prices were learned from the bill. */
  corrected: boolean;
  find(id: string): KnownPrice | null;
  /** Dollars a unit; throws `not-configured` when the table has no such line. */
  usd(id: string): number;
};

/** Ids of what is metered beside the channels' own lines. */
export const metered = {
  flow: "mediaconnect.flow.active",
  transfer: "mediaconnect.transfer.medialive.region",
  egress: "egress.internet.first10tb",
  ingest: "mediapackage.ingest",
  idleChannel: "medialive.idle.channel",
  idleInput: "medialive.idle.input.push",
} as const;

/**
 * Joins a list with what a site overrides; a line of the site's region goes before another region's, and an override before
 * the list. Throws `not-configured` when something that is metered has no price.
 */
export function createPriceTable(from: {
  prices: readonly Price[];
  region: string;
  overrides: readonly Price[];
}): PriceTable {
  const here = ({ region }: Price) => region === from.region || region === "global";
  const known = [...from.overrides, ...from.prices].flatMap((price): KnownPrice[] =>
    price.usd === null ? [] : [{ ...price, usd: price.usd, assumedRegion: !here(price) }],
  );
  const byId = new Map<string, KnownPrice>();
  for (const price of known) {
    const best = byId.get(price.id);
    if (best === undefined || (best.assumedRegion && !price.assumedRegion))
      byId.set(price.id, price);
  }
  const lines = [...byId.values()];
  const find = (id: string) => byId.get(id) ?? null;
  const used = meteredLines(lines);
  return {
    region: from.region,
    lines,
    asOf: used.reduce((newest, { asOf }) => (asOf > newest ? asOf : newest), ""),
    assumedRegion: used.some(({ assumedRegion }) => assumedRegion),
    corrected: false,
    find,
    usd: (id) => (find(id) ?? missing(id)).usd,
  };
}

/** The lines that a site's figures are made of; throws `not-configured` when one is missing. */
export function meteredLines(lines: readonly KnownPrice[]): KnownPrice[] {
  const channels = ["medialive.input.", "medialive.output."].flatMap((prefix) => {
    const found = lines.filter(({ id }) => id.startsWith(prefix));
    return found.length > 0 ? found : missing(`${prefix}single.avc.hd.max10`);
  });
  const others = Object.values(metered).map(
    (id) => lines.find((each) => each.id === id) ?? missing(id),
  );
  return [...channels, ...others];
}

const missing = (id: string): never => {
  throw new OpsError("not-configured", `The price table has no price for ${id}.`, {
    hint: "Add a line for it to the price file, or leave the file out: patchbay comes with a table.",
  });
};
