import { carryOut } from "./carry-out.ts";
import type { Cloud } from "./cloud.ts";
import type { Builder } from "./desk.ts";
import { dropPlan, makePlan } from "./planning.ts";
import { conditionOf } from "./stack-state.ts";
import { type Site, type Target, targetsOf } from "./stacks.ts";
import { channelsOnAir } from "./survey.ts";
import { compareTemplates, readTemplateText } from "./template.ts";

/**
 * Brings the stacks of a site up to the templates without a question. Nothing is changed while anything is on air: what
 * runs matters more than what is new.
 */
export async function provision(builder: Builder): Promise<void> {
  await untilSettled(builder);
  if (await isUpToDate(builder.cloud, builder.options.site)) return;
  const plan = await makePlan(builder);
  if (channelsOnAir(plan.survey).length === 0) {
    await carryOut(builder, plan);
    return;
  }
  await dropPlan(builder, plan);
  builder.say(
    "The stacks are older than their templates; the next start with nothing on air brings them up to date.",
  );
}

/** A start that was cut off left its deployment to CloudFormation, which goes on with it. */
async function untilSettled({ cloud, clock, options, pollMs, ending }: Builder): Promise<void> {
  const isBusy = async ({ name }: Target) => conditionOf(await cloud.stack(name)) === "busy";
  for (const target of targetsOf(options.site, []))
    while (!ending?.aborted && (await isBusy(target))) await clock.sleep(pollMs, ending);
}

/** Tells without asking CloudFormation for plans, which takes longer than all the rest of a start. */
async function isUpToDate(cloud: Cloud, site: Site): Promise<boolean> {
  const same = await Promise.all(targetsOf(site, []).map((target) => isSame(cloud, target)));
  return same.every(Boolean);
}

async function isSame(cloud: Cloud, { name, kind }: Target): Promise<boolean> {
  const stack = await cloud.stack(name);
  if (stack === null || conditionOf(stack) !== "ready") return false;
  const [deployed, file] = await Promise.all([
    cloud.template(name),
    readTemplateText(kind.template),
  ]);
  return compareTemplates(deployed, file, stack.parameters) === "same";
}

/** The names of a site's stacks; null while they are not all in place. */
export async function stacksInPlace(cloud: Cloud, site: Site): Promise<string[] | null> {
  const names = targetsOf(site, []).map(({ name }) => name);
  const stacks = await Promise.all(names.map((name) => cloud.stack(name)));
  return stacks.every((stack) => conditionOf(stack) === "ready") ? names : null;
}
