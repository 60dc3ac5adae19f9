import { randomUUID } from "node:crypto";
import { AwsError } from "./errors.ts";

export type Json = Record<string, unknown>;

/** An answer of status 204 has no body. */
export function jsonAnswer(body: unknown, status = 200, contentType = "application/json") {
  return new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { "content-type": contentType, "x-amzn-requestid": randomUUID() },
  });
}

/** restJson1 and awsJson errors alike: the header serves the first, `__type` the second, `message` both. */
export function jsonError(error: unknown): Response {
  const known = toAwsError(error);
  const body = { __type: known.code, message: known.message, ...known.members };
  const answer = jsonAnswer(body, known.status);
  answer.headers.set("x-amzn-errortype", known.code);
  return answer;
}

/** An answer of the Query protocol; `root` names its outermost element. */
export function xmlAnswer(root: string, body: Json, status = 200): Response {
  const [tag] = root.split(" ");
  return new Response(`<?xml version="1.0" encoding="UTF-8"?><${root}>${toXml(body)}</${tag}>`, {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": randomUUID() },
  });
}

/** Errors of the Query protocol (`ErrorResponse` of the AWS query API). */
export function xmlError(error: unknown): Response {
  const { code, message, status } = toAwsError(error);
  const detail = { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message };
  return xmlAnswer("ErrorResponse", { Error: detail, RequestId: randomUUID() }, status);
}

/** A fault of our own is a 500 that says so: it must never be read as a decision of AWS. */
function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AwsError("InternalFailure", 500, { message: `the local AWS failed: ${reason}` });
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Lists become `<member>` elements, as in every Query service; what is undefined is left out. */
function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${toXml(item)}</member>`).join("");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => `<${name}>${toXml(inner)}</${name}>`)
      .join("");
  }
  return String(value).replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
