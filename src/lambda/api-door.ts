import { handle } from "hono/aws-lambda";
import { lazyAwsPorts } from "../aws/lazy-aws.ts";
import type { Config } from "../config.ts";
import { leftToWork, openSite } from "./site.ts";

/** The door of the HTTP API. */
export async function openApiDoor(config: Config) {
  const { newApp } = await openSite(config, lazyAwsPorts);
  return handle(newApp(leftToWork).api);
}
