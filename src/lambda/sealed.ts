import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import type { Secret } from "../domain/secret.ts";

/** What `slack` calls `work` with; the request is sealed with the bot's token, which both know. */
export type HandedOver = { source: typeof slackSource; sealed: string };

export const slackSource = "patchbay.slack";

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/**
 * Words that no queue and no dead letter may show, as base64: AES-256-GCM under a key of `secret`'s own (RFC 5869 makes it).
 * The same words are sealed alike, and others never under the same beginning, which is made of them.
 */
export function seal(words: string, secret: Secret): string {
  const key = keyFrom(secret);
  const iv = createHmac("sha256", key).update(words).digest().subarray(0, ivBytes);
  const cipher = createCipheriv(algorithm, key, iv);
  const sealed = [cipher.update(words, "utf8"), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString("base64");
}

/** What was sealed; null for what was sealed with another secret, or changed since. */
export function unseal(sealed: string, secret: Secret): string | null {
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length < ivBytes + tagBytes) return null;
  const decipher = createDecipheriv(algorithm, keyFrom(secret), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const opened = decipher.update(bytes.subarray(ivBytes + tagBytes));
  try {
    return Buffer.concat([opened, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

const keyFrom = (secret: Secret): Buffer =>
  Buffer.from(hkdfSync("sha256", secret.reveal(), "", "patchbay: slack to work", 32));
