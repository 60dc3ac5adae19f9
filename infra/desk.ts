import type { Environment } from "../src/config.ts";
import type { PriceTable } from "../src/domain/cost/price-table.ts";
import type { Clock } from "../src/manager/ports.ts";
import type { Cloud } from "./cloud.ts";
import type { Options } from "./options.ts";

/** What it takes to plan and to carry out. */
export type Builder = {
  cloud: Cloud;
  clock: Clock;
  options: Options;
  /** Tells the person one line. */
  say(line: string): void;
  /** Tells of one resource of many. */
  detail(line: string): void;
  /** Between two looks at something that CloudFormation does. */
  pollMs: number;
  /** Aborts when the person has had enough. */
  ending?: AbortSignal | undefined;
};

/** Starts a program of this folder, waits for it and gives its exit code; what it says goes to the person. */
export type Launch = (program: string, words: readonly string[]) => Promise<number>;

/** What a command works with. */
export type Desk = Builder & {
  prices: PriceTable;
  /** How many MediaLive channels the account may have in the region. */
  channelQuota: number;
  /** The variables that the bot has too. */
  environment: Environment;
  launch: Launch;
  /** Asks the person; throws `conflict` when nobody is there to answer. */
  ask(question: string): Promise<string>;
};
