import { OpsError } from "../src/errors.ts";
import type { Cloud } from "./cloud.ts";
import type { StackPlan } from "./planning.ts";
import { channelsOnAir, flowArnIn, type Survey } from "./survey.ts";

/** What was not done because of it, as a sentence, and what comes after the stop. */
type Consequence = { undone: string; next: string };

/** AWS refuses to change or remove what runs half way, and a show must not pay for that. */
export function refuseOnAir(seen: Survey, { undone, next }: Consequence): void {
  const names = channelsOnAir(seen).map(({ name, state }) => `${name} (${state})`);
  if (names.length === 0) return;
  throw new OpsError("conflict", `On air now: ${names.join(", ")}. ${undone}`, {
    hint: `Stop everything first: /stream stop all.${next}`,
  });
}

/** The same for the flow, where it is to be changed or removed; `would` is what would become of it. */
export function refuseActiveFlow(
  { flowStatus }: Survey,
  { undone, next, would }: Consequence & { would: string },
): void {
  if (flowStatus === null || flowStatus === "STANDBY") return;
  throw new OpsError("conflict", `The flow is ${flowStatus}${would}. ${undone}`, {
    hint: `Stop it first: /stream stop flow.${next}`,
  });
}

/** Whether carrying these out changes or removes the flow; a failed stack of it goes first, with whatever is left in it. */
export const touchesFlow = (stacks: readonly StackPlan[]): boolean =>
  stacks.some(
    ({ target, mustRemove, changes }) =>
      (mustRemove && target.kind.id === "flow") ||
      changes.some(
        ({ type, action }) => type.startsWith("AWS::MediaConnect::Flow") && action !== "add",
      ),
  );

/** Refuses a deployment of these stacks while what it would touch is on air. */
export function refuseDeployment(seen: Survey, stacks: readonly StackPlan[], undone: string): void {
  const words = { undone, next: " Then deploy again." };
  refuseOnAir(seen, words);
  if (touchesFlow(stacks)) refuseActiveFlow(seen, { ...words, would: " and would be changed" });
}

/** What runs may have changed since: minutes pass while a person thinks, and between two stacks. */
export async function lookAgain(cloud: Cloud, seen: Survey): Promise<Survey> {
  const flowArn = flowArnIn(seen.stacks);
  const [channels, flowStatus] = await Promise.all([
    cloud.channels(),
    flowArn === undefined ? null : cloud.flowStatus(flowArn),
  ]);
  return { ...seen, channels, flowStatus };
}
