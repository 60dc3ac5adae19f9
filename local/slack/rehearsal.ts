import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { z } from "zod";
import { done, refused } from "./done.ts";
import type { Workspace } from "./workspace.ts";

const outage = z.object({ on: z.boolean() });
const disconnect = z.object({
  reason: z.enum(["warning", "refresh_requested", "link_disabled", "too_many_websockets"]),
});

/** A bad night on demand: Slack out of reach, or a connection that Slack renews. */
export function rehearsalRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.use(csrf());
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
