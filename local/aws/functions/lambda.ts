import { randomUUID } from "node:crypto";
import { jsonError } from "../answers.ts";
import { AwsError, notPartOfLocalAws } from "../errors.ts";
import type { Service } from "../service.ts";
import type { Functions } from "./functions.ts";

/** What an event may have at most, in bytes (Lambda quotas, asynchronous invocation payload). */
const longest = 1024 * 1024;

type Needs = { functions: Pick<Functions, "invokeLater">; region: string };

/** AWS Lambda as far as one function leaves an event for another: Invoke with the invocation type `Event`. */
export function lambdaService(needs: Needs): Service {
  return {
    scope: "lambda",
    operations: ["Invoke"],
    fetch: async (request, guard) => {
      const { pathname } = new URL(request.url);
      const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname)?.[1];
      if (name === undefined || request.method !== "POST")
        return jsonError(notPartOfLocalAws("lambda", `${request.method} ${pathname}`));
      return guard("Invoke", () => invokeEvent(needs, decodeURIComponent(name), request));
    },
  };
}

async function invokeEvent(needs: Needs, name: string, request: Request): Promise<Response> {
  const { functions, region } = needs;
  const type = request.headers.get("x-amz-invocation-type") ?? "RequestResponse";
  if (type !== "Event") throw notPartOfLocalAws("lambda", `Invoke with the type ${type}`);
  const event = readEvent(await request.text());
  const id = randomUUID();
  if (functions.invokeLater(name, event, { id, from: "Invoke" }))
    return new Response(null, { status: 202, headers: { "x-amzn-requestid": id } });
  const arn = `arn:aws:lambda:${region}:000000000000:function:${name}`;
  throw new AwsError("ResourceNotFoundException", 404, { message: `Function not found: ${arn}` });
}

function readEvent(text: string): unknown {
  if (Buffer.byteLength(text) > longest) {
    const message = `${Buffer.byteLength(text)} byte payload is too large for the Event invocation type (limit ${longest} bytes)`;
    throw new AwsError("RequestTooLargeException", 413, { message });
  }
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new AwsError("InvalidRequestContentException", 400, {
      message: "Could not parse request body into json: Unrecognized token",
    });
  }
}
