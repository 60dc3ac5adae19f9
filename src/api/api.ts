import { Hono } from "hono";
import type { Log } from "../manager/ports.ts";
import { type Health, healthRoutes } from "./health.ts";

/** The HTTP door. Every resource is a file with its routes and one line here. */
export function createApi(options: { health: () => Health; log: Log }): Hono {
  return new Hono()
    .route("/", healthRoutes(options.health))
    .notFound((context) =>
      context.json(
        {
          status: "error",
          message: "No such route.",
          path: context.req.path,
          method: context.req.method,
        },
        404,
      ),
    )
    .onError((error, context) => {
      options.log.error("request-failed", { path: context.req.path, name: error.name });
      return context.json(
        { status: "error", message: "Something went wrong.", error: "internal" },
        500,
      );
    });
}
