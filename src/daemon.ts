import { type ScheduledTask, schedule } from "node-cron";
import { afterHints } from "./after-hints.ts";
import { createApp } from "./app.ts";
import { awsPorts } from "./aws/aws.ts";
import { awsOptions, settledSettings } from "./aws-options.ts";
import { checkedClock, type ShiftedClock } from "./clock.ts";
import { type Config, type SlackConfig, siteRegion } from "./config.ts";
import { listPrices } from "./domain/cost/list-prices.ts";
import { createPriceTable } from "./domain/cost/price-table.ts";
import { createIds } from "./ids.ts";
import { createLog } from "./log.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { readPriceFile } from "./price-file.ts";
import { listen } from "./server.ts";

/** An AWS that is not the real one. */
export type LocalAws = {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  figuresCacheMs: number;
};

type DaemonOptions = {
  /** Stands in for the real AWS. */
  aws?: LocalAws | undefined;
  /** Ends the opening: while Slack is out of reach it would go on for ever. */
  ending?: AbortSignal | undefined;
  /** The time of a local world, which jumps; each shift is a minute that ticks. The machine's time if absent. */
  clock?: ShiftedClock | undefined;
};

/** A running bot: its address, and how to end it. `tick` does what the minute does, now. */
export type Daemon = { url: string; tick(): Promise<void>; close(): Promise<void> };

const nothing = () => Promise.resolve();
/** What was asked to end before anything was open. */
const endedAlready: Daemon = { url: "", tick: nothing, close: nothing };

/**
 * Starts the bot in this process: the loop, Slack, the HTTP door and the minute tick. What AWS says is
 * missing is an error at once; an AWS or a Slack that is out of reach is waited for.
 */
export async function startDaemon(
  config: Config,
  slack: SlackConfig,
  { aws: localAws, ending, clock: jumping }: DaemonOptions = {},
): Promise<Daemon> {
  const checked = checkedClock({
    onCorrected: (aheadMs) => log.warn("clock-corrected", { aheadMs }),
  });
  const clock = jumping ?? checked;
  const log = createLog(config.PATCHBAY_LOG, clock.now);
  const prices = createPriceTable({
    prices: listPrices,
    region: localAws?.region ?? siteRegion(config),
    overrides: config.PATCHBAY_PRICES ? await readPriceFile(config.PATCHBAY_PRICES) : [],
  });
  const own = { clock, ids: createIds(clock.now), log };
  const settings = await settledSettings(config, { aws: localAws, clock, log, ending });
  if (ending?.aborted) return endedAlready;
  const aws = awsPorts({
    ...awsOptions(config, settings),
    ...localAws,
    ...own,
    // Who follows a local world's clock hears its time from that.
    ...(jumping === undefined && { asking: checked.asking }),
  });
  const app = createApp({ config, ports: { ...aws, ...own, prices }, slack });
  const { PATCHBAY_HOST: host, PORT: port } = config;
  const server = await listen({ api: app.api.fetch, slack: app.slackListener }, { host, port });
  const ticks = oneAtATime(() => app.tick());
  const hinted = afterHints({ clock, log, wake: app.wake, tick: ticks.run });
  let hints: { close(): Promise<void> } | null = null;
  const ticking = everyMinute(ticks.run);
  const unhear = jumping?.onShift(ticks.run);
  const close = onlyOnce(async () => {
    unhear?.();
    await hints?.close();
    await hinted.close();
    await ticking.destroy();
    await ticks.end();
    await app.close();
    await server.close();
    aws.close();
  });
  ending?.addEventListener("abort", () => void close(), { once: true });
  try {
    await aws.check();
    // The first tick does not wait for Slack: a lease may have ended while no bot was running.
    if (ending?.aborted !== true) {
      const opening = app.open();
      hints = aws.hints(hinted.hint);
      await Promise.all([opening, ticks.run()]);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { url: server.url, tick: ticks.run, close };
}

function onlyOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null;
  return () => {
    closing ??= close();
    return closing;
  };
}

/** The one tick, in UTC: in a zone with summer time node-cron skips an hour of them (seen with node-cron 4.6). */
const everyMinute = (tick: () => Promise<void>): ScheduledTask =>
  schedule("* * * * *", tick, { timezone: "UTC", noOverlap: true });
