import * as z from "zod";
import { onFirstUse } from "./domain/on-first-use.ts";
import { Secret } from "./domain/secret.ts";
import { isZone } from "./domain/wall-time.ts";
import { type Environment, isSigningSecret } from "./environment.ts";
import { OpsError } from "./errors.ts";
import { logLevels } from "./log.ts";

export { type Environment, processEnvironment } from "./environment.ts";

/** `abort`: what is not one line has no other problem worth naming. */
const words = z.string().regex(/^[^\r\n]*$/, { error: "must be one line", abort: true });
const list = words.transform((value): string[] =>
  value
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean),
);
const whole = (least: number, most: number, unit = "") =>
  words
    .refine(
      (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most,
      `must be a whole number from ${least} to ${most}${unit}`,
    )
    .transform(Number);
const port = whole(0, 65_535);
const minutes = (least: number, most: number) => whole(least, most, " min");
const milliseconds = (least: number, most: number) => whole(least, most, " ms");
const token = (prefix: string) =>
  words
    .regex(new RegExp(`^${prefix}-\\S+$`), `must be one word that starts with ${prefix}-`)
    .transform((value) => new Secret(value));
const signingSecret = words
  .refine(isSigningSecret, "must be 16 letters and digits or more")
  .transform((value) => new Secret(value));
const slackId = (initials: string) =>
  words
    .regex(
      new RegExp(`^[${initials}][A-Z0-9]{2,}$`),
      `must be an id of Slack, for example ${initials[0]}0123ABCD`,
    )
    .optional();
const people = list.refine(
  (ids) => ids.every((id) => /^[UW][A-Z0-9]+$/.test(id)),
  "must be Slack user ids separated by commas, for example U0123ABCD",
);
const url = (message: string, shape = /^https?:\/\/\S+$/) =>
  words.refine((value) => shape.test(value) && URL.canParse(value), message);
const zone = words.refine(isZone, "must be an IANA zone, for example Europe/London");
const table = words.regex(/^[A-Za-z0-9_.-]{3,255}$/, "must be a DynamoDB table name");
const channelId = words.regex(/^\d{1,10}$/, "must be a MediaLive channel id, for example 1234567");

/** Every environment variable that patchbay reads, with its default. `.env.example` lists the same names. */
const schema = z.object({
  PORT: port.default(4300),
  PATCHBAY_HOST: words
    .regex(/^[\w.:-]{1,253}$/, "must be an address of this machine, for example 0.0.0.0")
    .default("127.0.0.1"),
  LOCAL_PORT: port.default(4400),
  LOCAL_SRT_PORT: port.default(9998),
  LOCAL_RTMP_PORT: port.default(1935),
  LOCAL_STEP_MS: milliseconds(0, 600_000).default(2000),
  LOCAL_MEDIA: z.enum(["auto", "off"], "must be auto or off").default("auto"),
  PATCHBAY_HOME: words.default(".patchbay"),
  PATCHBAY_SITE: words
    .regex(/^[a-z0-9-]{1,40}$/, "must be letters, digits and hyphens")
    .default("main"),
  PATCHBAY_ZONE: zone.default("UTC"),
  PATCHBAY_LOG: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
  PATCHBAY_STACKS: list.default([]),
  PATCHBAY_OPERATORS: people.default([]),
  PATCHBAY_ADMINS: people.default([]),
  PATCHBAY_DEFAULT_LEASE_MINUTES: minutes(1, 2880).default(240),
  PATCHBAY_MAX_LEASE_MINUTES: minutes(1, 2880).default(1440),
  PATCHBAY_KEEP_WARM_MINUTES: minutes(0, 240).default(10),
  PATCHBAY_GRACE_MINUTES: minutes(1, 240).default(10),
  PATCHBAY_DEADLINE_MARGIN_MINUTES: minutes(2, 60).default(5),
  PATCHBAY_STRANGERS: z.enum(["adopt", "stop"], "must be adopt or stop").default("adopt"),
  PATCHBAY_CHANNEL_QUOTA: whole(1, 1000).optional(),
  PATCHBAY_POLL_MS: milliseconds(100, 60_000).default(2000),
  PATCHBAY_WORK_FUNCTION: words.regex(/^[\w-]{1,64}$/, "must be the name of a function").optional(),
  SLACK_BOT_TOKEN: token("xoxb").optional(),
  SLACK_APP_TOKEN: token("xapp").optional(),
  SLACK_SIGNING_SECRET: signingSecret.optional(),
  SLACK_BOT_ID: slackId("B"),
  SLACK_BOT_USER_ID: slackId("UW"),
  SLACK_TEAM_ID: slackId("TE"),
  SLACK_CONVERSATION_ID: words
    .regex(/^[CGD][A-Z0-9]{2,}$/, "must be a conversation id, for example C0123456789")
    .optional(),
  SLACK_API_URL: url(
    "must be an http address ending in /api/",
    /^https?:\/\/\S+\/api\/$/,
  ).optional(),
  AWS_REGION: words.optional(),
  AWS_PROFILE: words.optional(),
  AWS_ENDPOINT_URL: url("must be an http address").optional(),
  MEDIALIVE_REGION: words.optional(),
  MEDIACONNECT_FLOW_ARN: words
    .regex(/^arn:[^:]+:mediaconnect:/, "must be the ARN of a MediaConnect flow")
    .optional(),
  MEDIALIVE_CHANNEL_ID: channelId.optional(),
  PRIMARY_CHANNEL_ID: channelId.optional(),
  YOUTUBE_CHANNEL_ID: channelId.optional(),
  TWITCH_CHANNEL_ID: channelId.optional(),
  LINKEDIN_CHANNEL_ID: channelId.optional(),
  CUSTOM_CHANNEL_ID: channelId.optional(),
  DESTINATIONS_TABLE: table.optional(),
  PRESETS_TABLE: table.optional(),
  SESSIONS_TABLE: table.optional(),
  SOURCES_TABLE: table.default("lunora-sources"),
  OPS_TABLE: table.optional(),
  PATCHBAY_SCHEDULER_ROLE_ARN: words
    .regex(/^arn:[^:]+:iam::\d{12}:role\/\S+$/, "must be the ARN of a role")
    .optional(),
  PATCHBAY_SCHEDULER_GROUP: words
    .regex(/^[\w.-]{1,64}$/, "must be the name of a schedule group")
    .optional(),
  PATCHBAY_SCHEDULER_DEAD_LETTER_ARN: words
    .regex(/^arn:[^:]+:sqs:/, "must be the ARN of an SQS queue")
    .optional(),
  PATCHBAY_EVENTS_QUEUE_URL: url("must be the http address of an SQS queue").optional(),
  PATCHBAY_BILL: z.enum(["on", "off"], "must be on or off").default("off"),
  PATCHBAY_PRICES: words.optional(),
  PARAMETER_STORE_PREFIX: words
    .startsWith("/", "must start with /")
    .default("/lunora-player/streaming"),
});

/** The environment once it is read: every default filled in, tokens wrapped. */
export type Config = z.infer<typeof schema>;

/** What the tables are called when neither the environment nor a stack says it; three are the existing system's. */
export const usualTables = {
  destinations: "lunora-destinations",
  presets: "lunora-presets",
  sessions: "lunora-streaming-sessions",
  ops: "patchbay-ops",
} as const;

/** The names of all variables, for `.env.example` and its test. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

/** Reads the environment; throws `not-configured` naming every problem at once, never a value. */
export function parseConfig(environment: Environment): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  throw new OpsError(
    "not-configured",
    `The environment has ${problems.length === 1 ? "a problem" : "problems"}: ${problems.join("; ")}.`,
  );
}

