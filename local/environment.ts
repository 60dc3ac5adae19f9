import { localRegion, stackName } from "./aws/seed.ts";
import { deadLetterQueue, eventQueue } from "./aws/sqs/queues.ts";
import { conversation, people, tokens } from "./slack/people.ts";

/** What the bot needs in its environment to talk to a local world on this port. */
export function localEnvironment(port: number): Record<string, string> {
  const url = `http://127.0.0.1:${port}`;
  return {
    SLACK_BOT_TOKEN: tokens.bot,
    SLACK_APP_TOKEN: tokens.app,
    SLACK_SIGNING_SECRET: tokens.signing,
    SLACK_API_URL: `${url}/api/`,
    SLACK_CONVERSATION_ID: conversation.id,
    PATCHBAY_OPERATORS: idsOf("operator"),
    PATCHBAY_ADMINS: idsOf("admin"),
    PATCHBAY_STACKS: stackName,
    PATCHBAY_SCHEDULER_ROLE_ARN: "arn:aws:iam::000000000000:role/patchbay-scheduler",
    PATCHBAY_SCHEDULER_DEAD_LETTER_ARN: `arn:aws:sqs:${localRegion}:000000000000:${deadLetterQueue}`,
    PATCHBAY_EVENTS_QUEUE_URL: `${url}/000000000000/${eventQueue}`,
    PATCHBAY_BILL: "on",
    AWS_ENDPOINT_URL: url,
    AWS_REGION: localRegion,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
}

const idsOf = (role: "operator" | "admin") =>
  people
    .filter((person) => person.role === role)
    .map((person) => person.id)
    .join(",");
