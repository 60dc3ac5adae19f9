import type { Json } from "../../answers.ts";
import { isJson } from "../../input.ts";
import { arnOf, invalidRequest, randomCapitals } from "./names.ts";
import { checkPolicy } from "./policy-document.ts";
import { recorded } from "./recorded.ts";
import type { Context, Resource } from "./resource-type.ts";

const groupType = "AWS::MediaPackageV2::ChannelGroup";
const channelType = "AWS::MediaPackageV2::Channel";
const endpointType = "AWS::MediaPackageV2::OriginEndpoint";

/** A group owns the address from which its endpoints are read (MediaPackage v2 user guide). */
export const channelGroup = recorded({
  type: groupType,
  check: (_context, { ChannelGroupName }) => requireName(ChannelGroupName),
  toResource: ({ site }, { ChannelGroupName }, before) => {
    const arn = arnOf(site, "mediapackagev2", `channelGroup/${String(ChannelGroupName)}`);
    const own = `${randomCapitals(6).toLowerCase()}.egress.${randomCapitals(6).toLowerCase()}`;
    const domain =
      before?.attributes.EgressDomain ?? `${own}.mediapackagev2.${site.region}.amazonaws.com`;
    return {
      physicalId: arn,
      attributes: { Arn: arn, EgressDomain: domain, ...dates(site, before) },
    };
  },
});

export const packageChannel = recorded({
  type: channelType,
  check: (context, properties) => {
    requireName(properties.ChannelName);
    groupOf(context, properties);
  },
  toResource: (context, properties, before) => {
    const path = pathOf(properties);
    const arn = arnOf(context.site, "mediapackagev2", path);
    const domain = String(groupOf(context, properties).attributes.EgressDomain);
    const [id, ...rest] = domain.split(".egress.");
    const urls = ["1", "2"].map((index) => {
      const { ChannelGroupName, ChannelName } = properties;
      return `https://${id}-${index}.ingest.${rest.join(".")}/in/v1/${String(ChannelGroupName)}/${index}/${String(ChannelName)}/index`;
    });
    const endpoints = urls.map((Url, index) => ({ Id: String(index + 1), Url }));
    const attributes = { Arn: arn, IngestEndpoints: endpoints, IngestEndpointUrls: urls };
    return { physicalId: arn, attributes: { ...attributes, ...dates(context.site, before) } };
  },
});

const hlsLists = [
  "HlsManifests",
  "LowLatencyHlsManifests",
  "DashManifests",
  "MssManifests",
] as const;

export const originEndpoint = recorded({
  type: endpointType,
  check: (context, properties) => {
    requireName(properties.OriginEndpointName);
    channelOf(context, properties);
  },
  toResource: (context, properties, before) => {
    const arn = arnOf(context.site, "mediapackagev2", pathOf(properties));
    const domain = String(groupOf(context, properties).attributes.EgressDomain);
    const urls = hlsLists.map((list) => [
      `${list.slice(0, -1)}Urls`,
      manifestNames(properties[list]).map((name) => urlOf(domain, properties, { list, name })),
    ]);
    const attributes = { Arn: arn, ...Object.fromEntries(urls), ...dates(context.site, before) };
    return { physicalId: arn, attributes };
  },
});

const endings: Record<string, string> = { DashManifests: "mpd", MssManifests: "ism/Manifest" };

function urlOf(domain: string, properties: Json, { list, name }: { list: string; name: string }) {
  const { ChannelGroupName, ChannelName, OriginEndpointName } = properties;
  const path = [ChannelGroupName, ChannelName, OriginEndpointName].map(String).join("/");
  return `https://${domain}/out/v1/${path}/${name}.${endings[list] ?? "m3u8"}`;
}

const manifestNames = (value: unknown) =>
  (Array.isArray(value) ? value : []).map((each) =>
    isJson(each) ? String(each.ManifestName) : "",
  );

export const originEndpointPolicy = recorded({
  type: "AWS::MediaPackageV2::OriginEndpointPolicy",
  check: (context, properties) => {
    checkPolicy(properties.Policy, "resource");
    require(context, endpointType, properties);
  },
  toResource: (_context, properties) => toPolicy(properties, endpointKeys),
});

export const channelPolicy = recorded({
  type: "AWS::MediaPackageV2::ChannelPolicy",
  check: (context, properties) => {
    checkPolicy(properties.Policy, "resource");
    channelOf(context, properties);
  },
  toResource: (_context, properties) => toPolicy(properties, endpointKeys.slice(0, 2)),
});

const endpointKeys = ["ChannelGroupName", "ChannelName", "OriginEndpointName"];

const toPolicy = (properties: Json, keys: string[]): Resource => ({
  physicalId: keys.map((key) => String(properties[key])).join("|"),
  attributes: {},
});

/** `channelGroup/g/channel/c/originEndpoint/e`, as far as the properties go. */
function pathOf({ ChannelGroupName, ChannelName, OriginEndpointName }: Json): string {
  const parts = [
    ["channelGroup", ChannelGroupName],
    ["channel", ChannelName],
    ["originEndpoint", OriginEndpointName],
  ];
  const given = parts.filter(([, name]) => name !== undefined);
  return given.map((part) => part.join("/")).join("/");
}

const groupOf = (context: Context, { ChannelGroupName }: Json) =>
  require(context, groupType, { ChannelGroupName });

const channelOf = (context: Context, { ChannelGroupName, ChannelName }: Json) =>
  require(context, channelType, { ChannelGroupName, ChannelName });

/** Parents are named, not referred to: without DependsOn they may not be there yet. */
function require({ site, made }: Context, type: string, properties: Json): Resource {
  const arn = arnOf(site, "mediapackagev2", pathOf(properties));
  const found = made.get(type, arn);
  if (found !== undefined) return found;
  throw invalidRequest(`${type.split("::")[2]} ${arn} not found`);
}

function requireName(name: unknown) {
  if (typeof name === "string" && /^[a-zA-Z0-9_-]{1,256}$/.test(name)) return;
  throw invalidRequest(`${String(name)} must be 1 to 256 letters, digits, - and _`);
}

function dates({ world }: Context["site"], before: Resource | null) {
  const now = new Date(world.now()).toISOString();
  return { CreatedAt: before?.attributes.CreatedAt ?? now, ModifiedAt: now };
}