/** True when the environment names AWS resources of its own, so that nothing local stands in for them. */
export const hasRealAws = (config: Config): boolean =>
  config.PATCHBAY_STACKS.length > 0 ||
  config.MEDIACONNECT_FLOW_ARN !== undefined ||
  Object.keys(channelIds(config)).length > 0 ||
  config.MEDIALIVE_CHANNEL_ID !== undefined;

/** The region of flow and channels, whose prices apply; the existing system's when none is named. */
export const siteRegion = (config: Config): string =>
  config.MEDIALIVE_REGION ?? config.AWS_REGION ?? "us-west-2";

/** True when the environment names a Slack app. */
export const hasRealSlack = (config: Config): boolean =>
  config.SLACK_BOT_TOKEN !== undefined || transportOf(config) !== null;

const inSentence = onFirstUse(() => new Intl.ListFormat("en-GB"));

/** How what people do reaches the bot: it dials out to Slack (Socket Mode), or Slack dials in and signs (HTTP). */
export type SlackTransport =
  | { mode: "socket"; appToken: Secret }
  | { mode: "http"; signingSecret: Secret };

/** What every process needs of a Slack app. */
type SlackApp = {
  botToken: Secret;
  conversationId: string;
  /** Another Web API than Slack's own, for rehearsals. */
  apiUrl?: string | undefined;
};

