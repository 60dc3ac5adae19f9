import { type Problem, toPointer } from "../members.ts";
import { repeated } from "./repeated.ts";
import type { WantedChannel } from "./validate.ts";

const root = ["encoderSettings", "audioDescriptions"] as const;

/** Each audio description takes its sound from a selector of an input attachment. */
export function audioProblems({ encoderSettings, inputAttachments }: WantedChannel): Problem[] {
  const { audioDescriptions } = encoderSettings;
  const selectors = inputAttachments.flatMap(({ inputSettings }) =>
    (inputSettings?.audioSelectors ?? []).map(({ name }) => name),
  );
  const names = audioDescriptions.map(({ name }) => name);
  return [
    ...repeated(names).map((index) => ({
      elementPath: toPointer([...root, index, "name"]),
      errorMessage: "must be unique",
    })),
    ...audioDescriptions.flatMap(({ audioSelectorName }, index) =>
      selectors.includes(audioSelectorName)
        ? []
        : {
            elementPath: toPointer([...root, index, "audioSelectorName"]),
            errorMessage: `no input attachment has an audio selector ${audioSelectorName}`,
          },
    ),
  ];
}
