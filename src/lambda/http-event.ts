import * as z from "zod";

/** A request as it arrived, with its body as bytes. */
export type HttpRequest = {
  method: string;
  headers: Readonly<Record<string, unknown>>;
  body: Buffer;
};

/** An answer as API Gateway and Function URLs take it. */
export type HttpAnswer = { statusCode: number; headers?: Record<string, string>; body: string };

const carried = {
  headers: z.record(z.string(), z.unknown()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
};

/** API Gateway's payload format 1.0 (API Gateway developer guide, http-api-develop-integrations-lambda). */
const version1 = z
  .object({ ...carried, httpMethod: z.string() })
  .transform((event) => toRequest(event.httpMethod, event));

/** Its format 2.0, which Function URLs use too. */
const version2 = z
  .object({
    ...carried,
    requestContext: z.object({ http: z.object({ method: z.string() }) }),
  })
  .transform((event) => toRequest(event.requestContext.http.method, event));

const httpEvent = z.union([version2, version1]);

/** Reads what a function was called with; null for anything but an HTTP request. */
export const readHttpEvent = (event: unknown): HttpRequest | null =>
  httpEvent.safeParse(event).data ?? null;

type Carried = z.infer<z.ZodObject<typeof carried>>;

const toRequest = (method: string, { headers, body, isBase64Encoded }: Carried): HttpRequest => ({
  method,
  headers: headers ?? {},
  body: Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8"),
});
