import { readFile } from "node:fs/promises";
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const folder = new URL("./page/", import.meta.url);

/** What may be served, and nothing else that lies in the folder. */
const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

/** A plain file name: no folder, no dot at the start, one known extension. */
const fileName = /^[a-z0-9][a-z0-9-]*\.([a-z0-9]+)$/;

/** The console page. Scripts, styles and pictures come from this server only. */
export function pageRoutes(): Hono {
  const routes = new Hono();
  routes.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // The local world speaks http, so there is nothing to hold a browser to.
      strictTransportSecurity: false,
    }),
  );
  routes.get("/", (context) => serve(context, "index.html"));
  routes.get("/page/:file", (context) => serve(context, context.req.param("file")));
  routes.get("/archives/:channel/:message", (context) =>
    context.redirect(`/#${context.req.param("message")}`),
  );
  return routes;
}

async function serve(context: Context, name: string): Promise<Response> {
  const extension = fileName.exec(name)?.[1] ?? "";
  const type = Object.hasOwn(types, extension) ? types[extension] : undefined;
  if (!type) return context.notFound();
  const file = await readFile(new URL(name, folder)).catch(() => undefined);
  if (!file) return context.notFound();
  return context.body(new Uint8Array(file), 200, {
    "content-type": type,
    "cache-control": "no-cache",
  });
}
