import type { MiddlewareHandler } from "hono";

/** A browser names the page that sends a POST; a page from elsewhere may not move this world. */
export const refuseOtherSites: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header("origin");
  if (origin !== undefined && origin !== new URL(context.req.url).origin) {
    return context.json({ ok: false, error: "Only this world's own page may do that." }, 403);
  }
  return next();
};
