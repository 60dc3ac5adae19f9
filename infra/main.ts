import { createInterface } from "node:readline/promises";
import { createAwsClients } from "../src/aws/clients.ts";
import { systemClock } from "../src/clock.ts";
import { type Config, type Environment, parseConfig, processEnvironment } from "../src/config.ts";
import { defaultChannelQuota } from "../src/domain/channel-quota.ts";
import { listPrices } from "../src/domain/cost/list-prices.ts";
import { createPriceTable } from "../src/domain/cost/price-table.ts";
import { quietSdk } from "../src/door.ts";
import { isOpsError, OpsError } from "../src/errors.ts";
import { createIds } from "../src/ids.ts";
import { say } from "../src/log.ts";
import { readPriceFile } from "../src/price-file.ts";
import { awsCloud } from "./aws-cloud.ts";
import { commands } from "./commands/index.ts";
import type { Desk } from "./desk.ts";
import { launcher } from "./launch.ts";
import { type Options, parseOptions, usage } from "./options.ts";

const ending = new AbortController();

/** Beside the result, which may go into a file. */
const note = (line: string): void => void process.stderr.write(`${line}\n`);

async function run(words: readonly string[]): Promise<void> {
  if (words[0] === "migrate") return runMigration(words.slice(1));
  if (words.length === 0 || words.some((word) => ["help", "--help", "-h"].includes(word)))
    return say(usage);
  const options = parseOptions(words);
  const environment = processEnvironment();
  const config = parseConfig(environment);
  const clients = createAwsClients({
    region: options.region ?? regionIn(config),
    requestTimeoutMs: 30_000,
  });
  try {
    const cloud = awsCloud(clients);
    const region = await cloud.region();
    const desk = await deskFor(options, { environment, config, cloud, region });
    desk.say(`${options.site.project} ${options.site.environment} in ${region}`);
    const result = await commands[options.verb](desk);
    if (options.json) say(JSON.stringify(result, null, 2));
  } finally {
    clients.close();
  }
}

/** The bot looks for the stacks in MEDIALIVE_REGION and for its tables in AWS_REGION; a site is deployed to one region. */
function regionIn({ AWS_REGION, MEDIALIVE_REGION }: Config): string | undefined {
  if (AWS_REGION === undefined || MEDIALIVE_REGION === undefined || AWS_REGION === MEDIALIVE_REGION)
    return AWS_REGION;
  throw new OpsError(
    "not-configured",
    `AWS_REGION is ${AWS_REGION} and MEDIALIVE_REGION is ${MEDIALIVE_REGION}: say which of them is meant.`,
    { hint: `Add --region ${MEDIALIVE_REGION}, where the bot looks for the stacks, or the other.` },
  );
}

/** Loaded here and not above: the other commands need none of it. */
async function runMigration(words: readonly string[]): Promise<void> {
  const { migrateCommand } = await import("./migrate/main.ts");
  const code = await migrateCommand(words, {
    environment: processEnvironment(),
    clock: systemClock,
    ids: createIds(systemClock.now),
    say,
    ask: process.stdin.isTTY ? isYes : null,
    ending: ending.signal,
  });
  // Ctrl-C at the question is a no.
  process.exitCode = code === 0 || !ending.signal.aborted ? code : 130;
}

const isYes = async (question: string): Promise<boolean> =>
  /^y(es)?$/i.test((await ask(question)).trim());

type Means = { environment: Environment; config: Config; cloud: Desk["cloud"]; region: string };

async function deskFor(
  options: Options,
  { environment, config, cloud, region }: Means,
): Promise<Desk> {
  const overrides = config.PATCHBAY_PRICES ? await readPriceFile(config.PATCHBAY_PRICES) : [];
  return {
    cloud,
    clock: systemClock,
    options,
    prices: createPriceTable({ prices: listPrices, region, overrides }),
    channelQuota: options.channelQuota ?? config.PATCHBAY_CHANNEL_QUOTA ?? defaultChannelQuota,
    say: options.json ? note : say,
    detail: options.json ? note : say,
    ask,
    environment,
    launch: launcher(options.json ? 2 : "inherit"),
    pollMs: 2_000,
    ending: ending.signal,
  };
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new OpsError("conflict", "Nobody is here to answer; nothing was changed.", {
      hint: "Add --yes to go on without a question.",
    });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once("SIGINT", () => ending.abort());
  try {
    return await terminal.question(question, { signal: ending.signal });
  } catch {
    return "";
  } finally {
    terminal.close();
  }
}

/** 0 for done, 1 for refused or failed, 2 for a wrong command line, 130 for Ctrl-C. */
function exitCodeOf(error: unknown): number {
  if (ending.signal.aborted) return 130;
  return isOpsError(error, "invalid-input") ? 2 : 1;
}

quietSdk();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => ending.abort());

await run(process.argv.slice(2)).catch((error: unknown) => {
  note(error instanceof Error ? error.message : "Something went wrong.");
  if (isOpsError(error) && error.hint !== undefined) note(error.hint);
  process.exitCode = exitCodeOf(error);
});
