import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "../domain/secret.ts";

/** A request as it arrived: nothing of it is trusted, and nothing of it is parsed. */
export type RawRequest = {
  body: Buffer;
  /** By name in any case; a header that is not one string counts as missing. */
  headers: Readonly<Record<string, unknown>> | null | undefined;
};

/** The two forms in which Slack sends (docs.slack.dev, slash commands, interactivity, Events API). */
export type MediaType = "application/x-www-form-urlencoded" | "application/json";

/** A request that Slack has signed. */
export type Verified = {
  body: Buffer;
  mediaType: MediaType;
  /** Hex SHA-256 of the signature: the same however often these very bytes are sent again. */
  key: string;
};

/** What to do with a request: hand it on, or answer with this status and no body. */
export type Verdict =
  | ({ accepted: true } & Verified)
  /** 200 answers Slack's check of the certificate, which is not signed; nothing may run. */
  | { accepted: false; status: 200 | 400 | 401 | 413 };

/** The longest body that is looked at, in bytes; Slack's own are a few kilobytes. */
export const longestBody = 64 * 1024;

const form: MediaType = "application/x-www-form-urlencoded";
/** Slack's own limit (docs.slack.dev, verifying requests from Slack), held in both directions. */
const longestAgeS = 300;

/**
 * Tells Slack's requests from all others by their signature over the raw bytes. It never throws, and an empty secret
 * accepts nothing.
 */
export function verifySlack(request: RawRequest, secret: Secret, now: Date): Verdict {
  const { body } = request;
  if (body.length > longestBody) return refused(413);
  const headers = ours(request.headers);
  const mediaType = bareType(headers.get("content-type"));
  if (mediaType === form && asksForCertificate(body)) return refused(200);
  const timestamp = headers.get("x-slack-request-timestamp") ?? "";
  const signature = headers.get("x-slack-signature") ?? "";
  const fits = isRecent(timestamp, now) && isSigned({ body, timestamp, signature }, secret);
  if (!fits) return refused(401);
  if (mediaType !== form && mediaType !== "application/json") return refused(400);
  if (!isReadable(body, mediaType)) return refused(400);
  return { accepted: true, body, mediaType, key: sha256(signature) };
}

/**
 * What Slack wants to read back when an address is entered, signed like any other event (docs.slack.dev,
 * `url_verification`); null for everything else.
 */
export function challengeIn({ body, mediaType }: Verified): string | null {
  if (mediaType === form) return null;
  const event: { type?: unknown; challenge?: unknown } = JSON.parse(body.toString());
  const { type, challenge } = event;
  return type === "url_verification" && typeof challenge === "string" ? challenge : null;
}

const refused = (status: 200 | 400 | 401 | 413): Verdict => ({ accepted: false, status });

const names = new Set(["content-type", "x-slack-request-timestamp", "x-slack-signature"]);

/** A name that comes twice, in two spellings, says nothing. */
function ours(headers: RawRequest["headers"]): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [spelled, value] of Object.entries(headers ?? {})) {
    const name = spelled.toLowerCase();
    if (names.has(name))
      found.set(name, typeof value === "string" && !found.has(name) ? value : null);
  }
  return found;
}

const bareType = (value: string | null | undefined): string =>
  (value ?? "").split(";", 1).join().trim().toLowerCase();

/** `ssl_check` is a field of its own, with any value (seen with Bolt 5.1, which answers any). */
const asksForCertificate = (body: Buffer): boolean =>
  body.indexOf("ssl_check=") === 0 || body.includes("&ssl_check=");

function isRecent(timestamp: string, now: Date): boolean {
  const ageS = Math.floor(now.getTime() / 1000) - Number(timestamp);
  return /^\d{10}$/.test(timestamp) && Math.abs(ageS) <= longestAgeS;
}

type Signed = { body: Buffer; timestamp: string; signature: string };

/** The version that is signed is ours, and never what the header says. */
function isSigned({ body, timestamp, signature }: Signed, secret: Secret): boolean {
  const key = secret.reveal();
  if (key === "" || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const wanted = createHmac("sha256", key).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(wanted, Buffer.from(signature.slice(3), "hex"));
}

/**
 * Signed is not yet well-formed. Bolt ends the process over JSON that is no object, and keeps the sender waiting over a
 * form that is no delivery (seen with Bolt 5.1).
 */
function isReadable(body: Buffer, mediaType: MediaType): boolean {
  const text = body.toString();
  if (mediaType !== form) return isObject(text);
  const fields = new URLSearchParams(text);
  const payload = fields.get("payload");
  return payload === null ? fields.has("command") : isObject(payload);
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
