import type { World } from "../../world.ts";
import type { Json } from "../answers.ts";
import { badRequest, notFound } from "../errors.ts";
import { members, readMembers, tagMap } from "../members.ts";
import type { RestCall } from "../rest.ts";

const tagMembers = members({ tags: tagMap }, {});

/** Tags can change at any time, also while a channel runs (MediaLive user guide, tagging). */
export function createTags({ site, params, body }: RestCall): Json {
  const { tags } = readMembers(tagMembers, body, {
    ...{ service: "medialive", operation: "CreateTags", refuse: toBadRequest },
  });
  changeTags(site.world, params.arn, (held) => Object.assign(held, tags));
  return {};
}

export function deleteTags({ site, params, query }: RestCall): Json {
  const keys = query.getAll("tagKeys");
  if (keys.length === 0) throw badRequest("tagKeys is required");
  changeTags(site.world, params.arn, (held) => {
    for (const key of keys) delete held[key];
  });
  return {};
}

export const listTags = ({ site, params }: RestCall): Json => ({
  tags: tagsOf(site.world.data, params.arn),
});

const toBadRequest = () => badRequest("tags must be a map of texts");

function changeTags(
  world: World,
  arn: string | undefined,
  mutate: (tags: Record<string, string>) => void,
) {
  tagsOf(world.data, arn);
  world.change((data) => void mutate(tagsOf(data, arn)));
}

function tagsOf({ channels, inputs, securityGroups }: World["data"], arn: string | undefined) {
  const channel = Object.values(channels).find(
    (each) => each.arn === arn && each.state !== "DELETED",
  );
  const others = [...Object.values(inputs), ...Object.values(securityGroups)];
  const tags = channel?.spec.tags ?? others.find((each) => each.arn === arn)?.tags;
  if (tags === undefined) throw notFound(`Resource ${arn} not found`);
  return tags;
}
