import { usdWords } from "../../src/domain/money.ts";
import type { Desk } from "../desk.ts";
import { channelSpecs } from "../encoding.ts";
import { estimate, pricedAfter, sumPriced } from "../prices.ts";
import { conditionOf, stateWords } from "../stack-state.ts";
import { channelsOnAir, type Deployed, flowArnIn, type Survey, survey } from "../survey.ts";
import { compareTemplates, readTemplate } from "../template.ts";

const comparisons = {
  same: "as in this folder",
  older: "another version than in this folder: npm run infra -- plan shows the difference",
  edited: "changed by something else than this command: npm run infra -- plan shows the difference",
} as const;

/** Tells each stack's state, its outputs, whether its template is the one in this folder, and what all of it costs. */
export async function status(desk: Desk): Promise<unknown> {
  const seen = await survey(desk.cloud, desk.options.site);
  const stacks = await Promise.all(seen.stacks.map(describe));
  for (const { name, state, template, outputs } of stacks) {
    desk.say(`${name}: ${state}${template === null ? "" : `, ${comparisons[template]}`}`);
    for (const [key, value] of Object.entries(outputs)) desk.say(`  ${key.padEnd(24)}  ${value}`);
  }
  for (const name of withoutFlow(seen))
    desk.say(
      `${name} reads a flow that is not there: npm run infra -- deploy gives it the present one.`,
    );
  const priced = sumPriced(
    seen.stacks.map(({ resources, template, stack }) =>
      pricedAfter(
        { resources, changes: [] },
        channelSpecs(template ?? "", stack?.parameters ?? {}),
      ),
    ),
  );
  const costs = estimate(priced, desk.prices);
  desk.say(
    `Idle it costs ${usdWords(costs.idleUsdPerDay)} a day, by the price list of ${desk.prices.asOf}.`,
  );
  const onAir = channelsOnAir(seen).map(({ name, state }) => ({ name, state }));
  for (const { name, state } of onAir) desk.say(`On air now: ${name} (${state})`);
  return { region: seen.region, stacks, costs, onAir, flow: seen.flowStatus };
}

/** Stacks whose flow is another than the site's: it came to them as a parameter, which CloudFormation does not follow. */
function withoutFlow({ stacks }: Survey): string[] {
  const there = flowArnIn(stacks);
  return stacks.flatMap(({ target, stack }) => {
    const read = "FlowArn" in target.kind.handedOn ? stack?.parameters.FlowArn : undefined;
    return read === undefined || read === there ? [] : [target.name];
  });
}

async function describe({ target, stack, template }: Deployed) {
  const file = await readTemplate(target.kind.template);
  return {
    name: target.name,
    condition: conditionOf(stack),
    state: stateWords(stack),
    status: stack?.status ?? null,
    template:
      template === null ? null : compareTemplates(template, file.text, stack?.parameters ?? {}),
    outputs: stack?.outputs ?? {},
  };
}
