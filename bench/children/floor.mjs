// The least that can answer: Node and an HMAC by hand, and nothing written anywhere.
import { createHmac, timingSafeEqual } from "node:crypto";

export function slack({ headers, body }) {
  const raw = Buffer.from(body, "base64");
  const signed = `v0:${headers["x-slack-request-timestamp"]}:`;
  const wanted = createHmac("sha256", process.env.SLACK_SIGNING_SECRET).update(signed).update(raw);
  const given = Buffer.from(headers["x-slack-signature"].slice(3), "hex");
  return { statusCode: timingSafeEqual(wanted.digest(), given) ? 200 : 401, body: "" };
}
