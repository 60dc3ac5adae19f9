import { OpsError } from "../../src/errors.ts";
import type { Stack } from "../cloud.ts";
import { failed } from "../deploy-stack.ts";
import type { Desk } from "../desk.ts";
import { firstFailure } from "../failure.ts";
import { lookAgain, refuseActiveFlow, refuseOnAir } from "../on-air.ts";
import { follow, knownEvents } from "../progress.ts";
import { hasSucceeded } from "../stack-state.ts";
import { isOurs, type StackKind, stackName, targetOf } from "../stacks.ts";
import { type Survey, survey } from "../survey.ts";

/** Removes the stacks in reverse order, after the person has typed the environment's name; tables and stream keys stay. */
export async function destroy(desk: Desk): Promise<unknown> {
  const seen = await survey(desk.cloud, desk.options.site);
  requireKnown(desk, seen);
  const stacks = stacksToGo(desk, seen);
  if (stacks.length === 0) {
    desk.say("There is nothing to remove.");
    return { removed: [] };
  }
  await refuse(desk, seen, stacks);
  desk.say(`This removes from ${seen.region}, in this order:`);
  for (const { name } of stacks) desk.say(`  - ${name}`);
  for (const line of whatBecomes(seen, stacks)) desk.say(line);
  await confirm(desk);
  const removed: string[] = [];
  for (const stack of stacks) {
    if (desk.ending?.aborted) throw stoppedBefore(stack);
    refuseRunning(await lookAgain(desk.cloud, seen), `${stack.name} was not removed.`);
    await remove(desk, stack);
    removed.push(stack.name);
  }
  desk.say("Done.");
  return { removed };
}

const stoppedBefore = ({ name }: Stack) =>
  new OpsError("conflict", `Stopped; ${name} was not removed.`, {
    hint: "npm run infra -- status shows what is left.",
  });

/** What the next deployment makes anew with another value, by stack. */
const lost: Partial<Record<StackKind["id"], string>> = {
  flow: "the flow's address and passphrase",
  channels: "the channels' ids and the player's address",
};

function whatBecomes(seen: Survey, stacks: readonly Stack[]): string[] {
  const words = ofStacks(seen, stacks).flatMap(({ target }) => lost[target.kind.id] ?? []);
  const stays = "What stays: the tables with all their rows, and the stream keys in SSM.";
  if (words.length === 0) return [stays];
  return [stays, `What is lost: ${words.join("; ")}. The next deploy makes others.`];
}

const ofStacks = (seen: Survey, stacks: readonly Stack[]) =>
  seen.stacks.filter(({ stack }) => stack !== null && stacks.includes(stack));

function requireKnown({ options: { only, site } }: Desk, { stacks }: Survey): void {
  if (only === null || targetOf(site, only) !== null) return;
  const parts = stacks.flatMap(({ target, stack }) => (stack === null ? [] : [target.part]));
  throw new OpsError("invalid-input", `There is no stack ${only}.`, {
    hint: `There are ${parts.join(", ") || "none"}. A valid example: --only channels`,
  });
}

function stacksToGo({ options: { only } }: Desk, { stacks }: Survey): Stack[] {
  return stacks
    .filter(({ target }) => only === null || target.part === only)
    .flatMap(({ stack }) => (stack === null ? [] : [stack]))
    .reverse();
}

async function refuse(desk: Desk, seen: Survey, stacks: readonly Stack[]): Promise<void> {
  refuseRunning(seen, "Nothing was removed.");
  refuseForeign(desk, stacks);
  const busy = stacks.find(
    ({ status }) => status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS",
  );
  if (busy !== undefined)
    throw new OpsError("conflict", `${busy.name} is being changed by somebody (${busy.status}).`);
  refuseProtected(stacks);
  refuseUsed(seen, stacks);
  await refuseFunctions(desk, seen);
}

function refuseRunning(seen: Survey, undone: string): void {
  refuseOnAir(seen, { undone, next: "" });
  refuseActiveFlow(seen, { undone, next: "", would: "" });
}

function refuseForeign({ options }: Desk, stacks: readonly Stack[]): void {
  const foreign = stacks.find((stack) => !isOurs(stack, options.site));
  if (foreign === undefined) return;
  throw new OpsError("conflict", `${foreign.name} is not patchbay's. Nothing was removed.`, {
    hint: "Name what is to go, for example --only channels.",
  });
}

/** Their imports hold the stacks, which CloudFormation would say half way. */
async function refuseFunctions({ cloud, options }: Desk, { region }: Survey): Promise<void> {
  const { project, environment } = options.site;
  const app = stackName(options.site, "app");
  if ((await cloud.stack(app)) === null) return;
  throw new OpsError("conflict", `The functions (${app}) still use these stacks.`, {
    hint: `Remove them first: npx osls@4.3.1 remove --stage ${environment} --region ${region} --param project=${project}`,
  });
}

function refuseProtected(stacks: readonly Stack[]): void {
  const found = stacks.find(({ isProtected }) => isProtected);
  if (found === undefined) return;
  throw new OpsError("conflict", `${found.name} is protected from deletion. Nothing was removed.`, {
    hint: `Take that back first: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${found.name}`,
  });
}

/** What stands on what: the flow goes to its channels as a parameter, which CloudFormation does not hold. */
const standOn: Partial<Record<StackKind["id"], readonly StackKind["id"][]>> = {
  flow: ["channels", "channel"],
  channels: ["channel"],
};

function refuseUsed(seen: Survey, stacks: readonly Stack[]): void {
  const stays = seen.stacks.filter(({ stack }) => stack !== null && !stacks.includes(stack));
  for (const { target } of ofStacks(seen, stacks)) {
    const users = stays.filter((each) => standOn[target.kind.id]?.includes(each.target.kind.id));
    const [last] = users.map((each) => each.target).reverse();
    if (last === undefined) continue;
    throw new OpsError(
      "conflict",
      `${target.name} is still used by ${users.map((each) => each.target.name).join(", ")}. Nothing was removed.`,
      { hint: `Remove that first: npm run infra -- destroy --only ${last.part}` },
    );
  }
}

async function confirm({ options, ask }: Desk): Promise<void> {
  const { environment } = options.site;
  if (options.yes) return;
  const typed = await ask(`Type ${environment} to remove it: `);
  if (typed.trim() !== environment) throw new OpsError("conflict", "Nothing was removed.");
}

async function remove(desk: Desk, stack: Stack): Promise<void> {
  desk.say(`Removing ${stack.name} …`);
  const known = await knownEvents(desk, stack.id);
  await desk.cloud.deleteStack(stack.name);
  const followed = await follow(desk, stack.id, known);
  if (!hasSucceeded(followed.stack)) throw failed(followed, firstFailure(followed.events));
}
