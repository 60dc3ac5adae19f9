import * as z from "zod";
import type { Verified } from "../bot/verify-slack.ts";
import type { Secret } from "../domain/secret.ts";
import { OpsError } from "../errors.ts";
import { type HandedOver, slackSource, unseal } from "./sealed.ts";

const event: z.ZodType<HandedOver> = z.object({
  source: z.literal(slackSource),
  sealed: z.string(),
});

const request = z.object({
  mediaType: z.enum(["application/x-www-form-urlencoded", "application/json"]),
  key: z.string(),
  body: z.string().transform((body) => Buffer.from(body)),
});

/**
 * The request of Slack that `slack` left for `work`; null for every other event. Throws `invalid-input` for one that this
 * function cannot open, so that it ends as a dead letter and not in silence.
 */
export function readHandedOver(called: unknown, botToken: Secret): Verified | null {
  const { data: handed } = event.safeParse(called);
  if (handed === undefined) return null;
  const words = unseal(handed.sealed, botToken);
  if (words !== null) return request.parse(JSON.parse(words));
  throw new OpsError("invalid-input", "A request of Slack was sealed with another bot token.", {
    hint: "Deploy slack and work together: both need the same SLACK_BOT_TOKEN.",
  });
}
