import { type Context, Hono } from "hono";
import { z } from "zod";
import { refuseOtherSites } from "../other-sites.ts";
import { done, refused } from "./done.ts";
import type { Workspace } from "./workspace.ts";

const outage = z.object({ on: z.boolean() }, { error: 'Send a JSON body: {"on": true}.' });
const requestUrl = z.object(
  { url: z.nullable(z.string().regex(/^http:\/\/(127\.0\.0\.1|localhost):\d+\//)) },
  { error: 'Send a JSON body: {"url": "http://127.0.0.1:4300/slack/events"}, or null.' },
);
const disconnect = z.object(
  { reason: z.enum(["warning", "refresh_requested", "link_disabled", "too_many_websockets"]) },
  { error: 'Send a JSON body: {"reason": "warning"}.' },
);

/** A bad night on demand: Slack out of reach, or a connection that Slack renews; and HTTP in place of Socket Mode. */
export function rehearsalRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.use(refuseOtherSites);
  routes.post("/outage", (context) => rehearse(context, outage, ({ on }) => workspace.outage(on)));
  routes.post("/request-url", (context) =>
    rehearse(context, requestUrl, ({ url }) => workspace.app.sendTo(url)),
  );
  routes.post("/disconnect", (context) =>
    rehearse(context, disconnect, ({ reason }) => workspace.sockets.disconnect(reason)),
  );
  return routes;
}

/** A string that `run` resolves with says why it is refused. */
async function rehearse<T>(
  context: Context,
  body: z.ZodType<T>,
  run: (body: T) => unknown,
): Promise<Response> {
  const parsed = body.safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success) return context.json(refused(z.prettifyError(parsed.error)), 400);
  const problem = await run(parsed.data);
  return typeof problem === "string" ? context.json(refused(problem), 409) : context.json(done);
}
