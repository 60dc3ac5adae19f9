import { type CollectionTag, parse, type ScalarTag } from "yaml";
import { z } from "zod";
import { specFrom } from "../src/aws/medialive-spec.ts";
import type { ChannelSpec } from "../src/domain/channel-spec.ts";

type Values = Readonly<Record<string, string>>;

const channelType = "AWS::MediaLive::Channel";

const schema = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string() })).default({}),
  Mappings: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

type Parsed = z.infer<typeof schema>;

const ref: ScalarTag = { tag: "!Ref", resolve: (name) => ({ Ref: name }) };
const findInMap: CollectionTag = {
  tag: "!FindInMap",
  collection: "seq",
  resolve: (path) => ({ "Fn::FindInMap": path.toJSON() }),
};

/** What each channel of a template encodes with these parameters, by logical id; one that cannot be read is left out. */
export function channelSpecs(text: string, values: Values): ReadonlyMap<string, ChannelSpec> {
  const { data } = schema.safeParse(
    parse(text, { logLevel: "silent", customTags: [ref, findInMap] }),
  );
  const channels = Object.entries(data?.Resources ?? {}).filter(
    ([, { Type }]) => Type === channelType,
  );
  return new Map(
    channels.flatMap(([id, { Properties }]): [string, ChannelSpec][] => {
      const spec = data === undefined ? null : specOf(evaluate(Properties, { ...data, values }));
      return spec === null ? [] : [[id, spec]];
    }),
  );
}

function specOf(properties: unknown): ChannelSpec | null {
  try {
    return specFrom(properties);
  } catch {
    return null;
  }
}

type Scope = Parsed & { values: Values };

/** Parameters and mappings, which is all that encoder settings are made of. */
function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((each) => evaluate(each, scope));
  if (typeof value !== "object" || value === null) return value;
  if ("Ref" in value) return refer(String(value.Ref), scope);
  if ("Fn::FindInMap" in value) return find(evaluate(value["Fn::FindInMap"], scope), scope);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, evaluate(inner, scope)]),
  );
}

function refer(name: string, { Parameters, values }: Scope): unknown {
  const value = values[name];
  return value !== undefined && Parameters[name]?.Type === "Number" ? Number(value) : value;
}

function find(path: unknown, { Mappings }: Scope): unknown {
  const [map = "", first = "", second = ""] = Array.isArray(path) ? path.map(String) : [];
  return Mappings[map]?.[first]?.[second];
}
