import { z } from "zod";
import { type ShiftedClock, systemClock } from "./clock.ts";
import { type Config, type Environment, hasRealAws, hasRealSlack } from "./config.ts";
import type { LocalAws } from "./daemon.ts";

/** The names that are about a real AWS; beside a local one they are left out. */
const awsNames = [
  "MEDIALIVE_REGION",
  "DESTINATIONS_TABLE",
  "PRESETS_TABLE",
  "SESSIONS_TABLE",
  "SOURCES_TABLE",
  "OPS_TABLE",
  "PATCHBAY_SCHEDULER_GROUP",
  "PARAMETER_STORE_PREFIX",
];

/** What the local AWS has of its own. */
const localAwsStarts = [
  "PATCHBAY_STACKS",
  "PATCHBAY_SCHEDULER_",
  "PATCHBAY_EVENTS_QUEUE_URL",
  "PATCHBAY_BILL",
];

/** The environment of `npm start`: the local world's own values for the halves that are not configured as real. */
export function withStandIns(
  environment: Environment,
  real: Config,
  local: Environment,
): Environment {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const isLocalSlack = !hasRealSlack(real);
  const isLocalAws = !hasRealAws(real);
  return {
    PATCHBAY_ZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
    PATCHBAY_LOG: "warn",
    ...(isLocalAws && { PATCHBAY_POLL_MS: "400" }),
    ...(isLocalSlack && only(local, "PATCHBAY_OPERATORS", "PATCHBAY_ADMINS")),
    ...Object.fromEntries(given),
    ...(isLocalSlack && only(local, "SLACK_")),
    ...(isLocalAws && only(local, ...localAwsStarts)),
    ...(isLocalAws && Object.fromEntries(awsNames.map((name) => [name, ""]))),
  };
}

const only = (environment: Environment, ...starts: string[]): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(([name]) => starts.some((start) => name.startsWith(start))),
  );

/** Where the local world's AWS is, and what it takes for credentials. */
export const awsIn = (local: Environment): LocalAws => ({
  endpoint: local.AWS_ENDPOINT_URL ?? "",
  region: local.AWS_REGION ?? "",
  figuresCacheMs: 500,
  credentials: {
    accessKeyId: local.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: local.AWS_SECRET_ACCESS_KEY ?? "",
  },
});

const worldTime = z.object({ offsetMs: z.number(), target: z.number().nullable() });

/** While the world's clock jumps it takes a step each 250 ms, and each has to be seen. */
const lookMs = { standing: 1_000, jumping: 100 };

/**
 * Keeps the clock as far ahead as that of the world at `url`, which runs in another process, until `ending`. Resolves
 * after the first look; while the world does not answer, the clock stays as it is.
 */
export async function followClock(
  clock: ShiftedClock,
  url: string,
  ending: AbortSignal,
): Promise<void> {
  const look = async (): Promise<number> => {
    const world = await askTime(url, ending);
    if (world !== null) void clock.shiftTo(world.offsetMs);
    return world === null || world.target === null ? lookMs.standing : lookMs.jumping;
  };
  const follow = async (first: number): Promise<void> => {
    for (let pause = first; !ending.aborted; pause = await look())
      await systemClock.sleep(pause, ending);
  };
  void follow(await look());
}

async function askTime(url: string, ending: AbortSignal) {
  try {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(lookMs.standing)]);
    const answer = await fetch(`${url}/world/clock`, { signal });
    return worldTime.safeParse(await answer.json()).data ?? null;
  } catch {
    return null;
  }
}
