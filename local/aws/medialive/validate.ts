import type { LocalChannel, WorldData } from "../../world.ts";
import type { Problem } from "../members.ts";
import type { ChannelRequest } from "./members/channel.ts";
import { audioProblems } from "./validate-audio.ts";
import { destinationProblems } from "./validate-destinations.ts";
import { inputProblems } from "./validate-inputs.ts";
import { outputProblems } from "./validate-outputs.ts";
import { videoProblems } from "./validate-video.ts";

/** A channel as it shall be: with its class, which AWS takes as STANDARD when nobody says it. */
export type WantedChannel = Omit<ChannelRequest, "channelClass"> &
  Pick<LocalChannel["spec"], "channelClass">;

/** Where a channel would be put: the world, and its own id when it is there already. */
export type Place = { world: Readonly<WorldData>; id: string | null };

/** All that members cannot tell by themselves: what refers to what, and what does not go together. */
export const problemsOf = (wanted: WantedChannel, place: Place): Problem[] => [
  ...inputProblems(wanted, place),
  ...destinationProblems(wanted),
  ...outputProblems(wanted),
  ...audioProblems(wanted),
  ...videoProblems(wanted.encoderSettings.videoDescriptions),
];
