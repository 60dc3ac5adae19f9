import { Hono } from "hono";
import { type Json, jsonAnswer, jsonError } from "./answers.ts";
import { notPartOfLocalAws } from "./errors.ts";
import { parseBody } from "./input.ts";
import type { Guard, Service, Site } from "./service.ts";

export type RestCall = {
  site: Site;
  /** Path parameters, percent-decoded once: ARNs arrive as `arn%3Aaws%3A…`. */
  params: Record<string, string>;
  query: URLSearchParams;
  body: Json;
};

/** One operation of a restJson1 service; `status` is the success status of its API model, 200 if absent. */
export type RestRoute = {
  operation: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  status?: number;
  handle(call: RestCall): Json | Promise<Json>;
};

/** What AWS has and this does not: listed so that the refusal can name the operation. */
export type RestGap = Pick<RestRoute, "operation" | "method" | "path">;

type Definition = { scope: string; routes: readonly RestRoute[]; gaps: readonly RestGap[] };

/** A restJson1 service made from its table of routes. */
export function restService(site: Site, { scope, routes, gaps }: Definition): Service {
  const app = new Hono<{ Bindings: { guard: Guard } }>();
  for (const route of routes) {
    app.on(route.method, route.path, (context) =>
      context.env.guard(route.operation, async () => {
        const body = parseBody(await context.req.text());
        const query = new URL(context.req.url).searchParams;
        const answer = await route.handle({ site, params: context.req.param(), query, body });
        return jsonAnswer(answer, route.status);
      }),
    );
  }
  for (const { operation, method, path } of gaps) {
    app.on(method, path, () => jsonError(notPartOfLocalAws(scope, operation)));
  }
  app.notFound((context) =>
    jsonError(notPartOfLocalAws(scope, `${context.req.method} ${context.req.path}`)),
  );
  app.onError(jsonError);
  return {
    scope,
    operations: routes.map((route) => route.operation),
    fetch: (request, guard) => app.fetch(request, { guard }),
  };
}
