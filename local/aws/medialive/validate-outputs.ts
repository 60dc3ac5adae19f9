import { type Problem, toPointer } from "../members.ts";
import type { EncoderSettings } from "./members/encoder.ts";
import type { OutputGroup } from "./members/outputs.ts";
import { repeated } from "./repeated.ts";
import type { WantedChannel } from "./validate.ts";

type Path = readonly (string | number)[];

/** One reference of an output or an output group to a destination. */
export type DestinationRef = { path: Path; id: string; kind: "rtmp" | "package" };

const root = ["encoderSettings", "outputGroups"] as const;

/** RTMP outputs refer to a destination each, a MediaPackage group has one for all of its outputs. */
export function destinationRefs({ outputGroups }: EncoderSettings): DestinationRef[] {
  return outputGroups.flatMap(({ outputGroupSettings, outputs }, group): DestinationRef[] => {
    const packaged = outputGroupSettings.mediaPackageGroupSettings;
    const rtmp = outputs.flatMap(({ outputSettings }, index) => {
      const id = outputSettings.rtmpOutputSettings?.destination.destinationRefId;
      const settings = ["outputs", index, "outputSettings", "rtmpOutputSettings"];
      const path = [...root, group, ...settings, "destination", "destinationRefId"];
      return id === undefined ? [] : [{ path, id, kind: "rtmp" } as const];
    });
    if (packaged === undefined) return rtmp;
    const settings = ["outputGroupSettings", "mediaPackageGroupSettings"];
    const path = [...root, group, ...settings, "destination", "destinationRefId"];
    return [...rtmp, { path, id: packaged.destination.destinationRefId, kind: "package" }];
  });
}

/** Outputs fit their group, and refer to descriptions that are there. */
export function outputProblems({ encoderSettings }: WantedChannel): Problem[] {
  const { outputGroups } = encoderSettings;
  const names = outputGroups.flatMap(({ outputs }) => outputs.map(({ outputName }) => outputName));
  const doubled = repeated(names).length > 0;
  return [
    ...(doubled
      ? [{ elementPath: toPointer(root), errorMessage: "each outputName must be unique" }]
      : []),
    ...outputGroups.flatMap((group, index) => groupProblems(group, [...root, index])),
    ...outputGroups.flatMap(({ outputs }, group) =>
      outputs.flatMap((output, index) =>
        nameProblems(output, encoderSettings, [...root, group, "outputs", index]),
      ),
    ),
  ];
}

function groupProblems({ outputGroupSettings, outputs }: OutputGroup, path: Path): Problem[] {
  const [kind, ...others] = Object.keys(outputGroupSettings);
  if (kind === undefined || others.length > 0) {
    const errorMessage = "exactly one kind of output group is required";
    return [{ elementPath: toPointer([...path, "outputGroupSettings"]), errorMessage }];
  }
  const fitting = kind.replace("GroupSettings", "OutputSettings");
  return outputs.flatMap((output, index) => {
    const place = [...path, "outputs", index];
    const kinds = Object.keys(output.outputSettings);
    if (kinds.length !== 1 || kinds[0] !== fitting) {
      const errorMessage = `${fitting} is required in a group with ${kind}`;
      return [{ elementPath: toPointer([...place, "outputSettings"]), errorMessage }];
    }
    return streamProblems(output, kind, place);
  });
}

type Output = OutputGroup["outputs"][number];

/** MediaPackage takes one elementary stream an output, RTMP takes at most one video and one audio. */
function streamProblems(output: Output, kind: string, path: Path): Problem[] {
  const audios = output.audioDescriptionNames?.length ?? 0;
  const videos = output.videoDescriptionName === undefined ? 0 : 1;
  const elementPath = toPointer(path);
  if (audios + videos === 0) return [{ elementPath, errorMessage: "has neither video nor audio" }];
  if (kind === "mediaPackageGroupSettings" && audios + videos > 1) {
    const errorMessage = "an output to MediaPackage holds one elementary stream";
    return [{ elementPath, errorMessage }];
  }
  return audios > 1 ? [{ elementPath, errorMessage: "an output holds one audio here" }] : [];
}

function nameProblems(output: Output, settings: EncoderSettings, path: Path): Problem[] {
  const videos = settings.videoDescriptions.map(({ name }) => name);
  const audios = settings.audioDescriptions.map(({ name }) => name);
  const missing = (name: string, member: Path, what: string) => ({
    elementPath: toPointer([...path, ...member]),
    errorMessage: `no ${what} description has the name ${name}`,
  });
  const video = output.videoDescriptionName;
  return [
    ...(video === undefined || videos.includes(video)
      ? []
      : [missing(video, ["videoDescriptionName"], "video")]),
    ...(output.audioDescriptionNames ?? []).flatMap((name, index) =>
      audios.includes(name) ? [] : [missing(name, ["audioDescriptionNames", index], "audio")],
    ),
  ];
}
