import { type App, createApp } from "../app.ts";
import type { AwsOptions } from "../aws/aws.ts";
import { awsOptions } from "../aws-options.ts";
import { checkedClock } from "../clock.ts";
import { type Config, functionSlack, siteRegion } from "../config.ts";
import { listPrices } from "../domain/cost/list-prices.ts";
import { createPriceTable } from "../domain/cost/price-table.ts";
import { OpsError } from "../errors.ts";
import { createIds } from "../ids.ts";
import { createLog } from "../log.ts";
import type { Clock, Log, Ports } from "../manager/ports.ts";
import { readPriceFile } from "../price-file.ts";

/** What is to be done and said is in the tables, whose streams wake `work`: whoever only answers needs no right to do it. */
export const leftToWork = { acts: false };

/** What a container of Lambda keeps between invocations; nothing in it waits or calls by itself. */
export type Site = {
  clock: Clock;
  log: Log;
  /** The product once more; see `AppOptions` for one that does not act. */
  newApp(options: { acts: boolean }): App;
};

type OpenPorts = (
  options: AwsOptions,
) => Omit<Ports, "clock" | "ids" | "log" | "prices" | "notifier" | "crew">;

/**
 * Opens the site that the environment describes; nothing is contacted before the first call. Throws `not-configured` for
 * stacks, whose outputs serverless.yml puts into the environment: to ask for them would keep an answer waiting.
 */
export async function openSite(config: Config, openPorts: OpenPorts): Promise<Site> {
  if (config.PATCHBAY_STACKS.length > 0) throw withStacks();
  const clock = checkedClock({
    onCorrected: (aheadMs) => log.warn("clock-corrected", { aheadMs }),
  });
  const log = createLog(config.PATCHBAY_LOG, clock.now);
  const own = { clock, ids: createIds(clock.now), log };
  const prices = createPriceTable({
    prices: listPrices,
    region: siteRegion(config),
    overrides: config.PATCHBAY_PRICES ? await readPriceFile(config.PATCHBAY_PRICES) : [],
  });
  const aws = openPorts({ ...awsOptions(config, {}), ...own, asking: clock.asking });
  const ports = { ...aws, ...own, prices };
  const slack = functionSlack(config);
  return {
    clock,
    log,
    newApp: ({ acts }) => createApp({ config, ports, slack, acts }),
  };
}

const withStacks = () =>
  new OpsError(
    "not-configured",
    "A function does not read PATCHBAY_STACKS: it takes flow and channels from its environment.",
    {
      hint: "Set MEDIACONNECT_FLOW_ARN and the channel ids instead, for example TWITCH_CHANNEL_ID.",
    },
  );
