import type { Desk } from "./desk.ts";
import { diffLines } from "./diff.ts";
import { channelSpecs } from "./encoding.ts";
import { isNothing, type Plan, type StackPlan } from "./planning.ts";
import {
  type Estimate,
  estimate,
  type Priced,
  pricedAfter,
  priceLines,
  sumPriced,
} from "./prices.ts";
import type { Deployed } from "./survey.ts";
import { exportsIn } from "./template.ts";
import { warningsOf } from "./warnings.ts";

/** A plan as people read it, and as programs do. */
export type Shown = {
  lines: string[];
  warnings: string[];
  costs: Estimate;
};

/** Works out everything that is said of a plan; reads from AWS who imports what it would change. */
export async function showPlan(
  desk: Pick<Desk, "cloud" | "prices" | "channelQuota" | "options">,
  plan: Plan,
): Promise<Shown> {
  const { survey, stacks } = plan;
  const importers = await readImporters(desk, stacks);
  const warnings = warningsOf({ ...plan, channelQuota: desk.channelQuota, importers });
  const priced = sumPriced(
    survey.stacks
      .map((deployed) => pricedOf(deployed, stacks))
      .concat(stacks.filter(isUnknownTo(plan)).map((stack) => pricedOf(null, [stack]))),
  );
  const lines = [
    ...diffLines(
      stacks.map((stack) => ({ ...stack, name: stack.target.name, isNothing: isNothing(stack) })),
    ),
    ...spaced(priceLines(priced, desk.prices)),
    ...spaced(warnings.map((warning) => `! ${warning}`)),
  ];
  return { lines, warnings, costs: estimate(priced, desk.prices) };
}

const spaced = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ["", ...lines]);

/** A stack as it will be; one that the plan leaves out stays as it is deployed, and null was never made. */
function pricedOf(deployed: Deployed | null, stacks: readonly StackPlan[]): Priced {
  const planned = stacks.find(
    ({ target }) => deployed === null || target.name === deployed.target.name,
  );
  const text = planned?.template.text ?? deployed?.template ?? "";
  const values = planned?.values ?? deployed?.stack?.parameters ?? {};
  const before = { resources: deployed?.resources ?? [], changes: planned?.changes ?? [] };
  return pricedAfter(before, channelSpecs(text, values));
}

/** A further channel that is planned for the first time. */
const isUnknownTo =
  ({ survey }: Plan) =>
  ({ target }: StackPlan): boolean =>
    survey.stacks.every((each) => each.target.name !== target.name);

async function readImporters(
  { cloud, options }: Pick<Desk, "cloud" | "options">,
  stacks: readonly StackPlan[],
): Promise<Record<string, string[]>> {
  const names = stacks
    .filter(({ kind }) => kind === "update")
    .flatMap((stack) => changedExports(stack, options.site));
  const entries = await Promise.all(
    names.map(async (name): Promise<[string, string[]]> => [name, await cloud.importers(name)]),
  );
  return Object.fromEntries(entries);
}

/** Exports about resources that go away or get a new id. */
function changedExports({ changes, template }: StackPlan, site: Desk["options"]["site"]): string[] {
  const gone = changes.filter(
    ({ action, replaces }) => action === "remove" || (action === "modify" && replaces === "yes"),
  );
  const ids = new Set(gone.map(({ logicalId }) => logicalId));
  return exportsIn(template, site).flatMap(({ name, logicalId }) =>
    ids.has(logicalId) ? [name] : [],
  );
}
