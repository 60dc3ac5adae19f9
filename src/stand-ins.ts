import * as z from "zod";
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

const worldTime = z.object({ offsetMs: z.number() });

/** The world answers a follower after 20 s at the latest. */
const answerMs = 30_000;
/** Until a world that does not answer is asked again. */
const pauseMs = 1_000;

/**
 * Keeps the clock as far ahead as that of the world at `url`, which runs in another process, until `ending`. The world's
 * next step waits until all that is due by the last one is done. Resolves after the first look; while the world does not
 * answer, the clock stays as it is.
 */
export async function followClock(
  clock: ShiftedClock,
  url: string,
  ending: AbortSignal,
): Promise<void> {
  let path = "/world/clock";
  const look = async (): Promise<void> => {
    const offsetMs = await askOffset(`${url}${path}`, ending);
    if (offsetMs === null) return systemClock.sleep(pauseMs, ending);
    path = `/world/clock?follower=${process.pid}&heard=${offsetMs}`;
    // A minute that fails must not end all that follow.
    await clock.shiftTo(offsetMs).catch(() => undefined);
  };
  const follow = async (): Promise<void> => {
    while (!ending.aborted) await look();
  };
  await look();
  void follow();
}

/** By how many milliseconds the world's clock is ahead; null while the world does not answer. */
async function askOffset(url: string, ending: AbortSignal): Promise<number | null> {
  const [late, over] = [new AbortController(), new AbortController()];
  // Not AbortSignal.timeout: Node may collect one within AbortSignal.any before it fires (nodejs/node#57736).
  void systemClock.sleep(answerMs, over.signal).then(() => late.abort());
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([ending, late.signal]) });
    return worldTime.safeParse(await answer.json()).data?.offsetMs ?? null;
  } catch {
    return null;
  } finally {
    over.abort();
  }
}
