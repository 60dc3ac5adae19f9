import type { LocalInput } from "../../world.ts";
import { type Problem, toPointer } from "../members.ts";
import { repeated } from "./repeated.ts";
import type { Place, WantedChannel } from "./validate.ts";

/** A channel takes at most two push inputs, and those of MediaConnect count as such (MediaLive quotas). */
const mostInputs = 2;

/** Each attached input exists, is free, and fits the class; one input attaches to one channel (MediaLive quotas). */
export function inputProblems({ inputAttachments, channelClass }: WantedChannel, place: Place) {
  const ids = inputAttachments.map(({ inputId }) => inputId);
  const path = (index: number, member = "inputId") =>
    toPointer(["inputAttachments", index, member]);
  const problems: Problem[] = repeated(ids).map((index) => ({
    elementPath: path(index),
    errorMessage: "is attached already",
  }));
  if (ids.length > mostInputs) {
    const errorMessage = `a channel has at most ${mostInputs} push inputs`;
    problems.push({ elementPath: "/inputAttachments", errorMessage });
  }
  for (const [index, attachment] of inputAttachments.entries()) {
    const errorMessage = problemOf(place, attachment.inputId, channelClass);
    if (errorMessage !== null) problems.push({ elementPath: path(index), errorMessage });
    const second = attachment.automaticInputFailoverSettings?.secondaryInputId;
    if (second === undefined || (ids.includes(second) && second !== attachment.inputId)) continue;
    problems.push({
      elementPath: `${path(index, "automaticInputFailoverSettings")}/secondaryInputId`,
      errorMessage: "is not another input of this channel",
    });
  }
  return problems;
}

function problemOf({ world, id }: Place, inputId: string, channelClass: string): string | null {
  const input = world.inputs[inputId];
  if (input === undefined) return `input ${inputId} does not exist`;
  if (input.state === "CREATING" || input.state === "DELETING") {
    return `input ${inputId} is ${input.state}`;
  }
  const user = Object.values(world.channels).find(
    (channel) =>
      channel.id !== id && channel.state !== "DELETED" && isAttached(channel.spec, input),
  );
  if (user !== undefined) return `input ${inputId} is attached to channel ${user.id}`;
  return channelClass === "STANDARD" && input.flowArn !== null
    ? `input ${inputId} has one flow, and a STANDARD channel needs two in two zones`
    : null;
}

type Attaching = { inputAttachments: readonly { inputId: string }[] };

export const isAttached = ({ inputAttachments }: Attaching, { id }: Pick<LocalInput, "id">) =>
  inputAttachments.some(({ inputId }) => inputId === id);
