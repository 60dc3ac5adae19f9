import { type Json, jsonAnswer, jsonError, xmlAnswer, xmlError } from "./answers.ts";
import { AwsError, notPartOfLocalAws } from "./errors.ts";
import { parseBody } from "./input.ts";
import type { Service, Site } from "./service.ts";

/** What a handler may need to know of its request: the origin it was sent to, and when nobody waits any more. */
export type JsonCall = { origin: string; gone: AbortSignal };

export type JsonHandler = (site: Site, input: Json, call: JsonCall) => Json | Promise<Json>;
export type QueryHandler = (
  site: Site,
  input: URLSearchParams,
  call: JsonCall,
) => Json | Promise<Json>;

type JsonDefinition = {
  scope: string;
  /** awsJson version: 1.0 or 1.1. */
  version: string;
  regions?: readonly string[];
  operations: Record<string, JsonHandler>;
};

/** An awsJson service: POST /, the operation is the last part of `X-Amz-Target`. */
export function jsonService(site: Site, definition: JsonDefinition): Service {
  const { scope, version, regions = [site.region], operations } = definition;
  return {
    scope,
    regions,
    operations: Object.keys(operations),
    fetch: async (request, guard) => {
      try {
        const operation = targetOf(request);
        const handler = operations[operation];
        if (handler === undefined) throw notPartOfLocalAws(scope, operation);
        return await guard(operation, async () => {
          const input = parseBody(await request.text());
          const body = await handler(site, input, callOf(site, request));
          return jsonAnswer(body, 200, `application/x-amz-json-${version}`);
        });
      } catch (error) {
        return jsonError(error);
      }
    },
  };
}

const callOf = (site: Site, { url, signal }: Request): JsonCall => ({
  origin: new URL(url).origin,
  gone: AbortSignal.any([signal, site.closing]),
});

/** Names the operation of an awsJson request; other protocols of the same service are named as they came. */
export function targetOf(request: Request): string {
  const target = request.headers.get("x-amz-target");
  const fallback = `${request.method} ${new URL(request.url).pathname}`;
  return target?.split(".").at(-1) || fallback;
}

type QueryDefinition = {
  scope: string;
  /** XML namespace of the answers. */
  namespace: string;
  operations: Record<string, QueryHandler>;
};

/** A Query service: POST / with form fields, `Action` names the operation, answers are XML. */
export function queryService(site: Site, definition: QueryDefinition): Service {
  const { scope, namespace, operations } = definition;
  return {
    scope,
    operations: Object.keys(operations),
    fetch: async (request, guard) => {
      try {
        const input = new URLSearchParams(await request.text());
        const operation = input.get("Action") ?? "";
        if (operation === "") throw new AwsError("MissingAction", 400, { message: "No Action" });
        const handler = operations[operation];
        if (handler === undefined) throw notPartOfLocalAws(scope, operation);
        return await guard(operation, async () => {
          const result = await handler(site, input, callOf(site, request));
          const name = `${operation}Response xmlns="${namespace}"`;
          return xmlAnswer(name, { [`${operation}Result`]: result });
        });
      } catch (error) {
        return xmlError(error);
      }
    },
  };
}
