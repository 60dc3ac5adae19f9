import { type Problem, toPointer } from "../members.ts";
import { pipelinesOf } from "./channel.ts";
import type { OutputDestination } from "./members/outputs.ts";
import { repeated } from "./repeated.ts";
import type { WantedChannel } from "./validate.ts";
import { destinationRefs } from "./validate-outputs.ts";

/** What the outputs need of the destinations that they refer to. */
export function destinationProblems(wanted: WantedChannel): Problem[] {
  const { channelClass, destinations } = wanted;
  const pipelines = pipelinesOf(channelClass).length;
  const ids = destinations.map(({ id }) => id);
  const refs = destinationRefs(wanted.encoderSettings);
  return [
    ...repeated(ids).map((index) => ({
      elementPath: toPointer(["destinations", index, "id"]),
      errorMessage: "must be unique",
    })),
    ...refs
      .filter(({ id }) => !ids.includes(id))
      .map(({ path, id }) => ({
        elementPath: toPointer(path),
        errorMessage: `no destination has the id ${id}`,
      })),
    ...destinations.flatMap((destination, index) =>
      problemsOfOne(destination, {
        path: toPointer(["destinations", index]),
        kind: refs.find(({ id }) => id === destination.id)?.kind,
        count: { pipelines, channelClass },
      }),
    ),
  ];
}

type Use = {
  path: string;
  kind: "rtmp" | "package" | undefined;
  count: { pipelines: number; channelClass: string };
};

/** A destination that nothing refers to is not looked into. */
function problemsOfOne(destination: OutputDestination, use: Use): Problem[] {
  if (use.kind === "rtmp") return rtmpProblems(destination, use);
  return use.kind === "package" ? packageProblems(destination, use) : [];
}

/** SINGLE_PIPELINE has one settings entry, STANDARD has two (MediaLive user guide, RTMP output). */
function rtmpProblems({ settings = [] }: OutputDestination, { path, count }: Use): Problem[] {
  if (settings.length === count.pipelines) {
    return settings.flatMap((each, index) => settingProblems(each, `${path}/settings/${index}`));
  }
  const entries =
    count.pipelines === 1 ? "exactly one entry" : `exactly ${count.pipelines} entries`;
  const errorMessage = `a channel of class ${count.channelClass} has ${entries} here`;
  return [{ elementPath: `${path}/settings`, errorMessage }];
}

type Setting = NonNullable<OutputDestination["settings"]>[number];

/** An RTMP destination is `rtmp(s)://host[:port]/app` plus a stream name (MediaLive user guide, RTMP output). */
function settingProblems({ url, streamName }: Setting, path: string): Problem[] {
  const problems: Problem[] = [];
  if (url === undefined || !/^rtmps?:\/\/[^/\s:]+(:\d+)?\/\S+$/.test(url)) {
    const errorMessage = "url must be rtmp://host/application or rtmps://host/application";
    problems.push({ elementPath: `${path}/url`, errorMessage });
  }
  if (streamName === undefined || streamName === "") {
    const errorMessage = "streamName is required for an RTMP output";
    problems.push({ elementPath: `${path}/streamName`, errorMessage });
  }
  return problems;
}

/** Version 2 of MediaPackage is named by group and channel, version 1 by a channel's id (MediaLive API model). */
function packageProblems({ mediaPackageSettings = [] }: OutputDestination, use: Use): Problem[] {
  const elementPath = `${use.path}/mediaPackageSettings`;
  const [entry] = mediaPackageSettings;
  if (entry === undefined) {
    return [{ elementPath, errorMessage: "is required: the output group writes to MediaPackage" }];
  }
  const isVersion2 = entry.channelGroup !== undefined && entry.channelName !== undefined;
  if (isVersion2 || entry.channelId !== undefined) return [];
  return [
    { elementPath: `${elementPath}/0`, errorMessage: "channelGroup and channelName are required" },
  ];
}
