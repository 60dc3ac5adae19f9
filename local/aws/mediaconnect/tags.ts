import type { LocalFlow, World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { badRequest, notFound } from "../errors.ts";
import { members, readMembers, tagMap } from "../members.ts";
import type { RestCall } from "../rest.ts";
import { badFlow } from "./refusals.ts";

const tagMembers = members({ tags: tagMap }, {});

/** Tags of the flow, its sources and its own outputs, at any time. */
export function tagResource({ site, params, body }: RestCall): Json {
  const { tags } = readMembers(tagMembers, body, {
    ...{ service: "mediaconnect", operation: "TagResource", refuse: badFlow },
  });
  changeTags(site.world, params.arn, (held) => Object.assign(held, tags));
  return {};
}

export function untagResource({ site, params, query }: RestCall): Json {
  const keys = query.getAll("tagKeys");
  if (keys.length === 0) throw badRequest("tagKeys is required");
  changeTags(site.world, params.arn, (held) => {
    for (const key of keys) delete held[key];
  });
  return {};
}

export const listFlowTags = ({ site, params }: RestCall): Json => ({
  tags: tagsOf(site.world.data.flow, params.arn),
});

function changeTags(
  world: World,
  arn: string | undefined,
  mutate: (tags: Record<string, string>) => void,
) {
  tagsOf(world.data.flow, arn);
  world.change(({ flow }) => void mutate(tagsOf(flow, arn)));
}

function tagsOf(flow: LocalFlow | null, arn: string | undefined) {
  if (flow !== null) {
    if (flow.arn === arn) return flow.spec.tags;
    const part = [...flow.spec.sources, ...flow.spec.outputs].find((each) => each.arn === arn);
    if (part !== undefined) return part.tags;
  }
  throw notFound(`The resource ${arn} was not found`);
}
