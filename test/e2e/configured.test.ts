import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aHome, aProgram } from "../support/program.ts";
import { flowOf } from "../support/the-flow.ts";
import { aWorldForBots } from "../support/world-and-bot.ts";

const slow = { timeout: 30_000 };

type Environment = Record<string, string>;

const keys = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
const region = { AWS_REGION: "us-west-2" };

/** A world that the bot knows only by what real ones are configured with. */
async function aConfiguredWorld() {
  const { world, console, times } = await aWorldForBots(30);
  const slack = Object.entries(world.environment).filter(([name]) => !name.startsWith("AWS_"));
  const { PATCHBAY_STACKS: _, ...rest } = Object.fromEntries(slack);
  const site = {
    MEDIACONNECT_FLOW_ARN: flowOf(world.world.data).arn,
    PRIMARY_CHANNEL_ID: "4710001",
    TWITCH_CHANNEL_ID: "4710003",
  };
  const aws = { ...keys, ...region, AWS_ENDPOINT_URL: world.url };
  return { url: world.url, console, times, slack: rest as Environment, site, aws };
}

type Configured = Awaited<ReturnType<typeof aConfiguredWorld>>;

/** Everything that the SDK's own chain reads, written in the three ways in which people write it. */
const ways: [string, (url: string, home: string) => Promise<Environment>][] = [
  ["AWS_ENDPOINT_URL", async (url) => ({ ...keys, ...region, AWS_ENDPOINT_URL: url })],
  [
    "the per-service forms",
    async (url) => ({
      ...keys,
      ...region,
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_MEDIALIVE: url,
      AWS_ENDPOINT_URL_MEDIACONNECT: url,
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_ENDPOINT_URL_SSM: url,
      AWS_ENDPOINT_URL_CLOUDWATCH: url,
    }),
  ],
  [
    "a profile",
    async (url, home) => {
      await mkdir(join(home, ".aws"));
      const place = `[profile show]\nregion = us-west-2\nendpoint_url = ${url}\n`;
      const secret = "aws_access_key_id = local\naws_secret_access_key = local\n";
      await writeFile(join(home, ".aws", "config"), place + secret);
      return { AWS_PROFILE: "show" };
    },
  ],
];

const missing: [string, (world: Configured) => Environment, string][] = [
  [
    "everything",
    () => ({}),
    "Slack needs SLACK_BOT_TOKEN, SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP) and SLACK_CONVERSATION_ID. AWS needs PATCHBAY_STACKS, or MEDIACONNECT_FLOW_ARN and the channel ids.",
  ],
  [
    "the region",
    ({ slack, site }) => ({ ...slack, ...site, ...keys }),
    "AWS needs a region: set AWS_REGION, or one in the profile.",
  ],
  [
    "the credentials",
    ({ slack, site, url }) => ({ ...slack, ...site, ...region, AWS_ENDPOINT_URL: url }),
    "Could not read the table lunora-destinations: no AWS credentials were found. Could not read the table patchbay-ops: no AWS credentials were found.",
  ],
  [
    "the stack and a table",
    ({ slack, aws }) => ({ ...slack, ...aws, PATCHBAY_STACKS: "show-prod", OPS_TABLE: "show-ops" }),
    "There is no stack named show-prod in this account and region. There is no table named show-ops in this account and region.",
  ],
  [
    "the app token",
    ({ slack, site, aws }) => ({ ...slack, ...site, ...aws, SLACK_APP_TOKEN: "xapp-wrong" }),
    "Slack refuses SLACK_APP_TOKEN (invalid_auth).",
  ],
];

describe("a bot configured for a real Slack and a real AWS", slow, () => {
  it.each(ways)("finds AWS by %s", async (_way, write) => {
    const { url, console, slack, site, times } = await aConfiguredWorld();
    const home = await aHome();
    const environment = { ...slack, ...site, ...(await write(url, home)) };
    const bot = aProgram({ run: "main", home, environment });
    await bot.says("patchbay is running");
    await console.type("/stream start twitch");
    await console.until(async () => expect((await console.card())?.text).toContain("on air"));
    expect(times("twitch", "RUNNING")).toBe(1);
    expect(await bot.kill("SIGTERM")).toMatchObject({ code: 0 });
  });

  it.each(missing)("says what is missing: %s", async (_what, environmentIn, sentence) => {
    const environment = environmentIn(await aConfiguredWorld());
    const bot = aProgram({ run: "main", home: await aHome(), environment });
    const { code, lines } = await bot.ended;
    expect(lines.filter((line) => !line.startsWith("{"))).toEqual([sentence]);
    expect(code).toBe(1);
  });
});
