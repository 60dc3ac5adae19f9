import type { LocalChannel } from "../../world.ts";
import type { Json } from "../answers.ts";
import { AwsError, notPartOfLocalAws } from "../errors.ts";
import { isJson } from "../input.ts";
import type { RestCall } from "../rest.ts";
import { actOnChannel, requireLegal } from "./actions.ts";
import { outputDestinationId, toChannel } from "./channel.ts";

type Problem = { elementPath: string; errorMessage: string };
type Change = Pick<LocalChannel, "name" | "url" | "streamName">;

/**
 * UpdateChannel: every member is optional, a given list replaces the whole list, and only an idle channel may be
 * changed (MediaLive user guide, editing a channel). Members that would change nothing here are refused by name.
 */
export function updateChannel({ site, params, body }: RestCall): Json {
  const id = params.id ?? "";
  const channel = requireLegal(site.world, id, "update");
  const change = toChange(channel, body);
  site.world.change(({ channels }) => Object.assign(channels[id] ?? {}, change));
  return { channel: toChannel(actOnChannel(site, id, "update")) };
}

function toChange(channel: LocalChannel, body: Json): Partial<Change> {
  const given = Object.entries(body).filter(([, value]) => value !== null);
  let change: Partial<Change> = {};
  for (const [member, value] of given) {
    if (member === "name") change = { ...change, name: toName(value) };
    else if (member === "destinations") change = { ...change, ...toOutput(channel, value) };
    else throw notPartOfLocalAws("medialive", `UpdateChannel with ${member}`);
  }
  return change;
}

function toName(value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw unprocessable([{ elementPath: "/name", errorMessage: "name must not be empty" }]);
}

function toOutput(channel: LocalChannel, value: unknown): Pick<Change, "url" | "streamName"> {
  const path = "/destinations";
  const [destination, ...others] = Array.isArray(value) ? value : [];
  if (!isJson(destination) || others.length > 0) {
    throw unprocessable([{ elementPath: path, errorMessage: "exactly one destination expected" }]);
  }
  if (channel.output !== "rtmp") {
    const errorMessage = "the output group of this channel writes to MediaPackage";
    throw unprocessable([{ elementPath: `${path}/0`, errorMessage }]);
  }
  const [setting, ...more] = Array.isArray(destination.settings) ? destination.settings : [];
  const { url, streamName } = isJson(setting) ? setting : {};
  const problems = [
    ...idProblems(destination.id),
    ...(isJson(setting) && more.length === 0 ? settingProblems(url, streamName) : [oneSetting]),
  ];
  if (problems.length > 0) throw unprocessable(problems);
  return { url: String(url), streamName: String(streamName) };
}

const oneSetting: Problem = {
  elementPath: "/destinations/0/settings",
  errorMessage: "a channel of class SINGLE_PIPELINE has exactly one settings entry",
};

/** The output refers to its destination by id, so a list without that id leaves the output without one. */
function idProblems(id: unknown): Problem[] {
  if (id === outputDestinationId) return [];
  const errorMessage = `no destination with the id ${outputDestinationId}, which an output refers to`;
  return [{ elementPath: "/destinations/0/id", errorMessage }];
}

/** An RTMP destination is `rtmp(s)://host[:port]/app` plus a stream name (MediaLive user guide, RTMP output). */
function settingProblems(url: unknown, streamName: unknown): Problem[] {
  const path = "/destinations/0/settings/0";
  const problems: Problem[] = [];
  if (typeof url !== "string" || !/^rtmps?:\/\/[^/\s:]+(:\d+)?\/\S+$/.test(url)) {
    const errorMessage = "url must be rtmp://host/application or rtmps://host/application";
    problems.push({ elementPath: `${path}/url`, errorMessage });
  }
  if (typeof streamName !== "string" || streamName === "") {
    const errorMessage = "streamName is required for an RTMP output";
    problems.push({ elementPath: `${path}/streamName`, errorMessage });
  }
  return problems;
}

const unprocessable = (validationErrors: Problem[]) =>
  new AwsError("UnprocessableEntityException", 422, {
    message: "The channel configuration is not valid.",
    validationErrors,
  });
