import { toJson } from "../../input.ts";
import type { RestRoute } from "../../rest.ts";
import { callRest } from "./call-rest.ts";
import type { Context } from "./resource-type.ts";

/** The tags of a resource as they were and as they are to be; undefined stands for none. */
export type TagChange = { oldTags: unknown; tags: unknown };

type Wanted = TagChange & { arn: string; add: string; remove: string };

/** Tags what is new or different and untags what is gone, by the service's own operations `add` and `remove`. */
export async function changeTags(
  context: Context,
  routes: readonly RestRoute[],
  { arn, oldTags, tags, add, remove }: Wanted,
) {
  const params = { arn };
  const kept = toJson(tags ?? {});
  const dropped = Object.keys(toJson(oldTags ?? {})).filter((key) => !(key in kept));
  const query = new URLSearchParams(dropped.map((key): [string, string] => ["tagKeys", key]));
  if (dropped.length > 0) await callRest(context, routes, { operation: remove, params, query });
  if (Object.keys(kept).length === 0) return;
  await callRest(context, routes, { operation: add, params, body: { tags: kept } });
}
