import { type Context, Hono } from "hono";
import { z } from "zod";
import { refuseOtherSites } from "../other-sites.ts";
import { done, refused } from "./done.ts";
import type { Workspace } from "./workspace.ts";

const outage = z.object({ on: z.boolean() }, { error: 'Send a JSON body: {"on": true}.' });
const disconnect = z.object(
  { reason: z.enum(["warning", "refresh_requested", "link_disabled", "too_many_websockets"]) },
  { error: 'Send a JSON body: {"reason": "warning"}.' },
);

/** A bad night on demand: Slack out of reach, or a connection that Slack renews. */
export function rehearsalRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.use(refuseOtherSites);
  routes.post("/outage", (context) => rehearse(context, outage, ({ on }) => workspace.outage(on)));
  routes.post("/disconnect", (context) =>
    rehearse(context, disconnect, ({ reason }) => workspace.sockets.disconnect(reason)),
  );
  return routes;
}

async function rehearse<T>(
  context: Context,
  body: z.ZodType<T>,
  run: (body: T) => void,
): Promise<Response> {
  const parsed = body.safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success) return context.json(refused(z.prettifyError(parsed.error)), 400);
  run(parsed.data);
  return context.json(done);
}
