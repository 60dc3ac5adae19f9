import { awsCloud } from "../infra/aws-cloud.ts";
import type { Builder } from "../infra/desk.ts";
import { parseOptions } from "../infra/options.ts";
import { provision, stacksInPlace } from "../infra/provision.ts";
import { type AwsClientOptions, createAwsClients } from "./aws/clients.ts";
import { isPassing } from "./aws/errors.ts";
import { systemClock } from "./clock.ts";
import type { Environment } from "./config.ts";
import { say } from "./log.ts";

/** The stack of a local world that was begun before templates made it. */
const builtIn = "patchbay-local";

/** What somebody would type to deploy into the local world: the source comes from this machine only. */
const words = ["deploy", "--environment", "local", "--allowed-cidr", "127.0.0.1/32", "--yes"];

/**
 * Brings the local world behind `aws` up to the templates, with one line a stack that is deployed; a world that was begun
 * before templates made it stays as it is. Stops without an error when `ending` aborts.
 */
export async function provisionLocalSite(
  aws: AwsClientOptions,
  ending: AbortSignal,
): Promise<void> {
  await withBuilder(aws, ending, async (builder) => {
    if ((await builder.cloud.stack(builtIn)) !== null) return;
    await provision(builder).catch((error: unknown) => {
      if (!ending.aborted) throw error;
    });
  });
}

const pauseMs = 250;

/** The names of the local world's stacks, waited for while they are being deployed; none when `ending` aborts. */
export async function localStacks(
  aws: AwsClientOptions,
  ending: AbortSignal,
): Promise<readonly string[]> {
  return withBuilder(aws, ending, async (builder) => {
    while (!ending.aborted) {
      const names = await findStacks(builder).catch(ifPassing);
      if (names !== null) return names;
      await systemClock.sleep(pauseMs, ending);
    }
    return [];
  });
}

async function findStacks({ cloud, options }: Builder): Promise<readonly string[] | null> {
  if ((await cloud.stack(builtIn)) !== null) return [builtIn];
  return stacksInPlace(cloud, options.site);
}

/** A world that is only being opened, or has gone again, is waited for. */
function ifPassing(error: unknown): null {
  if (isPassing(error)) return null;
  throw error;
}

async function withBuilder<T>(
  aws: AwsClientOptions,
  ending: AbortSignal,
  act: (builder: Builder) => Promise<T>,
): Promise<T> {
  const clients = createAwsClients(aws);
  try {
    return await act({
      cloud: awsCloud(clients),
      clock: systemClock,
      options: parseOptions(words),
      say,
      detail: () => undefined,
      pollMs: 20,
      ending,
    });
  } finally {
    clients.close();
  }
}

/** What the local world's environment says beside its stacks' outputs: these must not go before them. */
const fromOutputs = new Set([
  "PATCHBAY_SCHEDULER_ROLE_ARN",
  "PATCHBAY_SCHEDULER_DEAD_LETTER_ARN",
  "PATCHBAY_EVENTS_QUEUE_URL",
]);

/** The environment of a bot on the local world with these stacks. */
export function withStacks(local: Environment, stacks: readonly string[]): Environment {
  if (stacks.includes(builtIn)) return local;
  const others = Object.entries(local).filter(([name]) => !fromOutputs.has(name));
  return { ...Object.fromEntries(others), PATCHBAY_STACKS: stacks.join(",") };
}
