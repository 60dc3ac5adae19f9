import { createHmac } from "node:crypto";
import { tokens } from "./people.ts";

/** The headers by which an app tells Slack's requests from others (docs.slack.dev, verifying requests from Slack). */
export function signed(body: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const hmac = createHmac("sha256", tokens.signing).update(`v0:${timestamp}:${body}`);
  return {
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${hmac.digest("hex")}`,
  };
}
