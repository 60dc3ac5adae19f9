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
  "PARAMETER_STORE_PREFIX",
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
    ...(isLocalAws && only(local, "PATCHBAY_STACKS")),
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
