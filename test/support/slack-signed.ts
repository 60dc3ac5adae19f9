import { createHmac } from "node:crypto";

type Signing = {
  secret: string;
  /** The time that is signed, in seconds. */
  at: number;
  type: string;
};

/** The headers that Slack sends with a body (docs.slack.dev, verifying requests from Slack). */
export function slackSigned(body: string | Buffer, { secret, at, type }: Signing) {
  const signature = createHmac("sha256", secret).update(`v0:${at}:`).update(body).digest("hex");
  return {
    "content-type": type,
    "x-slack-request-timestamp": String(at),
    "x-slack-signature": `v0=${signature}`,
  };
}
