import { vi } from "vitest";
import type { LocalWorld } from "../../local/main.ts";
import { bot, conversation, people, team, tokens } from "../../local/slack/people.ts";
import { slackSigned } from "./slack-signed.ts";

/** The environment of a function on a local world, as serverless.yml would fill it from the stacks. */
export function functionEnvironment({ world, environment }: LocalWorld): Record<string, string> {
  const { PATCHBAY_STACKS: _, SLACK_APP_TOKEN: __, ...rest } = environment;
  const channels = Object.values(world.data.channels).map(({ platform, id }) => [
    `${platform.toUpperCase()}_CHANNEL_ID`,
    id,
  ]);
  return {
    ...rest,
    ...Object.fromEntries(channels),
    MEDIACONNECT_FLOW_ARN: world.data.flow?.arn ?? "",
    PATCHBAY_WORK_FUNCTION: "work",
    SLACK_BOT_TOKEN: tokens.bot,
    SLACK_SIGNING_SECRET: tokens.signing,
    SLACK_BOT_ID: bot.botId,
    SLACK_BOT_USER_ID: bot.userId,
    SLACK_TEAM_ID: team.id,
    SLACK_CONVERSATION_ID: conversation.id,
  };
}

let deliveries = 0;

/** The body of a command that somebody typed. */
export function commandBody(text: string, person = "Ana"): string {
  const user = people.find(({ name }) => name === person);
  deliveries += 1;
  return new URLSearchParams({
    ...{ command: "/stream", text, team_id: team.id, trigger_id: `1.2.${deliveries}` },
    ...{ user_id: user?.id ?? "", user_name: person, channel_id: conversation.id },
  }).toString();
}

/** The same request as each front of a function brings it. */
export const eventsOf = (body: string, now: number, type = "application/x-www-form-urlencoded") => {
  const at = Math.floor(now / 1000);
  const headers = slackSigned(body, { secret: tokens.signing, at, type });
  const base64 = { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
  const http = { method: "POST", path: "/slack/events" };
  const version2 = { version: "2.0", rawPath: http.path, headers, requestContext: { http } };
  return {
    functionUrl: { ...version2, ...base64 },
    httpApi: { ...version2, body, isBase64Encoded: false },
    restApi: { httpMethod: "POST", path: http.path, headers, body, isBase64Encoded: false },
  };
};

/** For a function in this process: the SDK finds credentials where Lambda puts them, in the process's own environment. */
export function stubAwsEnvironment(environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith("AWS_")) vi.stubEnv(name, value);
}
