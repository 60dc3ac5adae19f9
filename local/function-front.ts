import { Hono } from "hono";
import { z } from "zod";

/** What a function is told of its invocation (Lambda developer guide, Node.js context object). */
export type Context = { awsRequestId: string; getRemainingTimeInMillis(): number };
export type Handler = (event: unknown, context: Context) => unknown;

export type FrontOptions = {
  handler: Handler;
  /** How long an invocation may take, in milliseconds. */
  timeoutMs: number;
  now: () => number;
};

/** Where Lambda's runtime interface emulator takes invocations. */
export const invocationPath = "/2015-03-31/functions/function/invocations";

/**
 * A function behind HTTP: at `invocationPath` a body is an event, and the answer what the handler returned; everything
 * else is a request to its Function URL, which becomes an event of payload format 2.0.
 */
export function functionFront(options: FrontOptions): Hono {
  const { handler, timeoutMs, now } = options;
  let invocations = 0;
  const call = async (event: unknown): Promise<unknown> => {
    const endsAt = now() + timeoutMs;
    invocations += 1;
    return handler(event, {
      awsRequestId: String(invocations),
      getRemainingTimeInMillis: () => endsAt - now(),
    });
  };
  return new Hono()
    .post(invocationPath, async (context) => {
      try {
        return context.json((await call(await context.req.json())) ?? null);
      } catch (error) {
        return context.json(toFailure(error), 500);
      }
    })
    .all("*", async (context) => {
      try {
        return toResponse(await call(await toEvent(context.req.raw)));
      } catch {
        return new Response("Internal Server Error", { status: 502 });
      }
    });
}

/** As Lambda tells what a handler threw. */
const toFailure = (error: unknown) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: "string", errorMessage: String(error) };

/** Only words travel as they are (Lambda developer guide, Function URLs). */
const isText = (type: string) => /^(text\/|application\/(json|javascript|xml))/.test(type);

async function toEvent(request: Request): Promise<object> {
  const { pathname, search } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const type = request.headers.get("content-type") ?? "";
  const isBase64Encoded = body.length > 0 && !isText(type);
  return {
    ...{ version: "2.0", routeKey: "$default" },
    ...{ rawPath: pathname, rawQueryString: search.slice(1) },
    headers: Object.fromEntries(request.headers),
    requestContext: {
      ...{ routeKey: "$default", stage: "$default", domainName: "function.local" },
      http: {
        ...{ method: request.method, path: pathname, protocol: "HTTP/1.1" },
        ...{ sourceIp: "127.0.0.1", userAgent: request.headers.get("user-agent") ?? "" },
      },
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
    isBase64Encoded,
  };
}

const httpAnswer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).optional(),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(""),
  isBase64Encoded: z.boolean().default(false),
});

/** What has no status is the body of a good answer (Lambda developer guide, Function URLs). */
function toResponse(returned: unknown): Response {
  const { data } = httpAnswer.safeParse(returned);
  if (data === undefined) return Response.json(returned ?? null);
  const { statusCode: status, headers, cookies, body, isBase64Encoded } = data;
  const answer = new Response(Buffer.from(body, isBase64Encoded ? "base64" : "utf8"), {
    status,
    ...(headers && { headers }),
  });
  for (const cookie of cookies) answer.headers.append("set-cookie", cookie);
  return answer;
}
