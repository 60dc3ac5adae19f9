/** A request as it arrived, with its body as bytes. */
export type HttpRequest = {
  method: string;
  headers: Readonly<Record<string, unknown>>;
  body: Buffer;
};

/** An answer as API Gateway and Function URLs take it. */
export type HttpAnswer = { statusCode: number; headers?: Record<string, string>; body: string };

/**
 * Reads what a function was called with: API Gateway's payload format 1.0 or 2.0, which Function URLs use too (API Gateway
 * developer guide, http-api-develop-integrations-lambda). Null for anything but an HTTP request. It is read by hand: to
 * load zod takes longer than all that is done before a request is known to be Slack's.
 */
export function readHttpEvent(event: unknown): HttpRequest | null {
  if (!isRecord(event)) return null;
  const method = methodOf(event);
  const { headers, body, isBase64Encoded } = event;
  if (method === null || !(isMissing(headers) || isRecord(headers))) return null;
  if (!(isMissing(body) || typeof body === "string")) return null;
  if (!(isMissing(isBase64Encoded) || typeof isBase64Encoded === "boolean")) return null;
  return {
    method,
    headers: headers ?? {},
    body: Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8"),
  };
}

function methodOf({ requestContext, httpMethod }: Record<string, unknown>): string | null {
  const http = isRecord(requestContext) ? requestContext.http : null;
  const method = isRecord(http) ? http.method : httpMethod;
  return typeof method === "string" ? method : null;
}

const isMissing = (value: unknown): value is null | undefined =>
  value === null || value === undefined;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
