import type { Json } from "../../answers.ts";
import { notPartOfLocalAws } from "../../errors.ts";
import { isJson } from "../../input.ts";
import type { RestRoute } from "../../rest.ts";
import type { Context } from "./resource-type.ts";

type Call = {
  operation: string;
  params?: Record<string, string>;
  query?: Record<string, string> | URLSearchParams;
  body?: Json;
};

/** Does what the same request over HTTP would, so that validation is in one place. */
export async function callRest(
  { site }: Pick<Context, "site">,
  routes: readonly RestRoute[],
  { operation, params = {}, query = {}, body = {} }: Call,
): Promise<Json> {
  const route = routes.find((each) => each.operation === operation);
  if (route === undefined) throw notPartOfLocalAws("cloudformation", operation);
  return route.handle({ site, params, query: new URLSearchParams(query), body });
}

/** `RoleArn` in a template is `roleArn` on the wire of MediaLive and MediaConnect; the keys of tags stay as they are. */
export function toWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWire);
  if (!isJson(value)) return value;
  const members = Object.entries(value).map(([name, inner]) => [
    `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    name === "Tags" ? toTags(inner) : toWire(inner),
  ]);
  return Object.fromEntries(members);
}

/** A map as it is, or a list of keys and values as the map that it stands for. */
function toTags(tags: unknown): unknown {
  if (!Array.isArray(tags)) return tags;
  return Object.fromEntries(tags.filter(isJson).map(({ Key, Value }) => [Key, Value]));
}

export const toWireBody = (properties: Json): Json => {
  const body = toWire(properties);
  return isJson(body) ? body : {};
};