/** What the bot needs of a Slack app. */
export type SlackConfig = SlackTransport & SlackApp;

/** What a function needs of a Slack app: it connects to nothing. */
export type FunctionSlack = { mode: "function" } & SlackApp;

/** The Slack app that the environment names. Throws `not-configured` naming every missing variable. */
export function slackConfig(config: Config): SlackConfig {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CONVERSATION_ID: conversationId } = config;
  const transport = transportOf(config);
  if (botToken && transport && conversationId)
    return { ...transport, botToken, conversationId, apiUrl: config.SLACK_API_URL };
  throw new OpsError("not-configured", lackOfSlack(config).join(" "));
}

/** Both may be there, for a function beside the daemon: Socket Mode goes first, because it needs no public address. */
function transportOf({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET }: Config): SlackTransport | null {
  if (SLACK_APP_TOKEN) return { mode: "socket", appToken: SLACK_APP_TOKEN };
  return SLACK_SIGNING_SECRET ? { mode: "http", signingSecret: SLACK_SIGNING_SECRET } : null;
}

/** The Slack app that the environment of a function names. Throws `not-configured` naming every missing variable. */
export function functionSlack(config: Config): FunctionSlack {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CONVERSATION_ID: conversationId } = config;
  if (botToken && conversationId)
    return { mode: "function", botToken, conversationId, apiUrl: config.SLACK_API_URL };
  throw lackOf({ SLACK_BOT_TOKEN: botToken, SLACK_CONVERSATION_ID: conversationId });
}

/** Who the bot is, for a function, so that it asks nobody. Throws as `functionSlack`. */
export function slackIdentity(config: Config) {
  const { SLACK_BOT_ID, SLACK_BOT_USER_ID, SLACK_TEAM_ID } = config;
  if (SLACK_BOT_ID && SLACK_BOT_USER_ID && SLACK_TEAM_ID)
    return { botId: SLACK_BOT_ID, userId: SLACK_BOT_USER_ID, teamId: SLACK_TEAM_ID };
  throw lackOf({ SLACK_BOT_ID, SLACK_BOT_USER_ID, SLACK_TEAM_ID });
}

/** What Slack signs the requests to a function with. Throws as `functionSlack`. */
export function signingSecretOf({ SLACK_SIGNING_SECRET }: Config): Secret {
  if (SLACK_SIGNING_SECRET) return SLACK_SIGNING_SECRET;
  throw lackOf({ SLACK_SIGNING_SECRET });
}

/** Throws `not-configured` naming everything that a bot on real Slack and real AWS lacks. */
export function requireReal(config: Config): void {
  const lacks = [...lackOfSlack(config), ...lackOfAws(config)];
  if (lacks.length > 0) throw new OpsError("not-configured", lacks.join(" "));
}

function lackOfSlack(config: Config): string[] {
  const { SLACK_BOT_TOKEN, SLACK_CONVERSATION_ID } = config;
  const needed = {
    SLACK_BOT_TOKEN,
    "SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP)": transportOf(config),
    SLACK_CONVERSATION_ID,
  };
  const missing = missingOf(needed);
  return missing.length === 0 ? [] : [`Slack needs ${inSentence().format(missing)}.`];
}

const lackOf = (needed: Record<string, unknown>): OpsError =>
  new OpsError("not-configured", `Slack needs ${inSentence().format(missingOf(needed))}.`);

const missingOf = (needed: Record<string, unknown>): string[] =>
  Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]));

const lackOfAws = (config: Config): string[] =>
  hasRealAws(config)
    ? []
    : ["AWS needs PATCHBAY_STACKS, or MEDIACONNECT_FLOW_ARN and the channel ids."];

/** The dedicated channels that the existing system's variables name, by platform. */
export function channelIds(config: Config): Record<string, string> {
  const entries = {
    primary: config.PRIMARY_CHANNEL_ID,
    youtube: config.YOUTUBE_CHANNEL_ID,
    twitch: config.TWITCH_CHANNEL_ID,
    linkedin: config.LINKEDIN_CHANNEL_ID,
    custom: config.CUSTOM_CHANNEL_ID,
  };
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, id]) => (id === undefined ? [] : [[key, id]])),
  );
}
